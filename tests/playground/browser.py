"""Somebody at the machine of a demo: opens the playground, changes what its forms hold, and sends them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse
from django.test import Client

URL = "/flows/playground/"
Data = dict[str, list[str]]


@dataclass
class Form:
    """What a browser would send of a form, untouched."""

    action: str
    data: Data = field(default_factory=dict)

    def add(self, name: str, value: str) -> None:
        self.data.setdefault(name, []).append(value)


class Reader(HTMLParser):
    """Forms with the controls that are successful, text of elements that have an id, and all the text."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: dict[str, Form] = {}
        self.texts: dict[str, list[str]] = {}
        self._form: Form | None = None
        self._select = ""
        self._takes_option = False
        self._open: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in pairs}
        if tag == "form":
            self._form = self.forms[given["action"]] = Form(given["action"])
        is_sent = given.get("type") not in {"checkbox", "radio"} or "checked" in given
        if tag == "input" and self._form and "name" in given and is_sent:
            self._form.add(given["name"], given.get("value", ""))
        if tag == "select":
            self._select = given["name"]
        self._takes_option = tag == "option" and "selected" in given
        if tag not in {"input", "meta", "link", "path", "circle", "br"}:
            self._open.append((tag, given.get("id", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        self._takes_option = False
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._takes_option and self._form:
            self._form.add(self._select, data.strip())
        for name in {"", *(name for _, name in self._open)}:
            self.texts.setdefault(name, []).append(data)


def read(html: str) -> Reader:
    """``forms`` by their action, ``texts`` by the id of an element."""
    reader = Reader()
    reader.feed(html)
    return reader


class Browser:
    """``answer`` is the last one; CSRF checks are on, so what is posted is what a page had in it."""

    def __init__(self, *, htmx: bool = False) -> None:
        self.client = Client(enforce_csrf_checks=True, headers={"host": "localhost:8000"})
        self.htmx = htmx
        self.answer: HttpResponse
        self.open()

    def open(self, url: str = URL) -> "Browser":
        self.answer = self.client.get(url)
        return self

    @property
    def html(self) -> str:
        return self.answer.content.decode()

    @property
    def text(self) -> str:
        return " ".join("".join(self._read().texts.get("", [])).split())

    def part(self, name: str) -> str:
        """The text of the element with this id, as it stands there."""
        return "".join(self._read().texts[name])

    def form(self, path: str) -> Form:
        return self._read().forms[URL + path]

    def send(self, path: str, **values: list[str]) -> "Browser":
        """Fill in the form that goes to ``path`` as the last page had it, and send it."""
        return self.send_form(self.form(path), **values)

    def send_form(self, form: Form, **values: list[str]) -> "Browser":
        headers: dict[str, Any] = {"HX-Request": "true"} if self.htmx else {}
        self.answer = self.client.post(form.action, {**form.data, **values}, headers=headers)
        if self.answer.status_code == 303:
            self.answer = self.client.get(self.answer.headers["Location"].partition("#")[0])
        return self

    def _read(self) -> Reader:
        return read(self.html)
