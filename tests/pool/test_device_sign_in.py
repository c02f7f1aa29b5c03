"""Signing in with a remembered device: by real clients, and by those who are not it."""

from collections.abc import Callable
from typing import Any

import pytest
from pycognito.aws_srp import AWSSRP

from flows.pool.models import AuthSession
from tests.pool import raw
from tests.pool.conftest import PASSWORD, World
from tests.pool.handset import OPT_IN, Handset, track
from tests.race import race

INCORRECT = ("NotAuthorizedException", "Incorrect username or password.")
INVALID = ("NotAuthorizedException", "Invalid session for the user.")
USED = ("NotAuthorizedException", "Invalid session for the user, session can only be used once.")
EXPIRED = ("NotAuthorizedException", "Invalid session for the user, session is expired.")
LOCKED = ("NotAuthorizedException", "Password attempts exceeded")
UNKNOWN = ("ResourceNotFoundException", "Device does not exist.")
NOBODYS = "us-east-1_00000000-0000-4000-8000-000000000000"


@pytest.fixture
def handset(world: World) -> Handset:
    """alice's remembered device."""
    track(world)
    return Handset.confirmed(world)


def password_proved(handset: Handset, srp: AWSSRP, **changed: str) -> dict[str, Any]:
    """USER_SRP_AUTH up to what follows the password, the device named in the answer as Amplify does."""
    world = handset.world
    parameters = {name: value for name, value in srp.get_auth_params().items() if name != "DEVICE_KEY"}
    begun = world("InitiateAuth", ClientId=world.client_id, AuthFlow="USER_SRP_AUTH", AuthParameters=parameters)
    responses = srp.process_challenge(begun["ChallengeParameters"], {"USERNAME": "alice"}) | changed
    return world(
        "RespondToAuthChallenge",
        ClientId=world.client_id,
        ChallengeName="PASSWORD_VERIFIER",
        ChallengeResponses=responses,
    )


def without_session(asked: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in asked.items() if name != "Session"}


def changed(request: dict[str, Any], **responses: str) -> dict[str, Any]:
    return request | {"ChallengeResponses": request["ChallengeResponses"] | responses}


# -- Real clients ------------------------------------------------------------------------------------------------------
def test_pycognito_signs_in_with_its_device(handset: Handset) -> None:
    result = handset.client().authenticate_user()["AuthenticationResult"]
    assert "NewDeviceMetadata" not in result
    assert handset.world("GetUser", AccessToken=result["AccessToken"])["Username"] == "alice"


def test_pycognito_signs_in_by_an_alias(world: World) -> None:
    world.pool_id = world("CreateUserPool", PoolName="alias", AliasAttributes=["email"])["UserPool"]["Id"]
    world.client_id = world.add_client(PreventUserExistenceErrors="ENABLED")
    world.add_user("alice")
    email = [{"Name": "email", "Value": "alice@example.com"}, {"Name": "email_verified", "Value": "true"}]
    world("AdminUpdateUserAttributes", UserPoolId=world.pool_id, Username="alice", UserAttributes=email)
    track(world)
    handset = Handset.confirmed(world, "alice@example.com")
    assert handset.client("alice@example.com").authenticate_user()["AuthenticationResult"]


def test_pycognito_signs_in_through_a_confidential_client(world: World) -> None:
    track(world)
    made = world("CreateUserPoolClient", UserPoolId=world.pool_id, ClientName="secret", GenerateSecret=True)[
        "UserPoolClient"
    ]
    world.client_id, secret = made["ClientId"], made["ClientSecret"]
    first = AWSSRP(
        username="alice",
        password=PASSWORD,
        pool_id=world.pool_id,
        client_id=world.client_id,
        client=world.boto,
        client_secret=secret,
    ).authenticate_user()
    handset = Handset.of(world, first["AuthenticationResult"])
    handset.confirm()
    assert handset.client(client_secret=secret).authenticate_user()["AuthenticationResult"]


def test_with_the_session_as_amplify_does(handset: Handset) -> None:
    srp = handset.client()
    asked = password_proved(handset, handset.client())
    assert asked["ChallengeName"] == "DEVICE_SRP_AUTH"
    assert asked["ChallengeParameters"] == {"USERNAME": "alice", "DEVICE_KEY": handset.key}
    challenge = handset.world("RespondToAuthChallenge", **handset.hello(asked, srp))
    assert challenge["ChallengeName"] == "DEVICE_PASSWORD_VERIFIER"
    assert challenge["Session"] != asked["Session"]
    parameters = challenge["ChallengeParameters"]
    assert set(parameters) == {"SALT", "SRP_B", "SECRET_BLOCK", "USERNAME", "DEVICE_KEY"}
    assert parameters["SALT"] == parameters["SALT"].lstrip("0")
    done = handset.world("RespondToAuthChallenge", **handset.proof(challenge, srp))
    assert done["AuthenticationResult"]["RefreshToken"]
    assert "NewDeviceMetadata" not in done["AuthenticationResult"]


def test_a_device_of_the_password_flow_and_of_the_admin_flow(handset: Handset) -> None:
    assert handset.prove(handset.sign_in())["AuthenticationResult"]
    parameters = {"USERNAME": "alice", "PASSWORD": PASSWORD, "DEVICE_KEY": handset.key}
    request = {"ClientId": handset.world.client_id, "AuthFlow": "ADMIN_USER_PASSWORD_AUTH"}
    asked = handset.world("AdminInitiateAuth", UserPoolId=handset.world.pool_id, AuthParameters=parameters, **request)
    assert handset.prove(asked)["AuthenticationResult"]


# -- A key that is not the user's --------------------------------------------------------------------------------------
def test_an_unknown_key_is_told_and_the_same_answer_counts_without_it(world: World) -> None:
    """amplify-js and identity-js forget the key then, and send the same answer again (section 4.9)."""
    track(world)
    _, answer = world.srp_challenge("alice", PASSWORD)
    assert world.refusal("RespondToAuthChallenge", **changed(answer, DEVICE_KEY=NOBODYS)) == UNKNOWN
    assert world("RespondToAuthChallenge", **answer)["AuthenticationResult"]["NewDeviceMetadata"]
    assert world.refusal("RespondToAuthChallenge", **answer) == USED


def test_a_key_that_was_sent_earlier_and_is_taken_back(world: World) -> None:
    """identity-js has sent it with InitiateAuth too, and repeats only the answer."""
    track(world)
    srp = AWSSRP(
        username="alice",
        password=PASSWORD,
        pool_id=world.pool_id,
        client_id=world.client_id,
        client=world.boto,
        device_key=NOBODYS,
        device_group_key="-12345678",
        device_password="x",
    )
    begun = world(
        "InitiateAuth", ClientId=world.client_id, AuthFlow="USER_SRP_AUTH", AuthParameters=srp.get_auth_params()
    )
    request = {"ClientId": world.client_id, "ChallengeName": "PASSWORD_VERIFIER"}
    responses = srp.process_challenge(begun["ChallengeParameters"], {"USERNAME": "alice"})
    assert world.refusal("RespondToAuthChallenge", **request, ChallengeResponses=responses) == UNKNOWN
    responses["DEVICE_KEY"] = None
    body = {**request, "ChallengeResponses": responses}
    status, _, answer = raw.call("RespondToAuthChallenge", body)
    assert status == 200
    assert answer["AuthenticationResult"]["NewDeviceMetadata"]["DeviceKey"] != NOBODYS


@pytest.mark.parametrize("key", [None, ""])
def test_no_key_in_its_place(world: World, key: str | None) -> None:
    track(world)
    request = world.password_request("alice", PASSWORD, parameters={"DEVICE_KEY": key})
    status, _, answer = raw.call("InitiateAuth", request)
    assert status == 200
    assert answer["AuthenticationResult"]["NewDeviceMetadata"]


def test_t088_another_users_device_is_unknown_and_told_to_nobody_without_the_password(handset: Handset) -> None:
    world = handset.world
    world.add_user("bob")
    named = {"DEVICE_KEY": handset.key}
    assert world.refusal("InitiateAuth", **world.password_request("bob", PASSWORD, parameters=named)) == UNKNOWN
    for name in ("bob", "alice", "nobody"):
        assert world.refusal("InitiateAuth", **world.password_request(name, "wrong", parameters=named)) == INCORRECT


def test_a_key_that_was_never_confirmed_is_no_device(world: World) -> None:
    track(world)
    key = world.sign_in()["NewDeviceMetadata"]["DeviceKey"]
    request = world.password_request("alice", PASSWORD, parameters={"DEVICE_KEY": key})
    assert world.refusal("InitiateAuth", **request) == UNKNOWN


def test_without_tracking_a_key_means_nothing(handset: Handset) -> None:
    world = handset.world
    pool_id = world("CreateUserPool", PoolName="without")["UserPool"]["Id"]
    world.pool_id = pool_id
    world.client_id = world.add_client()
    world.add_user("alice")
    for key in (handset.key, NOBODYS):
        answer = world("InitiateAuth", **world.password_request("alice", PASSWORD, parameters={"DEVICE_KEY": key}))
        assert "NewDeviceMetadata" not in answer["AuthenticationResult"]


def test_a_device_that_is_not_remembered_is_asked_for_nothing(world: World) -> None:
    track(world, OPT_IN)
    handset = Handset.confirmed(world)
    result = handset.sign_in()["AuthenticationResult"]
    assert "NewDeviceMetadata" not in result
    world(
        "UpdateDeviceStatus",
        AccessToken=result["AccessToken"],
        DeviceKey=handset.key,
        DeviceRememberedStatus="remembered",
    )
    assert handset.sign_in()["ChallengeName"] == "DEVICE_SRP_AUTH"


# -- Without the Session -----------------------------------------------------------------------------------------------
def test_t088_who_knows_the_device_but_not_the_password_gets_nothing(handset: Handset) -> None:
    """Username, device key and device secret; nothing is pending."""
    alone = handset.hello({}, handset.client())
    assert handset.world.refusal("RespondToAuthChallenge", **alone) == INVALID


def test_t088_who_knows_the_device_cannot_join_the_sign_in_of_who_knows_the_password(handset: Handset) -> None:
    """alice has proved her password and is asked for the device: a thief of its secret must not answer in her place."""
    alice, thief = handset.client(), handset.client()
    password_proved(handset, alice)
    assert handset.world.refusal("RespondToAuthChallenge", **handset.hello({}, thief)) == INVALID
    asked = handset.sign_in()  # by USER_PASSWORD_AUTH, which no A belongs to
    assert handset.world.refusal("RespondToAuthChallenge", **handset.hello({}, thief)) == INVALID
    assert handset.prove(asked)["AuthenticationResult"]
    challenge = handset.world("RespondToAuthChallenge", **handset.hello({}, alice))
    assert handset.world("RespondToAuthChallenge", **handset.proof(challenge, alice))["AuthenticationResult"]


def test_t088_who_saw_the_public_value_cannot_prove_with_it(handset: Handset) -> None:
    """The thief has the device's secret and alice's A, not its exponent."""
    alice, thief = handset.client(), handset.client()
    password_proved(handset, alice)
    challenge = handset.world("RespondToAuthChallenge", **handset.hello({}, alice))
    assert handset.world.refusal("RespondToAuthChallenge", **handset.proof(challenge, thief)) == INCORRECT


def test_an_answer_without_a_session_counts_once(handset: Handset) -> None:
    srp = handset.client()
    asked = password_proved(handset, srp)
    alone = handset.hello({}, srp)
    challenge = handset.world("RespondToAuthChallenge", **alone)
    assert "Session" not in challenge
    assert handset.world.refusal("RespondToAuthChallenge", **alone) == USED
    assert handset.world.refusal("RespondToAuthChallenge", **handset.hello(asked, srp)) == USED
    proof = handset.proof(challenge, srp)
    assert handset.world("RespondToAuthChallenge", **proof)["AuthenticationResult"]
    assert handset.world.refusal("RespondToAuthChallenge", **proof) == USED


def test_an_answer_without_a_session_expires(handset: Handset) -> None:
    srp = handset.client()
    password_proved(handset, srp)
    handset.world.clock.forward(minutes=3)
    assert handset.world.refusal("RespondToAuthChallenge", **handset.hello({}, srp)) == EXPIRED


def test_a_proof_without_a_session_expires(handset: Handset) -> None:
    srp = handset.client()
    password_proved(handset, srp)
    challenge = handset.world("RespondToAuthChallenge", **handset.hello({}, srp))
    handset.world.clock.forward(minutes=3)
    assert handset.world.refusal("RespondToAuthChallenge", **handset.proof(challenge, srp)) == EXPIRED


def test_of_several_sign_ins_with_one_public_value_the_newest_waits(handset: Handset) -> None:
    srp = handset.client()
    password_proved(handset, srp)
    handset.world.clock.forward(minutes=1)
    newest = password_proved(handset, srp)
    handset.prove(newest)
    assert handset.world.refusal("RespondToAuthChallenge", **handset.hello({}, srp)) == USED


@pytest.mark.parametrize("name", ["bob", "nobody"])
def test_t005_another_name_without_a_session(handset: Handset, name: str) -> None:
    handset.world.add_user("bob")
    srp = handset.client()
    password_proved(handset, srp)
    request = changed(handset.hello({}, srp), USERNAME=name)
    assert handset.world.refusal("RespondToAuthChallenge", **request) == INVALID
    assert handset.world("RespondToAuthChallenge", **handset.hello({}, srp))["ChallengeParameters"]


def test_another_client_without_a_session(handset: Handset) -> None:
    srp = handset.client()
    password_proved(handset, srp)
    other = handset.world.add_client()
    assert handset.world.refusal("RespondToAuthChallenge", **handset.hello({}, srp) | {"ClientId": other}) == INVALID


@pytest.mark.parametrize("missing", ["USERNAME", "DEVICE_KEY", "SRP_A"])
def test_what_an_answer_without_a_session_must_have(handset: Handset, missing: str) -> None:
    srp = handset.client()
    password_proved(handset, srp)
    request = changed(handset.hello({}, srp), **{missing: ""})
    refused = handset.world.refusal("RespondToAuthChallenge", **request)
    assert refused == ("InvalidParameterException", f"Missing required parameter {missing}")


def test_a_block_that_came_with_a_session_is_worth_nothing_alone(handset: Handset) -> None:
    srp = handset.client()
    challenge = handset.world("RespondToAuthChallenge", **handset.hello(handset.sign_in(), srp))
    alone = handset.proof(without_session(challenge), srp)
    assert handset.world.refusal("RespondToAuthChallenge", **alone) == INCORRECT
    assert handset.world("RespondToAuthChallenge", **handset.proof(challenge, srp))["AuthenticationResult"]
    assert handset.world.refusal("RespondToAuthChallenge", **alone) == INCORRECT


def test_t006_a_password_block_proves_no_device_and_a_device_block_no_password(handset: Handset) -> None:
    world = handset.world
    _, answer = world.srp_challenge("alice", PASSWORD)
    crossed = changed(answer, DEVICE_KEY=handset.key) | {"ChallengeName": "DEVICE_PASSWORD_VERIFIER"}
    assert world.refusal("RespondToAuthChallenge", **crossed) == INCORRECT
    srp = handset.client()
    password_proved(handset, srp)
    challenge = world("RespondToAuthChallenge", **handset.hello({}, srp))
    crossed = handset.proof(challenge, srp) | {"ChallengeName": "PASSWORD_VERIFIER"}
    assert world.refusal("RespondToAuthChallenge", **crossed) == INCORRECT


# -- The proof ---------------------------------------------------------------------------------------------------------
def asked_for_proof(handset: Handset) -> tuple[dict[str, Any], AWSSRP]:
    srp = handset.client()
    return handset.world("RespondToAuthChallenge", **handset.hello(handset.sign_in(), srp)), srp


def test_t088_a_wrong_proof_is_refused_and_locks_the_device_alone(handset: Handset) -> None:
    world, right = handset.world, handset.secret
    challenge, srp = asked_for_proof(handset)
    srp.device_password = "made up"
    wrong = handset.proof(challenge, srp)
    for _ in range(5):
        assert world.refusal("RespondToAuthChallenge", **wrong) == INCORRECT
    srp.device_password = right
    proof = handset.proof(challenge, srp)
    assert world.refusal("RespondToAuthChallenge", **proof) == LOCKED
    assert world.sign_in(), "without naming the device"
    world.clock.forward(seconds=1)
    assert world("RespondToAuthChallenge", **proof)["AuthenticationResult"]


def test_t028_wrong_passwords_of_a_stranger_do_not_keep_the_device_from_its_proof(handset: Handset) -> None:
    world = handset.world
    challenge, srp = asked_for_proof(handset)
    for _ in range(5):
        world.refusal("InitiateAuth", **world.password_request("alice", "wrong"))
    assert world.refusal("InitiateAuth", **world.password_request("alice", PASSWORD)) == LOCKED
    assert world("RespondToAuthChallenge", **handset.proof(challenge, srp))["AuthenticationResult"]


@pytest.mark.django_db(transaction=True)
def test_t008_one_device_proof_fifty_times_at_once(handset: Handset) -> None:
    challenge, srp = asked_for_proof(handset)
    proof = handset.proof(challenge, srp)
    one_of_fifty(lambda: handset.world("RespondToAuthChallenge", **proof))


@pytest.mark.django_db(transaction=True)
def test_t008_one_device_proof_without_a_session_fifty_times_at_once(handset: Handset) -> None:
    srp = handset.client()
    password_proved(handset, srp)
    proof = handset.proof(handset.world("RespondToAuthChallenge", **handset.hello({}, srp)), srp)
    one_of_fifty(lambda: handset.world("RespondToAuthChallenge", **proof))


@pytest.mark.django_db(transaction=True)
def test_one_answer_without_a_session_fifty_times_at_once(handset: Handset) -> None:
    srp = handset.client()
    password_proved(handset, srp)
    one_of_fifty(lambda: handset.world("RespondToAuthChallenge", **handset.hello({}, srp)))


def one_of_fifty(call: Callable[[], dict[str, Any]]) -> None:
    results = race(50, call)
    assert sum(1 for result in results if isinstance(result, dict)) == 1
    assert {str(result) for result in results if not isinstance(result, dict)} == {": ".join(USED)}


@pytest.mark.parametrize("step", ["DEVICE_SRP_AUTH", "DEVICE_PASSWORD_VERIFIER"])
def test_t088_a_device_that_is_forgotten_meanwhile_is_refused(handset: Handset, step: str) -> None:
    asked, srp = handset.sign_in(), handset.client()
    request = handset.hello(asked, srp)
    if step == "DEVICE_PASSWORD_VERIFIER":
        request = handset.proof(handset.world("RespondToAuthChallenge", **request), srp)
    handset.world("ForgetDevice", AccessToken=handset.tokens["AccessToken"], DeviceKey=handset.key)
    assert handset.world.refusal("RespondToAuthChallenge", **request) == UNKNOWN


@pytest.mark.parametrize("step", ["DEVICE_SRP_AUTH", "DEVICE_PASSWORD_VERIFIER"])
def test_the_device_of_a_sign_in_does_not_change(handset: Handset, step: str) -> None:
    other = Handset.confirmed(handset.world)
    asked, srp = handset.sign_in(), handset.client()
    request = handset.hello(asked, srp)
    if step == "DEVICE_PASSWORD_VERIFIER":
        request = handset.proof(handset.world("RespondToAuthChallenge", **request), srp)
    assert handset.world.refusal("RespondToAuthChallenge", **changed(request, DEVICE_KEY=other.key)) == UNKNOWN
    refused = handset.world.refusal("RespondToAuthChallenge", **changed(request, DEVICE_KEY=""))
    assert refused == ("InvalidParameterException", "Missing required parameter DEVICE_KEY")
    assert handset.world("RespondToAuthChallenge", **request)


@pytest.mark.parametrize("srp_a", ["0", "-5", "zz"])
def test_t001_t002_public_values_of_devices(handset: Handset, srp_a: str) -> None:
    request = changed(handset.hello(handset.sign_in(), handset.client()), SRP_A=srp_a)
    assert handset.world.refusal("RespondToAuthChallenge", **request)[0] == "InvalidParameterException"


def test_a_new_password_comes_before_the_device(handset: Handset) -> None:
    world = handset.world
    world.set_password("alice", "Temporary-Horse-1!", permanent=False)
    parameters = {"DEVICE_KEY": handset.key}
    asked = world("InitiateAuth", **world.password_request("alice", "Temporary-Horse-1!", parameters=parameters))
    assert asked["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
    next_asked = world(
        "RespondToAuthChallenge",
        ClientId=world.client_id,
        ChallengeName="NEW_PASSWORD_REQUIRED",
        Session=asked["Session"],
        ChallengeResponses={"USERNAME": "alice", "NEW_PASSWORD": "Chosen-Horse-2!"},
    )
    assert handset.prove(next_asked)["AuthenticationResult"]


def test_nothing_of_a_refused_sign_in_is_kept(world: World) -> None:
    track(world)
    world.refusal("InitiateAuth", **world.password_request("alice", PASSWORD, parameters={"DEVICE_KEY": NOBODYS}))
    assert not AuthSession.objects.exists()
