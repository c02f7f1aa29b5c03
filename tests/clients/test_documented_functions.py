"""The examples of AWS's documents, as they are written there, behind the Lambda Invoke API: ``node/lambdas/``."""

from collections.abc import Callable, Iterator

import pytest
from pycognito.aws_srp import AWSSRP

from tests import boto, pools
from tests.clients import node_lambdas
from tests.clients.challenges import DONE, AmplifyChallenges
from tests.clients.client import Client, Refused
from tests.clients.custom_auth import (
    CUSTOM_CHALLENGE,
    CUSTOM_FLOWS,
    AmplifyCustomAuth,
    Asked,
    Boto3CustomAuth,
    IdentityJsCustomAuth,
)
from tests.live import Live
from tests.pools import Pool, User

CAPTCHA = {"define": "captcha-define", "create": "captcha-create", "verify": "captcha-verify"}
SRP_A = {"define": "srp-a-define", "create": "srp-a-create", "verify": "captcha-verify"}
DUMMY = "dummyPassword"  # as the document has it
INCORRECT = ("NotAuthorizedException", "Incorrect username or password.")
Start = Callable[[type[Client], Pool], Client]


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    with (
        node_lambdas.running() as url,
        Live(tmp_path_factory.mktemp("documented-functions"), LAMBDA_ENDPOINT_URL=url) as server,
    ):
        yield server


def make_pool(live: Live, **names: str) -> Pool:
    made = pools.create(boto.over_http(live.config), endpoint=live.config["endpoint"])
    made.cognito.update_user_pool(UserPoolId=made.pool_id, LambdaConfig=node_lambdas.config(**names))  # type: ignore[arg-type]
    return made


@pytest.fixture(scope="module")
def captcha(live: Live) -> Pool:
    return make_pool(live, **CAPTCHA)


@pytest.fixture(scope="module")
def srp_a(live: Live) -> Pool:
    return make_pool(live, **SRP_A)


@pytest.fixture
def start(live: Live) -> Iterator[Start]:
    started: list[Client] = []

    def start_client(client: type[Client], pool: Pool) -> Client:
        config = live.config
        keys = (config["accessKeyId"], config["secretAccessKey"])
        app = pool.add_app(flows=CUSTOM_FLOWS)
        started.append(client(pool=pool, app=app, region=config["region"], keys=keys))
        return started[-1]

    yield start_client
    for client in started:
        client.close()


def asked(user: User) -> Asked:
    return Asked(CUSTOM_CHALLENGE, {"captchaUrl": "url/123.jpg", "USERNAME": user.username})


# -- The CAPTCHA ---------------------------------------------------------------------------------------------------
def test_amplify_solves_the_captcha(start: Start, captcha: Pool) -> None:
    client, user = start(AmplifyChallenges, captcha), captcha.add_user()
    step = client.begin(user.username, authFlowType="CUSTOM_WITHOUT_SRP")
    assert step == {
        "signInStep": "CONFIRM_SIGN_IN_WITH_CUSTOM_CHALLENGE",
        "additionalInfo": {"captchaUrl": "url/123.jpg", "USERNAME": user.username},
    }
    assert client.confirm("5") == DONE
    assert captcha.cognito.get_user(AccessToken=client.tokens().access)["Username"] == user.username
    client.call("signOut")

    client.begin(user.username, authFlowType="CUSTOM_WITHOUT_SRP")
    with pytest.raises(Refused) as refused:
        client.confirm("4")
    assert (refused.value.code, refused.value.message) == INCORRECT


@pytest.mark.parametrize("kind", [IdentityJsCustomAuth, Boto3CustomAuth])
def test_others_solve_it_too(kind: type[Client], start: Start, captcha: Pool) -> None:
    client, user = start(kind, captcha), captcha.add_user()
    assert client.begin(user.username) == asked(user)
    assert client.answer("5").name == "DONE"
    client.begin(user.username)
    with pytest.raises(Refused) as refused:
        client.answer("4")
    assert (refused.value.code, refused.value.message) == INCORRECT


def test_its_define_function_takes_srp_for_a_solved_captcha(start: Start, captcha: Pool) -> None:
    """Why docs/clients.md says not to copy it: what has passed is not looked at, and SRP_A always passes."""
    client, user = start(Boto3CustomAuth, captcha), captcha.add_user()
    assert client.begin(user.username, DUMMY).name == "DONE"


# -- SRP_A becomes CUSTOM_CHALLENGE ----------------------------------------------------------------------------------
def test_boto3_begins_as_awsmobileclient_does(start: Start, srp_a: Pool) -> None:
    client, user = start(Boto3CustomAuth, srp_a), srp_a.add_user()
    assert client.begin(user.username, DUMMY) == asked(user)
    assert client.answer("5").name == "DONE"
    assert client.attributes()["email"] == user.email
    client.begin(user.username, DUMMY)
    with pytest.raises(Refused) as refused:
        client.answer("4")
    assert (refused.value.code, refused.value.message) == INCORRECT


def test_identity_js_does_so_by_auth_parameters(start: Start, srp_a: Pool) -> None:
    """Its ``authenticateUser`` asks for the password's proof whatever comes; ``initiateAuth`` does not."""
    client, user = start(IdentityJsCustomAuth, srp_a), srp_a.add_user()
    srp = AWSSRP(username=user.username, password=DUMMY, pool_id=srp_a.pool_id, client_id="any", client=object())
    parameters = {"SRP_A": srp.get_auth_params()["SRP_A"], "CHALLENGE_NAME": "SRP_A"}
    assert client.begin_with(user.username, parameters) == asked(user)
    assert client.answer("5").name == "DONE"
    assert client.attributes()["email"] == user.email


@pytest.mark.parametrize(
    ("kind", "code"),
    [(AmplifyCustomAuth, "EmptyUserIdForSRPException"), (IdentityJsCustomAuth, "ERR_INVALID_ARG_TYPE")],
)
def test_clients_that_expect_the_proof_of_the_password(
    kind: type[Client], code: str, start: Start, srp_a: Pool
) -> None:
    """CUSTOM_WITH_SRP and ``authenticateUser`` go on to it unasked; neither names what came instead."""
    client, user = start(kind, srp_a), srp_a.add_user()
    with pytest.raises(Refused) as refused:
        client.begin(user.username, DUMMY)
    assert refused.value.code == code


def test_without_srp_it_fails(start: Start, srp_a: Pool) -> None:
    """The function counts the entries, and there is none."""
    client, user = start(Boto3CustomAuth, srp_a), srp_a.add_user()
    with pytest.raises(Refused) as refused:
        client.begin(user.username)
    assert (refused.value.code, refused.value.message) == INCORRECT


# -- Errors ----------------------------------------------------------------------------------------------------------
def test_an_error_of_the_function_reaches_the_client(live: Live, start: Start) -> None:
    pool = make_pool(live, **CAPTCHA | {"verify": "captcha-expired"})
    client, user = start(Boto3CustomAuth, pool), pool.add_user()
    client.begin(user.username)
    with pytest.raises(Refused) as refused:
        client.answer("5")
    assert refused.value.code == "UserLambdaValidationException"
    assert refused.value.message == "VerifyAuthChallengeResponse failed with error the picture has expired."


def test_a_function_that_is_not_there(live: Live, start: Start) -> None:
    pool = make_pool(live, **CAPTCHA | {"define": "no-such-function"})
    client, user = start(Boto3CustomAuth, pool), pool.add_user()
    with pytest.raises(Refused) as refused:
        client.begin(user.username)
    assert refused.value.code == "UnexpectedLambdaException"
    assert refused.value.message == "DefineAuthChallenge invocation failed due to error ResourceNotFoundException."
