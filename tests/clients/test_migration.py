"""UserMigration by other vendors' clients: the first sign-in, which shows the password, brings the user."""

import secrets
from collections.abc import Iterator

import pytest
from pycognito import Cognito

from tests import boto, pools
from tests.clients import challenges
from tests.clients import custom_functions as trio
from tests.clients.challenges import AmplifyChallenges, newest_code
from tests.clients.client import DONE, Refused
from tests.clients.conftest import ADMIN, ADMIN_OLD_NAME, PASSWORD, SRP, StartClient
from tests.lambda_api import Functions
from tests.live import Live
from tests.older_directory import OLD, directory, somebody
from tests.pools import App, Pool, User

SHOW_THE_PASSWORD = [
    ("amplify", PASSWORD),
    ("identity-js", PASSWORD),
    ("boto3", PASSWORD),
    ("boto3", ADMIN),
    ("pycognito", ADMIN_OLD_NAME),
]


@pytest.fixture(scope="module")
def live(live_with_functions: Live) -> Live:
    return live_with_functions


@pytest.fixture(scope="module")
def pool(live: Live) -> Pool:
    made = pools.create(boto.over_http(live.config), endpoint=live.config["endpoint"])
    config = Functions().add(UserMigration=trio.watch, PostAuthentication=trio.watch)
    made.cognito.update_user_pool(UserPoolId=made.pool_id, LambdaConfig=config)  # type: ignore[arg-type]
    return made


@pytest.fixture(scope="module")
def app(pool: Pool) -> App:
    return pool.add_app()


@pytest.fixture
def legacy() -> User:
    """Somebody whom only the other directory knows."""
    return somebody()


@pytest.fixture
def functions(functions: Functions, legacy: User) -> Functions:
    functions.add(UserMigration=directory(legacy, status="CONFIRMED"), PostAuthentication=trio.watch)
    return functions


@pytest.fixture
def client(live: Live, pool: Pool, app: App) -> Iterator[AmplifyChallenges]:
    made = challenges.amplify(live, pool, app)
    yield made
    made.close()


def is_known(pool: Pool, user: User) -> bool:
    found = pool.cognito.list_users(UserPoolId=pool.pool_id, Filter=f'username = "{user.username}"')["Users"]
    return bool(found)


@pytest.mark.parametrize(("vendor", "flow"), SHOW_THE_PASSWORD)
def test_the_first_sign_in_brings_the_user_and_the_second_is_by_srp(
    vendor: str, flow: str, pool: Pool, app: App, legacy: User, functions: Functions, start: StartClient
) -> None:
    client = start(vendor, app)
    assert client.sign_in(legacy.username, legacy.password, flow=flow) == DONE
    assert client.attributes()["email"] == legacy.email
    assert is_known(pool, legacy)
    client.sign_out()

    functions.by_name.pop("UserMigration")
    assert client.sign_in(legacy.username, legacy.password, flow=SRP) == DONE
    assert functions.sources.count("UserMigration_Authentication") == 1


@pytest.mark.parametrize(("vendor", "flow"), SHOW_THE_PASSWORD)
def test_a_wrong_password_looks_like_any_unknown_user(
    vendor: str, flow: str, pool: Pool, app: App, legacy: User, functions: Functions, start: StartClient
) -> None:
    client = start(vendor, app)
    for name in (legacy.username, f"nobody-{secrets.token_hex(6)}"):
        with pytest.raises(Refused) as refused:
            client.sign_in(name, "wrong", flow=flow)
        assert (refused.value.code, refused.value.message) == (
            "NotAuthorizedException",
            "Incorrect username or password.",
        )
    assert functions.sources == ["UserMigration_Authentication"] * 2
    assert not is_known(pool, legacy)
    assert client.sign_in(legacy.username, legacy.password, flow=flow) == DONE


def test_srp_brings_nobody(app: App, pool: Pool, legacy: User, functions: Functions, start: StartClient) -> None:
    with pytest.raises(Refused) as refused:
        start("identity-js", app).sign_in(legacy.username, legacy.password, flow=SRP)
    assert refused.value.code == "NotAuthorizedException"
    assert functions.events == []
    assert not is_known(pool, legacy)


# -- aws-amplify -----------------------------------------------------------------------------------------------------
def test_its_metadata_reaches_the_function(client: AmplifyChallenges, legacy: User, functions: Functions) -> None:
    options = {"authFlowType": PASSWORD, "clientMetadata": {"tenant": "first"}}
    assert client.begin(legacy.username, legacy.password, **options) == challenges.DONE
    event = functions.last("UserMigration")
    assert event["userName"] == legacy.username
    assert event["request"] == {"password": OLD, "validationData": {"tenant": "first"}, "clientMetadata": {}}


def test_a_user_who_must_choose_another_password(
    client: AmplifyChallenges, live: Live, legacy: User, functions: Functions
) -> None:
    functions.add(UserMigration=directory(legacy, status="RESET_REQUIRED"))
    step = client.begin(legacy.username, legacy.password, authFlowType=PASSWORD)
    assert step == {"signInStep": "RESET_PASSWORD"}
    recover(client, live, legacy)
    assert "UserMigration_ForgotPassword" not in functions.sources, "the pool knows them already"


def test_a_forgotten_password_brings_the_user(
    client: AmplifyChallenges, live: Live, legacy: User, functions: Functions
) -> None:
    recover(client, live, legacy, metadata={"tenant": "first"})
    event = functions.last("UserMigration")
    assert event["triggerSource"] == "UserMigration_ForgotPassword"
    assert event["request"] == {"validationData": {}, "clientMetadata": {"tenant": "first"}}


def recover(client: AmplifyChallenges, live: Live, user: User, *, metadata: dict[str, str] | None = None) -> None:
    """Have a code sent, choose a password with it, and sign in by SRP."""
    asked = client.call("resetPassword", username=user.username, options={"clientMetadata": metadata})
    assert asked["nextStep"]["resetPasswordStep"] == "CONFIRM_RESET_PASSWORD_WITH_CODE"
    chosen, code = pools.new_password(), newest_code(live, user, "EMAIL")
    client.call("confirmResetPassword", username=user.username, newPassword=chosen, confirmationCode=code)
    assert client.begin(user.username, chosen) == challenges.DONE


# -- pycognito -------------------------------------------------------------------------------------------------------
def test_pycognitos_metadata_goes_with_the_proof_of_the_password(
    live: Live, pool: Pool, app: App, functions: Functions
) -> None:
    """It has no CUSTOM_AUTH; what it tells the functions goes with RespondToAuthChallenge."""
    user = pool.add_user()
    cognito = Cognito(
        pool.pool_id,
        app.client_id,
        username=user.username,
        access_key=live.config["accessKeyId"],
        secret_key=live.config["secretAccessKey"],
        boto3_client_kwargs={"endpoint_url": pool.endpoint},
    )
    cognito.authenticate(user.password, client_metadata={"tenant": "first"})
    assert functions.last("PostAuthentication")["request"]["clientMetadata"] == {"tenant": "first"}
