"""The pages: what they show, to people and to screen readers."""

import html
import re

import pytest

from flows.diagrams import flow_map
from flows.gallery.cards import COLUMNS, Card
from flows.gallery.catalog import CARDS, COMPARED
from tests.gallery.conftest import Demo, Visitor

pytestmark = pytest.mark.django_db
CHANGED_FIRST = [(card, change) for card in CARDS.values() for change in card.trying.first]
every_card = pytest.mark.parametrize("card", CARDS.values(), ids=list(CARDS))


def test_every_flow_is_on_the_page_and_leads_to_its_own(demo: Demo, visitor: Visitor) -> None:
    visitor.open("/flows/")
    for card in CARDS.values():
        assert visitor.link(card.title) == f"/flows/{card.slug}/"
        assert card.trade_offs.replace("'", "&#x27;") in visitor.html


def test_the_comparison_is_a_table_with_caption_and_headings(demo: Demo, visitor: Visitor) -> None:
    table = visitor.open("/flows/").html.partition("<table>")[2].partition("</table>")[0]
    assert "<caption" in table
    assert re.findall(r'<th scope="col">([^<]+)', table) == ["Flow", *COLUMNS]
    assert table.count('<th scope="row">') == len(COMPARED)
    cells = re.findall(r"<td><strong[^>]*>([^<]+)</strong>", table)
    assert len(cells) == len(COMPARED) * len(COLUMNS), "each says it in words"


def code_of(visitor: Visitor) -> list[str]:
    """What a browser reads in the boxes of code."""
    boxes = re.findall(r"<pre[^>]*><code>(.*?)</code>", visitor.html, re.DOTALL)
    return [html.unescape(re.sub(r"</?span[^>]*>", "", box)) for box in boxes]


@every_card
def test_a_flow_has_its_page_with_the_lines_that_set_it(demo: Demo, visitor: Visitor, card: Card) -> None:
    visitor.open(f"/flows/{card.slug}/")
    assert visitor.status == 200
    shown = code_of(visitor)
    for command in card.commands:
        assert " ".join(command.split()) in [" ".join(text.replace("\\\n", "").split()) for text in shown]
        assert '<span class="hl-name">--' in visitor.html, "options are told apart"
    assert not card.amplify or card.amplify in shown
    assert all(purpose in visitor.text for purpose in card.either)
    copied = re.findall(r'data-copy="([^"]*)"', visitor.html)
    assert [html.unescape(text) for text in copied] == shown
    assert ("<svg" in visitor.html.partition('id="map"')[2]) == (card.slug != "refresh-token-auth")


def test_the_map_says_the_same_in_words(demo: Demo, visitor: Visitor) -> None:
    visitor.open("/flows/user-srp-auth/")
    assert all(line in visitor.text for line in flow_map.text(flow_map.of("USER_SRP_AUTH")).splitlines())


def test_what_lies_elsewhere_is_linked(demo: Demo, visitor: Visitor) -> None:
    assert visitor.open("/flows/user-srp-auth/").link("How this project does it, file by file") == (
        "/docs/flows/user-srp-auth"
    )
    assert visitor.open("/").link("See every flow happen") == "/flows/"
    assert visitor.open("/sign-in/").link("Flows") == "/flows/"


def test_what_is_to_be_changed_first_is_on_the_playground(demo: Demo, visitor: Visitor) -> None:
    for card, change in CHANGED_FIRST:
        assert visitor.open(f"/flows/{card.slug}/").link(change.text) == f"/flows/playground/#{change.knob}"
    visitor.open("/flows/playground/")
    for _, change in CHANGED_FIRST:
        form = visitor.form(action=f"/flows/playground/settings/{change.knob}/")
        assert f'id="{change.knob}"' in visitor.html
        assert set(change.settings) <= set(form.values), "a name that the playground knows"
        assert all(f'value="{value}"' in visitor.html for values in change.settings.values() for value in values)


def test_commands_that_forget_lead_to_those_that_leave_the_rest_alone(demo: Demo, visitor: Visitor) -> None:
    forgetful = {"update-user-pool", "update-user-pool-client", "set-user-pool-mfa-config"}
    for card in CARDS.values():
        updates = [command for command in card.commands if command.split()[2] in forgetful]
        assert bool(card.knobs) == bool(updates), card.slug
        visitor.open(f"/flows/{card.slug}/")
        assert ("take a command of the playground" in visitor.text) == bool(updates)
        for knob, about in card.knobs:
            assert visitor.link(about) == f"/flows/playground/#{knob}"
    page = visitor.open("/flows/playground/").html
    assert all(f'id="{knob}"' in page for card in CARDS.values() for knob, _ in card.knobs)


def test_the_navigation_says_where_one_is(demo: Demo, visitor: Visitor) -> None:
    assert '<a href="/flows/" aria-current="page">' in visitor.open("/flows/").html
    assert '<a href="/flows/" aria-current="true">' in visitor.open("/flows/user-auth/").html
    assert '<a href="/flows/">' in visitor.open("/").html
