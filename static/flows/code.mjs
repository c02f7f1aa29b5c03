// Counts down to when another code can be asked for: <form data-resend="seconds"> with a button and an element
// [data-resend-wait]. Without it the button is there from the start, and the server says how long to wait.

const SECOND = 1000;
const running = new WeakSet();

function countDown(form) {
  running.add(form);
  const [button, wait] = [form.querySelector("button"), form.querySelector("[data-resend-wait]")];
  const until = Date.now() + Number(form.dataset.resend) * SECOND;
  const tick = () => {
    const left = Math.ceil((until - Date.now()) / SECOND);
    button.ariaDisabled = left > 0 ? "true" : null;
    wait.textContent = left > 0 ? ` in ${left} s` : "";
    if (left > 0 && form.isConnected) setTimeout(tick, SECOND / 2);
  };
  tick();
}

const look = () => {
  for (const form of document.querySelectorAll("form[data-resend]")) if (!running.has(form)) countDown(form);
};

// Not disabled but refused here: the button keeps the focus of whoever waits on it.
document.addEventListener("submit", (event) => {
  if (event.target.matches("[data-resend]") && event.target.querySelector("[aria-disabled=true]")) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}, true);
document.addEventListener("htmx:afterSettle", look);
look();
