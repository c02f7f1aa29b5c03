"""WEB_AUTHN: signing in with a passkey, and who is refused what."""

import json
import logging

import pytest

from tests.authenticator import BE, BS, DEVICE_BOUND, RS256, UP, UV, Authenticator, NotAllowed, decode, encode
from tests.pool.conftest import World
from tests.pool.passkeys import (
    EVERY_FACTOR,
    NOT_ACCEPTED,
    allow,
    answer,
    ask,
    configure,
    listed,
    offered_passkeys,
    options,
    prepare,
    refusal,
    sign_in,
    with_passkey,
)
from tests.race import Refused, race


@pytest.fixture
def passkeys(world: World) -> World:
    """A pool in which alice may have passkeys."""
    prepare(world)
    return world


@pytest.fixture
def phone(passkeys: World) -> Authenticator:
    """An authenticator with a passkey of alice."""
    return with_passkey(passkeys)


# -- Signing in ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("algorithm", [-7, RS256])
def test_a_passkey_signs_in(passkeys: World, algorithm: int) -> None:
    phone = with_passkey(passkeys, algorithm=algorithm)
    tokens = sign_in(passkeys, phone)
    assert passkeys("GetUser", AccessToken=tokens["AccessToken"])["Username"] == "alice"
    assert sign_in(passkeys, phone)["RefreshToken"]


def test_the_options_are_those_of_live_pools(passkeys: World, phone: Authenticator) -> None:
    asked = ask(passkeys)
    assert asked["ChallengeName"] == "WEB_AUTHN"
    told = json.loads(options(asked))
    assert len(decode(told.pop("challenge"))) == 16
    assert told == {
        "timeout": 180000,
        "rpId": "localhost",
        "allowCredentials": [
            {"id": encode(phone.passkeys[0].id), "type": "public-key", "transports": ["hybrid", "internal"]}
        ],
        "userVerification": "preferred",
    }


def test_one_of_several_passkeys_signs_in(passkeys: World, phone: Authenticator) -> None:
    key = with_passkey(passkeys, flags=DEVICE_BOUND, counts=True)
    assert len(json.loads(options(ask(passkeys)))["allowCredentials"]) == 2
    for each in (phone, key, phone, key):
        assert sign_in(passkeys, each)


def test_it_is_offered_only_to_who_has_one(passkeys: World) -> None:
    assert "WEB_AUTHN" not in ask(passkeys)["AvailableChallenges"]
    with_passkey(passkeys)
    assert ask(passkeys)["ChallengeName"] == "WEB_AUTHN"


def test_a_change_of_mind_gets_a_fresh_challenge(passkeys: World, phone: Authenticator) -> None:
    asked = ask(passkeys)
    request = answer(passkeys, asked, "", challenge="SELECT_CHALLENGE")
    del request["ChallengeResponses"]["CREDENTIAL"]
    again = passkeys("RespondToAuthChallenge", **request)
    assert json.loads(options(again))["challenge"] != json.loads(options(asked))["challenge"]
    assert passkeys("RespondToAuthChallenge", **answer(passkeys, again, phone.authenticate(options(again))))


def test_the_choice_may_be_answered_with_the_assertion(passkeys: World, phone: Authenticator) -> None:
    asked = ask(passkeys)
    request = answer(passkeys, asked, phone.authenticate(options(asked)), challenge="SELECT_CHALLENGE")
    assert passkeys("RespondToAuthChallenge", **request)["AuthenticationResult"]


def test_the_choice_asks_before_it_believes_an_assertion(passkeys: World, phone: Authenticator) -> None:
    parameters = {"USERNAME": "alice"}
    choice = passkeys("InitiateAuth", ClientId=passkeys.client_id, AuthFlow="USER_AUTH", AuthParameters=parameters)
    other = phone.authenticate(options(ask(passkeys)))
    asked = passkeys("RespondToAuthChallenge", **answer(passkeys, choice, other, challenge="SELECT_CHALLENGE"))
    assert asked["ChallengeName"] == "WEB_AUTHN"


def test_a_user_handle_may_be_absent(passkeys: World, phone: Authenticator) -> None:
    for absent in ({}, {"userHandle": None}):
        asked = ask(passkeys)
        said = phone.authenticate(options(asked))
        del said["response"]["userHandle"]
        said["response"] |= absent
        assert passkeys("RespondToAuthChallenge", **answer(passkeys, asked, said))["AuthenticationResult"]


def test_a_missing_credential(passkeys: World, phone: Authenticator) -> None:
    refused = passkeys.refusal("RespondToAuthChallenge", **answer(passkeys, ask(passkeys), ""))
    assert refused == ("InvalidParameterException", "Missing required parameter CREDENTIAL")


def test_a_refused_assertion_leaves_the_session_to_the_right_one(passkeys: World, phone: Authenticator) -> None:
    asked = ask(passkeys)
    wrong = phone.authenticate(options(asked), rp_id="elsewhere.example")
    assert passkeys.refusal("RespondToAuthChallenge", **answer(passkeys, asked, wrong)) == NOT_ACCEPTED
    right = phone.authenticate(options(asked))
    assert passkeys("RespondToAuthChallenge", **answer(passkeys, asked, right))["AuthenticationResult"]


# -- What may have changed since it was asked ------------------------------------------------------------------------
def test_a_deleted_passkey(passkeys: World, phone: Authenticator) -> None:
    asked = ask(passkeys)
    token = passkeys.sign_in()["AccessToken"]
    passkeys("DeleteWebAuthnCredential", AccessToken=token, CredentialId=listed(passkeys, token)[0]["CredentialId"])
    said = phone.authenticate(options(asked))
    assert passkeys.refusal("RespondToAuthChallenge", **answer(passkeys, asked, said)) == NOT_ACCEPTED


def test_another_relying_party(passkeys: World, phone: Authenticator) -> None:
    asked = ask(passkeys)
    said = phone.authenticate(options(asked))
    configure(passkeys, RelyingPartyId="login.example.com")
    assert passkeys.refusal("RespondToAuthChallenge", **answer(passkeys, asked, said)) == NOT_ACCEPTED
    assert ask(passkeys)["ChallengeName"] == "SELECT_CHALLENGE"


def test_a_disabled_user_is_told_only_after_the_proof(passkeys: World, phone: Authenticator) -> None:
    passkeys("AdminDisableUser", UserPoolId=passkeys.pool_id, Username="alice")
    assert refusal(passkeys, phone, signature=lambda _: b"x" * 70) == NOT_ACCEPTED
    assert refusal(passkeys, phone) == ("NotAuthorizedException", "User is disabled.")


def test_t095_a_challenge_lives_as_long_as_its_session(passkeys: World, phone: Authenticator) -> None:
    asked = ask(passkeys)
    said = phone.authenticate(options(asked))
    passkeys.clock.forward(minutes=3)
    refused = passkeys.refusal("RespondToAuthChallenge", **answer(passkeys, asked, said))
    assert refused == ("NotAuthorizedException", "Invalid session for the user, session is expired.")


# -- Replays ---------------------------------------------------------------------------------------------------------
def test_t094_an_assertion_is_good_once_and_for_its_own_session(passkeys: World, phone: Authenticator) -> None:
    asked, other = ask(passkeys), ask(passkeys)
    said = phone.authenticate(options(asked))
    assert passkeys.refusal("RespondToAuthChallenge", **answer(passkeys, other, said)) == NOT_ACCEPTED
    assert passkeys("RespondToAuthChallenge", **answer(passkeys, asked, said))["AuthenticationResult"]
    refused = passkeys.refusal("RespondToAuthChallenge", **answer(passkeys, asked, said))
    assert refused[1] == "Invalid session for the user, session can only be used once."


def test_t094_a_registrations_challenge_does_not_sign_in(passkeys: World, phone: Authenticator) -> None:
    token = passkeys.sign_in()["AccessToken"]
    begun = passkeys("StartWebAuthnRegistration", AccessToken=token)["CredentialCreationOptions"]
    assert refusal(passkeys, phone, client_data={"challenge": begun["challenge"]}) == NOT_ACCEPTED


def test_t094_a_sign_ins_challenge_does_not_register(passkeys: World, phone: Authenticator) -> None:
    token = passkeys.sign_in()["AccessToken"]
    begun = passkeys("StartWebAuthnRegistration", AccessToken=token)["CredentialCreationOptions"]
    challenge = json.loads(options(ask(passkeys)))["challenge"]
    made = phone.register(begun, client_data={"challenge": challenge})
    refused = passkeys.refusal("CompleteWebAuthnRegistration", AccessToken=token, Credential=made)
    assert refused[0] == "WebAuthnChallengeNotFoundException"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("counts", [False, True])
def test_t094_one_assertion_sent_fifty_times_signs_in_once(passkeys: World, counts: bool) -> None:
    key = with_passkey(passkeys, counts=counts)
    asked = ask(passkeys)
    request = answer(passkeys, asked, key.authenticate(options(asked)))
    results = race(50, lambda: passkeys("RespondToAuthChallenge", **request))
    refused = [each for each in results if isinstance(each, Refused)]
    assert len(refused) == 49
    assert all(each.startswith("NotAuthorizedException") for each in refused)


# -- Sign counts -----------------------------------------------------------------------------------------------------
def test_t096_the_sign_count_must_rise(passkeys: World, caplog: pytest.LogCaptureFixture) -> None:
    key = with_passkey(passkeys, counts=True)  # registers with 1
    assert sign_in(passkeys, key, sign_count=7)
    with caplog.at_level(logging.WARNING, "flows.pool.webauthn.passkeys"):
        for count in (7, 6, 1, 0):
            assert refusal(passkeys, key, sign_count=count) == NOT_ACCEPTED
    assert len(caplog.messages) == 4
    assert "somebody may have a copy" in caplog.text
    assert sign_in(passkeys, key, sign_count=8)


def test_t096_a_passkey_that_does_not_count_never_has_to(passkeys: World, phone: Authenticator) -> None:
    for _ in range(3):
        assert sign_in(passkeys, phone, sign_count=0)


@pytest.mark.django_db(transaction=True)
def test_t096_of_clones_at_the_same_moment_one_counts(passkeys: World) -> None:
    key = with_passkey(passkeys, counts=True)
    waiting = []
    for _ in range(20):
        asked = ask(passkeys)
        waiting.append(answer(passkeys, asked, key.authenticate(options(asked), sign_count=9)))
    results = race(20, lambda: passkeys("RespondToAuthChallenge", **waiting.pop()))
    assert sum(not isinstance(each, Refused) for each in results) == 1
    assert {each for each in results if isinstance(each, Refused)} == {": ".join(NOT_ACCEPTED)}


# -- Flags -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "flags", [UV | BE | BS, UP | UV | BS, UP | UV, 0], ids=["no UP", "BS without BE", "BE gone", "none"]
)
def test_t097_flags(passkeys: World, phone: Authenticator, flags: int) -> None:
    assert refusal(passkeys, phone, flags=flags) == NOT_ACCEPTED


def test_t097_a_passkey_does_not_become_one_that_is_backed_up(passkeys: World) -> None:
    key = with_passkey(passkeys, flags=DEVICE_BOUND)
    assert refusal(passkeys, key, flags=DEVICE_BOUND | BE) == NOT_ACCEPTED
    assert sign_in(passkeys, key)


def test_t097_a_backup_may_come_and_go(passkeys: World, phone: Authenticator) -> None:
    for flags in (UP | UV | BE, UP | UV | BE | BS):
        assert sign_in(passkeys, phone, flags=flags)


@pytest.mark.parametrize(
    "members", [{"UserVerification": "required"}, {"FactorConfiguration": "MULTI_FACTOR_WITH_USER_VERIFICATION"}]
)
def test_t097_verification_where_it_is_required(passkeys: World, phone: Authenticator, members: dict[str, str]) -> None:
    """Always where a passkey may stand for both factors: without it, it is one."""
    assert sign_in(passkeys, phone, flags=UP | BE | BS)
    configure(passkeys, **members)
    assert json.loads(options(ask(passkeys)))["userVerification"] == "required"
    assert refusal(passkeys, phone, flags=UP | BE | BS) == NOT_ACCEPTED
    assert sign_in(passkeys, phone)


# -- Whose it is -----------------------------------------------------------------------------------------------------
def test_t098_another_users_passkey(passkeys: World, phone: Authenticator) -> None:
    passkeys.add_user("bob")
    bobs = with_passkey(passkeys, "bob")
    [own], [other] = phone.passkeys, bobs.passkeys
    assert refusal(passkeys, bobs, passkey=other) == NOT_ACCEPTED
    assert refusal(passkeys, bobs, passkey=other, user_handle=own.user_handle) == NOT_ACCEPTED
    assert refusal(passkeys, phone, passkey=own, user_handle=other.user_handle) == NOT_ACCEPTED
    other.id = own.id  # bob's key under the name of alice's
    assert refusal(passkeys, bobs, passkey=other, user_handle=own.user_handle) == NOT_ACCEPTED
    with pytest.raises(NotAllowed):
        with_passkey(passkeys, "bob").authenticate(options(ask(passkeys)))


# -- Those who are not there -----------------------------------------------------------------------------------------
def test_t106_nobody_has_the_same_passkeys_every_time_and_a_fresh_challenge(passkeys: World) -> None:
    names = offered_passkeys(passkeys, 20)
    assert len(names) == 20
    seen = {}
    for name in names:
        first, second = (json.loads(options(ask(passkeys, name))) for _ in range(2))
        assert first.pop("challenge") != second.pop("challenge")
        assert first == second
        seen[name] = first["allowCredentials"]
        assert {len(decode(each["id"])) for each in seen[name]} <= {16, 20, 32, 48}
    ids = [each["id"] for listed in seen.values() for each in listed]
    assert len(set(ids)) == len(ids) > len(names), "some have two"


def test_t106_nobody_is_asked_as_somebody_is(passkeys: World, phone: Authenticator) -> None:
    invented = json.loads(options(ask(passkeys, offered_passkeys(passkeys, 1)[0])))
    real = json.loads(options(ask(passkeys)))
    assert list(invented) == list(real)
    assert all(set(each) == {"id", "type", "transports"} for each in invented["allowCredentials"])
    assert [invented[name] for name in ("timeout", "rpId", "userVerification")] == [
        real[name] for name in ("timeout", "rpId", "userVerification")
    ]


def test_t106_nobody_is_refused_as_somebody_is(passkeys: World, phone: Authenticator) -> None:
    nobody = offered_passkeys(passkeys, 1)[0]
    for credential in (phone.authenticate(options(ask(passkeys)), passkey=phone.passkeys[0]), {}, "[", "{}"):
        refused = {
            name: passkeys.refusal(
                "RespondToAuthChallenge", **answer(passkeys, ask(passkeys, name), credential, name=name)
            )
            for name in ("alice", nobody)
        }
        assert refused["alice"] == refused[nobody] == NOT_ACCEPTED


def test_t106_registration_is_for_who_has_signed_in(passkeys: World, phone: Authenticator) -> None:
    refused = passkeys.refusal("StartWebAuthnRegistration", AccessToken="none")
    assert refused == ("NotAuthorizedException", "Invalid Access Token")


def test_t021_without_a_relying_party_nobody_is_offered_what_nobody_could_have(world: World) -> None:
    allow(world, *EVERY_FACTOR)
    world.client_id = world.add_client(ExplicitAuthFlows=["ALLOW_USER_AUTH"], PreventUserExistenceErrors="ENABLED")
    assert not offered_passkeys(world, 1)
