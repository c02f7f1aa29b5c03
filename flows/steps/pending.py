"""One attempt to sign in, while Cognito waits for an answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from flows.cognito.outcome import Challenge
from flows.terms import AuthFlow

ADMIN_FLOWS = frozenset({AuthFlow.ADMIN_USER_PASSWORD_AUTH, AuthFlow.ADMIN_NO_SRP_AUTH})


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """What the server keeps. Of this only ``attempt`` and ``username`` reach the page, and what a step's form shows.

    ``username`` is what the person typed, ``user_id`` what the pool calls them (USER_ID_FOR_SRP); answers carry the
    latter. ``expires`` is a Unix time. An ended attempt has no ``challenge`` and only remembers how to start again.
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

    @property
    def ended(self) -> bool:
        return not self.challenge

    @property
    def by_admin(self) -> bool:
        """Whether the answer, too, must go through the Admin operation."""
        return self.flow in ADMIN_FLOWS

    def asked(self, challenge: Challenge, *, expires: float) -> "Pending":
        """This attempt with Cognito's next question."""
        names = challenge.parameters
        return replace(
            self,
            challenge=challenge.name,
            parameters=names,
            available=challenge.available,
            session=challenge.session,
            user_id=names.get("USER_ID_FOR_SRP") or names.get("USERNAME") or self.user_id or self.username,
            expires=expires,
        )

    def end(self) -> "Pending":
        """This attempt when nothing can be answered any more."""
        return replace(self, challenge="", parameters={}, available=(), session="", user_id="")
