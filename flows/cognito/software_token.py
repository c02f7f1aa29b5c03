"""An authenticator app in the middle of a sign-in: the pool makes its secret and sees a first code of it.

Each call spends the Session and brings the next one (protocol notes, 3.7).
"""

from dataclasses import dataclass, field
from typing import Any

from flows.cognito.connection import current
from flows.cognito.errors import BAD_ANSWER, CognitoError
from flows.cognito.exchange import perform


@dataclass(frozen=True, slots=True, kw_only=True)
class SoftwareToken:
    """``secret`` is base32, as authenticator apps take it; ``session`` is for the next call."""

    secret: str = field(repr=False)
    session: str = field(repr=False)


def associate(session: str) -> SoftwareToken:
    """AssociateSoftwareToken. Raises ``CognitoError``."""
    answer = _perform("AssociateSoftwareToken", {"Session": session})
    return SoftwareToken(secret=_member(answer, "SecretCode"), session=_member(answer, "Session"))


def verify(session: str, code: str) -> str:
    """VerifySoftwareToken; returns the Session to answer MFA_SETUP with. Raises ``CognitoError``.

    The model knows a refusal that is no exception, Status ERROR: for us it is the one that live pools raise.
    """
    answer = _perform("VerifySoftwareToken", {"Session": session, "UserCode": code})
    if answer.get("Status") != "SUCCESS":
        raise CognitoError("EnableSoftwareTokenMFAException", "VerifySoftwareToken")
    return _member(answer, "Session")


def _perform(operation: str, request: dict[str, str]) -> Any:
    return perform(operation, request, connection=current())


def _member(answer: Any, name: str) -> str:
    if not answer.get(name):
        raise CognitoError(BAD_ANSWER, name, message="missing")
    return str(answer[name])
