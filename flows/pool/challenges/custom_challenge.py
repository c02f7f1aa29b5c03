"""CUSTOM_CHALLENGE: CreateAuthChallenge makes the question, VerifyAuthChallengeResponse judges the answer.

Right or wrong, an answer ends its Session before the function sees it: a solved CAPTCHA is good for once (T057).
"""

from collections.abc import Mapping
from typing import Any

from flows.pool import custom_policy
from flows.pool.attempt import Attempt, Round
from flows.pool.challenges.recovery import refuse as recover
from flows.pool.errors.triggers import custom_auth_not_configured, invalid_lambda_response
from flows.pool.lambda_triggers import triggers
from flows.pool.outcomes import Ask, Judged, Onward, Outcome
from flows.pool.tools import Tools
from flows.terms import ChallengeName, Trigger, TriggerSource

NAME = ChallengeName.CUSTOM_CHALLENGE
ANSWER = "ANSWER"
_LONGEST = 131_072  # characters of one parameter, by the service model

__all__ = ["ANSWER", "NAME", "ask", "check", "recover"]


def ask(attempt: Attempt, tools: Tools) -> Onward:
    """What the function makes public goes to the client, the rest stays with the Session."""
    _require_configured(attempt, Trigger.CREATE_AUTH_CHALLENGE)
    made = triggers.call(
        Trigger.CREATE_AUTH_CHALLENGE,
        TriggerSource.CREATE_AUTH_CHALLENGE,
        attempt.subject,
        request={**custom_policy.request(attempt), "challengeName": NAME, "session": custom_policy.session(attempt)},
        response={
            "publicChallengeParameters": None,
            "privateChallengeParameters": None,
            "challengeMetadata": None,
        },
    )
    public, private = (_texts(made[f"{which}ChallengeParameters"]) for which in ("public", "private"))
    return Ask(
        challenge=NAME,
        parameters={**public, "USERNAME": attempt.username},
        private={"parameters": private, "metadata": made["challengeMetadata"]},
    )


def check(attempt: Attempt, private: Mapping[str, Any], responses: Mapping[str, str], tools: Tools) -> Outcome:
    """Only ``true`` is right; what a wrong answer means is DefineAuthChallenge's to say."""
    _require_configured(attempt, Trigger.VERIFY_AUTH_CHALLENGE_RESPONSE)
    judged = triggers.call(
        Trigger.VERIFY_AUTH_CHALLENGE_RESPONSE,
        TriggerSource.VERIFY_AUTH_CHALLENGE_RESPONSE,
        attempt.subject,
        request={
            **custom_policy.request(attempt),
            "privateChallengeParameters": private["parameters"],
            "challengeAnswer": responses[ANSWER],
        },
        response={"answerCorrect": None},
    )
    return Judged(Round(NAME, passed=judged["answerCorrect"] is True, metadata=private["metadata"]))


def _require_configured(attempt: Attempt, trigger: Trigger) -> None:
    if not triggers.is_configured(attempt.pool, trigger):
        raise custom_auth_not_configured()


def _texts(parameters: Mapping[str, Any] | None) -> dict[str, str]:
    """Maps of text to text, as the client gets them; anything else is no answer of this trigger."""
    given = dict(parameters or {})
    if not all(isinstance(value, str) and len(value) <= _LONGEST for value in given.values()):
        raise invalid_lambda_response()
    return given
