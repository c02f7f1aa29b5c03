"""NEW_PASSWORD_REQUIRED: a temporary password is good for one thing, choosing another."""

import json
from collections.abc import Mapping
from typing import Any

from flows.pool.attempt import Attempt
from flows.pool.challenges.recovery import refuse as recover
from flows.pool.directory import attributes, users
from flows.pool.errors import invalid_parameter, missing_parameter
from flows.pool.errors.passwords import incorrect_username_or_password, invalid_password
from flows.pool.errors.sign_in import invalid_session
from flows.pool.models import PoolUser
from flows.pool.outcomes import Ask, Onward, Outcome, Passed
from flows.pool.proofs import passwords, replacement
from flows.pool.tools import Tools
from flows.terms import ChallengeName, UserStatus

NAME = ChallengeName.NEW_PASSWORD_REQUIRED
_PREFIX = "userAttributes."
_ABOUT = "about"

__all__ = ["NAME", "ask", "check", "recover"]


def ask(attempt: Attempt, tools: Tools) -> Onward:
    """Tells the attributes that are there and those that are required and missing: JSON texts, which
    amazon-cognito-identity-js parses without looking whether they are there."""
    user = _user(attempt)
    missing = [_PREFIX + name for name in attributes.missing_required(user.pool, user.attributes)]
    return Ask(
        challenge=NAME,
        parameters={
            "USER_ID_FOR_SRP": attempt.username,
            "requiredAttributes": json.dumps(missing),
            "userAttributes": json.dumps(user.attributes),
        },
        private={_ABOUT: replacement.which(user)},
    )


def check(attempt: Attempt, private: Mapping[str, Any], responses: Mapping[str, str], tools: Tools) -> Outcome:
    """The new password by the pool's policy, together with every required attribute that was missing.

    Only in place of the very password that the Session was opened with: whoever else knew it may not undo a choice that
    its owner or an administrator has made since (T037).
    """
    user = _user(attempt)
    replacement.require_unreplaced(user, private.get(_ABOUT), refusal=invalid_session())
    password = responses.get("NEW_PASSWORD")
    if not password:
        raise missing_parameter("NEW_PASSWORD")
    passwords.require_policy(user.pool, password)
    if passwords.verify(user, password):
        raise invalid_password("The new password must differ from the temporary one")
    given = {name.removeprefix(_PREFIX): value for name, value in responses.items() if name.startswith(_PREFIX)}
    changed = attributes.for_client_write(attempt.client, user.attributes, given)
    if missing := attributes.missing_required(user.pool, changed):
        raise invalid_parameter(f"Invalid attributes given, {missing[0]} is missing")

    def change() -> None:
        replacement.hold(user, gone=invalid_session())
        replacement.require_unreplaced(user, private.get(_ABOUT), refusal=invalid_session())
        users.change_attributes(
            user, lambda have: attributes.for_client_write(attempt.client, have, given), tools=tools
        )
        passwords.set_password(user, password, status=UserStatus.CONFIRMED, tools=tools)

    return Passed(NAME, effect=change)


def _user(attempt: Attempt) -> PoolUser:
    if attempt.user is None:
        raise incorrect_username_or_password()
    return attempt.user
