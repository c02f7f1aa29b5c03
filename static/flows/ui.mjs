// Small manners of every page: show a password, copy a value, say when it takes long, put the focus where the news is.
// Everything is delegated from the document, so content that htmx swaps in needs no set-up.

const SLOW = 300; // ms until a wait is worth a word; a quicker answer would only flicker
const UNREACHABLE = "The site could not be reached. Nothing was changed. Please try again.";
const sent = new Map(); // forms on their way, each with what undoes its busy look

const main = () => document.getElementById("main");
const on = (name, handler, target = document, capture = false) => target.addEventListener(name, handler, capture);

/** A button's text while its form is on the way (`data-busy`), and its own again. */
export function say(button, busy) {
  if (!button) return;
  button.dataset.idle ??= button.textContent;
  button.textContent = busy ? button.dataset.busy : button.dataset.idle;
  button.ariaDisabled = button.form.ariaBusy = busy ? "true" : null;
}

function setBusy(form) {
  const button = form.querySelector("[data-busy]");
  const timer = setTimeout(say, SLOW, button, true);
  sent.set(form, () => {
    clearTimeout(timer);
    sent.delete(form);
    say(button, false);
  });
}

/** Puts text into the page's alert, or into a new one, where it is announced and focused. */
export function explain(text) {
  let alert = main().querySelector("[role=alert]");
  if (!alert) {
    alert = Object.assign(document.createElement("p"), { role: "alert", className: "alert", tabIndex: -1 });
    main().prepend(alert);
  }
  alert.textContent = text;
  alert.focus();
}

// A form goes once (T065). Capture, and this module first: nobody acts on a submit that is not going to happen.
on("submit", (event) => {
  if (!sent.has(event.target)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, document, true);
on("submit", (event) => event.defaultPrevented || setBusy(event.target), window);
on("htmx:beforeRequest", ({ target }) => target.matches("form") && setBusy(target));
on("htmx:afterRequest", ({ target }) => sent.get(target)?.());
for (const failure of ["htmx:sendError", "htmx:timeout", "htmx:responseError"])
  on(failure, ({ target }) => target.matches("form") && explain(UNREACHABLE));

// After a swap: the first wrong field; after a refusal the first one to fill in again; else the one that wants it, or
// the heading. (What an alert says is read out wherever the focus is.)
// What comes by itself (passkey autofill) leaves the focus to whoever is typing.
on("htmx:afterSettle", ({ detail }) => {
  if (detail.target !== main()) return;
  const refused = main().querySelector("[role=alert]")?.textContent;
  const fields = main().querySelectorAll(refused ? "input[required]" : "[autofocus]");
  const heading = main().querySelector("h1");
  if (heading) heading.tabIndex = -1;
  (main().querySelector("[aria-invalid=true]") ?? [...fields].find((field) => !field.value) ?? heading)?.focus();
});

on("click", async ({ target }) => {
  const button = target.closest("[data-shows], [data-copy]");
  if (!button) return;
  if (button.dataset.copy !== undefined) {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = "Copied";
  } else {
    const field = document.getElementById(button.dataset.shows);
    const shown = field.type === "password";
    field.type = shown ? "text" : "password";
    button.firstChild.data = shown ? "Hide" : "Show";
  }
});

// A page that comes back from the back-forward cache may belong to a session that has ended (T064): ask the server.
on("pageshow", (event) => event.persisted && location.reload(), window);
