// Signs in by SRP from ordinary forms, so that the password stays here: its field has no name and cannot be posted.
//
// <form data-srp="start">     named username and srp_a. Sending it keeps the password and the private exponent.
// <form data-srp="verifier">  carries Cognito's question in data-*. It is answered at once from what was kept. After a
//                             reload nothing is kept: the person types the password again, and a fresh srp_a goes out.

import { keyPair, signature, timestamp } from "./srp.mjs";
import { explain, say } from "./ui.mjs";

const INSECURE =
  "Your browser only lets a page keep a password to itself over https (or on localhost). Open this site at such an address.";
const INCOMPLETE = "This page did not load completely. Reload it and try again.";
const UNTRUSTED = "The sign-in service is not answering. Nothing was changed."; // what it sent proves nothing (T009)

let ready; // a key pair, made while the person types
let kept; // key pair and password, from start to verifier

function forget() {
  kept?.password.fill(0);
  kept = undefined;
}

document.addEventListener("input", ({ target }) => {
  if (target.form?.dataset.srp && !ready) (window.requestIdleCallback ?? setTimeout)(() => (ready ??= keyPair()));
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.dataset.srp || form.password_claim_signature?.value) return;
  const obstacle = !globalThis.crypto?.subtle ? INSECURE : !globalThis.htmx ? INCOMPLETE : "";
  if (obstacle) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return explain(obstacle);
  }
  forget();
  const password = form.querySelector("[data-srp-password]").value;
  kept = { ...(ready ?? keyPair()), password: new TextEncoder().encode(password) };
  ready = undefined;
  form.srp_a.value = kept.srpA;
}, true);

// Before htmx settles, hence before anything is painted: a question that can be answered is not shown as one.
document.addEventListener("htmx:afterSwap", () => {
  const form = document.querySelector("form[data-srp=verifier]");
  if (form && kept) answer(form, kept);
  else forget();
  kept = undefined;
});

async function answer(form, { a, srpA, password }) {
  const field = form.querySelector("[data-srp-password]");
  const button = form.querySelector("[data-busy]");
  const show = (busy) => {
    field.disabled = busy;
    field.placeholder = busy ? "••••••••" : ""; // as if it were still what was typed
    say(button, busy);
  };
  // Should the proof not get through, the form is one to fill in again.
  form.addEventListener("htmx:afterRequest", () => {
    form.password_claim_signature.value = "";
    show(false);
  });
  show(true);
  try {
    const { srpB, salt, poolName, userId, secretBlock } = form.dataset;
    const now = timestamp(new Date());
    const question = { a, srpA, srpB, salt, poolName, userId, password, secretBlock, timestamp: now };
    form.password_claim_signature.value = await signature(question);
    form.timestamp.value = now;
    if (form.isConnected) form.requestSubmit();
  } catch {
    show(false);
    explain(UNTRUSTED);
  } finally {
    password.fill(0);
  }
}

addEventListener("pagehide", forget);
