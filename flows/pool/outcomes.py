"""What a step of a sign-in can come to. A refusal is a ``PoolError``.

``why`` is for whoever watches (``flows.pool.reasons``); nothing is decided by it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flows.pool.attempt import Attempt, Round
from flows.pool.models import RefreshToken
from flows.pool.reasons import Because, together
from flows.terms import ChallengeName


def no_effect() -> None:
    """Most passed challenges change nothing but the attempt itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """Put this challenge to the client and keep ``private`` for its check."""

    challenge: ChallengeName
    parameters: Mapping[str, str]
    private: Mapping[str, Any] = field(default_factory=dict)
    available: tuple[str, ...] = ()
    with_session: bool = True  # False: everything stands in the parameters (PASSWORD_VERIFIER of USER_SRP_AUTH)
    found_by: bytes | None = None  # what an answer without the Session is found by (DEVICE_SRP_AUTH)
    why: str = ""  # where it comes by itself; after a Next, that one says why


@dataclass(frozen=True, slots=True)
class Next:
    """Ask this other challenge now; about ``attempt``, where the answer has changed it."""

    challenge: ChallengeName
    why: str
    attempt: Attempt | None = None


@dataclass(frozen=True, slots=True)
class Passed:
    """The challenge is met. ``effect`` is what that changes: it runs in the transaction that uses the answer up.

    ``srp_a`` is the fingerprint of the client's A, where the password was proved by SRP.
    """

    challenge: ChallengeName
    effect: Callable[[], None] = no_effect
    srp_a: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """A custom challenge was answered, rightly or not; DefineAuthChallenge decides what follows. None: at the start."""

    round: Round | None


@dataclass(frozen=True, slots=True)
class Done:
    """Issue tokens; ``refreshed`` is the refresh token that asked for them, when one did."""

    why: str
    refreshed: RefreshToken | None = None


@dataclass(frozen=True, slots=True)
class Owed:
    """What a rule says is owed next: a challenge, or None."""

    challenge: ChallengeName | None
    why: str

    def onward(self, *before: str) -> Next | Done:
        """That challenge, or tokens; ``before`` are the reasons that have led here."""
        if self.challenge:
            return Next(self.challenge, together(*before, self.why))
        return Done(together(*before, self.why, Because.NOTHING_OWED))


Onward = Ask | Next | Done  # what does not wait for a decision of the policy
Outcome = Onward | Passed | Judged
