// The slide show of a run: arrow keys, and playing by itself, which is stopped by its button, by Escape and by whatever
// else one does on the page. Whoever wants less motion is not offered it (flows/inspector-slides.css).

const PLAYING = "#playing";
const SECONDS = 8; // long enough to read the sentences of most slides
const SCROLLS = "input, select, textarea, pre, [role=tab], .scrolls"; // arrow keys mean something else there
const KEYS = { ArrowLeft: "prev", ArrowRight: "next" };

const calm = matchMedia("(prefers-reduced-motion: reduce)");
const button = document.querySelector("[data-play]");
const link = (rel) => document.querySelector(`.slides a[rel=${rel}]`);
let timer = 0;

function stop() {
  if (!timer) return;
  clearTimeout(timer);
  timer = 0;
  button.textContent = "Play by itself";
  history.replaceState(history.state, "", location.pathname);
}

function play() {
  timer = setTimeout(() => location.assign(link("next").href + PLAYING), SECONDS * 1000);
  button.textContent = "Pause";
}

document.addEventListener("keydown", ({ key, target, altKey, ctrlKey, metaKey, shiftKey }) => {
  if (key === "Escape") stop();
  if (!(key in KEYS) || altKey || ctrlKey || metaKey || shiftKey || target.closest(SCROLLS)) return;
  stop();
  link(KEYS[key])?.click();
});

if (button) {
  button.hidden = false;
  button.addEventListener("click", () => (timer ? stop() : play()));
  document.addEventListener("pointerdown", ({ target }) => target.closest("[data-play]") || stop());
  document.addEventListener("focusin", ({ target }) => target.closest("[data-play]") || stop());
  document.addEventListener("visibilitychange", () => document.hidden && stop());
  if (location.hash === PLAYING && !calm.matches) {
    play();
    button.focus({ preventScroll: true }); // whoever has only a keyboard stops it at once
  }
}
