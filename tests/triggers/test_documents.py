"""The functions of AWS's own documents, as written, behind the embedded pool: Amplify's "CAPTCHA-based authentication"
and AWSMobileClient's "Lambda Trigger Setup"."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError
from pycognito.aws_srp import AWSSRP
from pytest_django import Settings

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient

pytestmark = [pytest.mark.clients, pytest.mark.django_db(transaction=True)]
ARN = "arn:aws:lambda:us-east-1:123456789012:function:"
HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def node() -> Iterator[str]:
    """The URL of a Node.js with the functions."""
    command = ["node", str(HERE / "documents" / "serve.mjs")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdin
        yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
        process.stdin.close()


@pytest.fixture
def pool(cognito: "CognitoIdentityProviderClient", settings: Settings, node: str) -> dict[str, str]:
    settings.LAMBDA_ENDPOINT_URL = node
    pool_id = cognito.create_user_pool(PoolName="Documents")["UserPool"]["Id"]
    client = cognito.create_user_pool_client(
        UserPoolId=pool_id, ClientName="c", ExplicitAuthFlows=["ALLOW_CUSTOM_AUTH"]
    )
    cognito.admin_create_user(UserPoolId=pool_id, Username="anna", MessageAction="SUPPRESS")
    cognito.admin_set_user_password(UserPoolId=pool_id, Username="anna", Password="The-real-0ne!", Permanent=True)
    return {"pool_id": pool_id, "client_id": client["UserPoolClient"]["ClientId"]}


def wire(cognito: "CognitoIdentityProviderClient", pool: dict[str, str], *, define: str, create: str) -> None:
    cognito.update_user_pool(
        UserPoolId=pool["pool_id"],
        LambdaConfig={
            "DefineAuthChallenge": f"{ARN}{define}",
            "CreateAuthChallenge": f"{ARN}{create}",
            "VerifyAuthChallengeResponse": f"{ARN}verify-auth-challenge-response",
        },
    )


def answer(cognito: "CognitoIdentityProviderClient", pool: dict[str, str], asked: Any, text: str) -> Any:
    return cognito.respond_to_auth_challenge(
        ClientId=pool["client_id"],
        ChallengeName="CUSTOM_CHALLENGE",
        Session=asked["Session"],
        ChallengeResponses={"USERNAME": "anna", "ANSWER": text},
    )


def begin(cognito: "CognitoIdentityProviderClient", pool: dict[str, str], **parameters: str) -> Any:
    asked = cognito.initiate_auth(
        ClientId=pool["client_id"], AuthFlow="CUSTOM_AUTH", AuthParameters={"USERNAME": "anna", **parameters}
    )
    assert asked["ChallengeName"] == "CUSTOM_CHALLENGE"
    assert asked["ChallengeParameters"]["captchaUrl"] == "url/123.jpg"
    assert "answer" not in asked["ChallengeParameters"]
    return asked


def test_amplifys_captcha(cognito: "CognitoIdentityProviderClient", pool: dict[str, str]) -> None:
    wire(cognito, pool, define="define-auth-challenge", create="create-auth-challenge")
    assert answer(cognito, pool, begin(cognito, pool), "5")["AuthenticationResult"]["AccessToken"]
    with pytest.raises(ClientError, match=r"NotAuthorizedException.*Incorrect username or password\."):
        answer(cognito, pool, begin(cognito, pool), "6")


def test_awsmobileclients_dummy_password(cognito: "CognitoIdentityProviderClient", pool: dict[str, str]) -> None:
    wire(cognito, pool, define="awsmobileclient-define", create="always-create")
    srp = AWSSRP(username="anna", password="dummyPassword", **pool, client=cognito).get_auth_params()
    asked = begin(cognito, pool, SRP_A=srp["SRP_A"], CHALLENGE_NAME="SRP_A")
    assert answer(cognito, pool, asked, "5")["AuthenticationResult"]["AccessToken"]
    with pytest.raises(ClientError, match="NotAuthorizedException"):
        answer(cognito, pool, begin(cognito, pool, SRP_A=srp["SRP_A"], CHALLENGE_NAME="SRP_A"), "6")


def test_awsmobileclients_define_lets_nobody_in_without_srp(
    cognito: "CognitoIdentityProviderClient", pool: dict[str, str]
) -> None:
    wire(cognito, pool, define="awsmobileclient-define", create="always-create")
    with pytest.raises(ClientError, match="NotAuthorizedException"):
        begin(cognito, pool)
