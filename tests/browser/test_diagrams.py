"""Diagrams in a browser: everything fits where it is drawn, on a small phone too, and can be read and reached."""

import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from playwright.sync_api import Browser, Page, ViewportSize

from flows.diagrams import flow_map, from_mermaid, sequence
from flows.diagrams.sequence import Message, Note, Sequence
from tests.environment import ROOT

FENCE = re.compile(r"^```mermaid\n(.*?)\n```$", re.DOTALL | re.MULTILINE)
STYLES = "".join((ROOT / "static" / "flows" / f"{name}.css").read_text("utf-8") for name in ("site", "diagrams"))
PHONE = ViewportSize(width=360, height=740)
SMALLEST = 11  # pixels, of text drawn with 12: pages keep 20 px of a phone's 360 on either side
LONG = Sequence(
    participants=sequence.PARTICIPANTS,
    messages=(
        Message("browser", "portal", "username, SRP_A"),
        Message("portal", "pool", "RespondToAuthChallenge PASSWORD_VERIFIER, PASSWORD_CLAIM_SECRET_BLOCK, TIMESTAMP"),
        Message("pool", "lambda", "VerifyAuthChallengeResponse_Authentication"),
        Message("lambda", "pool", "answerCorrect = true", reply=True),
        Message("pool", "pool", "The user has turned on SOFTWARE_TOKEN_MFA and prefers it"),
        Message("lambda", "lambda", "itself"),
        Message("pool", "browser", "W" * 90, reply=True),
        Note(("lambda",), "A note of many words at the very edge of the picture, where there is little room"),
    ),
)
# What does not fit: text beyond the box that it is in, a box over another, anything beyond the picture, a line behind
# a box.
MISFITS = """svg => {
  const within = (inner, outer) => inner.left >= outer.left - 1 && inner.right <= outer.right + 1
    && inner.top >= outer.top - 1 && inner.bottom <= outer.bottom + 1
  const apart = (one, other) => one.right <= other.left || other.right <= one.left
    || one.bottom <= other.top || other.bottom <= one.top
  const place = element => element.getBoundingClientRect()
  const found = []
  for (const text of svg.querySelectorAll("text")) {
    const box = text.parentElement.querySelector(":scope > rect")
    if (box && !within(place(text), place(box))) found.push(`${text.textContent} beyond its box`)
  }
  for (const element of svg.querySelectorAll("text, rect, path, circle"))
    if (!within(place(element), place(svg))) found.push(`${element.outerHTML} beyond the picture`)
  const boxes = [...svg.querySelectorAll(".node, .start, .junction, g.head, rect.note")]
  boxes.forEach((one, at) => boxes.slice(at + 1).forEach(other => {
    if (!apart(place(one), place(other))) found.push(`${one.outerHTML} over ${other.outerHTML}`)
  }))
  for (const path of svg.querySelectorAll(".arrows path:not(.head)"))
    for (let at = 2; at < path.getTotalLength() - 2; at += 2) {
      const { x, y } = path.getPointAtLength(at)
      const crossed = [...svg.querySelectorAll(".shape")].find(box => {
        const { x: left, y: top, width, height } = box.getBBox()
        return x > left && x < left + width && y > top && y < top + height
      })
      if (crossed) found.push(`a line through ${crossed.parentElement.textContent}`)
    }
  return found
}"""


def _pictures() -> Iterator[tuple[str, str]]:
    """Every kind of picture that a page can hold."""
    for flow in flow_map.names():
        shown = flow_map.of(flow)
        yield flow, flow_map.svg(shown, link=lambda name: f"/docs/{name}")
        yield f"{flow} lit", flow_map.svg(shown, path=("PASSWORD_VERIFIER", "EMAIL_OTP"), lit="EMAIL_OTP")
    for page in sorted((ROOT / "docs").rglob("*.md")):
        for at, text in enumerate(FENCE.findall(page.read_text(encoding="utf-8")), start=1):
            yield f"{page.stem} {at}", from_mermaid(text, title=f"{page.stem} {at}") or ""
    yield "a long run", sequence.svg(LONG, title="a long run", lit=1)


PICTURES = dict(_pictures())


def show(page: Page, *drawn: str) -> None:
    page.set_content(
        f"<!doctype html><html lang=en><title>Diagrams</title><style>{STYLES}</style>"
        f"<main class=narrow><h1>Diagrams</h1>{''.join(drawn)}</main>"
    )


@pytest.fixture(scope="module")
def phone(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport=PHONE)
    yield page
    page.close()


@pytest.mark.parametrize("name", PICTURES)
def test_everything_fits_on_a_phone_and_can_be_read(name: str, phone: Page) -> None:
    show(phone, PICTURES[name])
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert phone.locator("svg").count() > 0
    for each in phone.locator("svg").all():
        assert each.evaluate(MISFITS) == []
        scale = each.evaluate("svg => svg.getBoundingClientRect().width / svg.viewBox.baseVal.width")
        assert 12 * scale >= SMALLEST


def test_a_misfit_is_found(phone: Page) -> None:
    wider = "<style>.flow-map .name { font-size: 15px !important }</style>"
    show(phone, wider, PICTURES["USER_AUTH"])
    assert phone.locator("svg").evaluate(MISFITS)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(scheme: Any, browser: Browser) -> None:
    page = browser.new_page(color_scheme=scheme, viewport=PHONE)
    show(page, *(PICTURES[name] for name in ("USER_AUTH", "USER_AUTH lit", "CUSTOM_AUTH", "a long run")))
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.close()


def test_each_step_is_a_link_that_can_be_read_and_hit(phone: Page) -> None:
    show(phone, PICTURES["USER_AUTH"])
    links = phone.get_by_role("link")
    assert links.count() == len(flow_map.of("USER_AUTH").onward)  # the tokens have one, the start has none
    assert links.filter(has_text="second factor").count() == 1
    for place in flow_map.of("USER_AUTH").onward:
        if place.name not in ("START", "EMAIL_OTP"):
            box = phone.get_by_role("link", name=place.name, exact=True).bounding_box()
            assert box is not None
            assert min(box["width"], box["height"]) >= 24  # WCAG 2.2, 2.5.8


def test_the_lit_step_differs_in_shape_and_weight_too(phone: Page) -> None:
    show(phone, PICTURES["USER_AUTH lit"])
    lit = phone.locator("[aria-current=step]")
    assert lit.locator(".pointer").count() == phone.locator(".pointer").count() == 1
    weights = phone.locator(".name").evaluate_all("all => all.map(each => getComputedStyle(each).fontWeight)")
    assert sorted(weights)[-2:] == ["400", "700"]


GROUND = "getComputedStyle(document.querySelector('.ground')).fill"


@pytest.mark.parametrize(
    ("media", "ground"),
    [
        ({"color_scheme": "light"}, "rgb(250, 249, 245)"),
        ({"color_scheme": "dark"}, "rgb(19, 22, 20)"),
        ({"color_scheme": "dark", "media": "print"}, "rgb(250, 249, 245)"),
        ({"color_scheme": "light", "forced_colors": "active"}, "rgb(255, 255, 255)"),
    ],
    ids=["light", "dark", "paper", "forced"],
)
def test_a_file_follows_the_readers_screen(
    media: dict[str, Any], ground: str, browser: Browser, tmp_path: Path
) -> None:
    call_command("diagrams", "USER_AUTH", output=tmp_path, stdout=StringIO())
    page = browser.new_page()
    page.emulate_media(**media)
    for kind in ("map", "sequence"):
        page.goto((tmp_path / f"user-auth.{kind}.svg").as_uri())
        assert page.evaluate(GROUND) == ground
        assert page.locator("svg").evaluate(MISFITS) == []
    page.close()
