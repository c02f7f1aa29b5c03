"""What an entry of a run is: one call to Cognito, with all that is known about it. Everything here is redacted.

A ``Tree`` is JSON in which ``{"$masked": what, "fingerprint": text}`` stands for a value that is not to be seen; the
fingerprint, where there is one, is the same for the same value (``flows.inspector.masking.masks``).
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Final, Protocol

from flows.terms import AuthFlow

Tree = Any
TOKENS: Final = "TOKENS"  # what stands in place of a ChallengeName when nothing more is asked
_INITIATE = ("InitiateAuth", "AdminInitiateAuth")
REFRESHES: Final = (AuthFlow.REFRESH_TOKEN_AUTH, AuthFlow.REFRESH_TOKEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class TriggerCall:
    """A Lambda function that the pool called. ``milliseconds`` are its own; ``error`` is why it has no ``answer``."""

    trigger: str
    source: str
    function: str
    event: Tree
    answer: Tree = None
    error: str = ""
    milliseconds: float

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What the pool decided to ask next (a ChallengeName, or ``TOKENS``), and why: a sentence."""

    next: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call. ``answer`` is None where ``error`` (Cognito's exception name) and ``message`` say why.

    ``step`` is the slug of the row in the step table for what Cognito asked, empty where it asked nothing. ``browser``
    is what is known of the browser's part only while the request is not masked (``recording.ceremony``). ``at`` is ISO
    8601 in UTC. ``via`` is the request of the browser that led to it: ``id`` (the same for all calls of one request),
    ``method``, ``route`` (Django's), ``htmx``. ``times`` counts equal calls in a row: a page that asks GetUser each
    time is one entry.
    """

    operation: str
    signed: bool
    region: str
    endpoint_url: str = ""
    user_pool_id: str = ""
    request: Tree
    answer: Tree = None
    error: str = ""
    message: str = ""
    status: int = 0
    request_id: str = ""
    at: str
    milliseconds: float
    step: str = ""
    browser: Mapping[str, Any] = field(default_factory=dict)
    inside: tuple[TriggerCall | Decision, ...] = ()
    via: Mapping[str, Any] = field(default_factory=dict)
    times: int = 1

    @property
    def asked(self) -> str:
        """The ChallengeName that came back; ``TOKENS`` for tokens, empty for anything else."""
        answer = self.answer or {}
        if answer.get("AuthenticationResult"):
            return TOKENS
        return str(answer.get("ChallengeName") or "")

    @property
    def begins(self) -> bool:
        """Whether it begins a sign-in; a refresh, which may be an InitiateAuth too, goes on with an earlier one."""
        return self.operation in _INITIATE and self.request.get("AuthFlow") not in REFRESHES

    @property
    def flow(self) -> str:
        """What a run is called that it begins: its AuthFlow, or its operation. CUSTOM_AUTH is two flows by Amplify's
        names (authFlowType): after SRP_A the pool asks for the proof of a password, without it never."""
        flow = str(self.request.get("AuthFlow") or self.operation)
        if flow != AuthFlow.CUSTOM_AUTH:
            return flow
        return "CUSTOM_WITH_SRP" if "SRP_A" in (self.request.get("AuthParameters") or {}) else "CUSTOM_WITHOUT_SRP"

    @property
    def triggers(self) -> tuple[TriggerCall, ...]:
        return tuple(each for each in self.inside if isinstance(each, TriggerCall))

    @property
    def decisions(self) -> tuple[Decision, ...]:
        return tuple(each for each in self.inside if isinstance(each, Decision))

    def to_json(self) -> dict[str, Any]:
        kinds = {TriggerCall: "trigger", Decision: "decision"}
        return asdict(self) | {"inside": [{"kind": kinds[type(each)], **asdict(each)} for each in self.inside]}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Call":
        """What ``to_json`` made, also of another version: a kept run outlives an upgrade."""
        return cls(**_known(cls, data) | {"inside": tuple(_inside(each) for each in data["inside"])})


class Beginning(Protocol):
    """As much of a call as says where sign-ins begin."""

    @property
    def begins(self) -> bool: ...


def beginning(calls: Sequence[Beginning]) -> int | None:
    """The index at which the last sign-in of a run began: another way to sign in begins anew, in the same run. None
    where the run began later than the sign-in."""
    return next((at for at in reversed(range(len(calls))) if calls[at].begins), None)


def _inside(data: Mapping[str, Any]) -> TriggerCall | Decision:
    kind = TriggerCall if data["kind"] == "trigger" else Decision
    return kind(**_known(kind, data))


def _known(kind: type[Call | TriggerCall | Decision], data: Mapping[str, Any]) -> dict[str, Any]:
    return {each.name: data[each.name] for each in fields(kind) if each.name in data}
