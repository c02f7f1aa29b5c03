"""The inspector's panel as a person reads it: names and values out of the page, back into what they tell of."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

_READ = """() => {
  const text = (element) => element?.textContent ?? "";
  const value = (member) => {
    const name = text(member.querySelector(":scope > dt")), dd = member.querySelector(":scope > dd");
    const inner = dd.querySelector(":scope > dl.tree");
    if (member.classList.contains("group")) return tree(inner);
    if (member.classList.contains("text")) return text(dd.querySelector(":scope > code.value"));
    if (member.classList.contains("literal")) return JSON.parse(text(dd.querySelector(":scope > code.value")));
    if (!member.classList.contains("masked")) throw new Error(member.className);
    const masked = { $masked: text(dd.querySelector(":scope > .soft")) || name };
    const fingerprint = text(dd.querySelector(".fingerprint"));
    if (fingerprint) masked.fingerprint = fingerprint;
    if (inner) masked.claims = tree(inner);
    return masked;
  };
  const tree = (dl) => Object.fromEntries(
    [...dl.children].map((member) => [text(member.querySelector(":scope > dt")), value(member)]));
  const labelled = (inside, label) => {
    const found = [...inside.querySelectorAll("dl.tree")].find((each) => each.ariaLabel === label);
    return found ? tree(found) : null;
  };
  const facts = (inside) => Object.fromEntries([...inside.querySelectorAll(".proof > div")].map((row) =>
    [text(row.querySelector("dt")), text(row.querySelector("dd code"))]));
  const trigger = (item) => ({
    trigger: text(item.querySelector("summary .operation")),
    facts: text(item.querySelector("summary .facts-line")),
    event: labelled(item, "Event in") ?? {},
    answer: labelled(item, "Event out"),
    refusal: text(item.querySelector(".refusal")),
    echoes: text(item).includes("The rest came back as it went in."),
    session: [...item.querySelectorAll("tbody tr")].map((row) =>
      [...row.querySelectorAll("td")].map((cell) => text(cell))),
  });
  const call = (item) => ({
    operation: text(item.querySelector("summary .operation")),
    outcome: text(item.querySelector("summary .outcome")),
    access: text(item.querySelector("summary .badge")),
    facts: text(item.querySelector("summary .facts-line")),
    request: labelled(item, "Request") ?? {},
    answer: labelled(item, "Answer") ?? {},
    refusal: text(item.querySelector(":scope > .call > .part > .refusal code")),
    message: text(item.querySelector(":scope > .call > .part > .refusal")),
    proof: facts(item),
    flags: [...item.querySelectorAll(".flags > .set code")].map(text),
    triggers: [...item.querySelectorAll(".trigger")].map(trigger),
    decisions: [...item.querySelectorAll(".why")].map((each) =>
      [text(each.querySelector("code")), text(each).trim()]),
  });
  const nodes = (kind) => [...document.querySelectorAll(`.inspector [data-node].${kind}`)].map((each) =>
    each.dataset.node);
  return {
    calls: [...document.querySelectorAll("#inspector-entries > .entry")].map(call),
    lit: nodes("lit"), taken: nodes("taken"),
    said: text(document.querySelector("#inspector-said")), count: text(document.querySelector("#inspector-count")),
  };
}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """``calls`` with what the page says of each, one that came several times in a row as often; ``lit`` and ``taken``
    are nodes of the map."""

    calls: tuple[Mapping[str, Any], ...]
    lit: tuple[str, ...]
    taken: frozenset[str]
    said: str
    count: str

    @property
    def operations(self) -> list[str]:
        return [each["operation"] for each in self.calls]


def read(page: Page) -> Panel:
    """What the panel of ``page`` says, whatever of it is folded."""
    seen = page.evaluate(_READ)
    calls = tuple(call for call in seen["calls"] for _ in range(_times(call["facts"])))
    return Panel(
        calls=calls,
        lit=tuple(seen["lit"]),
        taken=frozenset(seen["taken"]),
        said=" ".join(seen["said"].split()),
        count=seen["count"].strip(),
    )


def switch_on(page: Page, url: str) -> None:
    """By the button at the foot of the sign-in page."""
    page.goto(f"{url}/sign-in/?new=1")
    page.get_by_role("button", name="Inspect what goes over the wire").click()
    page.locator("aside.inspector").wait_for()


def _times(facts: str) -> int:
    before, found, _ = facts.partition(" times in a row")
    return int(before.rpartition(" ")[2]) if found else 1
