"""The lock after wrong guesses: one counter a user over every flow, and a lock that parallel guesses cannot outrun.

Amazon Cognito's schedule (developer guide, "Authentication"): five failures are free; the n-th locks for 2^(n-5)
seconds, to about 15 minutes; attempts while locked are refused unseen and do not lengthen the lock; a success or 15
quiet minutes reset it. A name that nobody has locks likewise.

Passwords and codes have a counter each, or whoever guesses at the one would keep its owner from the other. "MFA codes
start a similar process after 5 wrong ones" (the same page), of which no more is known than that: six wrong codes on one
Session were seen to be answered live without a lock. The same schedule and the same refusal are the safe reading.
"""

from datetime import datetime, timedelta
from typing import Literal

from django.db import transaction

from flows.pool import lookup, sealing
from flows.pool.directory import usernames
from flows.pool.errors.limits import password_attempts_exceeded
from flows.pool.models import PasswordAttempts, PoolUser, UserPool
from flows.pool.tools import Tools

FREE_FAILURES = 5
LONGEST_LOCK = QUIET_PERIOD = timedelta(minutes=15)


def key_for(
    pool: UserPool, user: PoolUser | None, typed_name: str, *, guessed: Literal["password", "code"] = "password"
) -> bytes:
    """One key for every name of a user: username, alias, sub, in any spelling."""
    who = str(user.sub) if user else usernames.key(pool, typed_name)
    return sealing.keyed_hash(f"{guessed} attempts", f"{pool.pk}\n{who}".encode())


def require_unlocked(key: bytes, *, tools: Tools) -> None:
    """Before a password or a code is looked at."""
    attempts = lookup.one(PasswordAttempts, key=key)
    if attempts and attempts.locked_until > tools.now():
        raise password_attempts_exceeded()


def count_failure(key: bytes, *, tools: Tools) -> None:
    """After a wrong password or code. Raises when another failure has locked meanwhile, so that of many guesses sent
    at once only those that came first learn anything.

    A transaction of its own: whatever refuses the sign-in afterwards, the count stays.
    """
    now = tools.now()
    with transaction.atomic(durable=True):
        attempts = _counter(key, since=now)
        if attempts.locked_until > now:
            raise password_attempts_exceeded()
        if now - attempts.locked_until >= QUIET_PERIOD:  # since the end of the lock, or 15 minutes' lock would reset it
            attempts.failures = 0
        attempts.failures += 1
        attempts.locked_until = now + _lock(attempts.failures)
        attempts.save()


def _counter(key: bytes, *, since: datetime) -> PasswordAttempts:
    """The row, locked. It comes and goes: a right guess that was faster deletes the one that another had made."""
    while (found := lookup.one(PasswordAttempts, key=key, for_update=True)) is None:
        PasswordAttempts.objects.bulk_create([PasswordAttempts(key=key, locked_until=since)], ignore_conflicts=True)
    return found


def clear(key: bytes, *, tools: Tools) -> None:
    """After a right one, inside the transaction that uses it: a lock that fell meanwhile still counts."""
    attempts = lookup.one(PasswordAttempts, key=key, for_update=True)
    if attempts is None:
        return
    if attempts.locked_until > tools.now():
        raise password_attempts_exceeded()
    attempts.delete()


def forget(key: bytes) -> None:
    """What was guessed at is no more: a reset password, of which nobody has tried anything."""
    PasswordAttempts.objects.filter(key=key).delete()


def _lock(failures: int) -> timedelta:
    if failures < FREE_FAILURES:
        return timedelta(0)
    exponent = min(failures - FREE_FAILURES, 20)
    return min(timedelta(seconds=2**exponent), LONGEST_LOCK)
