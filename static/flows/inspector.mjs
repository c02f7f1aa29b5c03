// Tabs: <div data-tabs="what they are"> whose children [data-tab] are panels, each with a heading. Without this module
// the panels stand one below another. The pattern is WAI-ARIA's (APG, "Tabs with automatic activation"). Everything is
// delegated from the document, and what htmx brings later becomes tabs when it comes.

const CHOSEN = "tab"; // of sessionStorage: whoever reads boto3 once reads it in the next entry too
const STEPS = { ArrowRight: 1, ArrowLeft: -1 };

const panelsOf = (group) => [...group.querySelectorAll(":scope > [data-tab]")];
const tabsOf = (group) => [...group.querySelectorAll(":scope > [role=tablist] > [role=tab]")];

/** The label that was chosen last; storage may be refused. */
function chosen(label) {
  try {
    if (label) sessionStorage.setItem(CHOSEN, label);
    return sessionStorage.getItem(CHOSEN);
  } catch {
    return null;
  }
}

function select(group, label) {
  for (const tab of tabsOf(group)) {
    const selected = tab.textContent === label;
    tab.ariaSelected = String(selected);
    tab.tabIndex = selected ? 0 : -1;
  }
  for (const panel of panelsOf(group)) panel.hidden = panel.dataset.tab !== label;
}

function makeTab(panel) {
  const tab = Object.assign(document.createElement("button"), { type: "button", textContent: panel.dataset.tab });
  tab.id = `${panel.id}-tab`;
  tab.setAttribute("role", "tab");
  tab.setAttribute("aria-controls", panel.id);
  panel.setAttribute("role", "tabpanel");
  panel.setAttribute("aria-labelledby", tab.id);
  panel.querySelector("[data-tab-heading]").hidden = true; // the tab says it
  return tab;
}

function makeTabs(group) {
  if (tabsOf(group).length) return;
  const panels = panelsOf(group);
  const list = Object.assign(document.createElement("div"), { className: "tablist", ariaLabel: group.dataset.tabs });
  list.setAttribute("role", "tablist");
  list.append(...panels.map(makeTab));
  group.prepend(list);
  const labels = panels.map((panel) => panel.dataset.tab);
  select(group, labels.includes(chosen()) ? chosen() : labels[0]);
}

const look = () => document.querySelectorAll("[data-tabs]").forEach(makeTabs);

function go(tab) {
  select(tab.closest("[data-tabs]"), chosen(tab.textContent) ?? tab.textContent);
  tab.focus();
}

document.addEventListener("click", ({ target }) => {
  const tab = target.closest("[data-tabs] > [role=tablist] > [role=tab]");
  if (tab) go(tab);
});

document.addEventListener("keydown", (event) => {
  const tab = event.target.closest("[data-tabs] > [role=tablist] > [role=tab]");
  if (!tab || event.ctrlKey || event.altKey || event.metaKey) return;
  const tabs = [...tab.parentElement.children];
  const to = { Home: tabs[0], End: tabs.at(-1) }[event.key] ?? tabs.at((tabs.indexOf(tab) + STEPS[event.key]) % tabs.length);
  if (!(event.key in STEPS) && event.key !== "Home" && event.key !== "End") return;
  event.preventDefault(); // the keys would scroll the page
  go(to);
});

document.addEventListener("htmx:load", look);
look();
