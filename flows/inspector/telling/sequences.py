"""A run as a sequence diagram: browser, portal, user pool, and the pool's Lambda functions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from flows.diagrams import sequence as diagrams
from flows.diagrams import standalone
from flows.diagrams.sequence import Message
from flows.inspector.entries import TOKENS, Call
from flows.inspector.telling import words
from flows.inspector.telling.shown import ShownCall

_WHO = frozenset({"USERNAME", "USER_ID_FOR_SRP", "Username"})  # goes along each time; the arrow is short
_BROWSER, _PORTAL, _POOL, _LAMBDA = (key for key, _ in diagrams.PARTICIPANTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """``numbers`` has the number of the entry that each message belongs to."""

    sequence: diagrams.Sequence
    numbers: tuple[int, ...]

    def svg(self, *, link: str) -> SafeString:
        """Inline SVG. ``link`` and the number of its entry are the address of a message."""
        title = "Sequence diagram of this run"
        return diagrams.svg(self.sequence, title=title, link=lambda index: f"{link}{self.numbers[index]}")

    def file(self, *, title: str) -> str:
        """The text of an ``.svg`` file for documentation elsewhere: without links, with its style inside."""
        return standalone.document(diagrams.svg(self.sequence, title=title), title=title)

    @property
    def text(self) -> list[str]:
        return diagrams.text(self.sequence)

    @property
    def mermaid(self) -> str:
        return diagrams.mermaid(self.sequence)


def of(entries: Sequence[ShownCall]) -> Drawing:
    """``entries`` are all of a run's. Who says nothing is left out, but for the three who always take part.

    Requests that ran side by side are drawn one below the other, in the order in which they began: arrows of both would
    say of neither what led to what.
    """
    entries = _by_request(entries)
    told = [(entry.number, message) for at, entry in enumerate(entries) for message in _told(entries, at)]
    speaking = {_BROWSER, _PORTAL, _POOL, *(key for _, message in told for key in message.keys)}
    participants = tuple(each for each in diagrams.PARTICIPANTS if each[0] in speaking)
    sequence = diagrams.Sequence(participants, tuple(message for _, message in told))
    return Drawing(sequence=sequence, numbers=tuple(number for number, _ in told))


def _by_request(entries: Sequence[ShownCall]) -> Sequence[ShownCall]:
    began: dict[object, int] = {}
    for entry in entries:
        began.setdefault(_request_of(entry), entry.number)
    return sorted(entries, key=lambda entry: began[_request_of(entry)])


def _request_of(entry: ShownCall) -> object:
    """Runs of an earlier version do not say it: there each call is on its own."""
    return entry.call.via.get("id") or entry.number


def _told(entries: Sequence[ShownCall], at: int) -> Iterator[Message]:
    entry, call = entries[at], entries[at].call
    done_by = _PORTAL if entry.by_portal and not entry.passkey else _BROWSER
    if done_by == _BROWSER and (done := _done(entry)):
        yield Message(_BROWSER, _BROWSER, done)
    if call.via and not _together(entries, at - 1):
        yield Message(_BROWSER, _PORTAL, words.route(call))
    if done_by == _PORTAL and (done := _done(entry)):
        yield Message(_PORTAL, _PORTAL, done)
    yield Message(_PORTAL, _POOL, _asks(call))
    for trigger in call.triggers:
        yield Message(_POOL, _LAMBDA, trigger.trigger)
        yield Message(_LAMBDA, _POOL, words.decided(trigger), reply=True)
    yield Message(_POOL, _PORTAL, _answers(call), reply=True)
    if call.via and not _together(entries, at):
        yield Message(_PORTAL, _BROWSER, _shows(entries, at), reply=True)


def _together(entries: Sequence[ShownCall], at: int) -> bool:
    """Whether the entry at ``at`` and the next one come from one request of the browser."""
    if not 0 <= at < len(entries) - 1:
        return False
    one, other = entries[at].call.via, entries[at + 1].call.via
    return bool(one) and one.get("id") == other.get("id")


def _done(entry: ShownCall) -> str:
    if entry.passkey:
        return "the passkey signs the challenge"
    return f"proves {entry.srp.secret}: u, timestamp, signature" if entry.srp else ""


def _asks(call: Call) -> str:
    brought = _listed(words.brings(call))
    several = f" ({call.times} times in a row)" if call.times > 1 else ""
    return f"{words.subject(call)}{several}" + (f": {brought}" if brought else "")


def _listed(names: Sequence[str]) -> str:
    return ", ".join(name for name in names if name not in _WHO)


def _answers(call: Call) -> str:
    if call.error:
        return f"{call.error}: {call.message}" if call.message else call.error
    given = _listed(words.gives(call))
    if call.asked == TOKENS:
        return f"tokens: {given}"
    return f"{call.asked}: {given}" if call.asked and given else call.asked or given or "done"


def _shows(entries: Sequence[ShownCall], at: int) -> str:
    """What the browser gets in the end: of one request's calls, the last that asked or was refused says it."""
    first = at
    while _together(entries, first - 1):
        first -= 1
    calls = [entry.call for entry in entries[first : at + 1]]
    telling = next((call for call in reversed(calls) if call.error or call.asked), None)
    if telling is None:
        return "a page"
    if telling.error:
        return "says what went wrong"
    return "signed in: the tokens stay on the server" if telling.asked == TOKENS else f"the page for {telling.asked}"
