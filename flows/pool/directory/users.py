"""Finding, adding, changing and describing the users of a pool."""

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django.db import IntegrityError, transaction

from flows.pool import lookup
from flows.pool.directory import aliases, search, usernames
from flows.pool.errors import PoolError
from flows.pool.errors.users import (
    account_with_attribute_exists,
    alias_exists,
    user_account_exists,
    user_does_not_exist,
)
from flows.pool.models import PoolUser, UserAlias, UserPool
from flows.pool.tools import Tools
from flows.terms import UserStatus

Attributes = dict[str, str]


def find(pool: UserPool, name: str) -> PoolUser | None:
    """The user whom ``name`` means: a username, a ``sub``, or an alias that signs in.

    What users choose freely comes last: a preferred_username that spells another's ``sub`` or address takes no place.
    """
    key = usernames.key(pool, name)
    if user := lookup.one(PoolUser, pool_id=pool.pk, username_key=key):
        user.pool = pool
        return user
    if user := _by_sub(pool, name):
        return user
    attributes = pool.setting("UsernameAttributes", default=[]) + pool.setting("AliasAttributes", default=[])
    if not attributes:
        return None
    aliases_of_pool = UserAlias.objects.filter(pool=pool, attribute__in=attributes, value_key=key)
    found = aliases_of_pool.select_related("user").order_by("attribute").first()  # email, phone_number, preferred_...
    return found.user if found else None


def _by_sub(pool: UserPool, name: str) -> PoolUser | None:
    try:
        return pool.users.filter(sub=uuid.UUID(name)).first()
    except ValueError:
        return None


def get(pool: UserPool, name: str) -> PoolUser:
    """``find``, or UserNotFoundException: for operations that an administrator signs."""
    user = find(pool, name)
    if user is None:
        raise user_does_not_exist()
    return user


def add(
    pool: UserPool,
    *,
    username: str,
    attributes: Mapping[str, str],
    status: UserStatus,
    tools: Tools,
    take_over: bool = False,
    taken: PoolError | None = None,
) -> PoolUser:
    """Store a new user. In a pool that signs in by e-mail or phone the username becomes the ``sub``, as on AWS.

    Raises UsernameExistsException when the name, or an address that signs in, is taken; with ``take_over`` a verified
    alias moves to the new user instead. ``taken`` is the refusal for a name that is taken, where it has a text of its
    own.
    """
    refusal = taken or user_account_exists()
    now = tools.now()
    sub = uuid.UUID(bytes=tools.token_bytes(16), version=4)
    name = str(sub) if pool.setting("UsernameAttributes", default=[]) else username
    if find(pool, username) is not None:
        raise refusal
    try:
        with transaction.atomic():
            user = PoolUser.objects.create(
                pool=pool,
                sub=sub,
                username=name,
                username_key=usernames.key(pool, name),
                status=status,
                attributes=dict(attributes),
                created_at=now,
                modified_at=now,
            )
            aliases.refresh(user, take_over=take_over)
            search.refresh(user)
    except aliases.Taken as taken:
        raise account_with_attribute_exists(taken.attribute) from None
    except IntegrityError as error:
        raise refusal from error
    return user


def change_attributes(
    user: PoolUser, change: Callable[[Attributes], Attributes], *, tools: Tools, take_over: bool = False
) -> None:
    """Replace the attributes by what ``change`` makes of them as they stand now, and ``user`` with them.

    Of two changes at once neither is lost. Raises AliasExistsException, and UserNotFoundException when the user has
    been deleted meanwhile.
    """
    with transaction.atomic():
        have = PoolUser.objects.select_for_update().filter(pk=user.pk).values_list("attributes", flat=True).first()
        if have is None:
            raise user_does_not_exist()
        user.attributes = change(have)
        user.modified_at = tools.now()
        user.save(update_fields=["attributes", "modified_at"])
        try:
            aliases.refresh(user, take_over=take_over)
        except aliases.Taken as taken:
            raise alias_exists(taken.attribute) from None
        search.refresh(user)


def user_attributes(user: PoolUser) -> list[dict[str, str]]:
    """``[{"Name", "Value"}]`` with ``sub`` first, as GetUser and AdminGetUser give them."""
    pairs: list[tuple[str, Any]] = [("sub", str(user.sub)), *user.attributes.items()]
    return [{"Name": name, "Value": value} for name, value in pairs]
