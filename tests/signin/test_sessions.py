"""The session store: parallel writers keep each other's keys, and the row can be read by nobody else."""

import base64
import zlib

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from pytest_django import Settings

from flows.signin.sessions import SealedSerializer, SessionStore
from tests.race import race

pytestmark = pytest.mark.django_db


def opened(key: str | None) -> SessionStore:
    """A store as a request has it: the row has been read."""
    store = SessionStore(key)
    list(store.keys())
    return store


@pytest.fixture
def key() -> str:
    store = SessionStore()
    store["shared"] = "old"
    store["doomed"] = "here"
    store.create()
    assert store.session_key
    return store.session_key


def test_t070_two_requests_that_write_different_keys(key: str) -> None:
    slow, quick = opened(key), opened(key)
    quick["quick"] = 1
    quick.save()
    slow["slow"] = 1
    slow.save()
    assert dict(opened(key).items()) == {"shared": "old", "doomed": "here", "quick": 1, "slow": 1}


@pytest.mark.django_db(transaction=True)
def test_t070_many_at_once() -> None:
    store = SessionStore()
    store.create()
    names = iter([f"attempt:{number}" for number in range(16)])

    def write() -> None:
        mine = opened(store.session_key)
        mine[next(names)] = "kept"
        mine.save()

    race(16, write)
    assert len(dict(opened(store.session_key).items())) == 16


def test_t070_a_deleted_key_stays_deleted_and_a_changed_value_stays_changed(key: str) -> None:
    slow, quick = opened(key), opened(key)
    del quick["doomed"]
    quick["shared"] = "new"
    quick.save()
    slow["slow"] = 1
    slow.save()
    assert dict(opened(key).items()) == {"shared": "new", "slow": 1}


def test_t070_a_value_that_was_changed_in_place(key: str) -> None:
    store = opened(key)
    store["list"] = [1]
    store.save()
    again = opened(key)
    again["list"].append(2)
    again.save()
    assert opened(key)["list"] == [1, 2]


def test_saving_twice_in_one_request(key: str) -> None:
    store = opened(key)
    store["first"] = 1
    store.save()
    store["second"] = 1
    store.save()
    assert {"first", "second"} <= set(opened(key).keys())


def test_a_session_that_is_gone_is_not_made_again(key: str) -> None:
    """Otherwise a request that was under way would undo a sign-out."""
    late = opened(key)
    opened(key).flush()
    late["late"] = 1
    with pytest.raises(UpdateError):
        late.save()
    assert not Session.objects.exists()


def test_t069_a_new_id_takes_along_what_another_tab_wrote(key: str) -> None:
    signing_in, other = opened(key), opened(key)
    other["attempt:other"] = 1
    other.save()
    signing_in.cycle_key()
    signing_in["user"] = 1
    signing_in.save()
    assert signing_in.session_key != key
    assert {"attempt:other", "user"} <= set(opened(signing_in.session_key).keys())
    assert not opened(key).exists(key)


def test_update_now_decides_on_the_row_as_it_is(key: str) -> None:
    late, quick = opened(key), opened(key)
    late["mine"] = 1
    quick["turn"] = "taken"
    quick.save()
    seen = []
    late.update_now(lambda data: seen.append(data.get("turn")))
    assert seen == ["taken"]
    assert late["turn"] == "taken"
    assert late["mine"] == 1


def test_a_value_that_equals_the_old_one_is_written_when_another_changed_it_meanwhile(key: str) -> None:
    store = opened(key)
    store.update_now(lambda data: data.update(shared="newer"))
    assert opened(key)["shared"] == "newer"


def test_t082_a_row_shows_nothing(key: str) -> None:
    store = opened(key)
    store["tokens"] = {"id_token": "eyJcanary", "session": "canary-session"}
    store.save()
    row = Session.objects.get(session_key=key).session_data
    encoded, compressed = row.partition(":")[0].lstrip("."), row.startswith(".")
    raw = base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4))
    raw = zlib.decompress(raw) if compressed else raw
    assert b"canary" not in raw
    assert b"eyJcanary" not in row.encode()


def test_t153_a_rotated_secret_key_still_opens_old_sessions(key: str, settings: Settings) -> None:
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-secret-key-of-more-than-fifty-characters-0123456789"
    assert opened(key)["shared"] == "old"
    settings.SECRET_KEY_FALLBACKS = []
    assert dict(opened(key).items()) == {}


@pytest.mark.parametrize("damage", [b"", b"short", b"x" * 200])
def test_what_is_not_ours_is_not_opened(damage: bytes) -> None:
    with pytest.raises(ValueError, match="another key"):
        SealedSerializer().loads(damage)


def test_a_changed_bit_is_noticed() -> None:
    sealed = bytearray(SealedSerializer().dumps({"user": 1}))
    sealed[-20] ^= 1
    with pytest.raises(ValueError, match="another key"):
        SealedSerializer().loads(bytes(sealed))
