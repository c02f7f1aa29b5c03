"""Devices: aws-amplify and pycognito prove by SRP the one that they signed in on before."""

from collections.abc import Callable, Iterator

import jwt
import pytest
from pycognito import Cognito
from pycognito.aws_srp import AWSSRP, generate_hash_device
from pycognito.exceptions import SoftwareTokenMFAChallengeException

from tests import boto, pools
from tests.clients import challenges
from tests.clients.challenges import CHOICE_FLOWS, DONE, AmplifyChallenges, app_code
from tests.live import Live
from tests.pools import App, Pool, User

APP_STEP = {"signInStep": "CONFIRM_SIGN_IN_WITH_TOTP_CODE"}
OPT_IN = {"ChallengeRequiredOnNewDevice": True, "DeviceOnlyRememberedOnUserPrompt": True}
ALWAYS = {"ChallengeRequiredOnNewDevice": True, "DeviceOnlyRememberedOnUserPrompt": False}
MFA_ALWAYS = {"ChallengeRequiredOnNewDevice": False, "DeviceOnlyRememberedOnUserPrompt": False}
WAYS = {
    "srp": {"authFlowType": "USER_SRP_AUTH"},
    "password": {"authFlowType": "USER_PASSWORD_AUTH"},
    "choice": {"authFlowType": "USER_AUTH", "preferredChallenge": "PASSWORD_SRP"},
}
StartAmplify = Callable[[Pool], AmplifyChallenges]
MakePool = Callable[[dict[str, bool]], Pool]


@pytest.fixture(scope="module")
def make_pool(live: Live) -> MakePool:
    """A pool with these devices, in which users may have an authenticator app."""

    def make(devices: dict[str, bool]) -> Pool:
        made = pools.create(boto.over_http(live.config), endpoint=live.config["endpoint"])
        made.cognito.update_user_pool(UserPoolId=made.pool_id, DeviceConfiguration=devices)  # type: ignore[arg-type]
        made.cognito.set_user_pool_mfa_config(
            UserPoolId=made.pool_id,
            MfaConfiguration="OPTIONAL",
            SoftwareTokenMfaConfiguration={"Enabled": True},
        )
        return made

    return make


@pytest.fixture(scope="module")
def opt_in(make_pool: MakePool) -> Pool:
    """A pool that remembers a device when its user says so; a remembered one spares the second factor."""
    return make_pool(OPT_IN)


@pytest.fixture
def start_amplify(live: Live) -> Iterator[StartAmplify]:
    started: list[AmplifyChallenges] = []

    def start(pool: Pool) -> AmplifyChallenges:
        started.append(challenges.amplify(live, pool, pool.add_app(flows=CHOICE_FLOWS)))
        return started[-1]

    yield start
    for client in started:
        client.close()


def set_up_app(client: AmplifyChallenges, user: User) -> str:
    """Sign in, ask for an authenticator app from now on, sign out; returns its secret. The device is known then."""
    assert client.begin(user.username, user.password) == DONE
    secret = str(client.call("setUpTOTP"))
    client.call("verifyTOTPSetup", code=app_code(secret))
    client.call("updateMFAPreference", totp="PREFERRED")
    client.call("signOut")
    return secret


def device_of(access_token: str) -> str:
    """The device that the tokens are bound to."""
    return str(jwt.decode(access_token, options={"verify_signature": False})["device_key"])


@pytest.mark.parametrize("way", WAYS)
def test_a_remembered_device_spares_the_code(way: str, start_amplify: StartAmplify, opt_in: Pool) -> None:
    client, user = start_amplify(opt_in), opt_in.add_user()
    secret = set_up_app(client, user)
    assert client.begin(user.username, user.password, **WAYS[way]) == APP_STEP, "known, but not remembered"
    assert client.confirm(app_code(secret, later=1)) == DONE
    client.call("rememberDevice")
    client.call("signOut")

    assert client.begin(user.username, user.password, **WAYS[way]) == DONE
    (device,) = client.call("fetchDevices")
    assert device_of(client.tokens().access) == device["id"]


def test_elsewhere_the_code_is_asked(start_amplify: StartAmplify, opt_in: Pool) -> None:
    client, user = start_amplify(opt_in), opt_in.add_user()
    secret = set_up_app(client, user)
    client.begin(user.username, user.password)
    client.confirm(app_code(secret, later=1))
    client.call("rememberDevice")
    assert start_amplify(opt_in).begin(user.username, user.password) == APP_STEP


def test_a_forgotten_device_spares_nothing(start_amplify: StartAmplify, opt_in: Pool) -> None:
    client, user = start_amplify(opt_in), opt_in.add_user()
    client.begin(user.username, user.password)
    client.call("rememberDevice")
    client.call("signOut")
    set_up_app(client, user)
    assert client.begin(user.username, user.password) == DONE
    client.call("forgetDevice")
    client.call("signOut")
    assert client.begin(user.username, user.password) == APP_STEP


def test_a_pool_may_remember_every_device(start_amplify: StartAmplify, make_pool: MakePool) -> None:
    pool = make_pool(ALWAYS)
    client, user = start_amplify(pool), pool.add_user()
    set_up_app(client, user)
    assert client.begin(user.username, user.password) == DONE


def test_a_device_may_have_to_prove_itself_after_the_code(start_amplify: StartAmplify, make_pool: MakePool) -> None:
    pool = make_pool(MFA_ALWAYS)
    client, user = start_amplify(pool), pool.add_user()
    secret = set_up_app(client, user)
    assert client.begin(user.username, user.password) == APP_STEP
    assert client.confirm(app_code(secret, later=1)) == DONE
    (device,) = client.call("fetchDevices")
    assert device_of(client.tokens().access) == device["id"]


def test_pycognito_proves_a_remembered_device(live: Live, opt_in: Pool) -> None:
    """Its ``confirm_device`` and ``update_device_status`` post to AWS whatever the endpoint; boto3 does both here."""
    user, app, cognito = opt_in.add_user(), opt_in.add_app(), opt_in.cognito
    signed_in = srp(opt_in, app, user).authenticate_user()["AuthenticationResult"]
    token, given = signed_in["AccessToken"], signed_in["NewDeviceMetadata"]
    secret, verifier = generate_hash_device(given["DeviceGroupKey"], given["DeviceKey"])
    confirmed = cognito.confirm_device(
        AccessToken=token,
        DeviceKey=given["DeviceKey"],
        DeviceName="Telephone",
        DeviceSecretVerifierConfig=verifier,
    )
    assert confirmed["UserConfirmationNecessary"]
    device = {
        "device_key": given["DeviceKey"],
        "device_group_key": given["DeviceGroupKey"],
        "device_password": secret,
    }
    turn_on_app(opt_in, app, user, live)
    with pytest.raises(SoftwareTokenMFAChallengeException):
        srp(opt_in, app, user, **device).authenticate_user()

    cognito.update_device_status(AccessToken=token, DeviceKey=given["DeviceKey"], DeviceRememberedStatus="remembered")
    done = srp(opt_in, app, user, **device).authenticate_user()["AuthenticationResult"]
    assert device_of(done["AccessToken"]) == given["DeviceKey"]
    assert "NewDeviceMetadata" not in done
    with pytest.raises(cognito.exceptions.NotAuthorizedException):
        srp(opt_in, app, user, **device | {"device_password": "another"}).authenticate_user()


def srp(pool: Pool, app: App, user: User, **device: str) -> AWSSRP:
    return AWSSRP(
        username=user.username,
        password=user.password,
        pool_id=pool.pool_id,
        client_id=app.client_id,
        client=pool.cognito,
        **device,
    )


def turn_on_app(pool: Pool, app: App, user: User, live: Live) -> None:
    """An authenticator app, preferred from now on."""
    session = Cognito(
        pool.pool_id,
        app.client_id,
        username=user.username,
        access_key=live.config["accessKeyId"],
        secret_key=live.config["secretAccessKey"],
        boto3_client_kwargs={"endpoint_url": pool.endpoint},
    )
    session.authenticate(user.password)
    assert session.verify_software_token(app_code(session.associate_software_token()), "Telephone")
    session.set_user_mfa_preference(sms_mfa=False, software_token_mfa=True, preferred="SOFTWARE_TOKEN")
