// The Lambda Invoke API with the handlers of this folder behind it, by file name: what Lambda's own Node.js runtime does,
// as far as these handlers need it (a promise, or context.done). Says its port, and ends with its standard input.
import { createServer } from "node:http";

const EXTENSIONS = { "awsmobileclient-define": "cjs" };
const INVOKE = /^\/2015-03-31\/functions\/([a-z-]+)\/invocations$/;

async function invoke(name, event) {
  const { handler } = await import(new URL(`./${name}.${EXTENSIONS[name] ?? "mjs"}`, import.meta.url));
  return new Promise((resolve, reject) => {
    const done = (error, result) => (error ? reject(error) : resolve(result));
    Promise.resolve(handler(event, { done })).then((result) => result !== undefined && resolve(result), reject);
  });
}

const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const [, name] = INVOKE.exec(request.url);
  try {
    response.end(JSON.stringify(await invoke(name, JSON.parse(Buffer.concat(chunks)))));
  } catch (error) {
    response.setHeader("X-Amz-Function-Error", "Unhandled");
    response.end(JSON.stringify({ errorType: error.name, errorMessage: error.message }));
  }
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
process.stdin.on("end", () => process.exit()).resume();
