"""Filters of ListUsers: ``attribute = "value"`` and ``attribute ^= "prefix"`` (section 9.7 of the protocol notes).

Every filter is answered from an index, one page at a time. Texts are compared by their bytes, case and all, but for
cognito:user_status.
"""

import re
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from flows.pool.errors.users import filter_not_understood, not_searchable
from flows.pool.models import PoolUser, SearchKey, UserPool
from flows.terms import UserStatus

_ATTRIBUTES = ("email", "phone_number", "name", "given_name", "family_name", "preferred_username")
_KEY_BYTES = 1024  # more than any filter can hold, so a longer value that was cut off equals none
_FILTER = re.compile(r'\s*"?(?P<name>[\w:]+)"?\s*(?P<prefix>\^?)=\s*"(?P<value>(?:[^"\\]|\\.)*)"\s*', re.DOTALL)
_ENABLED = {"Enabled": True, "Disabled": False}
_LOWEST, _HIGHEST = "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """Users, and the fields whose order the database can give them in without looking at them all."""

    users: QuerySet[PoolUser]
    order: tuple[str, ...] = ("id",)


def users(pool: UserPool, text: str | None) -> Search:
    """The users of ``pool`` whom the filter ``text`` selects; all of them when it is empty."""
    if not text or not text.strip():
        return Search(users=pool.users.all())
    match = _FILTER.fullmatch(text)
    if match is None:
        raise filter_not_understood()
    find = _FINDERS.get(match["name"])
    if find is None:
        raise not_searchable(match["name"])
    return find(pool, match["name"], re.sub(r"\\(.)", r"\1", match["value"]), bool(match["prefix"]))


def keys_of(user: PoolUser) -> list[SearchKey]:
    """What ``user`` is to be found by; not stored yet."""
    values = {"username": user.username} | {name: user.attributes.get(name, "") for name in _ATTRIBUTES}
    return [
        SearchKey(pool_id=user.pool_id, user=user, attribute=name, key=value.encode()[:_KEY_BYTES])
        for name, value in values.items()
        if value
    ]


def refresh(user: PoolUser) -> None:
    """Bring what ``user`` is found by up to date, inside the caller's transaction."""
    user.search_keys.all().delete()
    SearchKey.objects.bulk_create(keys_of(user))


def _by_text(pool: UserPool, name: str, value: str, prefix: bool) -> Search:
    key = value.encode()
    matching = Q(search_keys__key__gte=key) if prefix else Q(search_keys__key=key)
    if prefix and key:
        matching &= Q(search_keys__key__lt=key[:-1] + bytes([key[-1] + 1]))  # no byte of UTF-8 is 255
    found = PoolUser.objects.filter(matching, search_keys__pool=pool, search_keys__attribute=name)
    found = found.annotate(search_key=F("search_keys__key"), search_user=F("search_keys__user"))
    return Search(users=found, order=("search_key", "search_user") if prefix else ("search_user",))


def _by_sub(pool: UserPool, name: str, value: str, prefix: bool) -> Search:
    least, most = (value + rest[len(value) :] for rest in (_LOWEST, _HIGHEST)) if prefix else (value, value)
    try:
        bounds = uuid.UUID(least), uuid.UUID(most)
    except ValueError:
        return Search(users=PoolUser.objects.none())
    if (str(bounds[0]), str(bounds[1])) != (least, most):  # another way to write a UUID is not how a sub begins
        return Search(users=PoolUser.objects.none())
    return Search(users=pool.users.filter(sub__range=bounds), order=("sub",))


def _by_user_status(pool: UserPool, name: str, value: str, prefix: bool) -> Search:
    wanted = value.upper()
    statuses = [status for status in UserStatus if (status.startswith(wanted) if prefix else status == wanted)]
    return Search(users=pool.users.filter(status__in=statuses))


def _by_enabled(pool: UserPool, name: str, value: str, prefix: bool) -> Search:
    wanted = [on for word, on in _ENABLED.items() if (word.startswith(value) if prefix else word == value)]
    return Search(users=pool.users.filter(enabled__in=wanted))


_FINDERS: Mapping[str, Callable[[UserPool, str, str, bool], Search]] = {
    **dict.fromkeys(("username", *_ATTRIBUTES), _by_text),
    "sub": _by_sub,
    "cognito:user_status": _by_user_status,
    "status": _by_enabled,
}
