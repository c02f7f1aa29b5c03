"""How often what may be called: in an hour, by or for one user, right or wrong (developer guide, quotas).

Operations without a token are counted for the name, so that one which nobody has is refused as early as any other.
"""

from datetime import timedelta

from django.db import transaction

from flows.pool import sealing
from flows.pool.directory import usernames
from flows.pool.errors.limits import attempt_limit_exceeded, too_many_messages
from flows.pool.models import CallCount, PoolUser, SendCount, UserPool
from flows.pool.tools import Tools

HOUR = timedelta(hours=1)
_A_HOUR = {"ChangePassword": 5, "GetUserAttributeVerificationCode": 5, "VerifyUserAttribute": 15}
# The guide gives ForgotPassword and ConfirmForgotPassword "5-20" together, by risk: at most 20 here.
_A_HOUR_FOR_A_NAME = {
    "ConfirmForgotPassword": 15,
    "ConfirmSignUp": 15,
    "ForgotPassword": 5,
    "ResendConfirmationCode": 5,
}
MOST_UNANSWERED = 5  # messages with a sign-in code, an hour and medium


def count(user: PoolUser, operation: str, *, tools: Tools) -> None:
    """Raise LimitExceededException for one call too many; before the operation looks at anything else.

    A transaction of its own: whatever refuses the call afterwards, the count stays.
    """
    now = tools.now()
    with transaction.atomic(durable=True):
        held, _ = CallCount.objects.select_for_update().get_or_create(
            user=user, operation=operation, defaults={"since": now}
        )
        if now - held.since >= HOUR:
            held.calls, held.since = 0, now
        if held.calls >= _A_HOUR[operation]:
            raise attempt_limit_exceeded()
        held.calls += 1
        held.save(update_fields=["calls", "since"])


def count_for_name(pool: UserPool, user: PoolUser | None, typed_name: str, operation: str, *, tools: Tools) -> None:
    """The same for an operation without a token, whether or not ``typed_name`` is anybody's."""
    with transaction.atomic(durable=True):
        if not _add_one(_key(pool, user, typed_name, operation), _A_HOUR_FOR_A_NAME[operation], tools):
            raise attempt_limit_exceeded()


def count_message(pool: UserPool, user: PoolUser | None, typed_name: str, medium: str, *, tools: Tools) -> None:
    """Before a sign-in code is sent: raise TooManyRequestsException when too many were sent and none was answered.

    The operations of signing in declare no LimitExceededException.
    """
    with transaction.atomic():  # of its own where functions run in between, else part of the one that asks
        if not _add_one(_key(pool, user, typed_name, medium), MOST_UNANSWERED, tools):
            raise too_many_messages()


def message_answered(user: PoolUser, medium: str) -> None:
    """A right code: messages do reach their user."""
    SendCount.objects.filter(key=_key(user.pool, user, "", medium)).delete()


def note(pool: UserPool, user: PoolUser | None, typed_name: str, what: str, *, tools: Tools) -> None:
    """Remember for an hour that this was done."""
    SendCount.objects.update_or_create(
        key=_key(pool, user, typed_name, f"noted {what}"), defaults={"sent": 1, "since": tools.now()}
    )


def is_noted(pool: UserPool, user: PoolUser | None, typed_name: str, what: str, *, tools: Tools) -> bool:
    """Was it done within the hour?"""
    key = _key(pool, user, typed_name, f"noted {what}")
    return SendCount.objects.filter(key=key, since__gt=tools.now() - HOUR).exists()


def _key(pool: UserPool, user: PoolUser | None, typed_name: str, what: str) -> bytes:
    """One key for every name of a user, as ``lockout.key_for``."""
    who = str(user.sub) if user else usernames.key(pool, typed_name)
    return sealing.keyed_hash("counts", f"{what}\n{pool.pk}\n{who}".encode())


def _add_one(key: bytes, most: int, tools: Tools) -> bool:
    """Inside a transaction; False for one too many, which is not counted."""
    now = tools.now()
    held, _ = SendCount.objects.select_for_update().get_or_create(key=key, defaults={"since": now})
    if now - held.since >= HOUR:
        held.sent, held.since = 0, now
    if held.sent >= most:
        return False
    held.sent += 1
    held.save(update_fields=["sent", "since"])
    return True
