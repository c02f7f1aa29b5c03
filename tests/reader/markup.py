"""A page of the reader, taken apart."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.test import Client

CODE = {"pre", "code", "svg"}
VOID = {"meta", "link", "input", "img", "br", "hr", "wbr"}


@dataclass(slots=True)
class Shown:
    """``text`` is what stands outside of code. ``tags`` are all tags with their attributes."""

    tags: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    text: str = ""
    marks: list[str] = field(default_factory=list)
    inline: str = ""  # what stands in script elements
    comments: int = 0

    def all(self, attribute: str, tag: str = "") -> list[str]:
        return [
            attributes[attribute] for name, attributes in self.tags if attribute in attributes and tag in ("", name)
        ]

    def addresses(self) -> Iterator[str]:
        """Every page, file and picture of this site that is linked."""
        for address in (*self.all("href", "a"), *self.all("src", "img")):
            if not address.startswith(("http://", "https://")):
                yield address


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.shown = Shown()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.shown.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if "script" in self.open:
            self.shown.inline += data
        elif "mark" in self.open:
            self.shown.marks.append(data)
        if not CODE & set(self.open) and not {"script", "style"} & set(self.open):
            self.shown.text += data

    def handle_comment(self, data: str) -> None:
        self.shown.comments += 1


def parse(html: str) -> Shown:
    parser = _Parser()
    parser.feed(html)
    return parser.shown


def get(address: str, *, status: int = 200, **headers: str) -> Shown:
    """What somebody without a session gets to see."""
    response = Client().get(address, headers=headers)
    assert response.status_code == status, (address, response.status_code)
    return parse(response.content.decode())
