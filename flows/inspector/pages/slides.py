"""A run as slides: one call each, and the map as it stood then."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from flows.inspector.entries import TOKENS, Call
from flows.inspector.models import Run
from flows.inspector.telling import maps, paths, words
from flows.inspector.telling.shown import ShownCall


@dataclass(frozen=True, slots=True, kw_only=True)
class Slide:
    """``story`` are sentences; ``before`` and ``after`` numbers of slides, None past the ends."""

    entry: ShownCall
    count: int
    story: tuple[str, ...]
    map: SafeString
    before: int | None
    after: int | None


def of(run: Run, entries: Sequence[ShownCall], number: int) -> Slide:
    """The slide of entry ``number`` of all ``entries``. Raises IndexError where there is none."""
    if not 1 <= number <= len(entries):
        raise IndexError(number)
    entry = entries[number - 1]
    so_far = [each.call for each in entries[:number]]
    return Slide(
        entry=entry,
        count=len(entries),
        story=tuple(_story(entry)),
        map=maps.of_run(run, paths.met(so_far), lit=paths.standing(so_far)),
        before=number - 1 or None,
        after=number + 1 if number < len(entries) else None,
    )


def _story(entry: ShownCall) -> Iterator[str]:
    call = entry.call
    if entry.passkey:
        yield "In the browser, a passkey signed the pool's challenge."
    elif entry.srp:
        yield _proved(entry, entry.srp.secret)
    if route := words.route(call):
        yield f"The browser sent {route}."
    yield _asked(call)
    for trigger in call.triggers:
        said = words.decided(trigger)
        yield f"The pool called {trigger.trigger} meanwhile ({trigger.milliseconds} ms): {said}."
    yield _came(call)


def _proved(entry: ShownCall, secret: str) -> str:
    if entry.by_portal:
        return f"This server computed the proof of {secret}, which the pool does not get to see."
    return f"The browser computed the proof of {secret}, which itself went nowhere."


def _asked(call: Call) -> str:
    brought = words.listed(words.brings(call))
    how = "signed with AWS credentials" if call.signed else "which anybody may call"
    several = f" {call.times} times in a row" if call.times > 1 else ""
    brings = f", and brought {brought}" if brought else ""
    return f"The portal called {words.subject(call)}{several}, {how}{brings}."


def _came(call: Call) -> str:
    if call.error:
        return f"The pool refused: {call.error}. {call.message}".rstrip()
    given = words.listed(words.gives(call))
    if call.asked == TOKENS:
        return f"The pool gave tokens: {given}."
    if call.asked:
        return f"The pool asked for {call.asked}" + (f" and gave {given} for it." if given else ".")
    return f"The pool answered with {given}." if given else "The pool said that it is done."
