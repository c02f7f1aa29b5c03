"""CUSTOM_AUTH's policy: DefineAuthChallenge, asked after every round (sections 6.3 and 6.4 of the protocol notes).

What Cognito adds by itself: after the password's proof a new password and a second factor, where the user owes them,
and the proof of a known device before tokens.
"""

from typing import Any

from flows.pool import clients, owed
from flows.pool.attempt import Attempt
from flows.pool.device_tracking import devices
from flows.pool.errors.passwords import incorrect_username_or_password
from flows.pool.errors.triggers import invalid_lambda_response
from flows.pool.lambda_triggers import triggers
from flows.pool.outcomes import Next, Onward, Owed
from flows.pool.reasons import Because
from flows.terms import ChallengeName, Trigger, TriggerSource

MOST_ROUNDS = 10  # a function that never decides must not keep a caller busy for ever; live pools are said to have none
# What the function may name. PASSWORD_VERIFIER works right after SRP_A only; the old guide calls it SRP_A.
ASKABLE = {
    "CUSTOM_CHALLENGE": ChallengeName.CUSTOM_CHALLENGE,
    "PASSWORD_VERIFIER": ChallengeName.PASSWORD_VERIFIER,
    "SRP_A": ChallengeName.PASSWORD_VERIFIER,
    "NEW_PASSWORD_REQUIRED": ChallengeName.NEW_PASSWORD_REQUIRED,
    "SMS_MFA": ChallengeName.SMS_MFA,
    "EMAIL_OTP": ChallengeName.EMAIL_OTP,
    "SOFTWARE_TOKEN_MFA": ChallengeName.SOFTWARE_TOKEN_MFA,
}
_PROOF_OF_PASSWORD = ((ChallengeName.PASSWORD_VERIFIER,), (ChallengeName.NEW_PASSWORD_REQUIRED,))
NEEDS_PASSWORD = frozenset(ASKABLE.values()) - {ChallengeName.CUSTOM_CHALLENGE, ChallengeName.PASSWORD_VERIFIER}


def next_after(attempt: Attempt) -> Onward:
    """The challenge that the function names, or Done. Failing wins over issuing tokens (T059)."""
    if attempt.passed[-1:] in _PROOF_OF_PASSWORD and (first := owed.for_the_first_factor(attempt)).challenge:
        return first.onward()
    decided = triggers.call(
        Trigger.DEFINE_AUTH_CHALLENGE,
        TriggerSource.DEFINE_AUTH_CHALLENGE,
        attempt.subject,
        request={**request(attempt), "session": session(attempt)},
        response={"challengeName": None, "issueTokens": None, "failAuthentication": None},
    )
    if decided["failAuthentication"]:
        raise incorrect_username_or_password()
    if decided["issueTokens"]:
        if attempt.user is None:  # whatever the function says: there is nobody to issue them to
            raise incorrect_username_or_password()
        return _before_tokens(attempt)
    named = decided["challengeName"] or ""
    name = ASKABLE.get(named)
    if name is None or (name in NEEDS_PASSWORD and ChallengeName.PASSWORD_VERIFIER not in attempt.passed):
        raise invalid_lambda_response()
    if len(attempt.rounds) >= MOST_ROUNDS:
        raise incorrect_username_or_password()
    return Next(name, Because.CHALLENGE_NAMED.format(name=named))


def _before_tokens(attempt: Attempt) -> Onward:
    """Who has given no password owes no second factor: what the function asked is all there is."""
    if ChallengeName.PASSWORD_VERIFIER in attempt.passed:
        last = owed.before_tokens(attempt)
    elif devices.owes_proof(attempt):
        last = Owed(ChallengeName.DEVICE_SRP_AUTH, Because.DEVICE_TO_PROVE)
    else:
        last = Owed(None, Because.NO_PASSWORD_GIVEN)
    return last.onward(Because.TOKENS_GRANTED)


def request(attempt: Attempt) -> dict[str, Any]:
    """What all three functions are told. ``userNotFound`` is for clients that hide who exists."""
    told: dict[str, Any] = {
        "userAttributes": triggers.user_attributes(attempt.user) if attempt.user else {},
        "clientMetadata": dict(attempt.client_metadata),
    }
    if clients.hides_user_existence(attempt.client):
        told["userNotFound"] = attempt.user is None
    return told


def session(attempt: Attempt) -> list[dict[str, Any]]:
    """The rounds so far, oldest first."""
    return [
        {"challengeName": each.challenge, "challengeResult": each.passed, "challengeMetadata": each.metadata}
        for each in attempt.rounds
    ]
