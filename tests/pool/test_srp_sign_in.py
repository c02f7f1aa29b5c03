"""USER_SRP_AUTH as a client meets it, and as an attacker would like it to be."""

import base64
import time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.pool.models import AuthSession, SpentSecretBlock
from flows.pool.proofs import srp
from tests.pool.conftest import PASSWORD, World
from tests.race import race

INCORRECT = ("NotAuthorizedException", "Incorrect username or password.")
USED = ("NotAuthorizedException", "Invalid session for the user, session can only be used once.")


def begin(world: World, srp_a: str, name: str = "alice") -> tuple[str, str]:
    return world.refusal(
        "InitiateAuth",
        ClientId=world.client_id,
        AuthFlow="USER_SRP_AUTH",
        AuthParameters={"USERNAME": name, "SRP_A": srp_a},
    )


def with_responses(answer: dict[str, Any], **changed: str) -> dict[str, Any]:
    return answer | {"ChallengeResponses": answer["ChallengeResponses"] | changed}


def test_a_right_proof_signs_in(world: World) -> None:
    challenge, answer = world.srp_challenge("alice", PASSWORD)
    assert challenge["ChallengeName"] == "PASSWORD_VERIFIER"
    assert "Session" not in challenge  # live pools send none with the client-based challenge
    assert set(challenge["ChallengeParameters"]) == {"SALT", "SECRET_BLOCK", "SRP_B", "USERNAME", "USER_ID_FOR_SRP"}
    result = world("RespondToAuthChallenge", **answer)["AuthenticationResult"]
    assert world("GetUser", AccessToken=result["AccessToken"])["Username"] == "alice"


def test_through_the_admin_operations(world: World) -> None:
    _, answer = world.srp_challenge("alice", PASSWORD)
    answered = world("AdminRespondToAuthChallenge", UserPoolId=world.pool_id, **answer)
    assert answered["AuthenticationResult"]["RefreshToken"]


def test_a_wrong_password_is_refused(world: World) -> None:
    _, answer = world.srp_challenge("alice", "Wrong-Horse-9!")
    assert world.refusal("RespondToAuthChallenge", **answer) == INCORRECT


@pytest.mark.parametrize("multiple", [0, 1, 2, 5])
@pytest.mark.parametrize("zeros", ["", "00000"])
@pytest.mark.parametrize("name", ["alice", "nobody"])
def test_t001_a_public_value_that_fixes_the_key(world: World, multiple: int, zeros: str, name: str) -> None:
    code, _ = begin(world, zeros + srp.to_hex(multiple * srp.N), name)
    assert code == "InvalidParameterException"
    assert not AuthSession.objects.exists()
    assert not SpentSecretBlock.objects.exists()


@pytest.mark.parametrize("text", ["-5", " 1_0", "1_0", "0x1", "１２", "+7", "12 ", "g", "ab\n"])
def test_t002_only_hexadecimal_digits(world: World, text: str) -> None:
    assert begin(world, text)[0] == "InvalidParameterException"


def test_t002_a_long_one_costs_nothing(world: World) -> None:
    begin(world, "0")  # warm
    started = time.thread_time()
    assert begin(world, "f" * 10_000)[0] == "InvalidParameterException"
    assert time.thread_time() - started < 0.5  # arithmetic on it would be refused by this; the aim is 5 ms


def test_t002_an_empty_one_is_missing(world: World) -> None:
    assert begin(world, "") == ("InvalidParameterException", "Missing required parameter SRP_A")


@pytest.mark.parametrize(
    "signature", ["", "AAAA", "not base64!", "é", base64.b64encode(b"\0" * 32).decode(), "=" * 44, "A" * 43]
)
def test_t004_made_up_signatures_are_wrong_passwords(world: World, signature: str) -> None:
    _, answer = world.srp_challenge("alice", PASSWORD)
    for _ in range(5):
        refused = world.refusal("RespondToAuthChallenge", **with_responses(answer, PASSWORD_CLAIM_SIGNATURE=signature))
        assert refused == INCORRECT
    assert world.refusal("RespondToAuthChallenge", **answer)[1] == "Password attempts exceeded"


def test_t005_another_name_in_the_answer(world: World) -> None:
    world.add_user("bob", "Another-Horse-9!")
    _, answer = world.srp_challenge("alice", PASSWORD)
    refused = world.refusal("RespondToAuthChallenge", **with_responses(answer, USERNAME="bob"))
    assert refused == ("NotAuthorizedException", "Invalid session for the user.")
    assert world("RespondToAuthChallenge", **answer)["AuthenticationResult"]


def test_t006_another_users_block(world: World) -> None:
    world.add_user("bob", PASSWORD)
    _, alices = world.srp_challenge("alice", PASSWORD)
    _, bobs = world.srp_challenge("bob", PASSWORD)
    block = bobs["ChallengeResponses"]["PASSWORD_CLAIM_SECRET_BLOCK"]
    code, _ = world.refusal("RespondToAuthChallenge", **with_responses(alices, PASSWORD_CLAIM_SECRET_BLOCK=block))
    assert code == "NotAuthorizedException"


def test_t006_another_clients_block(world: World) -> None:
    _, answer = world.srp_challenge("alice", PASSWORD)
    assert world.refusal("RespondToAuthChallenge", **answer | {"ClientId": world.add_client()}) == INCORRECT


@given(st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_t006_an_altered_block(world: World, data: st.DataObject) -> None:
    _, answer = world.srp_challenge("alice", PASSWORD)
    block = bytearray(base64.b64decode(answer["ChallengeResponses"]["PASSWORD_CLAIM_SECRET_BLOCK"]))
    if data.draw(st.booleans()):
        block[data.draw(st.integers(0, len(block) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    else:
        del block[data.draw(st.integers(0, len(block) - 1)) :]
    changed = with_responses(answer, PASSWORD_CLAIM_SECRET_BLOCK=base64.b64encode(block).decode())
    assert world.refusal("RespondToAuthChallenge", **changed) == INCORRECT


def test_t007_another_spelling_of_the_same_block(world: World) -> None:
    _, answer = world.srp_challenge("alice", PASSWORD)
    block = answer["ChallengeResponses"]["PASSWORD_CLAIM_SECRET_BLOCK"]
    for spelling in (block + "\n", block[:10] + "\n" + block[10:], " " + block, block.rstrip("=") or block + "="):
        if spelling != block:
            changed = with_responses(answer, PASSWORD_CLAIM_SECRET_BLOCK=spelling)
            assert world.refusal("RespondToAuthChallenge", **changed) == INCORRECT


@pytest.mark.django_db(transaction=True)
def test_t008_one_proof_fifty_times_at_once(world: World) -> None:
    _, answer = world.srp_challenge("alice", PASSWORD)
    results = race(50, lambda: world("RespondToAuthChallenge", **answer))
    assert sum(1 for result in results if isinstance(result, dict)) == 1
    assert {str(result) for result in results if not isinstance(result, dict)} == {": ".join(USED)}


@pytest.mark.parametrize(
    "timestamp", ["Tue Mar 05 07:08:09 UTC 2024", "Di Mär 5 07:08:09 UTC 2024", "2024-03-05T07:08:09Z", "", "x" * 99]
)
def test_t011_a_malformed_timestamp(world: World, timestamp: str) -> None:
    _, answer = world.srp_challenge("alice", PASSWORD)
    code, _ = world.refusal("RespondToAuthChallenge", **with_responses(answer, TIMESTAMP=timestamp))
    assert code == "InvalidParameterException"


def test_t012_a_user_who_does_not_exist(world: World) -> None:
    first, answer = world.srp_challenge("nobody", PASSWORD)
    second, _ = world.srp_challenge("NOBODY", PASSWORD)
    mine, theirs = first["ChallengeParameters"], second["ChallengeParameters"]
    assert mine["SALT"] == theirs["SALT"]
    assert mine["USER_ID_FOR_SRP"] == theirs["USER_ID_FOR_SRP"] == mine["USERNAME"]
    assert mine["SRP_B"] != theirs["SRP_B"]
    real, _ = world.srp_challenge("alice", PASSWORD)
    assert set(real) == set(first)
    assert set(real["ChallengeParameters"]) == set(mine)
    assert world.refusal("RespondToAuthChallenge", **answer) == INCORRECT


def test_t017_a_challenge_does_not_tell_who_exists(world: World) -> None:
    """Neither by how the user is called nor by the length of anything."""
    told = [world.srp_challenge(name, PASSWORD)[0]["ChallengeParameters"] for name in ("alice", "nobody", "x" * 90)]
    assert [each["USER_ID_FOR_SRP"] for each in told] == ["alice", "nobody", "x" * 90]
    assert len({len(each["SECRET_BLOCK"]) for each in told}) == 1


def test_t012_legacy_clients_are_told_at_once(world: World) -> None:
    client_id = world.add_client()  # the API's default is LEGACY
    refused = world.refusal(
        "InitiateAuth",
        ClientId=client_id,
        AuthFlow="USER_SRP_AUTH",
        AuthParameters={"USERNAME": "nobody", "SRP_A": "abc"},
    )
    assert refused == ("UserNotFoundException", "User does not exist.")


def test_the_block_expires_with_the_session(world: World) -> None:
    _, answer = world.srp_challenge("alice", PASSWORD)
    world.clock.forward(minutes=3)
    refused = world.refusal("RespondToAuthChallenge", **answer)
    assert refused == ("NotAuthorizedException", "Invalid session for the user, session is expired.")


def test_a_wrong_answer_leaves_the_block_alive(world: World) -> None:
    _, answer = world.srp_challenge("alice", PASSWORD)
    world.refusal("RespondToAuthChallenge", **with_responses(answer, PASSWORD_CLAIM_SIGNATURE="AAAA"))
    assert world("RespondToAuthChallenge", **answer)["AuthenticationResult"]
    assert world.refusal("RespondToAuthChallenge", **answer) == USED
