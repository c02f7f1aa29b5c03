"""The demo set for one flow: knobs at certain values and, if need be, a user as the demo was made; and set back.

The gallery's way into this room, which it must not import: ``settings.DEMO_STAGE`` names ``open_stage``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.contrib.auth import logout
from django.http import HttpRequest

from flows.cognito import connection as connections
from flows.cognito.errors import CognitoError
from flows.playground import changes, going_back, guard, knobs, originals, pages, users
from flows.playground import state as states
from flows.playground.changes import Posted
from flows.playground.knob import Knob
from flows.playground.refusals import refusal
from flows.playground.settings import Values
from flows.playground.state import Place, State
from flows.playground.turns import turn

Wanted = Mapping[str, Mapping[str, Values]]  # knob -> setting -> values


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How the demo stands to what is wanted. ``now`` are sentences about what is not so, or of all where all is."""

    pool_ready: bool
    user_ready: bool
    now: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """``passwords`` are the demo's, by username; ``state`` is the pool's when the stage was opened for ``request``."""

    request: HttpRequest = field(repr=False)
    state: State
    passwords: Mapping[str, str] = field(repr=False)

    def look(self, wanted: Wanted, *, username: str = "") -> Look:
        """``username``: who is to be as the demo was made, empty for nobody. Raises ``CognitoError``."""
        rows = [(knob, self._is_so(knob, values)) for knob, values in _knobs(wanted)]
        pool_ready = all(so for _, so in rows)
        user = users.read(username, connection=self.state.connection) if username else None
        user_ready = user is None or going_back.is_as_made(user)
        now = [knob.now(self.state) for knob, so in rows if pool_ready or not so]
        if user and not user_ready:
            now.append(f"{username} is {user.summary}.")
        return Look(pool_ready=pool_ready, user_ready=user_ready, now=tuple(now))

    def set_so(self, wanted: Wanted, *, username: str = "") -> str:
        """Make it so; why it is not, or empty. What was changed before a refusal stays."""
        return self._perform(_knobs(wanted), username)

    def set_back(self, wanted: Wanted, *, username: str = "") -> str:
        """The same knobs as the demo was made, in the opposite order: what had to be first on the way there is last."""
        made = State(connection=self.state.connection, parts={place: originals.part(place) for place in Place})
        rows = [
            (knob, {setting.name: setting.where.read(made) for setting in knob.settings if setting.name in values})
            for knob, values in _knobs(wanted)
        ]
        return self._perform(rows[::-1], username)

    def _perform(self, rows: Iterable[tuple[Knob, Mapping[str, Values]]], username: str) -> str:
        try:
            for knob, values in rows:
                posted = Posted(seen=self._seen(knob), chosen=values)
                changes.make(knob, posted, connection=self.state.connection)
            return self._bring_back(username) if username else ""
        except CognitoError as error:
            refused = refusal(error)
            return f"{refused.text} {refused.answer}".strip()

    def _bring_back(self, username: str) -> str:
        """Whoever is signed in here as that user no longer is: the pool may have ended that session, and a page that
        finds it out leads away from the card."""
        connection = self.state.connection
        user = users.read(username, connection=connection)
        if user is None or going_back.is_as_made(user):
            return ""
        with turn():
            faults = going_back.bring_back(username, self.passwords[username], connection=connection)
        if pages.is_self(self.request, user):
            logout(self.request)
        return " ".join(faults)

    def _seen(self, knob: Knob) -> Mapping[str, Values]:
        return {setting.name: setting.where.read(self.state) for setting in knob.settings}

    def _is_so(self, knob: Knob, values: Mapping[str, Values]) -> bool:
        seen = self._seen(knob)
        return all(set(seen[name]) == set(wanted) for name, wanted in values.items())


def open_stage(request: HttpRequest) -> Stage | None:
    """``None`` for everybody but who sits at the machine of a demo, and where no pool answers."""
    if not guard.is_for(request):
        return None
    try:
        return Stage(request=request, passwords=pages.passwords(request), state=states.read(connections.current()))
    except CognitoError:
        return None


def _knobs(wanted: Wanted) -> list[tuple[Knob, Mapping[str, Values]]]:
    """Raises ``LookupError`` for a knob that there is not."""
    by_slug = {knob.slug: knob for knob in knobs.KNOBS}
    return [(by_slug[slug], values) for slug, values in wanted.items()]
