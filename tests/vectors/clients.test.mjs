// T010: random sign-ins, computed by static/flows/srp.mjs and by two clients that share no line with it: both must say
// the same. SRP_CASES=10000 for the whole count; a handful by default, because theirs take a tenth of a second each.
import assert from "node:assert/strict";
import { createHmac, randomBytes, webcrypto } from "node:crypto";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";

import { keyPair, signature, timestamp } from "../../static/flows/srp.mjs";

globalThis.crypto ??= webcrypto; // Node 18 has it, but not yet as a global; browsers and later Nodes do

const CASES = Number(process.env.SRP_CASES ?? 12);
const PACKAGES = new URL("../clients/node_modules/", import.meta.url);
const skip = existsSync(PACKAGES) ? false : "tests/clients/node_modules is missing: make test, or npm ci in tests/clients";
const poolName = "T010rAndm";

/** What a browser knows when PASSWORD_VERIFIER has come. SRP_B is any number: no client can tell one from another. */
function challenge() {
  return {
    ...keyPair(),
    srpB: BigInt("0x" + randomBytes(384).toString("hex")).toString(16),
    salt: BigInt("0x" + randomBytes(16).toString("hex")).toString(16),
    poolName,
    userId: randomBytes(8).toString("base64url"),
    password: Buffer.from(randomBytes(12).toString("base64") + "é🔑"),
    secretBlock: randomBytes(96).toString("base64"),
    timestamp: timestamp(new Date(Math.floor(Math.random() * 2e12))),
  };
}

/** The result of a function that wants a Node-style callback. */
const promised = (call) =>
  new Promise((resolve, reject) => call((error, result) => (error ? reject(error) : resolve(result))));

const proof = (key, { userId, secretBlock, timestamp }) =>
  createHmac("sha256", key)
    .update(poolName + userId)
    .update(Buffer.from(secretBlock, "base64"))
    .update(timestamp)
    .digest("base64");

test(`amazon-cognito-identity-js says the same, ${CASES} times`, { skip }, async () => {
  const load = createRequire(PACKAGES);
  const { default: AuthenticationHelper } = load("amazon-cognito-identity-js/lib/AuthenticationHelper.js");
  const { default: BigInteger } = load("amazon-cognito-identity-js/lib/BigInteger.js");
  const number = (hex) => new BigInteger(hex, 16);

  for (let i = 0; i < CASES; i++) {
    const given = challenge();
    const theirs = new AuthenticationHelper(poolName);
    theirs.smallAValue = number(given.a.toString(16));
    theirs.largeAValue = await promised((answer) => theirs.calculateA(theirs.smallAValue, answer));
    assert.equal(theirs.largeAValue.toString(16), given.srpA);
    const arguments_ = [given.userId, given.password.toString(), number(given.srpB), number(given.salt)];
    const key = await promised((answer) => theirs.getPasswordAuthenticationKey(...arguments_, answer));
    assert.equal(await signature(given), proof(key, given), JSON.stringify({ ...given, a: given.a.toString(16) }));
  }
});

test(`aws-amplify says the same, ${CASES} times`, { skip }, async () => {
  const folder = new URL("@aws-amplify/auth/dist/esm/providers/cognito/utils/srp/", PACKAGES);
  const load = async (name) => (await import(new URL(name, folder))).default;
  const AuthenticationHelper = await load("AuthenticationHelper/AuthenticationHelper.mjs");
  const BigInteger = await load("BigInteger/BigInteger.mjs");
  const { INIT_N } = await import(new URL("constants.mjs", folder));
  const number = (hex) => new BigInteger(hex, 16);
  const [N, g] = [number(INIT_N), number("2")];

  for (let i = 0; i < CASES; i++) {
    const given = challenge();
    const [a, A] = [number(given.a.toString(16)), number(given.srpA)];
    const theirs = new AuthenticationHelper({ userPoolName: poolName, a, g, A, N });
    const key = await theirs.getPasswordAuthenticationKey({
      username: given.userId,
      password: given.password.toString(),
      serverBValue: number(given.srpB),
      salt: number(given.salt),
    });
    assert.equal(await signature(given), proof(key, given), JSON.stringify({ ...given, a: given.a.toString(16) }));
  }
});
