"""USER_AUTH: choosing how to sign in."""

from typing import Any

import pytest
from pycognito.aws_srp import AWSSRP

from tests.pool.conftest import PASSWORD, World

BOTH_PASSWORDS = ["PASSWORD_SRP", "PASSWORD"]
INCORRECT = ("NotAuthorizedException", "Incorrect username or password.")


@pytest.fixture
def choice(world: World) -> World:
    """alice of a pool that allows every first factor; she has an e-mail address and nothing else."""
    world(
        "UpdateUserPool", UserPoolId=world.pool_id, Policies=policies("PASSWORD", "EMAIL_OTP", "SMS_OTP", "WEB_AUTHN")
    )
    world.client_id = world.add_client(
        ExplicitAuthFlows=["ALLOW_USER_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"], PreventUserExistenceErrors="ENABLED"
    )
    email = [{"Name": "email", "Value": "alice@example.com"}]
    world("AdminUpdateUserAttributes", UserPoolId=world.pool_id, Username="alice", UserAttributes=email)
    return world


def policies(*factors: str) -> dict[str, Any]:
    return {"SignInPolicy": {"AllowedFirstAuthFactors": list(factors)}}


def begin(world: World, name: str = "alice", **parameters: str) -> dict[str, Any]:
    return world("InitiateAuth", **request(world, name, **parameters))


def request(world: World, name: str = "alice", **parameters: str) -> dict[str, Any]:
    return {
        "ClientId": world.client_id,
        "AuthFlow": "USER_AUTH",
        "AuthParameters": {"USERNAME": name, **parameters},
    }


def answer(world: World, challenge: str, asked: dict[str, Any], **responses: str) -> dict[str, Any]:
    return {
        "ClientId": world.client_id,
        "ChallengeName": challenge,
        "Session": asked["Session"],
        "ChallengeResponses": {"USERNAME": "alice", **responses},
    }


def test_without_a_preference_the_choice_is_put(choice: World) -> None:
    asked = begin(choice)
    assert asked["ChallengeName"] == "SELECT_CHALLENGE"
    assert asked["AvailableChallenges"] == [*BOTH_PASSWORDS, "EMAIL_OTP"]


def test_what_the_pool_does_not_allow_is_not_offered(choice: World) -> None:
    choice("UpdateUserPool", UserPoolId=choice.pool_id, Policies=policies("PASSWORD"))
    assert begin(choice)["AvailableChallenges"] == BOTH_PASSWORDS


@pytest.mark.parametrize("preferred", ["SMS_OTP", "WEB_AUTHN"])
def test_a_preference_that_cannot_be_had_leads_to_the_choice(choice: World, preferred: str) -> None:
    assert begin(choice, PREFERRED_CHALLENGE=preferred)["ChallengeName"] == "SELECT_CHALLENGE"


def test_an_unknown_preference_is_refused(choice: World) -> None:
    refusal = choice.refusal("InitiateAuth", **request(choice, PREFERRED_CHALLENGE="TELEPATHY"))
    assert refusal[0] == "InvalidParameterException"


def test_a_client_that_does_not_allow_it(world: World) -> None:
    refusal = world.refusal("InitiateAuth", **request(world))
    assert refusal == ("InvalidParameterException", "USER_AUTH flow not enabled for this client")


def test_a_preferred_password_signs_in_at_once(choice: World) -> None:
    assert begin(choice, PREFERRED_CHALLENGE="PASSWORD", PASSWORD=PASSWORD)["AuthenticationResult"]["IdToken"]


def test_a_preferred_password_that_is_wrong(choice: World) -> None:
    wrong = request(choice, PREFERRED_CHALLENGE="PASSWORD", PASSWORD="wrong")
    assert choice.refusal("InitiateAuth", **wrong) == INCORRECT


def test_the_password_may_follow_as_its_own_challenge(choice: World) -> None:
    asked = begin(choice, PREFERRED_CHALLENGE="PASSWORD")
    assert asked["ChallengeName"] == "PASSWORD"
    missing = choice.refusal("RespondToAuthChallenge", **answer(choice, "PASSWORD", asked))
    assert missing == ("InvalidParameterException", "Missing required parameter PASSWORD")
    assert choice("RespondToAuthChallenge", **answer(choice, "PASSWORD", asked, PASSWORD=PASSWORD))[
        "AuthenticationResult"
    ]


def test_amplify_sends_the_password_under_the_name_of_the_choice(choice: World) -> None:
    asked = begin(choice, PREFERRED_CHALLENGE="PASSWORD")
    done = choice(
        "RespondToAuthChallenge",
        **answer(choice, "SELECT_CHALLENGE", asked, ANSWER="PASSWORD", PASSWORD=PASSWORD),
    )
    assert done["AuthenticationResult"]["AccessToken"]


def test_srp_of_the_choice_needs_its_session_and_proves_once(choice: World) -> None:
    asked = begin(choice)
    srp = AWSSRP(
        username="alice", password=PASSWORD, pool_id=choice.pool_id, client_id=choice.client_id, client=object()
    )
    public = srp.get_auth_params()["SRP_A"]
    verifier = choice(
        "RespondToAuthChallenge", **answer(choice, "SELECT_CHALLENGE", asked, ANSWER="PASSWORD_SRP", SRP_A=public)
    )
    assert verifier["ChallengeName"] == "PASSWORD_VERIFIER"
    proof = srp.process_challenge(verifier["ChallengeParameters"], {"USERNAME": "alice"})
    request = {"ClientId": choice.client_id, "ChallengeName": "PASSWORD_VERIFIER", "ChallengeResponses": proof}
    assert choice.refusal("RespondToAuthChallenge", **request) == INCORRECT, "its block alone is worth nothing"
    assert choice("RespondToAuthChallenge", Session=verifier["Session"], **request)["AuthenticationResult"]
    assert choice.refusal("RespondToAuthChallenge", Session=verifier["Session"], **request)[1].startswith(
        "Invalid session"
    )
    assert choice.refusal("RespondToAuthChallenge", **request) == INCORRECT


def test_an_answer_that_was_not_offered(choice: World) -> None:
    asked = begin(choice)
    for response in ({"ANSWER": "SMS_OTP"}, {"ANSWER": "SOFTWARE_TOKEN_MFA"}, {}):
        refusal = choice.refusal("RespondToAuthChallenge", **answer(choice, "SELECT_CHALLENGE", asked, **response))
        assert refusal[0] == "InvalidParameterException"
    assert choice(
        "RespondToAuthChallenge",
        **answer(choice, "SELECT_CHALLENGE", asked, ANSWER="PASSWORD", PASSWORD=PASSWORD),
    )["AuthenticationResult"]


def test_t021_a_user_who_does_not_exist_is_offered_the_same_plausible_choice_every_time(choice: World) -> None:
    offers = {name: begin(choice, name)["AvailableChallenges"] for name in ("nobody", "no-one", "niemand", "nemo")}
    assert offers == {name: begin(choice, name)["AvailableChallenges"] for name in offers}
    assert all(offer[:3] == [*BOTH_PASSWORDS, "EMAIL_OTP"] for offer in offers.values())
    for name in offers:
        wrong = request(choice, name, PREFERRED_CHALLENGE="PASSWORD", PASSWORD=PASSWORD)
        assert choice.refusal("InitiateAuth", **wrong) == INCORRECT


def test_t021_a_client_that_tells_says_at_once_that_nobody_is_called_so(choice: World) -> None:
    choice.client_id = choice.add_client(
        ExplicitAuthFlows=["ALLOW_USER_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"], PreventUserExistenceErrors="LEGACY"
    )
    assert choice.refusal("InitiateAuth", **request(choice, "nobody")) == (
        "UserNotFoundException",
        "User does not exist.",
    )


def test_t021_somebody_with_nothing_to_sign_in_by_looks_like_one_who_does_not_exist(choice: World) -> None:
    choice("UpdateUserPool", UserPoolId=choice.pool_id, Policies=policies("PASSWORD", "EMAIL_OTP"))
    choice("AdminDeleteUserAttributes", UserPoolId=choice.pool_id, Username="alice", UserAttributeNames=["email"])
    choice("UpdateUserPool", UserPoolId=choice.pool_id, Policies=policies("EMAIL_OTP"))
    assert begin(choice)["AvailableChallenges"] == begin(choice, "nobody")["AvailableChallenges"] == ["EMAIL_OTP"]


def test_a_user_with_a_temporary_password_is_offered_passwords_only(choice: World) -> None:
    choice.set_password("alice", "Temporary-Horse-1!", permanent=False)
    assert begin(choice, PREFERRED_CHALLENGE="EMAIL_OTP")["AvailableChallenges"] == BOTH_PASSWORDS
