"""Where somebody stands in a sign-in, in Cognito's words."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from flows.terms import ChallengeName, Trigger


@dataclass(frozen=True, slots=True)
class Place:
    """At a challenge, which may mean another thing as a second factor than as a first one; before all challenges or
    after them; or, in CUSTOM_AUTH, at the function that decides."""

    name: str
    second: bool = False

    def __str__(self) -> str:
        return f"{self.name}{_SECOND}" if self.second else self.name

    @classmethod
    def read(cls, text: str) -> "Place":
        """What ``str`` wrote."""
        return cls(text.removesuffix(_SECOND), second=text.endswith(_SECOND))


_SECOND = " (second factor)"
START, TOKENS = Place("START"), Place("TOKENS")
FUNCTION = Place(Trigger.DEFINE_AUTH_CHALLENGE)
# One ChallengeName, two uses: a first factor of USER_AUTH, or a second factor of every flow.
_TWO_USES = frozenset({ChallengeName.EMAIL_OTP})


def of_order(challenges: Sequence[str]) -> list[Place]:
    """The places of ``challenges`` as they are met: which factor EMAIL_OTP is follows from what came before it."""
    return [Place(name, second=name in _TWO_USES and _is_second(challenges, at)) for at, name in enumerate(challenges)]


def _is_second(challenges: Sequence[str], at: int) -> bool:
    """A first factor stands first, or right behind the choice among them; and asked again it is what it was."""
    while at and challenges[at - 1] == challenges[at]:
        at -= 1
    return at > 0 and challenges[at - 1] != ChallengeName.SELECT_CHALLENGE


def among(known: Collection[Place], challenges: Sequence[str]) -> Iterator[Place]:
    """``of_order``, of places that are ``known``: the other use where a flow has no such one, nothing where neither."""
    for place in of_order(challenges):
        other = Place(place.name, second=not place.second)
        if place in known:
            yield place
        elif other in known:
            yield other
