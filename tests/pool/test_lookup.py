"""``flows.pool.lookup``: rows as the ORM would give them, by statements that are written once."""

import uuid

import pytest
from django.db import connection
from django.db.transaction import atomic
from django.test.utils import CaptureQueriesContext

from flows.pool import lookup
from flows.pool.models import PasswordAttempts, PoolUser, RefreshToken, UserPool
from tests.pool.conftest import World


def test_gives_the_row_that_the_orm_gives(world: World) -> None:
    """Texts, numbers, UUIDs, JSON, bytes and times, as this database keeps them."""
    expected = PoolUser.objects.get(username="alice")
    by_name = lookup.one(PoolUser, pool_id=world.pool_id, username_key="alice")
    by_sub = lookup.one(PoolUser, pool_id=world.pool_id, sub=expected.sub)
    assert by_name is not None
    assert by_sub is not None
    for field in PoolUser._meta.concrete_fields:
        values = [getattr(user, field.attname) for user in (expected, by_name, by_sub)]
        values = [bytes(value) if isinstance(value, memoryview) else value for value in values]
        assert values == [values[0]] * 3, field.name


def test_nobody_is_none(world: World) -> None:
    assert lookup.one(PoolUser, pool_id=world.pool_id, sub=uuid.uuid4()) is None
    assert lookup.one(UserPool, id="us-east-1_Unknown00") is None


def test_gives_every_row(world: World) -> None:
    world.sign_in()
    world.sign_in()
    alice = PoolUser.objects.get(username="alice")
    found = lookup.every(RefreshToken, user_id=alice.pk)
    assert {token.pk for token in found} == set(alice.refresh_tokens.values_list("pk", flat=True))
    assert len(found) == 2


def test_values_are_data(world: World) -> None:
    """Nothing that a caller sends becomes part of a statement."""
    assert lookup.one(PoolUser, pool_id=world.pool_id, username_key="' OR ''='") is None
    assert lookup.one(PoolUser, pool_id=world.pool_id, username_key="%s") is None


@pytest.mark.django_db
def test_locks_the_row_where_the_database_can() -> None:
    with atomic(), CaptureQueriesContext(connection) as queries:
        lookup.one(PasswordAttempts, key=b"k" * 32, for_update=True)
    locks = "FOR UPDATE" in queries[-1]["sql"]
    assert locks == connection.features.has_select_for_update
