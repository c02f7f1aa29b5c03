"""Where secrets are looked for: pages, files and tables, and by name the few places where one has to stand.

Places are texts by their names, found in a browser or by Django's test client alike.
"""

import html
import json
import re
import zlib
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from typing import Any, Protocol
from urllib.parse import quote, quote_plus

from django.core import signing

from flows.inspector.urls import urlpatterns


@dataclass(frozen=True, slots=True)
class Known:
    """An attribute, of which values that begin with ``begins`` may hold a secret, and why."""

    element: str
    attribute: str
    why: str
    begins: str = ""


# Of a page beside the inspector's panel; in the panel is no such place.
ON_PAGES = (
    Known("input", "value", "what was just typed, for whoever made a mistake in it; of hidden ones none is excused"),
    Known("form", "data-secret-block", "SECRET_BLOCK: the browser signs it"),
    Known("button", "data-copy", "the key of an authenticator app, on the page that sets it up"),
    Known("a", "href", "the same key, for an app on this device", begins="otpauth://"),
)
# By table and column.
IN_TABLES = {"pool_device.salt": "whoever begins to prove a device's secret is told it: SALT of DEVICE_SRP_AUTH"}
_TAKE_FORMS_ONLY = {"inspector-switch", "inspector-run-keep"}
_PACKED = "django_session.session_data"  # as django.core.signing packs it; what is in the parcel is sealed
_SHORT = 9  # characters up to which a secret might stand by chance in a longer word


def found(secrets: Iterable[str], places: Mapping[str, str]) -> list[tuple[str, str]]:
    """Which secret stands where, however it is written."""
    return [(place, secret) for secret in secrets for place, text in places.items() if is_in(secret, text)]


def is_in(secret: str, text: str) -> bool:
    ways = [way for way in _ways(secret) if way in text]
    if len(secret) > _SHORT:
        return bool(ways)
    return any(re.search(rf"(?<![\w.]){re.escape(way)}(?!\w)", text) for way in ways)


@cache
def _ways(secret: str) -> frozenset[str]:
    return frozenset(
        {secret, json.dumps(secret)[1:-1], html.escape(secret), quote(secret, safe=""), quote_plus(secret)}
    )


# -- Pages -----------------------------------------------------------------------------------------------------------
def on_page(page: str) -> str:
    """Every text and attribute of a page or fragment, but those of ``ON_PAGES``."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return "\n".join(reader.said)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._asides = 0  # that are open: the panel is one

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._asides += tag == "aside"
        nowhere = self._asides or ("type", "hidden") in attrs
        known = () if nowhere else [each for each in ON_PAGES if each.element == tag]
        for name, value in attrs:
            if value and not any(each.attribute == name and value.startswith(each.begins) for each in known):
                self.said.append(value)

    def handle_endtag(self, tag: str) -> None:
        self._asides -= tag == "aside"

    def handle_data(self, data: str) -> None:
        self.said.append(data)

    def handle_comment(self, data: str) -> None:
        self.said.append(data)


def addresses(run: str, *, entries: int, others: Collection[str] = ()) -> Iterator[str]:
    """Whatever there is to see of a run with so many ``entries``, and of it beside each of the ``others``."""
    for pattern in urlpatterns:
        route = f"/flows/{pattern.pattern}".replace("<str:run>", run)
        if pattern.name == "inspector-compare":
            yield from (f"{route}?a={run}&b={other}" for other in others)
        elif "<int:number>" in route:
            yield from (route.replace("<int:number>", str(number)) for number in range(1, entries + 1))
        elif pattern.name not in _TAKE_FORMS_ONLY:
            yield route


# -- Tables ----------------------------------------------------------------------------------------------------------
class Cursor(Protocol):
    """Of any database."""

    @property
    def description(self) -> Any: ...

    def execute(self, query: str, /) -> Any: ...

    def fetchall(self) -> list[Any]: ...


def columns(cursor: Cursor, tables: Iterable[str]) -> dict[str, str]:
    """What stands in every row, by table and column, but for those of ``IN_TABLES``."""
    said = {}
    for table in tables:
        cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
        rows = cursor.fetchall()
        for at, (name, *_) in enumerate(cursor.description):
            place = f"{table}.{name}"
            if place not in IN_TABLES:
                said[place] = "\n".join(_said(_unpacked(row[at]) if place == _PACKED else row[at]) for row in rows)
    return said


def _said(value: Any) -> str:
    """Bytes in each of the ways in which the wire writes them."""
    if isinstance(value, bytes | memoryview):
        raw = bytes(value)
        return " ".join((raw.decode("latin-1"), raw.hex(), b64encode(raw).decode(), urlsafe_b64encode(raw).decode()))
    return value if isinstance(value, str) else json.dumps(value, default=str, ensure_ascii=False)


def _unpacked(text: str) -> bytes:
    payload = text.partition(":")[0].encode()
    raw = signing.b64_decode(payload.removeprefix(b"."))
    return zlib.decompress(raw) if payload.startswith(b".") else raw
