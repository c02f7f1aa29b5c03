"""Where a run has been on its flow's map, and where it stands."""

from collections.abc import Iterator, Sequence

from flows.inspector.entries import TOKENS, Call, beginning
from flows.inspector.telling import refusals
from flows.terms import AuthFlow, FirstFactor

_OF_A_SIGN_IN = ("ChallengeName", "Session")  # the second alone is of the set-up of an app


def met(calls: Sequence[Call]) -> tuple[str, ...]:
    """The challenges that were answered since the run last began, in order; ``TOKENS`` at the end when there are.
    A refresh brings tokens too, and leads no further."""
    way = tuple(each for call in _since_the_beginning(calls) if not call.error for each in _answered(call))
    return way[: way.index(TOKENS) + 1] if TOKENS in way else way


def standing(calls: Sequence[Call]) -> str:
    """The challenge that waits, ``TOKENS`` behind all of them, or empty: refused, or nothing yet."""
    since = _since_the_beginning(calls)
    asked = next((call.asked for call in reversed(since) if call.asked), "")
    answers = [call for call in since if call.begins or any(call.request.get(each) for each in _OF_A_SIGN_IN)]
    return "" if answers and refusals.ends(answers[-1], at=asked) else asked


def _since_the_beginning(calls: Sequence[Call]) -> Sequence[Call]:
    """Another way to sign in begins the flow again, in the same run."""
    return calls[beginning(calls) or 0 :]


def _answered(call: Call) -> Iterator[str]:
    begun = call.request.get("AuthParameters") or {}
    given = call.request.get("ChallengeResponses") or {}
    if name := call.request.get("ChallengeName"):
        yield str(name)
    chosen = {begun.get("PREFERRED_CHALLENGE"), given.get("ANSWER") if "SELECT_CHALLENGE" in _name(call) else None}
    if "PASSWORD" in begun or (FirstFactor.PASSWORD in chosen and "PASSWORD" in given):
        yield "PASSWORD"
    if FirstFactor.PASSWORD_SRP in chosen and ("SRP_A" in begun or "SRP_A" in given):
        yield "PASSWORD_SRP"
    if call.asked == TOKENS and (name or call.request.get("AuthFlow") in tuple(AuthFlow)):
        yield TOKENS


def _name(call: Call) -> str:
    return str(call.request.get("ChallengeName") or "")
