// Google reCAPTCHA in the form of a step, without the inline scripts that Google's and django-recaptcha's examples have.
//
// <form data-recaptcha="v2_checkbox|v2_invisible|v3" data-api="address of Google's api.js" data-action="v3's action">
//   with django-recaptcha's .g-recaptcha[data-sitekey], a hidden input named answer, a button with data-busy, and an empty
//   [data-recaptcha-problem] with role=alert.
// The token goes where the answer of a step goes; nothing here judges it.

import { say } from "./ui.mjs";

const PATIENCE = 10_000; // ms until Google's script, or its token, is said not to come; it may still
const BLOCKED = "Google's check could not be loaded: a blocker or the network may be in its way. Press the button to try again.";
const UNDONE = "Tick the box first, and do what it asks.";
const LOST = "Google's check is not answering. Press the button to try again.";

const form = document.querySelector("form[data-recaptcha]");
const [box, problem, button] = [".g-recaptcha", "[data-recaptcha-problem]", "[data-busy]"].map((what) =>
  form.querySelector(what),
);
const { recaptcha: version, api, action } = form.dataset;
const sitekey = box.dataset.sitekey;

let loading; // a promise of grecaptcha, ready to be used
let widget; // of version 2: what grecaptcha.render returned
let given; // called with the next token of version 2

function tell(text) {
  problem.textContent = text;
  if (text) button.focus(); // the way on; an alert is read out wherever the focus is
}

const after = (ms, text) => new Promise((_, fail) => setTimeout(fail, ms, new Error(text)));

/** Google's script, once; after a failure the next call tries anew. */
function load() {
  loading ??= new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement("script"), { src: api, async: true });
    script.onload = () => (globalThis.grecaptcha?.ready ? grecaptcha.ready(() => resolve(grecaptcha)) : reject(Error(BLOCKED)));
    script.onerror = () => {
      script.remove();
      reject(Error(BLOCKED));
    };
    document.head.append(script);
  });
  loading.catch(() => (loading = undefined));
  return Promise.race([loading, after(PATIENCE, BLOCKED)]);
}

function take(token) {
  form.elements.answer.value = token;
  tell("");
  given?.(token);
}

/** The widget in its place, for the versions that have one. */
async function draw() {
  const google = await load();
  if (version === "v3" || widget !== undefined) return google;
  widget = google.render(box, {
    sitekey,
    size: version === "v2_invisible" ? "invisible" : innerWidth < 345 ? "compact" : "normal",
    theme: matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light",
    callback: take,
    "expired-callback": () => (form.elements.answer.value = ""),
    "error-callback": () => tell(LOST),
  });
  return google;
}

/** A token from the versions that need nothing of the person, or only now and then. */
async function ask() {
  const google = await draw();
  if (version === "v3") return Promise.race([google.execute(sitekey, { action }), after(PATIENCE, LOST)]);
  const token = new Promise((resolve) => (given = resolve)); // with a riddle this takes as long as a person takes
  google.execute(widget);
  return token;
}

let asking = false;

async function fetchToken() {
  asking = true;
  tell("");
  say(button, true);
  try {
    if (version === "v2_checkbox") {
      await draw();
      tell(UNDONE);
    } else {
      form.elements.answer.value = await ask();
    }
  } catch (error) {
    tell(error?.message || LOST); // Google rejects with null
  }
  say(button, false);
  asking = false;
  // A token that is there at once comes while the form's own submit event is still on its way, and a form that is being
  // submitted cannot be submitted: hence later.
  if (form.elements.answer.value) setTimeout(() => form.requestSubmit());
}

// Before anybody else sees the form on its way: without a token it is not going anywhere.
document.addEventListener("submit", (event) => {
  if (event.target !== form || form.elements.answer.value) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (!asking) fetchToken();
}, true);

draw().catch((error) => tell(error?.message || BLOCKED));
