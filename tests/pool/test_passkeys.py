"""Passkeys of a signed-in user: registering, listing, deleting, and the refusals that the service model names."""

import pytest

from tests.authenticator import (
    DEVICE_BOUND,
    ED,
    RS256,
    Authenticator,
    decode,
    encode,
)
from tests.pool.conftest import World
from tests.pool.passkeys import EVERY_FACTOR, RP_ID, allow, complete, configure, listed, prepare, register, start
from tests.race import Refused, race


@pytest.fixture
def passkeys(world: World) -> World:
    """A pool in which alice may have passkeys."""
    prepare(world)
    return world


# -- Registering ----------------------------------------------------------------------------------------------------
def test_the_options_are_those_of_live_pools(passkeys: World) -> None:
    token = passkeys.sign_in()["AccessToken"]
    sub = passkeys("AdminGetUser", UserPoolId=passkeys.pool_id, Username="alice")["UserAttributes"][0]["Value"]
    options = start(passkeys, token)
    assert len(decode(options.pop("challenge"))) == 16
    assert options == {
        "rp": {"id": RP_ID, "name": RP_ID},
        "user": {"id": encode(sub.encode()), "name": "alice", "displayName": "alice"},
        "pubKeyCredParams": [{"type": "public-key", "alg": -7}, {"type": "public-key", "alg": -257}],
        "timeout": 60000,
        "excludeCredentials": [],
        "authenticatorSelection": {
            "requireResidentKey": True,
            "residentKey": "required",
            "userVerification": "preferred",
        },
    }


def test_a_passkey_is_registered_and_listed(passkeys: World) -> None:
    token = passkeys.sign_in()["AccessToken"]
    phone = Authenticator()
    register(passkeys, token, phone)
    [passkey] = listed(passkeys, token)
    assert passkey.pop("CreatedAt").timestamp() == pytest.approx(passkeys.clock().timestamp(), abs=0.001)
    assert passkey == {
        "CredentialId": encode(phone.passkeys[0].id),
        "FriendlyCredentialName": "Apple Passwords",
        "RelyingPartyId": RP_ID,
        "AuthenticatorAttachment": "platform",
        "AuthenticatorTransports": ["hybrid", "internal"],
    }


def test_what_a_user_has_is_excluded_from_registering_again(passkeys: World) -> None:
    token = passkeys.sign_in()["AccessToken"]
    phone = Authenticator()
    register(passkeys, token, phone)
    excluded = start(passkeys, token)["excludeCredentials"]
    assert excluded == [{"id": encode(phone.passkeys[0].id), "type": "public-key"}]


def test_an_unknown_provider_with_an_rsa_key_and_no_attachment(passkeys: World) -> None:
    token = passkeys.sign_in()["AccessToken"]
    made = Authenticator(algorithm=RS256, aaguid=bytes(16), flags=DEVICE_BOUND).register(start(passkeys, token))
    del made["authenticatorAttachment"], made["response"]["transports"], made["clientExtensionResults"]
    passkeys("CompleteWebAuthnRegistration", **complete(token, made))
    [passkey] = listed(passkeys, token)
    assert passkey["FriendlyCredentialName"] == "Passkey"
    assert passkey["AuthenticatorTransports"] == []
    assert "AuthenticatorAttachment" not in passkey


def test_extensions_behind_the_key_are_read_over(passkeys: World) -> None:
    token = passkeys.sign_in()["AccessToken"]
    cred_protect = b"\xa1\x6bcredProtect\x02"
    register(passkeys, token, Authenticator(), flags=DEVICE_BOUND | ED, extensions=cred_protect)
    assert len(listed(passkeys, token)) == 1


def test_members_that_browsers_make_up_are_left_alone(passkeys: World) -> None:
    token = passkeys.sign_in()["AccessToken"]
    register(passkeys, token, Authenticator(), client_data={"other_keys_can_be_added_here": "do not compare"})
    assert len(listed(passkeys, token)) == 1


@pytest.mark.parametrize("origin", ["http://localhost:5173", "https://localhost", "http://app.localhost:3000"])
def test_localhost_may_have_any_port(passkeys: World, origin: str) -> None:
    token = passkeys.sign_in()["AccessToken"]
    register(passkeys, token, Authenticator(origin=origin))
    assert len(listed(passkeys, token)) == 1


# -- Refusals that the service model names ----------------------------------------------------------------------------
def test_not_enabled_where_the_pool_does_not_allow_the_factor(passkeys: World) -> None:
    token = passkeys.sign_in()["AccessToken"]
    made = Authenticator().register(start(passkeys, token))
    allow(passkeys, "PASSWORD")
    assert passkeys.refusal("StartWebAuthnRegistration", AccessToken=token)[0] == "WebAuthnNotEnabledException"
    refusal = passkeys.refusal("CompleteWebAuthnRegistration", **complete(token, made))
    assert refusal[0] == "WebAuthnNotEnabledException"


def test_no_relying_party(world: World) -> None:
    allow(world, *EVERY_FACTOR)
    token = world.sign_in()["AccessToken"]
    refusal = world.refusal("StartWebAuthnRegistration", AccessToken=token)
    assert refusal[0] == "WebAuthnConfigurationMissingException"


def test_t094_a_challenge_is_good_for_one_registration(passkeys: World) -> None:
    token = passkeys.sign_in()["AccessToken"]
    options = start(passkeys, token)
    phone = Authenticator()
    passkeys("CompleteWebAuthnRegistration", **complete(token, phone.register(options)))
    for again in (phone.register(options), phone.register(options)):
        refusal = passkeys.refusal("CompleteWebAuthnRegistration", **complete(token, again))
        assert refusal[0] == "WebAuthnChallengeNotFoundException"


def test_t095_a_challenge_expires(passkeys: World) -> None:
    token = passkeys.sign_in()["AccessToken"]
    made = Authenticator().register(start(passkeys, token))
    passkeys.clock.forward(minutes=5)
    refusal = passkeys.refusal("CompleteWebAuthnRegistration", **complete(token, made))
    assert refusal[0] == "WebAuthnChallengeNotFoundException"


def test_another_users_challenge_is_none(passkeys: World) -> None:
    passkeys.add_user("bob")
    made = Authenticator().register(start(passkeys, passkeys.sign_in("bob")["AccessToken"]))
    refusal = passkeys.refusal("CompleteWebAuthnRegistration", **complete(passkeys.sign_in()["AccessToken"], made))
    assert refusal[0] == "WebAuthnChallengeNotFoundException"


def test_completed_through_another_app_client(passkeys: World) -> None:
    made = Authenticator().register(start(passkeys, passkeys.sign_in()["AccessToken"]))
    other = passkeys.sign_in(ClientId=passkeys.add_client())["AccessToken"]
    refusal = passkeys.refusal("CompleteWebAuthnRegistration", **complete(other, made))
    assert refusal[0] == "WebAuthnClientMismatchException"


def test_a_refused_answer_leaves_the_registration_open(passkeys: World) -> None:
    token = passkeys.sign_in()["AccessToken"]
    options = start(passkeys, token)
    elsewhere = Authenticator(origin="https://elsewhere.example").register(options)
    assert passkeys.refusal("CompleteWebAuthnRegistration", **complete(token, elsewhere))
    passkeys("CompleteWebAuthnRegistration", **complete(token, Authenticator().register(options)))


@pytest.mark.parametrize("operation", ["Start", "Complete", "List", "Delete"])
def test_the_operations_take_access_tokens_only(passkeys: World, operation: str) -> None:
    full = {
        "Start": ("StartWebAuthnRegistration", {}),
        "Complete": ("CompleteWebAuthnRegistration", {"Credential": {}}),
        "List": ("ListWebAuthnCredentials", {}),
        "Delete": ("DeleteWebAuthnCredential", {"CredentialId": "x"}),
    }
    name, members = full[operation]
    tokens = passkeys.sign_in()
    assert passkeys.refusal(name, AccessToken=tokens["IdToken"], **members)[1] == "Invalid Access Token"
    passkeys("AdminDeleteUser", UserPoolId=passkeys.pool_id, Username="alice")
    gone = passkeys.refusal(name, AccessToken=tokens["AccessToken"], **members)
    assert gone == ("NotAuthorizedException", "Access Token has been revoked")


def test_a_user_has_twenty_passkeys_at_most(passkeys: World) -> None:
    token = passkeys.sign_in()["AccessToken"]
    begun = [start(passkeys, token) for _ in range(21)]
    for options in begun[:20]:
        passkeys("CompleteWebAuthnRegistration", **complete(token, Authenticator().register(options)))
    refusals = [
        passkeys.refusal("StartWebAuthnRegistration", AccessToken=token),
        passkeys.refusal("CompleteWebAuthnRegistration", **complete(token, Authenticator().register(begun[20]))),
    ]
    assert [code for code, _ in refusals] == ["LimitExceededException"] * 2


# -- Listing and deleting ----------------------------------------------------------------------------------------------
def test_the_list_comes_in_pages(passkeys: World) -> None:
    token = passkeys.sign_in()["AccessToken"]
    phone = Authenticator()
    for _ in range(5):
        register(passkeys, token, phone)
    first = passkeys("ListWebAuthnCredentials", AccessToken=token, MaxResults=3)
    second = passkeys("ListWebAuthnCredentials", AccessToken=token, MaxResults=3, NextToken=first["NextToken"])
    assert "NextToken" not in second
    found = [each["CredentialId"] for page in (first, second) for each in page["Credentials"]]
    assert found == [encode(each.id) for each in phone.passkeys]
    assert len(listed(passkeys, token, MaxResults=0)) == 5


def test_a_page_token_is_one_users(passkeys: World) -> None:
    token = passkeys.sign_in()["AccessToken"]
    for _ in range(2):
        register(passkeys, token, Authenticator())
    page = passkeys("ListWebAuthnCredentials", AccessToken=token, MaxResults=1)["NextToken"]
    passkeys.add_user("bob")
    bob = passkeys.sign_in("bob")["AccessToken"]
    refusal = passkeys.refusal("ListWebAuthnCredentials", AccessToken=bob, NextToken=page)
    assert refusal[0] == "InvalidParameterException"


def test_more_than_twenty_cannot_be_asked_for(passkeys: World) -> None:
    raw = {"AccessToken": passkeys.sign_in()["AccessToken"], "MaxResults": 21}
    assert passkeys.refusal("ListWebAuthnCredentials", **raw)[0] == "InvalidParameterException"


def test_deleting(passkeys: World) -> None:
    token = passkeys.sign_in()["AccessToken"]
    register(passkeys, token, Authenticator())
    request = {"AccessToken": token, "CredentialId": listed(passkeys, token)[0]["CredentialId"]}
    passkeys("DeleteWebAuthnCredential", **request)
    assert listed(passkeys, token) == []
    assert passkeys.refusal("DeleteWebAuthnCredential", **request)[0] == "ResourceNotFoundException"


@pytest.mark.parametrize("credential_id", ["", "AAAA", "no base64url!", "A" * 131072])
def test_deleting_what_is_not_there(passkeys: World, credential_id: str) -> None:
    request = {"AccessToken": passkeys.sign_in()["AccessToken"], "CredentialId": credential_id}
    assert passkeys.refusal("DeleteWebAuthnCredential", **request)[0] == "ResourceNotFoundException"


def test_t108_nobody_deletes_another_users_passkey(passkeys: World) -> None:
    token = passkeys.sign_in()["AccessToken"]
    register(passkeys, token, Authenticator())
    passkeys.add_user("bob")
    request = {
        "AccessToken": passkeys.sign_in("bob")["AccessToken"],
        "CredentialId": listed(passkeys, token)[0]["CredentialId"],
    }
    assert passkeys.refusal("DeleteWebAuthnCredential", **request)[0] == "ResourceNotFoundException"
    assert len(listed(passkeys, token)) == 1


def test_t108_the_pool_lets_the_last_one_go(passkeys: World) -> None:
    """As the service does, whose documents hold nothing back; the portal refuses it."""
    token = passkeys.sign_in()["AccessToken"]
    register(passkeys, token, Authenticator())
    passkeys("DeleteWebAuthnCredential", AccessToken=token, CredentialId=listed(passkeys, token)[0]["CredentialId"])
    assert listed(passkeys, token) == []


# -- The relying party -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "relying_party_id", ["https://example.com", "example.com:443", "Example.com", "example.com.", ".com", "a b", "é.de"]
)
def test_a_relying_party_is_a_domain(world: World, relying_party_id: str) -> None:
    configuration = {"RelyingPartyId": relying_party_id}
    refusal = world.refusal("SetUserPoolMfaConfig", UserPoolId=world.pool_id, WebAuthnConfiguration=configuration)
    assert refusal[0] == "InvalidParameterException"
    assert "WebAuthnConfiguration" not in world("GetUserPoolMfaConfig", UserPoolId=world.pool_id)


def test_passkeys_of_a_former_relying_party_are_listed_and_not_asked_for(passkeys: World) -> None:
    token = passkeys.sign_in()["AccessToken"]
    register(passkeys, token, Authenticator())
    configure(passkeys, RelyingPartyId="login.example.com")
    assert start(passkeys, token)["excludeCredentials"] == []
    assert [each["RelyingPartyId"] for each in listed(passkeys, token)] == [RP_ID]


def test_a_relying_party_that_changed_meanwhile(passkeys: World) -> None:
    token = passkeys.sign_in()["AccessToken"]
    made = Authenticator(origin="https://login.example.com").register(start(passkeys, token))
    configure(passkeys, RelyingPartyId="login.example.com")
    refusal = passkeys.refusal("CompleteWebAuthnRegistration", **complete(token, made))
    assert refusal[0] == "WebAuthnRelyingPartyMismatchException"


@pytest.mark.parametrize(
    "members", [{"UserVerification": "required"}, {"FactorConfiguration": "MULTI_FACTOR_WITH_USER_VERIFICATION"}]
)
def test_t097_verification_is_asked_for_and_required(passkeys: World, members: dict[str, str]) -> None:
    configure(passkeys, **members)
    token = passkeys.sign_in()["AccessToken"]
    options = start(passkeys, token)
    assert options["authenticatorSelection"]["userVerification"] == "required"
    unverified = Authenticator().register(options, flags=0x01)
    refusal = passkeys.refusal("CompleteWebAuthnRegistration", **complete(token, unverified))
    assert refusal[0] == "WebAuthnCredentialNotSupportedException"


# -- At the same moment ------------------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_t094_one_answer_sent_fifty_times_is_one_passkey(passkeys: World) -> None:
    token = passkeys.sign_in()["AccessToken"]
    request = complete(token, Authenticator().register(start(passkeys, token)))
    results = race(50, lambda: passkeys("CompleteWebAuthnRegistration", **request))
    refused = [each for each in results if isinstance(each, Refused)]
    assert len(refused) == 49
    assert all(each.startswith("WebAuthnChallengeNotFoundException") for each in refused)
    assert len(listed(passkeys, token)) == 1


@pytest.mark.django_db(transaction=True)
def test_t099_one_credential_id_is_one_passkey_of_the_pool_though_twenty_register_it_at_once(passkeys: World) -> None:
    taken = bytes(range(20))
    requests = []
    for number in range(20):
        passkeys.add_user(f"user-{number}")
        token = passkeys.sign_in(f"user-{number}")["AccessToken"]
        made = Authenticator().register(start(passkeys, token), credential_id=taken)
        requests.append(complete(token, made))
    waiting = list(requests)
    results = race(20, lambda: passkeys("CompleteWebAuthnRegistration", **waiting.pop()))
    refused = [each for each in results if isinstance(each, Refused)]
    assert refused == ["InvalidParameterException: The passkey is registered already."] * 19
    assert sum(len(listed(passkeys, each["AccessToken"])) for each in requests) == 1


@pytest.mark.django_db(transaction=True)
def test_t099_the_limit_holds_though_many_register_at_once(passkeys: World) -> None:
    token = passkeys.sign_in()["AccessToken"]
    waiting = [complete(token, Authenticator().register(start(passkeys, token))) for _ in range(25)]
    results = race(25, lambda: passkeys("CompleteWebAuthnRegistration", **waiting.pop()))
    assert sum(isinstance(each, Refused) for each in results) == 5
    assert len(listed(passkeys, token)) == 20
