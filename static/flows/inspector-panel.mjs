// The panel beside the page: tells the server what it shows, so that only what is new comes along; on phones a sheet.

const wide = matchMedia("(min-width: 62rem)");
const sheet = document.querySelector(".inspector .sheet");

// Beside the page it is always open, over the page it waits to be pulled up.
function fit() {
  sheet.open = wide.matches;
}
wide.addEventListener("change", fit);
fit();
sheet.dataset.ready = "";

const summary = sheet.querySelector("summary");
summary.addEventListener("click", (event) => wide.matches && event.preventDefault());

document.addEventListener("keydown", ({ key, target }) => {
  if (key !== "Escape" || wide.matches || !sheet.open || !sheet.contains(target)) return;
  sheet.open = false;
  summary.focus();
});

document.addEventListener("htmx:configRequest", ({ detail }) => {
  const run = document.getElementById("inspector-run");
  if (run?.dataset.run) detail.headers["Inspector-Shows"] = `${run.dataset.run}/${run.querySelectorAll(".entry").length}`;
});

// The map comes anew with each step; whoever has folded it wants it folded.
let folded = false;
document.addEventListener("toggle", ({ target }) => {
  if (target.isConnected && target.matches("#inspector-where .map")) folded = !target.open;
}, true);

/** A map is taller than its window: the present step stands in the middle of it. */
function centreMap() {
  const window = document.querySelector("#inspector-where .map-window");
  const lit = window?.querySelector(".lit");
  if (!lit) return;
  const [frame, box] = [window.getBoundingClientRect(), lit.getBoundingClientRect()];
  window.scrollTop += box.top + box.height / 2 - frame.top - frame.height / 2;
}
centreMap();
sheet.addEventListener("toggle", centreMap); // closed, it has no height

document.addEventListener("htmx:oobAfterSwap", ({ detail }) => {
  const map = document.querySelector("#inspector-where .map");
  if (map && folded) map.open = false;
  centreMap();
  if (["inspector-entries", "inspector-run"].includes(detail.target.id)) showNews();
});

let newest; // htmx tells of one swap several times

/** What has just come is open, in sight, and lights up for a moment; what came before it folds, unless somebody has
 *  looked into it. The focus stays where somebody types. */
function showNews() {
  const entries = [...document.querySelectorAll("#inspector-entries > .entry")];
  if (!entries.length || entries.at(-1) === newest) return;
  newest = entries.at(-1);
  for (const entry of entries) {
    entry.classList.toggle("arrives", entry === newest);
    if (entry !== newest && !entry.classList.contains("read")) entry.querySelector(".call").open = false;
  }
  if (sheet.open) bringIntoSight(newest);
}
document.addEventListener("click", ({ target }) => target.closest("#inspector-entries > .entry")?.classList.add("read"));

/** Scrolls the panel, and never the page: the form must not move while somebody is about to press its button. */
function bringIntoSight(entry) {
  const scroller = wide.matches ? sheet : sheet.querySelector(".sheet-body");
  const [frame, box] = [scroller.getBoundingClientRect(), entry.getBoundingClientRect()];
  const below = box.bottom - Math.min(frame.bottom, innerHeight);
  if (below > 0) scroller.scrollTop += Math.min(below, box.top - frame.top);
}
