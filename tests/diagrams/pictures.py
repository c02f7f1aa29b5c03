"""What an SVG says, read out of it as a program would that knows nothing of how it was made."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from xml.etree import ElementTree

Element = ElementTree.Element


def parse(picture: str) -> Element:
    """Raises ParseError for what is not well-formed."""
    return ElementTree.fromstring(picture)  # noqa: S314 - our own


def names(elements: Iterator[Element]) -> list[str]:
    """EMAIL_OTP, or "EMAIL_OTP (second factor)"."""
    return [each.attrib["data-node"] + (" (second factor)" if each.get("data-second") else "") for each in elements]


def nodes(picture: Element) -> list[str]:
    return names(each for each in picture.iter() if each.get("data-node"))


def lit(picture: Element) -> list[str]:
    return names(each for each in picture.iter() if each.get("aria-current") == "step")


def taken(picture: Element) -> list[str]:
    return names(each for each in picture.iter() if each.get("data-node") and "taken" in each.attrib["class"].split())


@dataclass(frozen=True)
class Drawn:
    """Boxes by key, each with the names in it, and the arrows between keys."""

    boxes: dict[str, list[str]]
    arrows: list[tuple[str, str]]
    taken: list[tuple[str, str]]

    def edges(self) -> set[tuple[str, str]]:
        """What is followed by what, junctions left out."""
        found: set[tuple[str, str]] = set()
        for key, inside in self.boxes.items():
            for end in self._reached(key) if inside else ():
                found.update(product(inside, self.boxes[end]))
        return found

    def _reached(self, key: str) -> Iterator[str]:
        for start, end in self.arrows:
            if start == key:
                yield from [end] if self.boxes[end] else self._reached(end)


def read(picture: Element) -> Drawn:
    boxes = {}
    for each in picture.iter():
        if key := each.get("data-key"):
            is_start = "start" in each.attrib["class"].split()
            boxes[key] = ["START"] if is_start else names(inside for inside in each.iter() if inside.get("data-node"))
    arrows: dict[bool, list[tuple[str, str]]] = {False: [], True: []}
    for group in picture.iter():
        if "arrows" in group.get("class", "").split():
            is_taken = "taken" in group.attrib["class"].split()
            for each in group:
                start, end = each.attrib["data-arrow"].split()
                arrows[is_taken].append((start, end))
    return Drawn(boxes, arrows[False] + arrows[True], arrows[True])
