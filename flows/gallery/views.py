"""The pages of the gallery. They show what ``catalog`` says; "Try it" and "Set it so" do something."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.module_loading import import_string
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from flows import htmx
from flows.addresses import reverse_if_there
from flows.gallery import demo, maps
from flows.gallery import stage as stages
from flows.gallery.cards import COLUMNS, Card
from flows.gallery.catalog import COMPARED, GROUPS
from flows.gallery.ways import Way, way


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Every flow as a card, and the table that compares them."""
    seen = demo.seen_by(request)
    stage = stages.open_for(request) if seen else None

    def shown(card: Card) -> tuple[Card, Way]:
        return card, way(card, seen, look=stages.look(stage, card))

    context = {
        "groups": [(group, [shown(card) for card in group.cards]) for group in GROUPS],
        "columns": COLUMNS,
        "compared": COMPARED,
        "demo": seen,
        "inspects": bool(getattr(settings, "INSPECTOR_SWITCH", "")),
        "playground_url": reverse_if_there("playground"),
    }
    return htmx.show(request, "flows/gallery/gallery.html", context)


@require_safe
def flow(request: HttpRequest, card: Card) -> HttpResponse:
    """One of them, at length."""
    return htmx.show(request, "flows/gallery/flow.html", _about(request, card))


@require_POST
def try_it(request: HttpRequest, card: Card) -> HttpResponse:
    """Begin this very flow as the demo user of the card, with nobody signed in and the inspector on.

    404 for whoever may not see the demo. Who is to sign in travels in the session and never in an address: a link
    that fills in a name would let anybody make others sign in as somebody else.
    """
    chosen = way(card, demo.seen_by(request), passkey_first=request.POST.get("passkey") == "first")
    if not chosen.username:
        raise Http404
    import_string(settings.SIGN_IN_AS)(request, username=chosen.username, entry=chosen.entry, about=card.trying.about)
    response = htmx.redirect(request, chosen.url)
    _switch_inspector_on(request, response)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def set_stage(request: HttpRequest, card: Card) -> HttpResponse:
    """Set the pool so that the card's flow happens, or set it back; then the card again, on the page where it was.

    404 for whoever may not see the demo, and for what no button says. A refusal stands at this address, and whoever
    loads it again comes to the card.
    """
    if request.method != "POST":
        return htmx.redirect(request, reverse("gallery-flow", args=[card]))
    if not card.trying.needs_stage or not way(card, demo.seen_by(request)).username:
        raise Http404
    stage = stages.open_for(request)
    if stage is None:
        raise Http404
    change = {"so": stage.set_so, "back": stage.set_back}.get(request.POST.get("set", ""))
    if change is None:
        raise Http404
    if fault := change(stages.wanted(card), username=stages.user(card)):
        return htmx.show(request, "flows/gallery/flow.html", _about(request, card) | {"fault": fault}, status=422)
    if request.POST.get("at") == "gallery":
        return htmx.redirect(request, f"{reverse('gallery')}#card-{card.slug}")
    return htmx.redirect(request, reverse("gallery-flow", args=[card]))


def _about(request: HttpRequest, card: Card) -> dict[str, Any]:
    seen = demo.seen_by(request)
    stage = stages.open_for(request) if seen else None
    return {
        "card": card,
        "way": way(card, seen, look=stages.look(stage, card)),
        "facts": list(zip(COLUMNS, card.facts.cells, strict=True)) if card.facts else [],
        "map": maps.of(card),
        "docs_url": reverse_if_there("docs-page", path=card.docs),
        "playground_url": reverse_if_there("playground"),
    }


def _switch_inspector_on(request: HttpRequest, response: HttpResponse) -> None:
    """Rooms that may not import each other meet in settings; a site without an inspector names none."""
    if named := getattr(settings, "INSPECTOR_SWITCH", ""):
        switch: Callable[..., None] = import_string(named)
        switch(request, response, on=True)
