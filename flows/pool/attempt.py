"""One run of a sign-in, from InitiateAuth to tokens."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from flows.pool import lookup
from flows.pool.directory import phantoms
from flows.pool.lambda_triggers.triggers import Origin, Subject
from flows.pool.models import AppClient, PoolUser, UserPool
from flows.terms import AuthFlow

SRP_A = "SRP_A"  # what Lambda triggers call the start of SRP; no ChallengeName


@dataclass(frozen=True, slots=True)
class Round:
    """One answered challenge: what Lambda triggers see as an entry of ``session``.

    ``challenge`` is a ChallengeName, or ``SRP_A`` in front of a custom flow that began with SRP.
    """

    challenge: str
    passed: bool
    metadata: str | None = None


@dataclass(frozen=True, kw_only=True)  # no slots: cached_property
class Attempt:
    """``user`` is None for a phantom: a name that nobody has, led through the same steps as if somebody did."""

    client: AppClient
    user: PoolUser | None
    typed_name: str
    auth_flow: AuthFlow
    device_key: str = ""  # as the client names it; nothing is proved by that
    password: str = ""  # which one the user had when the first challenge was met: every password has a salt of its own
    given: Mapping[str, str] = field(default_factory=dict, repr=False)  # AuthParameters or answer of this very call
    client_metadata: Mapping[str, str] = field(default_factory=dict)  # of this very call; neither is kept
    guess_counted: bool = False  # this very call's password, as a wrong one, before another directory saw it
    proposed_email: str = field(default="", repr=False)  # what MFA_SETUP was answered with, not the user's yet
    srp_a: str = ""  # fingerprint of the A that the password was proved with (flows.pool.proofs.secret_blocks)
    rounds: tuple[Round, ...] = ()

    @property
    def pool(self) -> UserPool:
        return self.client.pool

    @cached_property
    def username(self) -> str:
        """The canonical name: ChallengeParameters.USERNAME and USER_ID_FOR_SRP."""
        return self.user.username if self.user else phantoms.username(self.pool, self.typed_name)

    @property
    def subject(self) -> Subject:
        """Whom Lambda triggers are called about."""
        origin = Origin(client_id=self.client.pk, client_metadata=self.client_metadata)
        return Subject(pool=self.pool, username=self.username, origin=origin)

    @property
    def passed(self) -> tuple[str, ...]:
        """The challenges met so far, the first factor first."""
        return tuple(each.challenge for each in self.rounds if each.passed)

    def with_round(self, challenge: str, *, srp_a: str = "") -> "Attempt":
        return self.with_judged(Round(challenge, passed=True), srp_a=srp_a)

    def with_judged(self, judged: Round, *, srp_a: str = "") -> "Attempt":
        return replace(self, rounds=(*self.rounds, judged), srp_a=srp_a or self.srp_a)

    def in_call(self, given: Mapping[str, str], *, client_metadata: Mapping[str, str] | None = None) -> "Attempt":
        """With what this very call brings. The device may be named at any step, but once: what one has proved does not
        pass to another."""
        device = self.device_key or given.get("DEVICE_KEY") or ""
        return replace(self, given=given, client_metadata=client_metadata or {}, device_key=device)

    def to_json(self) -> dict[str, Any]:
        return {
            "sub": str(self.user.sub) if self.user else None,
            "typed": self.typed_name,
            "flow": self.auth_flow,
            "device": self.device_key,
            "password": self.password,
            "srp_a": self.srp_a,
            "rounds": [[r.challenge, r.passed, r.metadata] for r in self.rounds],
        }

    @classmethod
    def from_json(cls, client: AppClient, data: Mapping[str, Any]) -> "Attempt | None":
        """None when the user has been deleted since."""
        user = None
        if data["sub"] is not None:
            user = lookup.one(PoolUser, pool_id=client.pool_id, sub=uuid.UUID(data["sub"]))
            if user is None:
                return None
            user.pool = client.pool
        return cls(
            client=client,
            user=user,
            typed_name=data["typed"],
            auth_flow=AuthFlow(data["flow"]),
            device_key=data["device"],
            password=data["password"],
            srp_a=data["srp_a"],
            rounds=tuple(Round(name, passed, note) for name, passed, note in data["rounds"]),
        )
