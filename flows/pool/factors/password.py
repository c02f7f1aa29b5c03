"""What the flows that send a password have in common."""

from collections.abc import Mapping

from flows.pool import clients, lockout
from flows.pool.attempt import Attempt
from flows.pool.errors.passwords import incorrect_username_or_password
from flows.pool.errors.users import user_does_not_exist
from flows.pool.outcomes import Outcome, Passed
from flows.pool.proofs import passwords
from flows.pool.tools import Tools
from flows.terms import ChallengeName


def start(attempt: Attempt, parameters: Mapping[str, str], tools: Tools) -> Outcome:
    """Passed, or one refusal for a wrong password and for a name that nobody has, at the same cost."""
    if attempt.user is None and not clients.hides_user_existence(attempt.client):
        raise user_does_not_exist()
    key = lockout.key_for(attempt.pool, attempt.user, attempt.typed_name)
    if not attempt.guess_counted:
        lockout.require_unlocked(key, tools=tools)
    if not _is_right(attempt, parameters["PASSWORD"]):
        if not attempt.guess_counted:
            lockout.count_failure(key, tools=tools)
        raise incorrect_username_or_password()
    return Passed(ChallengeName.PASSWORD, effect=lambda: lockout.clear(key, tools=tools))


def _is_right(attempt: Attempt, password: str) -> bool:
    if len(password) > passwords.MAXIMUM_LENGTH:  # AuthParameters is an untyped map: no validation stopped it
        return False
    if attempt.user is None:
        passwords.spend_time(attempt.pool, attempt.typed_name, password)
        return False
    return passwords.verify(attempt.user, password)
