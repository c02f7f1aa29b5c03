"""A Chromium for each module, a fresh profile for each test. The server is tests/conftest.py's."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Response, expect

from tests.browser import chromium
from tests.browser import site as sites
from tests.browser.site import Site
from tests.environment import ROOT
from tests.live import Live
from tests.pools import User

NewContext = Callable[..., BrowserContext]

TIMEOUT = 20_000  # ms: for what is expected and for what is clicked alike; on a busy machine pages take seconds
expect.set_options(timeout=TIMEOUT)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Per module, because Playwright keeps an event loop open and Django's ORM refuses to work next to one."""
    with chromium.running() as browser:
        yield browser


@pytest.fixture
def site(live: Live) -> Site:
    return sites.of(live)


@pytest.fixture
def user(site: Site) -> User:
    """Somebody who exists for this test only."""
    return site.pool.add_user()


@pytest.fixture(scope="session")
def group_n() -> int:
    """The modulus of Cognito's SRP group."""
    vectors = ROOT / "tests" / "vectors" / "srp-vectors.json"
    return int(json.loads(vectors.read_text(encoding="utf-8"))["group"]["N_hex"], 16)


@pytest.fixture
def complaints() -> list[str]:
    """What Chromium's console had to say: errors, warnings and every breach of the Content-Security-Policy."""
    return []


@pytest.fixture
def new_context(browser: Browser, site: Site, complaints: list[str]) -> Iterator[NewContext]:
    """Fresh profiles, as many as a test asks for. Any complaint, and any request to another host, fails the test."""
    contexts: list[BrowserContext] = []

    def make(**options: Any) -> BrowserContext:
        context = browser.new_context(**options)
        context.set_default_timeout(TIMEOUT)
        context.on("console", lambda message: _note(complaints, message.type, message.text))
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        context.on("response", lambda response: _judge(complaints, response, site))
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        for page in context.pages:
            page.unroute_all(behavior="ignoreErrors")
        context.close()
    assert complaints == []


@pytest.fixture
def page(new_context: NewContext) -> Page:
    return new_context().new_page()


def _note(complaints: list[str], kind: str, text: str) -> None:
    """Except for what tests bring about: answers that say no, and networks that lose a request."""
    if kind in {"error", "warning"} and not text.startswith(("Failed to load resource", "htmx:", "Response Status")):
        complaints.append(f"{kind}: {text}")


def _judge(complaints: list[str], response: Response, site: Site) -> None:
    if not response.url.startswith(site.url):
        complaints.append(f"another host: {response.url}")
    if "/static/" in response.url and not response.ok:
        complaints.append(f"missing file: {response.url}")
