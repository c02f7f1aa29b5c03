// Passkeys by ordinary forms: asks the browser for a credential, fills it in and sends the form.
//
// <form data-webauthn="get|create" data-options="JSON">  with a hidden input named credential, an empty
//   [data-webauthn-problem] with role=alert and <button type="button" data-webauthn-start data-busy="…">. "create" waits
//   for the click. "get" begins at once, but opens nothing over an alert that has something to say.
// <form data-webauthn="get" data-mediation="conditional">  offers passkeys in the browser's autofill, says nothing if it
//   cannot, and ends when any form is sent. It needs no button.

import { say } from "./ui.mjs";

// By DOMException name (WebAuthn Level 3, 5.1.3 and 5.1.4). NotAllowedError stands for cancelled, too late and no such
// passkey alike: which of them, a page may not know.
const PROBLEMS = {
  "get NotAllowedError": "No passkey was used. Try again, or choose another way.",
  "create NotAllowedError": "No passkey was made. You can try again at any time.",
  "create InvalidStateError": "This device already keeps a passkey for your account.",
  "create ConstraintError": "This device cannot keep a passkey: it may need a screen lock first.",
  NotSupportedError: "This browser offers no passkeys here. Choose another way.",
  SecurityError: "Passkeys of this site do not count at this address. Choose another way.",
};
const NO_LUCK = "That did not work on this device. Try again, or choose another way.";

let running; // the one request that a page may have: { form, controller }
const seen = new WeakSet();

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt());
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const withBytes = (descriptor) => ({ ...descriptor, id: bytes(descriptor.id) });

/** What `credentials.get` or `.create` takes, of its JSON; by hand where the browser has no parser of its own. */
export function parse(kind, json) {
  const parser = kind === "get" ? "parseRequestOptionsFromJSON" : "parseCreationOptionsFromJSON";
  if (PublicKeyCredential[parser]) return PublicKeyCredential[parser](json);
  const options = { ...json, challenge: bytes(json.challenge) };
  if (json.user) options.user = withBytes(json.user);
  for (const list of ["allowCredentials", "excludeCredentials"]) options[list] = json[list]?.map(withBytes) ?? [];
  return options;
}

/** Its RegistrationResponseJSON or AuthenticationResponseJSON. Some password managers' toJSON is missing or throws. */
export function serialise(credential) {
  try {
    return credential.toJSON();
  } catch {
    const { id, rawId, type, authenticatorAttachment, response: from } = credential;
    const response = { transports: from.getTransports?.() };
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"])
      if (from[name]) response[name] = text(from[name]);
    const clientExtensionResults = credential.getClientExtensionResults?.() ?? {};
    return { id, rawId: text(rawId), type, authenticatorAttachment, response, clientExtensionResults };
  }
}

async function ask({ webauthn: kind, options, mediation }, signal) {
  if (!globalThis.PublicKeyCredential) throw new DOMException("", "NotSupportedError");
  return serialise(await navigator.credentials[kind]({ publicKey: parse(kind, JSON.parse(options)), mediation, signal }));
}

function stop() {
  running?.controller.abort();
  running = undefined;
}

async function start(form) {
  stop();
  const mine = (running = { form, controller: new AbortController() });
  const kind = form.dataset.webauthn;
  const [button, problem] = ["start", "problem"].map((part) => form.querySelector(`[data-webauthn-${part}]`));
  if (problem) problem.textContent = "";
  say(button, true);
  const answer = await ask(form.dataset, mine.controller.signal).catch((error) => error);
  say(button, false);
  if (mine !== running) return; // stopped, or another one took its place
  running = undefined;
  if (!(answer instanceof Error)) {
    form.elements.credential.value = JSON.stringify(answer);
    return form.requestSubmit();
  }
  if (form.dataset.mediation) return;
  problem.textContent = PROBLEMS[`${kind} ${answer.name}`] ?? PROBLEMS[answer.name] ?? NO_LUCK;
  button.focus(); // the way on; an alert is read out wherever the focus is
  offer();
}

/** Passkeys in autofill, if the page has a form for them and the browser can: else nobody misses anything. */
async function offer() {
  const form = document.querySelector("form[data-mediation=conditional]");
  if (!form || running || !(await globalThis.PublicKeyCredential?.isConditionalMediationAvailable?.())) return;
  if (form.isConnected && !running) start(form);
}

/** After each load and swap: ends what belongs to a form that is gone, begins what is new. */
function look() {
  if (running && !running.form.isConnected) stop();
  // Until this module is there a click would be lost without a word.
  for (const button of document.querySelectorAll("[data-webauthn-start]")) button.disabled = false;
  const form = document.querySelector("form[data-webauthn=get]:not([data-mediation])");
  const isNew = form && !seen.has(form);
  if (isNew) seen.add(form);
  const alarmed = [...document.querySelectorAll("[role=alert]")].some((alert) => alert.textContent.trim());
  if (isNew && !alarmed) start(form);
  else offer();
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-webauthn-start]");
  if (button && running?.form !== button.form) start(button.form);
});
document.addEventListener("submit", stop, true); // any form: whoever signs in another way wants no autofill any more
document.addEventListener("htmx:afterSwap", look);
// A refused or lost answer leaves the form where it was. On the way to another page nothing more is to be asked.
document.addEventListener("htmx:afterRequest", ({ detail: { xhr } }) => xhr.getResponseHeader("HX-Redirect") || look());
look();
