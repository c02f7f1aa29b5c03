// The Lambda Invoke API with the functions of lambdas/ behind it, each run as Lambda's Node.js runtime runs it:
// POST /2015-03-31/functions/<file name without ending>/invocations. Prints its URL; ends when stdin does.

import { readdirSync } from "node:fs";
import { createServer } from "node:http";
import { json } from "node:stream/consumers";

const FOLDER = new URL("./lambdas/", import.meta.url);
const PATH = /^\/2015-03-31\/functions\/([\w-]+)\/invocations$/;

console.log = console.info = console.debug = console.error; // stdout belongs to the URL

const functions = new Map();
for (const file of readdirSync(FOLDER)) {
  const { handler } = await import(new URL(file, FOLDER));
  functions.set(file.replace(/\.[cm]js$/, ""), handler);
}

/** What the handler answers, in any of the ways it may: a promise, the callback, or context's done(). */
function run(handler, functionName, event) {
  return new Promise((resolve, reject) => {
    const done = (error, result) => (error ? reject(error) : resolve(result));
    const context = { functionName, done, succeed: resolve, fail: reject };
    const returned = handler(event, context, done);
    if (typeof returned?.then === "function") returned.then(resolve, reject);
  });
}

async function invoke(request) {
  const name = PATH.exec(request.url)?.[1];
  if (request.method !== "POST" || !functions.has(name)) {
    return { status: 404, headers: { "x-amzn-errortype": "ResourceNotFoundException" }, body: {} };
  }
  try {
    return { status: 200, body: await run(functions.get(name), name, await json(request)) };
  } catch (error) {
    const body = { errorType: error.name, errorMessage: error.message, trace: error.stack.split("\n") };
    return { status: 200, headers: { "X-Amz-Function-Error": "Unhandled" }, body };
  }
}

const server = createServer(async (request, response) => {
  const { status, headers, body } = await invoke(request);
  response.writeHead(status, { "Content-Type": "application/json", ...headers });
  response.end(JSON.stringify(body ?? null));
});
server.listen(0, "127.0.0.1", () => {
  process.stdout.write(`http://127.0.0.1:${server.address().port}\n`);
});
process.stdin.resume().on("end", () => process.exit());
