"""The states of the demo's users: enabled or not, where the password stands, second factors; and changing them."""

from dataclasses import dataclass
from typing import Any

from flows.cognito import control_plane
from flows.cognito.connection import Connection
from flows.cognito.errors import CognitoError
from flows.playground.changes import Call
from flows.playground.languages import Variable
from flows.playground.settings import Choice
from flows.playground.turns import turn
from flows.terms import ChallengeName, UserStatus

PASSWORD = Variable("$PASSWORD")  # what a shown command has in place of one

STATUSES = (
    Choice(UserStatus.CONFIRMED, "Signs in with the demo's password."),
    Choice(UserStatus.FORCE_CHANGE_PASSWORD, "The demo's password is a temporary one: NEW_PASSWORD_REQUIRED follows."),
    Choice(UserStatus.RESET_REQUIRED, "PasswordResetRequiredException: a code is sent, with which to choose another."),
)
FACTORS = (
    Choice(ChallengeName.SMS_MFA, "A code by SMS."),
    Choice(ChallengeName.SOFTWARE_TOKEN_MFA, "A code of an authenticator app."),
    Choice(ChallengeName.EMAIL_OTP, "A code by e-mail."),
)
NONE = "NONE"  # of a form: no factor is preferred
_BLOCKS = {
    ChallengeName.SMS_MFA: "SMSMfaSettings",
    ChallengeName.SOFTWARE_TOKEN_MFA: "SoftwareTokenMfaSettings",
    ChallengeName.EMAIL_OTP: "EmailMfaSettings",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """A user of the demo as AdminGetUser describes it."""

    username: str
    sub: str
    enabled: bool
    status: str
    factors: tuple[str, ...]
    preferred: str
    email: str

    @property
    def summary(self) -> str:
        """Where this user stands, in a line."""
        on = [f"{each} preferred" if each == self.preferred else each for each in self.factors]
        return ", ".join([self.status, "enabled" if self.enabled else "disabled", *on])


def read(username: str, *, connection: Connection) -> User | None:
    """None for somebody who is not in the pool: deleted, or not yet taken over. Raises ``CognitoError``."""
    asked = {"UserPoolId": connection.user_pool_id, "Username": username}
    try:
        found = control_plane.perform("AdminGetUser", asked, connection=connection)
    except CognitoError as error:
        if error.code == "UserNotFoundException":
            return None
        raise
    attributes = {each["Name"]: each["Value"] for each in found["UserAttributes"]}
    return User(
        username=found["Username"],
        sub=attributes["sub"],
        enabled=found["Enabled"],
        status=found["UserStatus"],
        factors=tuple(found.get("UserMFASettingList", ())),
        preferred=found.get("PreferredMfaSetting", ""),
        email=attributes.get("email", ""),
    )


# -- What brings a state about -------------------------------------------------------------------------------------
def enabling(username: str, *, enabled: bool, pool_id: str) -> Call:
    return Call("AdminEnableUser" if enabled else "AdminDisableUser", _of(username, pool_id))


def standing(username: str, *, status: str, password: str, pool_id: str) -> Call:
    """AdminSetUserPassword gives the demo's password again, for good or as a temporary one."""
    if status == UserStatus.RESET_REQUIRED:
        return Call("AdminResetUserPassword", _of(username, pool_id))
    permanent = status != UserStatus.FORCE_CHANGE_PASSWORD
    return Call("AdminSetUserPassword", {**_of(username, pool_id), "Password": password, "Permanent": permanent})


def second_factors(
    username: str,
    *,
    factors: tuple[str, ...],
    preferred: str,
    pool_id: str,
    but_for: tuple[tuple[str, ...], str] | None = None,
) -> Call:
    """``but_for``: the factors and the preferred one that are so already. A block that is not sent changes nothing."""
    before = {name: _settings(name, *but_for) for name in _BLOCKS} if but_for else {}
    after = {name: _settings(name, factors, preferred) for name in _BLOCKS}
    blocks = {_BLOCKS[name]: block for name, block in after.items() if block != before.get(name)}
    return Call("AdminSetUserMFAPreference", {**_of(username, pool_id), **blocks})


def _settings(name: str, factors: tuple[str, ...], preferred: str) -> dict[str, bool]:
    return {"Enabled": name in factors, "PreferredMfa": name == preferred}


def without_app(username: str, *, pool_id: str) -> Call:
    """Forget the authenticator app: turned off, it would still be there to be asked where MFA is required."""
    return Call("AdminDeleteSoftwareToken", _of(username, pool_id))


def without_email(username: str, *, pool_id: str) -> Call:
    return Call("AdminDeleteUserAttributes", {**_of(username, pool_id), "UserAttributeNames": ["email"]})


def make(call: Call, *, connection: Connection) -> None:
    """Send it in turn. Raises ``CognitoError``."""
    with turn():
        control_plane.perform(call.operation, call.request, connection=connection)


def calls(user: User, *, pool_id: str) -> list[Call]:
    """The requests that make a user what this one is now, with no password in them."""
    status = standing(user.username, status=user.status, password=PASSWORD, pool_id=pool_id)
    return [
        enabling(user.username, enabled=user.enabled, pool_id=pool_id),
        *([] if user.status == UserStatus.UNCONFIRMED else [status]),  # only who signs up is that
        second_factors(user.username, factors=user.factors, preferred=user.preferred, pool_id=pool_id),
    ]


def _of(username: str, pool_id: str) -> dict[str, Any]:
    return {"UserPoolId": pool_id, "Username": username}
