// A client as a program: one request a line on stdin, one answer a line on stdout, both JSON.

import { createInterface } from "node:readline";
import { webcrypto } from "node:crypto";

globalThis.crypto ??= webcrypto; // Node 18 has it, but not yet as a global; browsers and later Nodes do
console.log = console.info = console.debug = console.error; // stdout belongs to the answers

const LIMIT = 30_000; // milliseconds; a client that hangs must not hang the tests

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

/** Do what stdin asks for, in order; `actions` maps a name to an async function of the request's options. */
export async function speak(actions) {
  for await (const line of lines) {
    const { action, options } = JSON.parse(line);
    const answer = await inTime(actions[action](options)).then(
      (value) => ({ value: value ?? null }),
      (error) => ({ refused: { code: error.code ?? error.name, message: error.message } }),
    );
    say(answer);
  }
}

/** While an action runs: ask who speaks to this program a question; its answer. */
export async function ask(question, about) {
  say({ asks: { question, about } });
  return JSON.parse((await lines.next()).value);
}

function say(message) {
  process.stdout.write(JSON.stringify(message) + "\n");
}

function inTime(promise) {
  let timer;
  const tooLate = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${LIMIT} ms`)), LIMIT);
  });
  return Promise.race([promise, tooLate]).finally(() => clearTimeout(timer));
}

/** Storage as the clients know it from browsers, kept in memory. */
export class MemoryStorage {
  #items = new Map();
  setItem(key, value) {
    this.#items.set(key, value);
  }
  getItem(key) {
    return this.#items.get(key) ?? null;
  }
  removeItem(key) {
    this.#items.delete(key);
  }
  clear() {
    this.#items.clear();
  }
}
