"""Second factors by aws-amplify, and an authenticator app by pycognito too."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pycognito import Cognito
from pycognito.exceptions import SoftwareTokenMFAChallengeException

from tests import boto, pools
from tests.clients import challenges
from tests.clients.challenges import DONE, AmplifyChallenges, app_code, newest_code
from tests.clients.client import Refused
from tests.live import Live
from tests.pools import App, Pool, User

TOTP = {"SoftwareTokenMfaConfiguration": {"Enabled": True}}
EMAIL = {"EmailMfaConfiguration": {"Message": "Your code is {####}", "Subject": "Code"}}
SMS = {"SmsMfaConfiguration": {"SmsConfiguration": challenges.SNS}}
APP_STEP = {"signInStep": "CONFIRM_SIGN_IN_WITH_TOTP_CODE"}
StartAmplify = Callable[[Pool, App], AmplifyChallenges]


def make_pool(live: Live, mode: str, **factors: Any) -> Pool:
    made = pools.create(boto.over_http(live.config), endpoint=live.config["endpoint"])
    made.cognito.update_user_pool(UserPoolId=made.pool_id, EmailConfiguration=challenges.SES)  # type: ignore[arg-type]
    made.cognito.set_user_pool_mfa_config(UserPoolId=made.pool_id, MfaConfiguration=mode, **factors)  # type: ignore[arg-type]
    return made


@pytest.fixture(scope="module")
def pool(live: Live) -> Pool:
    """A pool in which users may have every second factor."""
    return make_pool(live, "OPTIONAL", **TOTP, **EMAIL, **SMS)


@pytest.fixture(scope="module")
def app(pool: Pool) -> App:
    return pool.add_app()


@pytest.fixture(scope="module")
def strict_pool(live: Live) -> Pool:
    """A pool that requires an authenticator app."""
    return make_pool(live, "ON", **TOTP)


@pytest.fixture
def start_amplify(live: Live) -> Iterator[StartAmplify]:
    started: list[AmplifyChallenges] = []

    def start(pool: Pool, app: App) -> AmplifyChallenges:
        started.append(challenges.amplify(live, pool, app))
        return started[-1]

    yield start
    for client in started:
        client.close()


@pytest.fixture
def client(start_amplify: StartAmplify, pool: Pool, app: App) -> AmplifyChallenges:
    return start_amplify(pool, app)


@pytest.fixture
def user(pool: Pool) -> User:
    """Somebody with a telephone, an e-mail address and no second factor."""
    made = pool.add_user()
    challenges.give_telephone(pool, made)
    return made


def test_sets_up_an_app_while_signing_in(start_amplify: StartAmplify, strict_pool: Pool) -> None:
    user, app = strict_pool.add_user(), strict_pool.add_app()
    client = start_amplify(strict_pool, app)
    step = client.begin(user.username, user.password)
    assert step["signInStep"] == "CONTINUE_SIGN_IN_WITH_TOTP_SETUP"
    secret = step["totpSetupDetails"]["sharedSecret"]
    assert client.confirm(app_code(secret)) == DONE
    client.call("signOut")
    assert client.begin(user.username, user.password) == APP_STEP
    assert client.confirm(app_code(secret, later=1)) == DONE


def test_sets_up_an_app_when_signed_in(client: AmplifyChallenges, user: User) -> None:
    client.begin(user.username, user.password)
    secret = client.call("setUpTOTP")
    first = app_code(secret)
    client.call("verifyTOTPSetup", code=first)
    client.call("updateMFAPreference", totp="PREFERRED")
    assert client.call("fetchMFAPreference") == {"enabled": ["TOTP"], "preferred": "TOTP"}
    client.call("signOut")

    assert client.begin(user.username, user.password) == APP_STEP
    with pytest.raises(Refused) as refused:
        client.confirm(first)
    assert refused.value.code == "ExpiredCodeException", "a code is good once"
    assert client.confirm(app_code(secret, later=1)) == DONE


@pytest.mark.parametrize(("factor", "medium"), [("sms", "SMS"), ("email", "EMAIL")])
def test_gives_a_code(factor: str, medium: str, live: Live, client: AmplifyChallenges, user: User) -> None:
    client.begin(user.username, user.password)
    client.call("updateMFAPreference", **{factor: "ENABLED"})
    client.call("signOut")
    step = client.begin(user.username, user.password)
    assert step["signInStep"] == f"CONFIRM_SIGN_IN_WITH_{medium}_CODE"
    assert step["codeDeliveryDetails"]["deliveryMedium"] == medium
    assert client.confirm(newest_code(live, user, medium)) == DONE


@pytest.mark.parametrize("medium", ["SMS", "EMAIL"])
def test_chooses_among_several(medium: str, live: Live, client: AmplifyChallenges, user: User) -> None:
    client.begin(user.username, user.password)
    client.call("updateMFAPreference", sms="ENABLED", email="ENABLED")
    client.call("signOut")
    step = client.begin(user.username, user.password)
    assert step["signInStep"] == "CONTINUE_SIGN_IN_WITH_MFA_SELECTION"
    assert sorted(step["allowedMFATypes"]) == ["EMAIL", "SMS"]
    assert client.confirm(medium)["signInStep"] == f"CONFIRM_SIGN_IN_WITH_{medium}_CODE"
    assert client.confirm(newest_code(live, user, medium)) == DONE


def test_chooses_the_app(client: AmplifyChallenges, user: User) -> None:
    client.begin(user.username, user.password)
    secret = client.call("setUpTOTP")
    client.call("verifyTOTPSetup", code=app_code(secret))
    client.call("updateMFAPreference", totp="ENABLED", sms="ENABLED")
    client.call("signOut")
    step = client.begin(user.username, user.password)
    assert sorted(step["allowedMFATypes"]) == ["SMS", "TOTP"]
    assert client.confirm("TOTP") == APP_STEP
    assert client.confirm(app_code(secret, later=1)) == DONE


def test_chooses_what_to_set_up(live: Live, start_amplify: StartAmplify) -> None:
    """MFA_SETUP with a choice: an e-mail address for who has none, or an app."""
    pool = make_pool(live, "ON", **TOTP, **EMAIL)
    user = pool.add_user()
    pool.cognito.admin_delete_user_attributes(
        UserPoolId=pool.pool_id, Username=user.username, UserAttributeNames=["email"]
    )
    client = start_amplify(pool, pool.add_app())
    step = client.begin(user.username, user.password)
    assert step["signInStep"] == "CONTINUE_SIGN_IN_WITH_MFA_SETUP_SELECTION"
    assert sorted(step["allowedMFATypes"]) == ["EMAIL", "TOTP"]
    assert client.confirm("EMAIL") == {"signInStep": "CONTINUE_SIGN_IN_WITH_EMAIL_SETUP"}
    assert client.confirm(user.email)["signInStep"] == "CONFIRM_SIGN_IN_WITH_EMAIL_CODE"
    assert client.confirm(newest_code(live, user, "EMAIL")) == DONE


def test_pycognito_sets_up_an_app_and_gives_its_code(live: Live, pool: Pool, app: App, user: User) -> None:
    def start() -> Cognito:
        return Cognito(
            pool.pool_id,
            app.client_id,
            username=user.username,
            access_key=live.config["accessKeyId"],
            secret_key=live.config["secretAccessKey"],
            boto3_client_kwargs={"endpoint_url": pool.endpoint},
        )

    first = start()
    first.authenticate(user.password)
    secret = first.associate_software_token()
    assert first.verify_software_token(app_code(secret), "Telephone")
    first.set_user_mfa_preference(sms_mfa=False, software_token_mfa=True, preferred="SOFTWARE_TOKEN")

    second = start()
    with pytest.raises(SoftwareTokenMFAChallengeException):
        second.authenticate(user.password)
    second.respond_to_software_token_mfa_challenge(app_code(secret, later=1))
    assert pool.cognito.get_user(AccessToken=second.access_token)["PreferredMfaSetting"] == "SOFTWARE_TOKEN_MFA"
