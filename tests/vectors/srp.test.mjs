// static/flows/srp.mjs against recorded runs of other implementations. Run: node --test tests/vectors/
import assert from "node:assert/strict";
import { createHash, webcrypto } from "node:crypto";
import { readFileSync } from "node:fs";
import { brotliCompressSync } from "node:zlib";
import { test } from "node:test";

import { keyPair, signature, timestamp } from "../../static/flows/srp.mjs";

globalThis.crypto ??= webcrypto; // Node 18 has it, but not yet as a global; browsers and later Nodes do

const MODULE = new URL("../../static/flows/srp.mjs", import.meta.url);
const read = (name) => JSON.parse(readFileSync(new URL(name, import.meta.url), "utf8"));
const utf8 = (text) => new TextEncoder().encode(text);
const { vectors, group } = read("srp-vectors.json");
const edge = read("srp-edge-cases.json");

const challengeOf = ({ inputs, wire }) => ({
  ...keyPair(BigInt("0x" + inputs.a_hex)),
  srpB: wire.SRP_B,
  salt: wire.SALT,
  poolName: inputs.poolName ?? inputs.DeviceGroupKey,
  userId: inputs.USER_ID_FOR_SRP ?? inputs.DeviceKey,
  password: utf8(inputs.password ?? inputs.randomPassword),
  secretBlock: inputs.SECRET_BLOCK,
  timestamp: inputs.TIMESTAMP,
});

for (const vector of vectors) {
  test(`vector ${vector.name}: SRP_A, TIMESTAMP and PASSWORD_CLAIM_SIGNATURE`, async () => {
    const challenge = challengeOf(vector);
    assert.equal(challenge.srpA, vector.wire.SRP_A);
    assert.equal(timestamp(new Date(vector.inputs.timestamp_iso)), vector.inputs.TIMESTAMP);
    assert.equal(await signature(challenge), vector.result.PASSWORD_CLAIM_SIGNATURE);
    if (vector.negative) {
      const wrong = { ...challenge, password: utf8(vector.negative.wrong_password) };
      assert.equal(await signature(wrong), vector.negative.PASSWORD_CLAIM_SIGNATURE_must_be_rejected);
    }
  });
}

test("t010 padding: 64 runs with a leading zero, an odd length or a top bit in A, B, u, S or the salt", async () => {
  assert.equal(edge.cases.length, 64);
  const N = BigInt("0x" + group.N_hex);
  const k = BigInt("0x" + group.k_hex);
  const modpow = (base, exponent) => {
    let result = 1n;
    for (const bit of exponent.toString(2)) {
      result = (result * result) % N;
      if (bit === "1") result = (result * base) % N;
    }
    return result;
  };
  for (const { seed, covers, signature: expected } of edge.cases) {
    const derived = (label) => createHash("sha512").update(`${label} ${seed}`).digest();
    const integer = (bytes) => BigInt("0x" + bytes.toString("hex"));
    const userId = derived("user id").subarray(0, 16).toString("hex");
    const password = utf8(derived("password").subarray(0, 12).toString("hex"));
    const salt = integer(derived("salt").subarray(0, 16)).toString(16);
    const inner = createHash("sha256").update(`EdgeCases${userId}:`).update(password).digest();
    const even = (salt.length % 2 ? "0" : /^[89a-f]/.test(salt) ? "00" : "") + salt;
    const x = integer(createHash("sha256").update(Buffer.from(even, "hex")).update(inner).digest());
    const challenge = {
      ...keyPair(integer(derived("a"))),
      srpB: ((k * modpow(2n, x) + modpow(2n, integer(derived("b")))) % N).toString(16),
      salt,
      poolName: "EdgeCases",
      userId,
      password,
      secretBlock: derived("secret block").toString("base64"),
      timestamp: timestamp(new Date(edge.timestamp)),
    };
    assert.equal(await signature(challenge), expected, `seed ${seed}: ${covers}`);
  }
});

test("t009 a server that sends B = 0 mod N gets no proof", async () => {
  const challenge = challengeOf(vectors[0]);
  const N = BigInt("0x" + group.N_hex);
  for (const srpB of ["0", "00", group.N_hex, (2n * N).toString(16), (5n * N).toString(16)]) {
    await assert.rejects(signature({ ...challenge, srpB }), RangeError);
  }
});

test("t003 u = 0 gets no proof", async (t) => {
  // No pair A, B is known to hash to zero, so the hash itself is replaced.
  t.mock.method(webcrypto.subtle, "digest", async () => new ArrayBuffer(32));
  await assert.rejects(signature(challengeOf(vectors[0])), RangeError);
});

test("numbers that are not hex, and a secret block that is not base64, are refused", async () => {
  const challenge = challengeOf(vectors[0]);
  for (const wrong of [{ srpB: "" }, { srpB: "xyz" }, { salt: "-5" }, { secretBlock: "%%%" }]) {
    await assert.rejects(signature({ ...challenge, ...wrong }));
  }
});

test("t011 TIMESTAMP: day unpadded, time padded, English and UTC whatever the machine's time zone", () => {
  for (const [iso, expected] of [
    ["2024-02-05T00:00:00Z", "Mon Feb 5 00:00:00 UTC 2024"],
    ["2024-02-29T23:59:59Z", "Thu Feb 29 23:59:59 UTC 2024"],
    ["2027-12-31T23:30:00-01:00", "Sat Jan 1 00:30:00 UTC 2028"],
  ]) {
    assert.equal(timestamp(new Date(iso)), expected);
  }
});

test("private exponents are fresh, and 512 bits long", () => {
  const pairs = Array.from({ length: 20 }, () => keyPair());
  assert.equal(new Set(pairs.map(({ a }) => a)).size, 20);
  assert.ok(pairs.some(({ a }) => a.toString(2).length > 508));
  assert.ok(pairs.every(({ a }) => a < 2n ** 512n));
});

test("passwords are hashed as the UTF-8 that was typed: é composed and decomposed differ", async () => {
  const challenge = challengeOf(vectors[0]);
  const [composed, decomposed] = ["caf\u00e9", "cafe\u0301"].map((text) => signature({ ...challenge, password: utf8(text) }));
  assert.notEqual(await composed, await decomposed);
});

test("the module stays within 2 KB on the wire", () => {
  assert.ok(brotliCompressSync(readFileSync(MODULE)).length <= 2048);
});
