"""The places of the site that the head of every page leads to, and at which of them one is."""

from dataclasses import dataclass

from django import template

from flows.addresses import reverse_if_there

register = template.Library()

_PLACES = {"gallery": "Flows", "playground": "Playground", "docs": "Docs", "account": "Your account"}
_OF_A_PERSON = {"account"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """``current`` is its aria-current: "page", "true" on a page below it, "" anywhere else."""

    url: str
    label: str
    current: str


@register.simple_tag
def places(path: str, *, signed_in: bool) -> list[Place]:
    """Those that this site has. One at most is current, of two the nearer: /flows/playground/ is below /flows/ too."""
    urls = {name: reverse_if_there(name) for name in _PLACES if signed_in or name not in _OF_A_PERSON}
    here = max((url for url in urls.values() if url and path.startswith(url)), key=len, default="")
    current = {here: "page" if path == here else "true"}
    return [Place(url=url, label=_PLACES[name], current=current.get(url, "")) for name, url in urls.items() if url]
