"""The head of every page of the site says which of its places one is at."""

from posixpath import dirname
from urllib.parse import urldefrag, urlsplit

import pytest

from tests.gallery.conftest import Demo, Visitor
from tests.reader.markup import parse

pytestmark = pytest.mark.django_db
CODE = "/docs/source/"


def marked(visitor: Visitor) -> list[tuple[str, str]]:
    """Address and aria-current of what is current in the navigation."""
    head = visitor.html.partition("<header>")[2].partition("</header>")[0]
    links = [attributes for tag, attributes in parse(head).tags if tag == "a"]
    return [(link["href"], link["aria-current"]) for link in links if "aria-current" in link]


def place_of(path: str) -> str:
    """What is to be current there."""
    if path.startswith("/flows/playground/"):
        return "/flows/playground/"
    top = path.split("/")[1]
    return f"/{top}/" if top in {"flows", "docs", "account"} else ""


def is_one_of_many(path: str) -> bool:
    """A page of the docs or a file of the code: what else is in its folder is shown by the same view."""
    return path.startswith("/docs/") and (not path.startswith(CODE) or "." in path.rpartition("/")[2])


def test_each_page_is_at_one_place(demo: Demo, visitor: Visitor) -> None:
    """All that links lead somebody to who is signed in; of documentation and code one file in each folder."""
    visitor.sign_in("USER_PASSWORD_AUTH", "alice", demo.password_of("alice"))
    assert visitor.path == "/account/"
    seen: set[str] = set()
    folders: set[str] = set()
    waiting = ["/", "/flows/runs/", "/flows/playground/new-demo/"]
    wrong = []
    while waiting:
        address = urldefrag(waiting.pop()).url
        path = urlsplit(address).path
        if not path.startswith("/") or path in seen or path.endswith((".png", ".json", ".md", ".svg")):
            continue
        if is_one_of_many(path):
            if dirname(path) in folders:
                continue
            folders.add(dirname(path))
        seen.add(path)
        visitor.open(address)
        place = place_of(path)
        if marked(visitor) != ([(place, "page" if path == place else "true")] if place else []):
            wrong.append((path, marked(visitor)))
        waiting += [href for href in parse(visitor.html).all("href", "a") if not href.startswith("#")]
    assert wrong == []
    assert {"/", "/flows/", "/flows/runs/", "/flows/playground/new-demo/", "/account/", "/account/mfa/"} <= seen
    assert {CODE, f"{CODE}flows", f"{CODE}flows/account"} <= seen
    assert {"/docs", "/docs/flows", f"{CODE}flows/account"} <= folders


def test_the_page_of_the_docs_that_is_named_is_linked(demo: Demo, visitor: Visitor) -> None:
    address = visitor.open("/").link("docs/triggers.md")
    assert address == "/docs/triggers#settings"
    assert 'id="settings"' in visitor.open(address).html
