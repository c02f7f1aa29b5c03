"""Reference pages, and parts of pages, that are generated from the code, so that they cannot say otherwise."""

from typing import Protocol, cast

from flows.management.documents import orders_of_challenges, pool_coverage


class Document(Protocol):
    """``PATH`` below docs/, and ``text()``: the page as it should be."""

    PATH: str

    def text(self) -> str: ...


DOCUMENTS = cast(tuple[Document, ...], (pool_coverage, *orders_of_challenges.SECTIONS))
