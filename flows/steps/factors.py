"""The factors as a person chooses among them, in the order in which they are shown: the strongest first."""

from collections.abc import Iterable
from dataclasses import dataclass

from flows.terms import ChallengeName as C


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    """``name`` is Cognito's; ``icon`` is templates/components/icons/<icon>.html."""

    name: C
    label: str
    sentence: str
    icon: str

    @property
    def picture(self) -> str:
        return f"components/icons/{self.icon}.html"


FACTORS: tuple[Factor, ...] = (
    Factor(
        name=C.WEB_AUTHN,
        label="Passkey",
        sentence="Your fingerprint, face or screen lock. Nothing to type.",
        icon="passkey",
    ),
    Factor(
        name=C.PASSWORD_SRP,
        label="Password",
        sentence="Your browser proves that it knows it and never sends it.",
        icon="password",
    ),
    Factor(
        name=C.SOFTWARE_TOKEN_MFA,
        label="Authenticator app",
        sentence="The six digits that your app shows just now.",
        icon="app",
    ),
    Factor(
        name=C.EMAIL_OTP,
        label="Code by e-mail",
        sentence="We send you a code that works once.",
        icon="email",
    ),
    Factor(
        name=C.SMS_OTP,
        label="Code by text message",
        sentence="We send your phone a code that works once.",
        icon="phone",
    ),
    Factor(
        name=C.SMS_MFA,
        label="Code by text message",
        sentence="We send your phone a code that works once.",
        icon="phone",
    ),
    Factor(
        name=C.PASSWORD,
        label="Password, sent to Cognito",
        sentence="It goes to this site and to Cognito as it is, over TLS.",
        icon="password",
    ),
)


def among(names: Iterable[str]) -> tuple[Factor, ...]:
    """Those of ``names`` that we know, in our order."""
    wanted = frozenset(names)
    return tuple(factor for factor in FACTORS if factor.name in wanted)
