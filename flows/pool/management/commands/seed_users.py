"""``manage.py seed_users``: many users who can sign in, for load tests and for trying out large pools.

They have a username and a password and nothing else. Nearly all of the time goes into one modular power a user, so
every core makes verifiers while this process stores what they have made.
"""

import multiprocessing
import os
import secrets
import signal
import uuid
from argparse import ArgumentParser
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from typing import Any

import django
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from flows.pool import pools
from flows.pool.delivery import deliver
from flows.pool.demo import cast, seed
from flows.pool.directory import search, usernames
from flows.pool.errors import PoolError
from flows.pool.management.progress import Progress
from flows.pool.models import PoolUser, SearchKey, UserPool
from flows.pool.proofs import passwords, srp
from flows.pool.tools import Tools
from flows.terms import UserStatus

BATCH = 2_000  # users in one transaction: whoever signs in meanwhile waits a fraction of a second


class Command(BaseCommand):
    help = "Adds users with one common password to a pool; those that exist already stay as they are."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--count", type=int, required=True, help="how many users there shall be")
        parser.add_argument("--pool", metavar="ID", help="the pool; without it, the demo pool")
        parser.add_argument("--prefix", default="user-", help="what usernames begin with (%(default)s)")
        parser.add_argument("--password", help="the password of them all; without it, one is made and printed")

    def handle(self, *, count: int, pool: str | None, prefix: str, password: str | None, **_: Any) -> None:
        secret = password or cast.make_password(secrets.randbelow)
        try:
            into = pools.get(pool) if pool else seed.install().pool
            passwords.require_policy(into, secret)
            missing = _missing(into, [f"{prefix}{number:06}" for number in range(1, count + 1)])
        except PoolError as error:
            raise CommandError(error.message) from error
        if missing:
            with Progress(self.stderr, total=len(missing)) as progress:
                for users in _made(into, missing, secret):
                    with transaction.atomic():
                        PoolUser.objects.bulk_create(users)
                        SearchKey.objects.bulk_create(key for user in users for key in search.keys_of(user))
                    progress.add(len(users))
            self.stdout.write(f"{into.pk} has {len(missing)} new users, {missing[0]} to {missing[-1]}.")
            self.stdout.write(f"Their password is {secret}")
        if len(missing) < count:
            self.stdout.write(f"{count - len(missing)} were there already and keep their passwords.")


def _missing(pool: UserPool, names: list[str]) -> list[str]:
    """Those of ``names`` that nobody has. Raises the refusal of a name that the pool's users cannot have."""
    for name in names[:1]:
        usernames.attributes_with_name(pool, name, {})
    taken = set(pool.users.values_list("username_key", flat=True))
    return [name for name in names if usernames.key(pool, name) not in taken]


def _made(pool: UserPool, names: list[str], password: str) -> Iterator[list[PoolUser]]:
    """The users called ``names``, not stored yet, a batch at a time."""
    tools = Tools(endpoint=settings.POOL_ENDPOINT, deliver=deliver)
    users = [_user(pool, name, tools) for name in names]
    wanted = [(passwords.srp_identity(user), bytes(user.srp_salt or b""), str(user.sub)) for user in users]
    workers = _workers()
    try:
        with _leaving_ctrl_c():
            # All is handed out at once: the workers go on while this process stores a batch.
            verifiers = workers.map(partial(_sealed_verifier, password), wanted, chunksize=50)
        for at in range(0, len(users), BATCH):
            batch = users[at : at + BATCH]
            for user in batch:
                user.sealed_srp_verifier = next(verifiers)
            yield batch
    except BrokenProcessPool as broken:
        raise CommandError("A process that makes verifiers ended early. Users stored so far can sign in.") from broken
    finally:
        workers.shutdown(cancel_futures=True)


def _user(pool: UserPool, name: str, tools: Tools) -> PoolUser:
    now = tools.now()
    return PoolUser(
        pool=pool,
        sub=uuid.UUID(bytes=tools.token_bytes(16), version=4),
        username=name,
        username_key=usernames.key(pool, name),
        status=UserStatus.CONFIRMED,
        srp_salt=tools.token_bytes(srp.SALT_BYTES),
        password_set_at=now,
        created_at=now,
        modified_at=now,
    )


def _sealed_verifier(password: str, wanted: tuple[str, bytes, str]) -> bytes:
    """Runs in a worker."""
    identity, salt, sub = wanted
    return passwords.sealed_verifier(password, identity=identity, salt=salt, sub=sub)


def _workers() -> ProcessPoolExecutor:
    """A process for every core, started afresh: a forked one would share this one's database connection."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", settings.SETTINGS_MODULE)  # they read it
    return ProcessPoolExecutor(mp_context=multiprocessing.get_context("spawn"), initializer=django.setup)


@contextmanager
def _leaving_ctrl_c() -> Iterator[None]:
    """Processes started meanwhile do not hear Ctrl-C, which reaches them too: this one ends them."""
    heard = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, heard)
