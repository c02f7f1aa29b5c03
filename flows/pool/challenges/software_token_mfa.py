"""SOFTWARE_TOKEN_MFA: a code of the user's authenticator app, as a second factor."""

from collections.abc import Mapping
from typing import Any

from flows.pool import lockout
from flows.pool.attempt import Attempt
from flows.pool.challenges.recovery import refuse as recover
from flows.pool.errors import missing_parameter
from flows.pool.errors.factors import software_token_code_mismatch
from flows.pool.errors.passwords import incorrect_username_or_password
from flows.pool.factors import software_tokens
from flows.pool.outcomes import Ask, Onward, Outcome, Passed
from flows.pool.tools import Tools
from flows.terms import ChallengeName

NAME = ChallengeName.SOFTWARE_TOKEN_MFA

__all__ = ["NAME", "ask", "check", "recover"]


def ask(attempt: Attempt, tools: Tools) -> Onward:
    name = software_tokens.friendly_name(attempt.user) if attempt.user else ""
    return Ask(challenge=NAME, parameters={"FRIENDLY_DEVICE_NAME": name, "USER_ID_FOR_SRP": attempt.username})


def check(attempt: Attempt, private: Mapping[str, Any], responses: Mapping[str, str], tools: Tools) -> Outcome:
    """Passed for a right code that was never used. A wrong one counts against the user, over every Session (T043); a
    right one again does not: whoever sends it guesses nothing."""
    code = responses.get("SOFTWARE_TOKEN_MFA_CODE")
    if not code:
        raise missing_parameter("SOFTWARE_TOKEN_MFA_CODE")
    user = attempt.user
    if user is None:
        raise incorrect_username_or_password()
    key = lockout.key_for(attempt.pool, user, attempt.typed_name, guessed="code")
    lockout.require_unlocked(key, tools=tools)
    step = software_tokens.step_of(user, code, tools=tools)
    if step is None:
        lockout.count_failure(key, tools=tools)
        raise software_token_code_mismatch()

    def use() -> None:
        lockout.clear(key, tools=tools)
        software_tokens.use(user, step)

    return Passed(NAME, effect=use)
