// SRP-6a as Cognito user pools do it (RFC 5054 with Cognito's padding, HKDF and message): pure maths, no DOM.
// BigInt is not constant time; that is one more reason why nothing here outlives a sign-in.

/** The 3072-bit group of RFC 3526; Cognito's generator is 2. */
const N = BigInt(
  "0xffffffffffffffffc90fdaa22168c234c4c6628b80dc1cd129024e088a67cc74020bbea63b139b22514a08798e3404dd" +
    "ef9519b3cd3a431b302b0a6df25f14374fe1356d6d51c245e485b576625e7ec6f44c42e9a637ed6b0bff5cb6f406b7ed" +
    "ee386bfb5a899fa5ae9f24117c4b1fe649286651ece45b3dc2007cb8a163bf0598da48361c55d39a69163fa8fd24cf5f" +
    "83655d23dca3ad961c62f356208552bb9ed529077096966d670c354e4abc9804f1746c08ca18217c32905e462e36ce3b" +
    "e39e772c180e86039b2783a2ec07a28fb5c55df06f4c52c9de2bcbf6955817183995497cea956ae515d2261898fa0510" +
    "15728e5a8aaac42dad33170d04507a33a85521abdf1cba64ecfb850458dbef0a8aea71575d060c7db3970f85a6e1e4c7" +
    "abf5ae8cdb0933d71e8c94e04a25619dcee3d2261ad2ee6bf12ffa06d98a0864d87602733ec86a64521f2b18177b200c" +
    "bbe117577a615d6c770988c0bad946e208e24fa074e5ab3143db5bfce0fd108e4b82d120a93ad2caffffffffffffffff",
);
/** k = SHA-256(padded N, 2). */
const K = 0x538282c4354742d7cbbde2359fcf67f9f5b3a6b08791e5011b43b8a5b66d9ee6n;

const utf8 = (text) => new TextEncoder().encode(text);
const joined = (...parts) => Uint8Array.from(parts.flatMap((part) => [...part]));
const integer = (bytes) => BigInt("0x" + Array.from(bytes, (byte) => byte.toString(16).padStart(2, 0)).join(""));
const hash = async (...parts) => new Uint8Array(await crypto.subtle.digest("SHA-256", joined(...parts)));

/** An integer as Cognito hashes it: minimal two's complement, so a set top bit costs a zero byte. */
function padded(n) {
  const hex = n.toString(16);
  const even = (hex.length % 2 ? "0" : hex[0] > "7" ? "00" : "") + hex;
  return Uint8Array.from(even.match(/../g), (pair) => parseInt(pair, 16));
}

/** base^exponent mod N, four bits at a time; for base 2 a shift stands for the multiplication. */
function power(base, exponent) {
  const table = [1n];
  while (table.length < 16) table.push((table.at(-1) * base) % N);
  let result = 1n;
  for (const digit of exponent.toString(16)) {
    for (let i = 0; i < 4; i++) result = (result * result) % N;
    const d = parseInt(digit, 16);
    result = (base === 2n ? result << BigInt(d) : result * table[d]) % N;
  }
  return result;
}

/**
 * A fresh private exponent and its SRP_A in hex. 512 bits: RFC 5054 asks for at least 256, RFC 3526 reckons up to 420
 * for this group, and more than 512 would only slow the key down (u * x in its exponent has 512).
 */
export function keyPair(a = integer(crypto.getRandomValues(new Uint8Array(64)))) {
  return { a, srpA: power(2n, a).toString(16) };
}

/** `Tue Mar 5 07:08:09 UTC 2024`: English and UTC wherever the browser is, the day unpadded. */
export function timestamp(date) {
  const [weekday, day, month, year, time] = date.toUTCString().split(/,? /);
  return `${weekday} ${month} ${+day} ${time} UTC ${year}`;
}

/**
 * PASSWORD_CLAIM_SIGNATURE for PASSWORD_VERIFIER. (A device's: DeviceGroupKey as poolName, DeviceKey as userId.)
 * salt, srpA, srpB: hex. password: UTF-8 bytes as typed. secretBlock and the result: base64.
 * Throws RangeError when B = 0 mod N or u = 0, with which a server could do without the password (RFC 5054, 2.5.3).
 */
export async function signature({ a, srpA, srpB, salt, poolName, userId, password, secretBlock, timestamp }) {
  const [A, B] = [srpA, srpB].map((hex) => BigInt("0x" + hex));
  const u = integer(await hash(padded(A), padded(B)));
  if (B % N === 0n || u === 0n) throw new RangeError("SRP_B");

  const inner = await hash(utf8(`${poolName}${userId}:`), password);
  const x = integer(await hash(padded(BigInt("0x" + salt)), inner));
  const S = power(B + N * K - K * power(2n, x), a + u * x);

  const shared = await crypto.subtle.importKey("raw", padded(S), "HKDF", false, ["deriveKey"]);
  const hkdf = { name: "HKDF", hash: "SHA-256", salt: padded(u), info: utf8("Caldera Derived Key") };
  const hmac = { name: "HMAC", hash: "SHA-256", length: 128 };
  const key = await crypto.subtle.deriveKey(hkdf, shared, hmac, false, ["sign"]);
  const block = Uint8Array.from(atob(secretBlock), (char) => char.charCodeAt());
  const message = joined(utf8(poolName + userId), block, utf8(timestamp));
  return btoa(String.fromCharCode(...new Uint8Array(await crypto.subtle.sign("HMAC", key, message))));
}
