"""USER_AUTH by aws-amplify: each of the five first factors, chosen from what is offered or preferred at once."""

from collections.abc import Iterator

import pytest

from tests import boto, pools
from tests.authenticator import Authenticator
from tests.clients import challenges
from tests.clients.challenges import CHOICE_FLOWS, DONE, AmplifyChallenges
from tests.clients.client import Refused
from tests.live import Live
from tests.pools import App, Pool, User

FIRST_FACTORS = ["PASSWORD", "EMAIL_OTP", "SMS_OTP", "WEB_AUTHN"]
PASSWORDS = ["PASSWORD", "PASSWORD_SRP"]
CODES = [("EMAIL_OTP", "EMAIL"), ("SMS_OTP", "SMS")]


@pytest.fixture(scope="module")
def pool(live: Live) -> Pool:
    """A pool that offers every first factor."""
    made = pools.create(boto.over_http(live.config), endpoint=live.config["endpoint"])
    policies = {"SignInPolicy": {"AllowedFirstAuthFactors": FIRST_FACTORS}}
    made.cognito.update_user_pool(
        UserPoolId=made.pool_id,
        Policies=policies,  # type: ignore[arg-type]
        EmailConfiguration=challenges.SES,  # type: ignore[arg-type]
        SmsConfiguration=challenges.SNS,  # type: ignore[arg-type]
    )
    made.cognito.set_user_pool_mfa_config(
        UserPoolId=made.pool_id, WebAuthnConfiguration={"RelyingPartyId": "localhost"}
    )
    return made


@pytest.fixture(scope="module")
def app(pool: Pool) -> App:
    return pool.add_app(flows=CHOICE_FLOWS)


@pytest.fixture
def user(pool: Pool) -> User:
    made = pool.add_user()
    challenges.give_telephone(pool, made)
    return made


@pytest.fixture
def client(live: Live, pool: Pool, app: App) -> Iterator[AmplifyChallenges]:
    made = challenges.amplify(live, pool, app, authenticator=Authenticator())
    yield made
    made.close()


def choose(client: AmplifyChallenges, user: User, factor: str) -> dict[str, str]:
    """Sign in without a preference, and choose ``factor``; the step that follows."""
    step = client.begin(user.username, authFlowType="USER_AUTH")
    assert step["signInStep"] == "CONTINUE_SIGN_IN_WITH_FIRST_FACTOR_SELECTION"
    assert factor in step["availableChallenges"]
    return client.confirm(factor)


def is_signed_in(client: AmplifyChallenges, user: User) -> bool:
    found = client.pool.cognito.get_user(AccessToken=client.tokens().access)
    return found["Username"] == user.username


def test_is_offered_what_the_user_has(client: AmplifyChallenges, user: User) -> None:
    step = client.begin(user.username, authFlowType="USER_AUTH")
    assert sorted(step["availableChallenges"]) == ["EMAIL_OTP", "PASSWORD", "PASSWORD_SRP", "SMS_OTP"]


@pytest.mark.parametrize("factor", PASSWORDS)
def test_chooses_a_password(factor: str, client: AmplifyChallenges, user: User) -> None:
    assert choose(client, user, factor) == {"signInStep": "CONFIRM_SIGN_IN_WITH_PASSWORD"}
    assert client.confirm(user.password) == DONE
    assert is_signed_in(client, user)


@pytest.mark.parametrize("factor", PASSWORDS)
def test_is_refused_with_a_wrong_password(factor: str, client: AmplifyChallenges, user: User) -> None:
    choose(client, user, factor)
    with pytest.raises(Refused, match="Incorrect username or password"):
        client.confirm(f"{user.password}x")


@pytest.mark.parametrize(("factor", "medium"), CODES)
def test_chooses_a_code(factor: str, medium: str, live: Live, client: AmplifyChallenges, user: User) -> None:
    step = choose(client, user, factor)
    assert step["signInStep"] == f"CONFIRM_SIGN_IN_WITH_{medium}_CODE"
    assert step["codeDeliveryDetails"]["deliveryMedium"] == medium  # type: ignore[index]
    assert client.confirm(challenges.newest_code(live, user, medium)) == DONE
    assert is_signed_in(client, user)


@pytest.mark.parametrize("factor", PASSWORDS)
def test_prefers_a_password(factor: str, client: AmplifyChallenges, user: User) -> None:
    step = client.begin(user.username, user.password, authFlowType="USER_AUTH", preferredChallenge=factor)
    assert step == DONE
    assert is_signed_in(client, user)


@pytest.mark.parametrize(("factor", "medium"), CODES)
def test_prefers_a_code(factor: str, medium: str, live: Live, client: AmplifyChallenges, user: User) -> None:
    step = client.begin(user.username, authFlowType="USER_AUTH", preferredChallenge=factor)
    assert step["signInStep"] == f"CONFIRM_SIGN_IN_WITH_{medium}_CODE"
    code = challenges.newest_code(live, user, medium)
    with pytest.raises(Refused) as refused:
        client.confirm("0" * len(code) if code.strip("0") else "1" * len(code))
    assert refused.value.code == "CodeMismatchException"
    assert client.confirm(code) == DONE
    assert is_signed_in(client, user)


def test_registers_a_passkey_then_prefers_it_and_chooses_it(client: AmplifyChallenges, user: User) -> None:
    client.begin(user.username, user.password)
    client.call("associateWebAuthnCredential")
    client.call("signOut")
    assert client.begin(user.username, authFlowType="USER_AUTH", preferredChallenge="WEB_AUTHN") == DONE
    assert is_signed_in(client, user)
    client.call("signOut")
    assert choose(client, user, "WEB_AUTHN") == DONE
    assert is_signed_in(client, user)


def test_is_refused_with_a_passkey_that_another_site_asked_for(client: AmplifyChallenges, user: User) -> None:
    client.begin(user.username, user.password)
    client.call("associateWebAuthnCredential")
    client.call("signOut")
    assert client.authenticator
    client.authenticator.origin = "https://evil.example"
    with pytest.raises(Refused) as refused:
        client.begin(user.username, authFlowType="USER_AUTH", preferredChallenge="WEB_AUTHN")
    assert refused.value.code == "NotAuthorizedException"


@pytest.mark.parametrize("preferred", ["SMS_OTP", "WEB_AUTHN"])
def test_is_offered_another_way_when_the_preferred_one_cannot_be_had(
    preferred: str, client: AmplifyChallenges, pool: Pool
) -> None:
    user = pool.add_user()
    step = client.begin(user.username, authFlowType="USER_AUTH", preferredChallenge=preferred)
    assert step["signInStep"] == "CONTINUE_SIGN_IN_WITH_FIRST_FACTOR_SELECTION"
    assert preferred not in step["availableChallenges"]
    assert client.confirm("PASSWORD_SRP") == {"signInStep": "CONFIRM_SIGN_IN_WITH_PASSWORD"}
    assert client.confirm(user.password) == DONE
