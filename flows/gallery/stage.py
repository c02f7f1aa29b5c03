"""The pool set for a card, where its flow needs the demo otherwise than it is. The playground does it, and this room
must not know it: they meet in ``settings.DEMO_STAGE``.
"""

from collections.abc import Mapping
from typing import Protocol, cast

from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string

from flows.gallery.cards import Card

Wanted = Mapping[str, Mapping[str, tuple[str, ...]]]  # knob of the playground -> setting -> values


class Look(Protocol):
    """``now``: sentences about what is not as wanted, or about all of it where all is."""

    @property
    def pool_ready(self) -> bool: ...
    @property
    def user_ready(self) -> bool: ...
    @property
    def now(self) -> tuple[str, ...]: ...


class Stage(Protocol):
    """``username`` is who must be as the demo was made. What changes anything answers why it could not, or nothing."""

    def look(self, wanted: Wanted, *, username: str = "") -> Look: ...
    def set_so(self, wanted: Wanted, *, username: str = "") -> str: ...
    def set_back(self, wanted: Wanted, *, username: str = "") -> str: ...


def open_for(request: HttpRequest) -> Stage | None:
    """``None`` where there is no demo, or not for this browser."""
    named = getattr(settings, "DEMO_STAGE", "")
    return cast("Stage | None", import_string(named)(request)) if named else None


def look(stage: Stage | None, card: Card) -> Look | None:
    """``None`` for a card that needs nothing, and where nothing can be set."""
    return stage.look(wanted(card), username=user(card)) if stage and card.trying.needs_stage else None


def wanted(card: Card) -> Wanted:
    return {change.knob: change.settings for change in card.trying.first}


def user(card: Card) -> str:
    """Whom trying it uses up; empty for nobody."""
    return card.trying.username if card.trying.afresh else ""
