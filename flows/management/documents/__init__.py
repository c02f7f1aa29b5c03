"""Reference pages, parts of pages and data that are generated from the code, so that they cannot say otherwise."""

from typing import Protocol, cast

from flows.management.documents import flow_orders, orders_of_challenges, pool_coverage


class Document(Protocol):
    """``PATH`` below the project's root, and ``text()``: the file as it should be."""

    PATH: str

    def text(self) -> str: ...


DOCUMENTS = cast(tuple[Document, ...], (pool_coverage, flow_orders, *orders_of_challenges.SECTIONS))
