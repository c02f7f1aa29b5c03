"""CUSTOM_AUTH in both forms by every client that knows it, with functions behind the Lambda Invoke API."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import uuid4

import pytest

from tests import boto, pools
from tests.clients import custom_functions as trio
from tests.clients.challenges import app_code, give_app
from tests.clients.client import DONE, NEW_PASSWORD_REQUIRED, Client, Refused
from tests.clients.custom_auth import (
    CUSTOM_CHALLENGE,
    CUSTOM_FLOWS,
    SOFTWARE_TOKEN_MFA,
    AmplifyCustomAuth,
    Asked,
    Boto3AdminCustomAuth,
    Boto3CustomAuth,
    CustomAuth,
    IdentityJsCustomAuth,
)
from tests.clients.custom_functions import solve
from tests.clients.nodejs import NodeClient
from tests.lambda_api import Event, Functions, Raises
from tests.live import Live
from tests.pools import App, Pool, User

INCORRECT = ("NotAuthorizedException", "Incorrect username or password.")
DEVICES = {"ChallengeRequiredOnNewDevice": False, "DeviceOnlyRememberedOnUserPrompt": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    client: type[Client]
    secret: bool = False


CLIENTS = {
    "amplify": Row(client=AmplifyCustomAuth),
    "identity-js": Row(client=IdentityJsCustomAuth),
    "boto3": Row(client=Boto3CustomAuth),
    "boto3-secret": Row(client=Boto3CustomAuth, secret=True),
    "boto3-admin": Row(client=Boto3AdminCustomAuth),
}
# amazon-cognito-identity-js reads tokens from whatever comes after a code.
KNOW_A_CHALLENGE_AFTER_A_CODE = [vendor for vendor in CLIENTS if vendor != "identity-js"]
IN_A_PAGE = ["amplify", "identity-js"]
Start = Callable[..., Client]


@pytest.fixture(scope="module")
def live(live_with_functions: Live) -> Live:
    return live_with_functions


@pytest.fixture(scope="module")
def pool(live: Live) -> Pool:
    """A pool with the three functions and two that watch, in which users may have an authenticator app."""
    return make_pool(live, "PreAuthentication", "PostAuthentication")


def make_pool(live: Live, *watching: str, **settings: object) -> Pool:
    made = pools.create(boto.over_http(live.config), endpoint=live.config["endpoint"])
    config = Functions().add(
        DefineAuthChallenge=trio.define(),
        CreateAuthChallenge=trio.create,
        VerifyAuthChallengeResponse=trio.verify,
        **dict.fromkeys(watching, trio.watch),
    )
    made.cognito.update_user_pool(UserPoolId=made.pool_id, LambdaConfig=config, **settings)  # type: ignore[arg-type]
    made.cognito.set_user_pool_mfa_config(
        UserPoolId=made.pool_id, MfaConfiguration="OPTIONAL", SoftwareTokenMfaConfiguration={"Enabled": True}
    )
    return made


@pytest.fixture(scope="module")
def apps(pool: Pool) -> dict[bool, App]:
    """An app client for custom authentication, by whether it has a secret."""
    return {secret: pool.add_app(secret=secret, flows=CUSTOM_FLOWS) for secret in (False, True)}


@pytest.fixture(scope="module")
def start_once(live: Live) -> Iterator[Start]:
    """A client of the table for a pool and an app client; a program of its own only where none runs yet."""
    started: dict[tuple[str, str], Client] = {}

    def start(vendor: str, pool: Pool, app: App) -> Client:
        config = live.config
        keys = (config["accessKeyId"], config["secretAccessKey"])
        given = {"pool": pool, "app": app, "region": config["region"], "keys": keys}
        key = (vendor, app.client_id)
        if key not in started:
            started[key] = CLIENTS[vendor].client(**given)
        elif isinstance(running := started[key], NodeClient):
            running.configure()
        return started[key]

    yield start
    for client in started.values():
        client.close()


@pytest.fixture(params=CLIENTS)
def vendor(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def client(vendor: str, start_once: Start, pool: Pool, apps: dict[bool, App]) -> Client:
    return start_once(vendor, pool, apps[CLIENTS[vendor].secret])


@pytest.fixture
def functions(functions: Functions) -> Functions:
    """One CAPTCHA, three tries; a test replaces what its story needs otherwise."""
    functions.add(
        DefineAuthChallenge=trio.define(),
        CreateAuthChallenge=trio.create,
        VerifyAuthChallengeResponse=trio.verify,
        PreAuthentication=trio.watch,
        PostAuthentication=trio.watch,
    )
    return functions


@pytest.fixture
def user(pool: Pool) -> User:
    return pool.add_user()


def is_signed_in(client: CustomAuth, pool: Pool, user: User) -> bool:
    return pool.cognito.get_user(AccessToken=client.tokens().access)["Username"] == user.username


def rounds(event: Event) -> list[tuple[str, bool]]:
    """Name and result of what the function was told of."""
    return [(each["challengeName"], each["challengeResult"]) for each in event["request"]["session"]]


# -- CUSTOM_WITHOUT_SRP --------------------------------------------------------------------------------------------
def test_solves_a_captcha(client: CustomAuth, pool: Pool, user: User, functions: Functions) -> None:
    asked = client.begin(user.username)
    assert asked == Asked(CUSTOM_CHALLENGE, {"captchaUrl": "url/0.jpg", "USERNAME": user.username})
    assert client.answer(solve(asked)).name == DONE
    assert is_signed_in(client, pool, user)


def test_solves_it_at_the_second_try(client: CustomAuth, pool: Pool, user: User, functions: Functions) -> None:
    client.begin(user.username)
    asked = client.answer("wrong")
    assert asked.parameters["captchaUrl"] == "url/1.jpg", "another picture"
    assert client.answer(solve(asked)).name == DONE
    assert is_signed_in(client, pool, user)
    assert rounds(functions.last("Define")) == [(CUSTOM_CHALLENGE, False), (CUSTOM_CHALLENGE, True)]


def test_is_refused_when_the_functions_give_up(client: CustomAuth, user: User, functions: Functions) -> None:
    functions.add(DefineAuthChallenge=trio.define(tries=2))
    client.begin(user.username)
    client.answer("wrong")
    with pytest.raises(Refused) as refused:
        client.answer("wrong again")
    assert (refused.value.code, refused.value.message) == INCORRECT


def test_cannot_tell_an_unknown_user(client: CustomAuth, user: User, functions: Functions) -> None:
    """Asked alike, refused alike; and the right answer is worth nothing to nobody."""
    functions.add(DefineAuthChallenge=trio.define(tries=1))
    nobody = f"nobody-{uuid4()}"
    for name in (user.username, nobody):
        assert client.begin(name) == Asked(CUSTOM_CHALLENGE, {"captchaUrl": "url/0.jpg", "USERNAME": name})
        with pytest.raises(Refused) as refused:
            client.answer("wrong")
        assert (refused.value.code, refused.value.message) == INCORRECT
    asked = client.begin(nobody)
    with pytest.raises(Refused) as refused:
        client.answer(solve(asked))
    assert (refused.value.code, refused.value.message) == INCORRECT


def test_is_told_what_a_function_says(client: CustomAuth, user: User, functions: Functions) -> None:
    def refuse(event: Event) -> Event:
        raise Raises("the picture has expired")

    functions.add(VerifyAuthChallengeResponse=refuse)
    client.begin(user.username)
    with pytest.raises(Refused) as refused:
        client.answer("late")
    assert refused.value.code == "UserLambdaValidationException"
    assert refused.value.message == "VerifyAuthChallengeResponse failed with error the picture has expired."


def test_its_metadata_reaches_the_functions(client: CustomAuth, user: User, functions: Functions) -> None:
    """That of InitiateAuth as ``validationData`` of PreAuthentication, that of an answer as ``clientMetadata``."""
    asked = client.begin(user.username, metadata={"tenant": "first"})
    client.answer(solve(asked), metadata={"tenant": "second"})
    assert functions.last("PreAuthentication")["request"]["validationData"] == {"tenant": "first"}
    assert functions.last("CreateAuthChallenge")["request"]["clientMetadata"] == {}
    for answered in ("VerifyAuthChallengeResponse", "DefineAuthChallenge", "PostAuthentication"):
        assert functions.last(answered)["request"]["clientMetadata"] == {"tenant": "second"}


# -- CUSTOM_WITH_SRP -----------------------------------------------------------------------------------------------
def test_proves_the_password_and_solves_two_captchas(
    client: CustomAuth, pool: Pool, user: User, functions: Functions
) -> None:
    functions.add(DefineAuthChallenge=trio.define(rounds=2))
    first = client.begin(user.username, user.password, metadata={"tenant": "first"})
    second = client.answer(solve(first))
    assert second.parameters["captchaUrl"] != first.parameters["captchaUrl"]
    assert client.answer(solve(second)).name == DONE
    assert is_signed_in(client, pool, user)
    assert rounds(functions.last("Define")) == [
        ("SRP_A", True),
        ("PASSWORD_VERIFIER", True),
        (CUSTOM_CHALLENGE, True),
        (CUSTOM_CHALLENGE, True),
    ]
    assert functions.last("PreAuthentication")["request"]["validationData"] == {"tenant": "first"}


@pytest.mark.parametrize("known", [True, False])
def test_is_refused_with_a_wrong_password(known: bool, client: CustomAuth, user: User, functions: Functions) -> None:
    """Before any CAPTCHA is made."""
    name = user.username if known else f"nobody-{uuid4()}"
    with pytest.raises(Refused) as refused:
        client.begin(name, f"{user.password}x")
    assert (refused.value.code, refused.value.message) == INCORRECT
    assert "CreateAuthChallenge_Authentication" not in functions.sources


def test_replaces_a_temporary_password_first(client: CustomAuth, pool: Pool, functions: Functions) -> None:
    user = pool.add_user(temporary=True)
    assert client.begin(user.username, user.password).name == NEW_PASSWORD_REQUIRED
    asked = client.answer(pools.new_password())
    assert client.answer(solve(asked)).name == DONE
    assert is_signed_in(client, pool, user)


@pytest.mark.parametrize("vendor", KNOW_A_CHALLENGE_AFTER_A_CODE, indirect=True)
def test_gives_the_code_of_an_app_in_between(
    client: CustomAuth, pool: Pool, apps: dict[bool, App], user: User, functions: Functions
) -> None:
    secret = give_app(pool, apps[False], user)
    assert client.begin(user.username, user.password).name == SOFTWARE_TOKEN_MFA
    asked = client.answer(app_code(secret, later=1))
    assert client.answer(solve(asked)).name == DONE
    assert is_signed_in(client, pool, user)
    assert [name for name, _ in rounds(functions.last("Define"))] == [
        "SRP_A",
        "PASSWORD_VERIFIER",
        SOFTWARE_TOKEN_MFA,
        CUSTOM_CHALLENGE,
    ]


@pytest.mark.parametrize("vendor", ["identity-js"], indirect=True)
def test_does_not_know_a_captcha_after_a_code(
    client: CustomAuth, pool: Pool, apps: dict[bool, App], user: User, functions: Functions
) -> None:
    secret = give_app(pool, apps[False], user)
    assert client.begin(user.username, user.password).name == SOFTWARE_TOKEN_MFA
    with pytest.raises(Refused) as refused:
        client.answer(app_code(secret, later=1))
    assert refused.value.code == "TypeError"


@pytest.mark.parametrize("vendor", ["identity-js"], indirect=True)
def test_gives_the_code_of_an_app_last(
    client: CustomAuth, pool: Pool, apps: dict[bool, App], user: User, functions: Functions
) -> None:
    functions.add(DefineAuthChallenge=trio.define(rounds=0))
    secret = give_app(pool, apps[False], user)
    assert client.begin(user.username, user.password).name == SOFTWARE_TOKEN_MFA
    assert client.answer(app_code(secret, later=1)).name == DONE
    assert is_signed_in(client, pool, user)


# -- Devices -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("vendor", IN_A_PAGE)
def test_proves_its_device_after_the_captcha(vendor: str, live: Live, start_once: Start, functions: Functions) -> None:
    pool = make_pool(live, "PreTokenGeneration", DeviceConfiguration=DEVICES)
    functions.add(PreTokenGeneration=trio.watch)
    client, user = start_once(vendor, pool, pool.add_app(flows=CUSTOM_FLOWS)), pool.add_user()
    for source in ("TokenGeneration_Authentication", "TokenGeneration_AuthenticateDevice"):
        assert client.answer(solve(client.begin(user.username))).name == DONE
        assert functions.last("TokenGeneration")["triggerSource"] == source
        client.sign_out()
