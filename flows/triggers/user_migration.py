"""UserMigration: somebody whom the pool does not know, but an older directory does, signs in or forgot a password.

Environment: ``LEGACY_USERS_FILE``, ``LEGACY_EMAILS_VERIFIED`` (``legacy_users``). A directory of your own: replace that
file.
Event: ``userName`` as typed; ``request.password`` for ``UserMigration_Authentication`` only, which needs a flow that
shows the password (USER_PASSWORD_AUTH, ADMIN_USER_PASSWORD_AUTH); ``response`` takes ``userAttributes``,
``finalUserStatus``, ``messageAction``. Source: developer guide, "Migrate user Lambda trigger".

Raising leaves the name unknown: Cognito then answers as for any name that does not exist.
"""

from typing import Any

from flows.triggers.events import Context, Event, Refused, respond
from flows.triggers.legacy_users import LegacyUser, find
from flows.triggers.password_hashes import matches

AUTHENTICATION, FORGOT_PASSWORD = "UserMigration_Authentication", "UserMigration_ForgotPassword"


def handler(event: Event, context: Context) -> Event:
    """The user as the pool is to have it. Raises ``Refused``, in the same words whatever is wrong."""
    user = find(event["userName"])
    if event["triggerSource"] == AUTHENTICATION:
        password = event["request"].get("password") or ""
        if matches(password, user.password if user else None) and user:
            # The password was right: the pool takes it over, and nobody has to choose a new one.
            return respond(event, **_taken_over(user, event["userName"]), finalUserStatus="CONFIRMED")
    elif event["triggerSource"] == FORGOT_PASSWORD and user:
        # No password was shown, so none is taken over: only the code that Cognito sends next proves anything.
        return respond(event, **_taken_over(user, event["userName"]), finalUserStatus="RESET_REQUIRED")
    raise Refused("Incorrect username or password")


def _taken_over(user: LegacyUser, typed: str) -> dict[str, Any]:
    """SUPPRESS: no invitation with a temporary password. The user name only when something else was typed."""
    name = {} if typed == user.username else {"username": user.username}
    return {"userAttributes": {**user.attributes, **name}, "messageAction": "SUPPRESS"}
