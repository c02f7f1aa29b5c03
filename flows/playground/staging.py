"""The demo set for one flow: knobs at certain values and, if need be, a user as the demo was made; and set back.

The gallery's way into this room, which it must not import: ``settings.DEMO_STAGE`` names ``open_stage``. What is agreed
between the two stands in ``flows.gallery.stage``; ``Wanted`` and ``Look`` are this room's side of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string

from flows import demo
from flows.cognito import connection as connections
from flows.cognito.errors import CognitoError
from flows.playground import changes, going_back, knobs, originals, pages, users
from flows.playground import state as states
from flows.playground.changes import Posted
from flows.playground.knob import Knob
from flows.playground.refusals import refusal
from flows.playground.settings import Values
from flows.playground.state import State
from flows.playground.turns import turn

Wanted = Mapping[str, Mapping[str, Values]]  # knob -> setting -> values
Rows = Sequence[tuple[Knob, Mapping[str, Values]]]

_GONE = "{} is not in the pool any more."
_NEW_DEMO = "Make a new demo in the playground."
_HALF_SET = "Some of it is set all the same. Start over in the playground."


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How the demo stands to what is wanted. ``now`` are sentences about what is not so, or of all where all is.

    ``changed``: what is wanted is about a knob that is not as the demo was made. ``others`` are titles of knobs that
    are not so either and that nobody wanted. ``signs_out``: the user who is to be as made is the one signed in here.
    """

    pool_ready: bool
    user_ready: bool
    now: tuple[str, ...]
    changed: bool
    others: tuple[str, ...]
    signs_out: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """``passwords`` are the demo's, by username; ``state`` is the pool's when the stage was opened for ``request``,
    and ``made`` how the demo was made."""

    request: HttpRequest = field(repr=False)
    state: State
    made: State
    passwords: Mapping[str, str] = field(repr=False)

    def look(self, wanted: Wanted, *, username: str = "") -> Look | None:
        """``username``: who is to be as the demo was made, empty for nobody; that alone asks the pool again.

        ``None`` where it does not answer: another tab may have made a new demo since.
        """
        try:
            user = users.read(username, connection=self.state.connection) if username else None
        except CognitoError:
            return None
        rows = _knobs(wanted)
        so = {knob.slug: _values(knob, self.state, values) == _sets(values) for knob, values in rows}
        pool_ready = all(so.values())
        user_ready = not username or (user is not None and going_back.is_as_made(user))
        now = [knob.now(self.state) for knob, _ in rows if pool_ready or not so[knob.slug]]
        if not user_ready:
            now.append(f"{username} is {user.summary}." if user else _GONE.format(username))
        changed = [knob for knob in knobs.KNOBS if _values(knob, self.state) != _values(knob, self.made)]
        return Look(
            pool_ready=pool_ready,
            user_ready=user_ready,
            now=tuple(now),
            changed=any(knob.slug in wanted for knob in changed),
            others=tuple(knob.title for knob in changed if knob.slug not in wanted),
            signs_out=user is not None and not user_ready and pages.is_self(self.request, user),
        )

    def set_so(self, wanted: Wanted, *, username: str = "") -> str:
        """Make it so; why it is not, or empty. The user comes first: a pool that requires MFA takes no factor away."""
        return self._bring_back(username) or self._turn(_knobs(wanted))

    def set_back(self, wanted: Wanted, *, username: str = "") -> str:
        """The same as the demo was made, in the opposite order: what had to be first on the way there is last."""
        rows = [
            (knob, {setting.name: setting.where.read(self.made) for setting in knob.settings if setting.name in values})
            for knob, values in _knobs(wanted)
        ]
        return self._turn(rows[::-1]) or self._bring_back(username)

    def _turn(self, rows: Rows) -> str:
        """All the knobs or, where one is refused, none. Nothing was seen on a page, so each is as it is to be."""
        try:
            for knob, values in rows:
                changes.make(knob, Posted(seen={}, chosen=values), connection=self.state.connection)
        except CognitoError as error:
            return f"{_words(error)} {self._undo(rows)}".strip()
        return ""

    def _undo(self, rows: Rows) -> str:
        """What ``rows`` have changed since the stage was opened, and nothing that others have."""
        try:
            for knob, values in reversed(rows):
                before = {setting.name: setting.where.read(self.state) for setting in knob.settings}
                chosen = {name: before[name] for name in values}
                changes.make(knob, Posted(seen=values, chosen=chosen), connection=self.state.connection)
        except CognitoError:
            return _HALF_SET
        return ""

    def _bring_back(self, username: str) -> str:
        """Whoever is signed in here as that user no longer is: the pool may have ended that session, and a page that
        finds it out leads away from the card."""
        if not username:
            return ""
        connection = self.state.connection
        try:
            user = users.read(username, connection=connection)
        except CognitoError as error:
            return _words(error)
        if user is None:
            return f"{_GONE.format(username)} {_NEW_DEMO}"
        if going_back.is_as_made(user):
            return ""
        with turn():
            faults = going_back.bring_back(username, self.passwords[username], connection=connection)
        if pages.is_self(self.request, user):
            import_string(settings.SIGN_OUT)(self.request)
        return " ".join(faults)


def open_stage(request: HttpRequest) -> Stage | None:
    """``None`` for everybody but who sits at the machine of a demo, and where no pool answers. Asks three times."""
    if not demo.is_at_its_machine(request):
        return None
    try:
        now = states.read(connections.current())
    except CognitoError:
        return None
    made = State(connection=now.connection, parts={place: originals.part(place) for place in now.parts})
    return Stage(request=request, passwords=pages.passwords(request), state=now, made=made)


def _knobs(wanted: Wanted) -> list[tuple[Knob, Mapping[str, Values]]]:
    """Raises ``LookupError`` for a knob that there is not."""
    return [(knobs.BY_SLUG[slug], values) for slug, values in wanted.items()]


def _values(knob: Knob, state: State, only: Mapping[str, Values] | None = None) -> dict[str, frozenset[str]]:
    """Settings of ``knob``, all or those of ``only``, with what is set: in a pool no order counts."""
    named = [setting for setting in knob.settings if only is None or setting.name in only]
    return _sets({setting.name: setting.where.read(state) for setting in named})


def _sets(values: Mapping[str, Values]) -> dict[str, frozenset[str]]:
    return {name: frozenset(each) for name, each in values.items()}


def _words(error: CognitoError) -> str:
    refused = refusal(error)
    return f"{refused.text} {refused.answer}".strip()
