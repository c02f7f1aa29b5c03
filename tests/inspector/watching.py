"""A person who inspects, and what they get to see."""

import re
from typing import Any

from django.db import connection
from django.test import Client

from flows.inspector.models import Entry, Run
from tests.flows.person import Person
from tests.inspector import canaries

_LIT = re.compile(r'<[^>]*class="[^"]*\blit\b[^"]*"[^>]*>')
_NODE = re.compile(r'data-node="([A-Z_]+)"')


def begin_to_inspect(person: Person) -> Person:
    """By the button at the foot of the page."""
    person.open("/sign-in/?new=1")
    return person.send(person.form(action="/flows/inspector/"), on="1")


def entries() -> list[dict[str, Any]]:
    """Every call that was kept, a call that came several times in a row as often."""
    kept = [entry.call for entry in Entry.objects.order_by("pk")]
    return [call for call in kept for _ in range(call["times"])]


def panel(html: str) -> str:
    """The inspector's part of a page or of a fragment."""
    whole = html.partition('<aside class="inspector"')[2].partition("</aside>")[0]
    return whole or html.partition("hx-swap-oob")[2]


def lit(html: str) -> list[str]:
    """The nodes of the map that stand out as the present one."""
    return [node[1] for tag in _LIT.findall(panel(html)) if (node := _NODE.search(tag))]


def everywhere(client: Client) -> dict[str, str]:
    """All tables, and every page and file of every run, two and two beside each other (``canaries.found``)."""
    places = {}
    runs = [run.pk for run in Run.objects.order_by("began_at")]
    for at, run in enumerate(runs):
        entries = Entry.objects.filter(run=run).count()
        for address in canaries.addresses(run, entries=entries, others=runs[:at]):
            answer = client.get(address)
            assert answer.status_code == 200, address
            places[address] = answer.content.decode()
    with connection.cursor() as cursor:
        return places | canaries.columns(cursor, connection.introspection.table_names(cursor))
