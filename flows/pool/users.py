"""Finding, adding and describing the users of a pool."""

import unicodedata
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction

from flows.pool import errors
from flows.pool.models import PoolUser, UserAlias, UserPool
from flows.pool.tools import Tools
from flows.terms import UserStatus

_VERIFIED_FLAG = {"email": "email_verified", "phone_number": "phone_number_verified"}


def name_key(pool: UserPool, name: str) -> str:
    """What names are compared by: NFKC and case-folded, so that look-alike spellings are one user and one lock.

    A pool with CaseSensitive usernames compares them as written.
    """
    if pool.setting("UsernameConfiguration", "CaseSensitive", default=False):
        return name
    return unicodedata.normalize("NFKC", name).casefold()


def find(pool: UserPool, name: str) -> PoolUser | None:
    """The user whom ``name`` means: a username, an alias that signs in, or a ``sub``."""
    key = name_key(pool, name)
    if user := pool.users.filter(username_key=key).first():
        return user
    attributes = pool.setting("UsernameAttributes", default=[]) + pool.setting("AliasAttributes", default=[])
    if attributes:
        alias = UserAlias.objects.filter(pool=pool, attribute__in=attributes, value_key=key)
        if found := alias.select_related("user").first():
            return found.user
    try:
        return pool.users.filter(sub=uuid.UUID(name)).first()
    except ValueError:
        return None


def get(pool: UserPool, name: str) -> PoolUser:
    """``find``, or UserNotFoundException: for operations that an administrator signs."""
    user = find(pool, name)
    if user is None:
        raise errors.user_does_not_exist()
    return user


def add(pool: UserPool, *, username: str, attributes: Mapping[str, str], status: UserStatus, tools: Tools) -> PoolUser:
    """Store a new user. In a pool that signs in by e-mail or phone the username becomes the ``sub``, as on AWS.

    Raises UsernameExistsException when the name, or the e-mail or phone number that serves as one, is taken.
    """
    now = tools.now()
    sub = uuid.UUID(bytes=tools.token_bytes(16), version=4)
    name = str(sub) if pool.setting("UsernameAttributes", default=[]) else username
    if find(pool, username) is not None:
        raise errors.user_account_exists()
    try:
        with transaction.atomic():
            user = PoolUser.objects.create(
                pool=pool,
                sub=sub,
                username=name,
                username_key=name_key(pool, name),
                status=status,
                attributes=dict(attributes),
                created_at=now,
                modified_at=now,
            )
            refresh_aliases(user)
    except IntegrityError as error:
        raise errors.user_account_exists() from error
    return user


def refresh_aliases(user: PoolUser) -> None:
    """Bring the names that sign ``user`` in up to date with the attributes.

    UsernameAttributes sign in at once and are unique even unverified; AliasAttributes only once verified
    (preferred_username has nothing to verify). A value that is taken raises IntegrityError.
    """
    pool = user.pool
    always = pool.setting("UsernameAttributes", default=[])
    wanted = {}
    for attribute in always + pool.setting("AliasAttributes", default=[]):
        value = user.attributes.get(attribute)
        flag = _VERIFIED_FLAG.get(attribute)
        if value and (attribute in always or flag is None or user.attributes.get(flag) == "true"):
            wanted[attribute] = name_key(pool, value)
    user.aliases.exclude(attribute__in=wanted).delete()
    for attribute, key in wanted.items():
        UserAlias.objects.update_or_create(user=user, attribute=attribute, defaults={"pool": pool, "value_key": key})


def user_attributes(user: PoolUser) -> list[dict[str, str]]:
    """``[{"Name", "Value"}]`` with ``sub`` first, as GetUser and AdminGetUser give them."""
    pairs: list[tuple[str, Any]] = [("sub", str(user.sub)), *user.attributes.items()]
    return [{"Name": name, "Value": value} for name, value in pairs]
