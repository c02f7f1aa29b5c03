"""The Session between two challenges, on NEW_PASSWORD_REQUIRED."""

from typing import Any

import pytest

from tests.pool.conftest import PASSWORD, World
from tests.race import race

INVALID = ("NotAuthorizedException", "Invalid session for the user.")
USED = ("NotAuthorizedException", "Invalid session for the user, session can only be used once.")
EXPIRED = ("NotAuthorizedException", "Invalid session for the user, session is expired.")
NEW = "Brand-New-Horse-9!"


@pytest.fixture
def bob(world: World) -> dict[str, Any]:
    """The request that gives bob his new password."""
    world.add_user("bob", permanent=False)
    return choose(world, "bob")


def choose(world: World, name: str, **members: Any) -> dict[str, Any]:
    challenge = world("InitiateAuth", **world.password_request(name, PASSWORD))
    assert challenge["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
    return {
        "ClientId": world.client_id,
        "ChallengeName": "NEW_PASSWORD_REQUIRED",
        "Session": challenge["Session"],
        "ChallengeResponses": {"USERNAME": name, "NEW_PASSWORD": NEW},
    } | members


def test_a_session_is_good_once(world: World, bob: dict[str, Any]) -> None:
    assert world("RespondToAuthChallenge", **bob)["AuthenticationResult"]
    assert world.refusal("RespondToAuthChallenge", **bob) == USED


def test_a_refused_password_leaves_it_alive(world: World, bob: dict[str, Any]) -> None:
    weak = bob | {"ChallengeResponses": {"USERNAME": "bob", "NEW_PASSWORD": "weak"}}
    assert world.refusal("RespondToAuthChallenge", **weak)[0] == "InvalidPasswordException"
    assert world("RespondToAuthChallenge", **bob)["AuthenticationResult"]


@pytest.mark.parametrize("minutes", [3, 15])
def test_t060_it_expires(world: World, minutes: int) -> None:
    world.client_id = world.add_client(AuthSessionValidity=minutes)
    world.add_user("carol", permanent=False)
    late, in_time = choose(world, "carol"), choose(world, "carol")
    world.clock.forward(minutes=minutes, seconds=-1)
    assert world("RespondToAuthChallenge", **in_time)["AuthenticationResult"]
    world.clock.forward(seconds=1)
    assert world.refusal("RespondToAuthChallenge", **late) == EXPIRED


@pytest.mark.parametrize("session", ["x" * 20, "A" * 64, "é" * 30, "x" * 4096, " " * 20])
def test_t061_a_forged_one(world: World, bob: dict[str, Any], session: str) -> None:
    assert world.refusal("RespondToAuthChallenge", **bob | {"Session": session}) == INVALID


def test_t061_a_single_altered_character(world: World, bob: dict[str, Any]) -> None:
    session = bob["Session"]
    for place in (0, 20, len(session) - 1):
        other = "A" if session[place] != "A" else "B"
        forged = session[:place] + other + session[place + 1 :]
        assert world.refusal("RespondToAuthChallenge", **bob | {"Session": forged}) == INVALID


def test_t061_length_is_the_service_models(world: World, bob: dict[str, Any]) -> None:
    world.boto.meta.config.parameter_validation = False  # it is the pool that must refuse
    for session in ("x" * 19, "x" * 4097):
        with pytest.raises(Exception, match=r"length|validation"):
            world("RespondToAuthChallenge", **bob | {"Session": session})


def test_t061_another_clients(world: World, bob: dict[str, Any]) -> None:
    assert world.refusal("RespondToAuthChallenge", **bob | {"ClientId": world.add_client()}) == INVALID


def test_t061_another_pools_client(world: World, bob: dict[str, Any]) -> None:
    other = World(world.clock)
    other.pool_id = other("CreateUserPool", PoolName="other")["UserPool"]["Id"]
    other.add_user("bob", permanent=False)
    assert world.refusal("RespondToAuthChallenge", **bob | {"ClientId": other.add_client()}) == INVALID


def test_t061_another_challenge(world: World, bob: dict[str, Any]) -> None:
    _, proof = world.srp_challenge("alice", PASSWORD)
    assert world.refusal("RespondToAuthChallenge", **proof | {"Session": bob["Session"]}) == INVALID


def test_t005_another_users_name(world: World, bob: dict[str, Any]) -> None:
    world.add_user("mallory", permanent=False)
    stolen = bob | {"ChallengeResponses": {"USERNAME": "mallory", "NEW_PASSWORD": NEW}}
    assert world.refusal("RespondToAuthChallenge", **stolen) == INVALID
    status = world("AdminGetUser", UserPoolId=world.pool_id, Username="mallory")["UserStatus"]
    assert status == "FORCE_CHANGE_PASSWORD"


def test_without_a_session(world: World, bob: dict[str, Any]) -> None:
    del bob["Session"]
    assert world.refusal("RespondToAuthChallenge", **bob)[0] == "InvalidParameterException"


@pytest.mark.django_db(transaction=True)
def test_fifty_equal_answers_at_once(world: World, bob: dict[str, Any]) -> None:
    results = race(50, lambda: world("RespondToAuthChallenge", **bob))
    assert sum(1 for result in results if isinstance(result, dict)) == 1
    assert {str(result) for result in results if not isinstance(result, dict)} <= {
        ": ".join(USED),
        ": ".join(INVALID),  # one that looked at the password after the winner had changed it
    }
