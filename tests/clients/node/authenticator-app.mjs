// An authenticator app in the way of whoever reads the code it shows: put in front of a program, it learns the secret
// that AssociateSoftwareToken answers, and sends its code (RFC 6238) in place of "000000".
import { createHmac } from "node:crypto";

const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const PERIOD = 30_000; // ms

function codeOf(secret) {
  const bits = [...secret].map((letter) => BASE32.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / PERIOD)));
  const digest = createHmac("sha1", key).update(step).digest();
  const number = digest.readUInt32BE(digest.at(-1) & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, "0");
}

const send = globalThis.fetch;
let secret = "";
globalThis.fetch = async (address, options) => {
  const body = options.body.replace('"000000"', () => JSON.stringify(codeOf(secret)));
  const came = await send(address, { ...options, body });
  secret = (await came.clone().json()).SecretCode ?? secret;
  return came;
};
