// What Amplify uses of a browser for passkeys; the authenticator behind it is the one that tests the pool.

import { ask } from "./speak.mjs";

class PublicKeyCredential {
  constructor(json, response) {
    Object.assign(this, json, { rawId: bytes(json.rawId), response });
  }
  getClientExtensionResults() {
    return {};
  }
}

class AuthenticatorAssertionResponse {
  constructor({ clientDataJSON, authenticatorData, signature, userHandle }) {
    this.clientDataJSON = bytes(clientDataJSON);
    this.authenticatorData = bytes(authenticatorData);
    this.signature = bytes(signature);
    this.userHandle = bytes(userHandle);
  }
}

class AuthenticatorAttestationResponse {
  #json;
  constructor(json) {
    this.#json = json;
    this.clientDataJSON = bytes(json.clientDataJSON);
    this.attestationObject = bytes(json.attestationObject);
  }
  getTransports() {
    return this.#json.transports;
  }
  getPublicKeyAlgorithm() {
    return this.#json.publicKeyAlgorithm;
  }
  getAuthenticatorData() {
    return bytes(this.#json.authenticatorData);
  }
  getPublicKey() {
    return null; // the standard lets a browser not know the algorithm
  }
}

const credentials = {
  async create({ publicKey }) {
    const json = await ask("register", readable(publicKey));
    return new PublicKeyCredential(json, new AuthenticatorAttestationResponse(json.response));
  },
  async get({ publicKey }) {
    const json = await ask("authenticate", readable(publicKey));
    return new PublicKeyCredential(json, new AuthenticatorAssertionResponse(json.response));
  },
};

/** Be a browser, as far as Amplify looks: for passkeys, and for the name of a device. */
export function install() {
  const navigator = { credentials, userAgent: "the tests' browser" };
  Object.defineProperty(globalThis, "navigator", { value: navigator, configurable: true });
  Object.assign(globalThis, {
    PublicKeyCredential,
    AuthenticatorAssertionResponse,
    AuthenticatorAttestationResponse,
    window: Object.assign(new EventTarget(), { document: {}, isSecureContext: true, PublicKeyCredential }),
  });
}

function bytes(base64url) {
  return Uint8Array.from(Buffer.from(base64url, "base64url")).buffer;
}

/** The options as JSON, their bytes in base64url. */
function readable(options) {
  const text = (_, value) =>
    value instanceof ArrayBuffer ? Buffer.from(value).toString("base64url") : value;
  return JSON.parse(JSON.stringify(options, text));
}
