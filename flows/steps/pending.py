"""One attempt to sign in, while Cognito waits for an answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from flows.cognito.devices import Device
from flows.cognito.outcome import Challenge
from flows.terms import AuthFlow, ChallengeName, FirstFactor

ADMIN_FLOWS = frozenset({AuthFlow.ADMIN_USER_PASSWORD_AUTH, AuthFlow.ADMIN_NO_SRP_AUTH})
# Steps of USER_AUTH that ask for its first factor, each with the factor's name in AvailableChallenges.
_FIRST: Mapping[str, FirstFactor] = {
    ChallengeName.PASSWORD: FirstFactor.PASSWORD,
    ChallengeName.PASSWORD_SRP: FirstFactor.PASSWORD_SRP,
    ChallengeName.PASSWORD_VERIFIER: FirstFactor.PASSWORD_SRP,
    ChallengeName.SMS_OTP: FirstFactor.SMS_OTP,
    ChallengeName.WEB_AUTHN: FirstFactor.WEB_AUTHN,
    ChallengeName.EMAIL_OTP: FirstFactor.EMAIL_OTP,  # unless one has been given: then it is the second
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """What the server keeps. Of this only ``attempt`` and ``username`` reach the page, and what a step's form shows.

    ``username`` is what the person typed, ``user_id`` what the pool calls them (USER_ID_FOR_SRP); answers carry the
    latter. Times are Unix times. An ended attempt has no ``challenge`` and only remembers how to start again.

    ``answered`` are the challenges passed so far, ``preferred`` the first factor that was chosen (USER_AUTH),
    ``prepared`` what a step fetched for itself (``Step.prepare``), ``device`` what this browser is to the pool.
    ``quiet`` ones are begun ahead of time and offered to nobody who comes back; ``remember`` is the person's word that
    this browser may keep the username. ``said`` is what is to be told of the answer before (``Step.once_more``).
    """

    attempt: str
    entry: str
    flow: AuthFlow
    username: str
    next: str = ""
    expires: float
    user_id: str = ""
    challenge: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict, repr=False)
    available: tuple[str, ...] = ()
    session: str = field(default="", repr=False)
    asked_at: float = 0
    answered: tuple[str, ...] = ()
    preferred: str = ""
    prepared: Mapping[str, str] = field(default_factory=dict, repr=False)
    device: Device | None = None
    quiet: bool = False
    remember: bool = False
    said: str = ""

    @property
    def ended(self) -> bool:
        return not self.challenge

    @property
    def first_factor(self) -> FirstFactor | None:
        """The first factor of USER_AUTH that this step asks for, if it does."""
        second = self.challenge == ChallengeName.EMAIL_OTP and not _FIRST.keys().isdisjoint(self.answered)
        return None if second or self.flow != AuthFlow.USER_AUTH else _FIRST.get(self.challenge)

    @property
    def chooses(self) -> bool:
        """Whether another first factor can still be taken: at the choice itself and at each of its factors."""
        at_choice = self.flow == AuthFlow.USER_AUTH and self.challenge == ChallengeName.SELECT_CHALLENGE
        return at_choice or self.first_factor is not None

    @property
    def by_admin(self) -> bool:
        """Whether the answer, too, must go through the Admin operation."""
        return self.flow in ADMIN_FLOWS

    @property
    def device_key(self) -> str:
        return self.device.key if self.device else ""

    def asked(self, challenge: Challenge, *, expires: float, at: float = 0) -> "Pending":
        """This attempt with Cognito's next question, put at ``at``."""
        names = challenge.parameters
        starts_over = challenge.name == ChallengeName.SELECT_CHALLENGE  # what was answered before proved nothing
        pending = replace(
            self,
            challenge=challenge.name,
            parameters=names,
            available=challenge.available,
            session=challenge.session,
            user_id=names.get("USER_ID_FOR_SRP") or names.get("USERNAME") or self.user_id or self.username,
            expires=expires,
            asked_at=at,
            answered=() if starts_over else self.answered,
            prepared={},
            said="",
            device=None if challenge.device_forgotten else self.device,
        )
        return replace(pending, preferred=pending.first_factor or pending.preferred)

    def with_answer(self) -> "Pending":
        """This attempt with its question answered; what comes next is told by ``asked``."""
        return replace(self, answered=(*self.answered, self.challenge))

    def end(self) -> "Pending":
        """This attempt when nothing can be answered any more."""
        return replace(
            self,
            challenge="",
            parameters={},
            available=(),
            session="",
            user_id="",
            answered=(),
            prepared={},
            said="",
            device=None,
        )
