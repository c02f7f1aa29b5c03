// static/flows/webauthn.mjs on a page of a few fakes: what it asks the browser for, sends and says.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

const page = new EventTarget();
let forms = []; // on the page
let alerts = [];
page.querySelector = (selector) =>
  forms.find(({ dataset: { webauthn, mediation } }) =>
    selector.includes("=conditional") ? mediation : webauthn === "get" && !mediation,
  ) ?? null;
page.querySelectorAll = () => alerts;
globalThis.document = page;
globalThis.window = new EventTarget();
const { parse, serialise } = await import("../../static/flows/webauthn.mjs");

const OPTIONS = { challenge: "-_8A", rpId: "localhost" };
const later = () => new Promise((resolve) => setTimeout(resolve, 5));
const failure = (name) => Object.assign(new Error(), { name });

let asked = []; // what the browser was asked, newest last: { kind, options, answer(credential), fail(name) }
const credentials = Object.fromEntries(
  ["get", "create"].map((kind) => [
    kind,
    (options) =>
      new Promise((resolve, reject) => {
        options.signal.addEventListener("abort", () => reject(failure("AbortError")));
        asked.push({ kind, options, answer: resolve, fail: (name) => reject(failure(name)) });
      }),
  ]),
);
Object.defineProperty(globalThis, "navigator", { value: { credentials }, configurable: true });

function form(kind, dataset = {}) {
  const made = {
    dataset: { webauthn: kind, options: JSON.stringify(OPTIONS), ...dataset },
    isConnected: true,
    elements: { credential: { value: "" } },
    sent: 0,
    requestSubmit: () => {
      page.dispatchEvent(new Event("submit"));
      made.sent += 1;
    },
    querySelector: (selector) => (selector.includes("start") ? made.button : made.problem),
    problem: { textContent: "" },
  };
  made.button = { form: made, dataset: { busy: "Waiting" }, textContent: "Go", focused: 0, focus: () => (made.button.focused += 1) };
  return made;
}
const credential = (id) => ({ toJSON: () => ({ id }) });
const happens = (name, target) =>
  page.dispatchEvent(Object.defineProperty(new Event(name), "target", { value: target ?? page, configurable: true }));
const click = ({ button }) => happens("click", { closest: (selector) => (selector.includes("start") ? button : null) });
const answered = (redirect = null) =>
  page.dispatchEvent(new CustomEvent("htmx:afterRequest", { detail: { xhr: { getResponseHeader: () => redirect } } }));
const swap = async (...news) => {
  for (const old of forms) old.isConnected = news.includes(old);
  forms = news;
  happens("htmx:afterSwap");
  await later();
};

beforeEach(async () => {
  await swap();
  alerts = [];
  globalThis.PublicKeyCredential = { isConditionalMediationAvailable: async () => true };
  asked = [];
});

test("a get form begins by itself, fills the credential in and is sent", async () => {
  const asks = form("get");
  await swap(asks);
  assert.equal(asked.length, 1);
  assert.equal(asks.button.textContent, "Waiting");
  asked[0].answer(credential("abc"));
  await later();
  assert.deepEqual(JSON.parse(asks.elements.credential.value), { id: "abc" });
  assert.equal(asks.sent, 1);
  assert.equal(asks.button.textContent, "Go");
});

test("a create form waits for the click", async () => {
  const asks = form("create");
  await swap(asks);
  assert.equal(asked.length, 0);
  click(asks);
  await later();
  assert.equal(asked[0].kind, "create");
  asked[0].answer(credential("new"));
  await later();
  assert.equal(asks.sent, 1);
});

test("t107 nothing opens over a refusal that is still to be read", async () => {
  alerts = [{ textContent: "\n That passkey is not known here." }];
  const asks = form("get");
  await swap(asks);
  assert.equal(asked.length, 0);
  click(asks);
  await later();
  assert.equal(asked.length, 1);
});

for (const [kind, name, words] of [
  ["get", "NotAllowedError", /another way/],
  ["get", "SecurityError", /at this address/],
  ["get", "AbortError", /another way/],
  ["get", "SyntaxError", /another way/],
  ["create", "NotAllowedError", /again/],
  ["create", "InvalidStateError", /already/],
  ["create", "ConstraintError", /screen lock/],
  ["create", "NotSupportedError", /another way/],
])
  test(`t107 ${kind} ends in ${name}: a sentence, the button back and focused`, async () => {
    const asks = form(kind);
    await swap(asks);
    if (kind === "create") click(asks);
    await later();
    asked[0].fail(name);
    await later();
    assert.match(asks.problem.textContent, words);
    assert.equal(asks.button.textContent, "Go");
    assert.equal(asks.button.focused, 1);
    assert.equal(asks.sent, 0);
    click(asks); // and once more
    await later();
    assert.equal(asks.problem.textContent, "");
    assert.equal(asked.length, 2);
  });

test("t107 a browser without passkeys says so", async () => {
  delete globalThis.PublicKeyCredential;
  const asks = form("get");
  await swap(asks);
  assert.match(asks.problem.textContent, /offers no passkeys/);
});

test("t107 options that cannot be read are no dead end either", async () => {
  const asks = form("get", { options: "{" });
  await swap(asks);
  assert.match(asks.problem.textContent, /another way/);
  assert.equal(asks.button.textContent, "Go");
});

test("autofill is quiet: it waits, and says nothing when it fails", async () => {
  const fills = form("get", { mediation: "conditional" });
  await swap(fills);
  assert.equal(asked[0].options.mediation, "conditional");
  asked[0].fail("NotAllowedError");
  await later();
  assert.equal(fills.problem.textContent, "");
  assert.equal(asked.length, 1);
});

test("autofill only where the browser has it", async () => {
  for (const available of [undefined, async () => false]) {
    globalThis.PublicKeyCredential = { isConditionalMediationAvailable: available };
    await swap(form("get", { mediation: "conditional" }));
  }
  assert.equal(asked.length, 0);
});

test("one request at a time: a renewed autofill form ends the old one's", async () => {
  await swap(form("get", { mediation: "conditional" }));
  await swap(form("get", { mediation: "conditional" }));
  assert.equal(asked.length, 2);
  assert.deepEqual(asked.map(({ options }) => options.signal.aborted), [true, false]);
});

test("the same autofill form goes on waiting through other swaps", async () => {
  const fills = form("get", { mediation: "conditional" });
  await swap(fills);
  await swap(fills);
  assert.equal(asked.length, 1);
  assert.equal(asked[0].options.signal.aborted, false);
});

test("signing in another way ends autofill; a refusal or a lost answer brings it back", async () => {
  const fills = form("get", { mediation: "conditional" });
  await swap(fills);
  happens("submit");
  assert.equal(asked[0].options.signal.aborted, true);
  await later();
  assert.equal(fills.sent, 0);
  answered();
  await later();
  assert.equal(asked.length, 2);
  assert.equal(asked[1].options.signal.aborted, false);
});

test("autofill that signed somebody in asks nothing more while the next page comes", async () => {
  const fills = form("get", { mediation: "conditional" });
  await swap(fills);
  asked[0].answer(credential("abc"));
  await later();
  answered("/account/");
  await later();
  assert.deepEqual([fills.sent, asked.length], [1, 1]);
});

test("a click takes over from autofill, and a cancelled one gives back", async () => {
  const fills = form("get", { mediation: "conditional" });
  const makes = form("create");
  await swap(fills, makes);
  click(makes);
  await later();
  assert.equal(asked[0].options.signal.aborted, true);
  assert.equal(asked[1].kind, "create");
  asked[1].fail("NotAllowedError");
  await later();
  assert.equal(asked[2].options.mediation, "conditional");
});

test("what comes for a form that is gone is sent to nobody", async () => {
  const asks = form("get");
  await swap(asks);
  await swap();
  asked[0].answer(credential("late"));
  await later();
  assert.equal(asks.sent, 0);
  assert.equal(asks.elements.credential.value, "");
});

test("options by hand, where the browser has no parser: base64url becomes bytes, all else stays", () => {
  const read = parse("create", {
    challenge: "-_8A",
    user: { id: "dXNlcg", name: "anna", displayName: "Anna" },
    excludeCredentials: [{ type: "public-key", id: "AQ" }],
    pubKeyCredParams: [{ type: "public-key", alg: -7 }],
  });
  assert.deepEqual([...read.challenge], [0xfb, 0xff, 0]);
  assert.equal(new TextDecoder().decode(read.user.id), "user");
  assert.equal(read.user.displayName, "Anna");
  assert.deepEqual([...read.excludeCredentials[0].id], [1]);
  assert.equal(read.pubKeyCredParams[0].alg, -7);
});

test("options by the browser's own parser, where it has one", () => {
  globalThis.PublicKeyCredential.parseRequestOptionsFromJSON = (json) => ({ native: json });
  assert.deepEqual(parse("get", OPTIONS), { native: OPTIONS });
});

for (const toJSON of [undefined, () => { throw new TypeError("Illegal invocation"); }])
  test(`a credential ${toJSON ? "whose toJSON throws" : "without toJSON"} is written by hand`, () => {
    const buffer = (...numbers) => new Uint8Array(numbers).buffer;
    const made = {
      toJSON,
      id: "-_8A",
      rawId: buffer(0xfb, 0xff, 0),
      type: "public-key",
      authenticatorAttachment: "platform",
      getClientExtensionResults: () => ({ credProps: { rk: true } }),
      response: {
        clientDataJSON: buffer(1),
        authenticatorData: buffer(2),
        signature: buffer(3),
        userHandle: null,
      },
    };
    assert.deepEqual(JSON.parse(JSON.stringify(serialise(made))), {
      id: "-_8A",
      rawId: "-_8A",
      type: "public-key",
      authenticatorAttachment: "platform",
      clientExtensionResults: { credProps: { rk: true } },
      response: { clientDataJSON: "AQ", authenticatorData: "Ag", signature: "Aw" },
    });
  });
