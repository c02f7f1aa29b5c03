"""The pool set for a card, where its flow needs the demo otherwise than it is. The playground does it, and this room
must not know it: they meet in ``settings.DEMO_STAGE``, and this is what they agree on.
"""

from collections.abc import Mapping
from typing import Protocol, cast

from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string

from flows.gallery.cards import Card

Wanted = Mapping[str, Mapping[str, tuple[str, ...]]]  # knob of the playground -> setting -> values


class Look(Protocol):
    """``now``: sentences about what is not as wanted, or about all of it where all is. ``changed``: there is something
    to set back. ``others``: what else is not as the demo was made. ``signs_out``: setting it ends the session here."""

    @property
    def pool_ready(self) -> bool: ...
    @property
    def user_ready(self) -> bool: ...
    @property
    def now(self) -> tuple[str, ...]: ...
    @property
    def changed(self) -> bool: ...
    @property
    def others(self) -> tuple[str, ...]: ...
    @property
    def signs_out(self) -> bool: ...


class Stage(Protocol):
    """``username`` is who must be as the demo was made. ``look`` answers nothing where the pool does not; what changes
    anything answers why it could not, or an empty text."""

    def look(self, wanted: Wanted, *, username: str = "") -> Look | None: ...
    def set_so(self, wanted: Wanted, *, username: str = "") -> str: ...
    def set_back(self, wanted: Wanted, *, username: str = "") -> str: ...


def open_for(request: HttpRequest) -> Stage | None:
    """``None`` where there is no demo, or not for this browser. Asks the pool: once a page is enough."""
    named = getattr(settings, "DEMO_STAGE", "")
    return cast("Stage | None", import_string(named)(request)) if named else None


def look(stage: Stage | None, card: Card) -> Look | None:
    """Also for a card that needs nothing but a demo as it was made. ``None`` where nothing can be set."""
    return stage.look(wanted(card), username=user(card)) if stage else None


def wanted(card: Card) -> Wanted:
    return {change.knob: change.settings for change in card.trying.first}


def user(card: Card) -> str:
    """Whom trying it uses up; empty for nobody."""
    return card.trying.username if card.trying.afresh else ""
