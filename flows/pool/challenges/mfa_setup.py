"""MFA_SETUP: the pool requires a second factor, and the user has none yet.

An authenticator app is set up by AssociateSoftwareToken and VerifySoftwareToken, an e-mail address in the answer.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flows.pool.attempt import Attempt
from flows.pool.challenges.recovery import refuse as recover
from flows.pool.directory import aliases, attributes
from flows.pool.errors import invalid_parameter
from flows.pool.errors.factors import software_token_not_verified
from flows.pool.errors.passwords import incorrect_username_or_password
from flows.pool.errors.sign_in import invalid_session
from flows.pool.errors.users import alias_exists
from flows.pool.factors import enrolment, mfa
from flows.pool.models import PoolUser
from flows.pool.outcomes import Ask, Next, Onward, Outcome, Passed
from flows.pool.reasons import Because
from flows.pool.tools import Tools
from flows.terms import ChallengeName

NAME = ChallengeName.MFA_SETUP

__all__ = ["NAME", "ask", "check", "recover"]


def ask(attempt: Attempt, tools: Tools) -> Onward:
    can = json.dumps(mfa.can_set_up(_user(attempt)))
    return Ask(challenge=NAME, parameters={"MFAS_CAN_SETUP": can, "USER_ID_FOR_SRP": attempt.username})


def check(attempt: Attempt, private: Mapping[str, Any], responses: Mapping[str, str], tools: Tools) -> Outcome:
    """Passed with a verified app, as Amplify and amazon-cognito-identity-js expect (the developer guide has another
    SOFTWARE_TOKEN_MFA follow, whose code the user has just given). An e-mail address is proved by EMAIL_OTP."""
    user = _user(attempt)
    email = responses.get("EMAIL") or responses.get("email")  # Amplify's spelling, and the developer guide's
    if email:
        return _by_email(attempt, user, email)
    if not enrolment.is_proved(private):
        raise software_token_not_verified()
    return Passed(NAME, effect=lambda: enrolment.finish(user, private, tools=tools))


def _by_email(attempt: Attempt, user: PoolUser, email: str) -> Outcome:
    """The user's once the code comes back: one that was mistyped can be given anew. An address by which somebody else
    signs in is refused, not taken."""
    if mfa.choices(user):  # since it was asked; looked at again when the code comes back
        raise invalid_session()
    if mfa.EMAIL not in mfa.can_set_up(user):
        raise invalid_parameter("EMAIL_OTP cannot be set up.")
    attributes.for_client_write(attempt.client, user.attributes, {"email": email})
    if aliases.is_anothers(user, "email", email):
        raise alias_exists("email")
    return Next(mfa.EMAIL, Because.ADDRESS_TO_PROVE, attempt=replace(attempt, proposed_email=email))


def _user(attempt: Attempt) -> PoolUser:
    if attempt.user is None:
        raise incorrect_username_or_password()
    return attempt.user
