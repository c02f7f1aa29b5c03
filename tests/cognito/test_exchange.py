"""One request, one answer, or one CognitoError: nothing is sent twice and nothing is misunderstood."""

import json
import logging
import time
from typing import Any

import pytest
from pytest_django import Settings

from flows.cognito import account, auth, connection
from flows.cognito.errors import BAD_ANSWER, NO_ANSWER, NO_CREDENTIALS, UNREACHABLE, CognitoError
from flows.cognito.exchange import perform
from flows.cognito.outcome import Challenge, SignedIn
from flows.terms import AuthFlow, ChallengeName
from tests.cognito import stub as stubs
from tests.cognito.stub import Answer, Stub, refusal

TOKENS = {"IdToken": "i", "AccessToken": "a", "RefreshToken": "r", "ExpiresIn": 3600, "TokenType": "Bearer"}


def initiate() -> Any:
    return auth.initiate(AuthFlow.USER_PASSWORD_AUTH, {"USERNAME": "alice", "PASSWORD": "canary-password"})


def failure() -> CognitoError:
    with pytest.raises(CognitoError) as raised:
        initiate()
    return raised.value


@pytest.mark.parametrize(
    "code", ["TooManyRequestsException", "LimitExceededException", "InternalErrorException", "NotAuthorizedException"]
)
def test_t135_nothing_is_sent_twice(stub: Stub, code: str) -> None:
    """botocore 1.44 by itself sends three times for the first two."""
    stub.answers["*"] = refusal(code, status=500 if code.startswith("Internal") else 400)
    assert failure().code == code
    assert len(stub.requests) == 1


def test_t134_a_time_out_is_told_and_not_repeated(stub: Stub) -> None:
    stub.answers["RespondToAuthChallenge"] = Answer(hang=6)
    started = time.monotonic()
    with pytest.raises(CognitoError) as raised:
        auth.respond(ChallengeName.NEW_PASSWORD_REQUIRED, {"USERNAME": "alice"}, session="s" * 20)
    assert raised.value.code == NO_ANSWER
    assert time.monotonic() - started < 10, "five seconds, and not twice"
    assert stub.count("RespondToAuthChallenge") == 1


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (Answer(status=502, body=b"<html>Bad gateway</html>", content_type="text/html"), "502"),
        (Answer(status=500, body=b""), "500"),
        (Answer(cut=True), NO_ANSWER),
        (refusal("InternalErrorException", status=500), "InternalErrorException"),
    ],
)
def test_t136_a_server_that_fails(stub: Stub, answer: Answer, code: str) -> None:
    stub.answers["*"] = answer
    assert failure().code == code


def test_t136_nobody_is_listening(stub: Stub, settings: Settings) -> None:
    settings.COGNITO_CONNECTION = f"{__name__}.nowhere"
    assert failure().code == UNREACHABLE


def nowhere() -> dict[str, Any]:
    """A name that does not resolve (RFC 6761)."""
    return {
        "client_secret": None,
        "user_pool_id": "us-east-1_Nowhere01",
        "client_id": "nowhere",
        "region": "us-east-1",
        "endpoint_url": "http://pool.invalid",
        "issuer": "http://pool.invalid/us-east-1_Nowhere01",
        "jwks_uri": "http://pool.invalid/us-east-1_Nowhere01/.well-known/jwks.json",
    }


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b'{"AuthenticationResult": {"IdTo',
        b"<html>captive portal</html>",
        b"[]",
        b'"text"',
        b"null",
        b"7",
        b"\xff\xfe",
        json.dumps({"AuthenticationResult": {}}).encode(),
        json.dumps({"AuthenticationResult": "yes"}).encode(),
        json.dumps({"AuthenticationResult": {"IdToken": "i"}}).encode(),
        json.dumps({"AuthenticationResult": {"IdToken": "i", "AccessToken": "a"}}).encode(),
        json.dumps({"AuthenticationResult": TOKENS, "ChallengeName": "SMS_MFA"}).encode(),
    ],
)
def test_t137_t138_an_answer_that_says_neither_yes_nor_no(stub: Stub, body: bytes) -> None:
    stub.answers["*"] = Answer(body=body)
    assert failure().code == BAD_ANSWER


def test_tokens(stub: Stub) -> None:
    stub.answers["*"] = Answer(body=json.dumps({"AuthenticationResult": TOKENS, "ChallengeParameters": {}}).encode())
    outcome = initiate()
    assert isinstance(outcome, SignedIn)
    assert (outcome.tokens.id_token, outcome.tokens.expires_in) == ("i", 3600)
    assert "'a'" not in repr(outcome)


def test_a_challenge_that_nobody_knows_is_passed_on_by_name(stub: Stub) -> None:
    stub.answers["*"] = Answer(body=json.dumps({"ChallengeName": "TELEPATHY", "Session": "s" * 20}).encode())
    assert initiate() == Challenge(name="TELEPATHY", session="s" * 20)


def test_a_refusal_keeps_code_text_and_request_id(stub: Stub) -> None:
    stub.answers["*"] = refusal("NotAuthorizedException", "Incorrect username or password.")
    error = failure()
    assert (error.code, error.message) == ("NotAuthorizedException", "Incorrect username or password.")
    assert error.request_id == "request-1"


def test_t154_nothing_that_was_typed_is_in_an_error_or_a_log(stub: Stub, caplog: pytest.LogCaptureFixture) -> None:
    """botocore logs whole requests at DEBUG, and its ParamValidationError repeats the value that it rejects."""
    logging.getLogger("botocore").setLevel(logging.WARNING)  # as settings.LOGGING has it
    caplog.set_level(logging.DEBUG, logger="flows")
    with pytest.raises(CognitoError) as raised:
        perform("GetUser", {"AccessToken": {"canary-token": 1}}, connection=connection.current())
    assert raised.value.code == "InvalidParameterException"
    assert raised.value.__suppress_context__
    stub.answers["*"] = refusal("InvalidParameterException", "Value 'canary-password' at 'x' failed")
    error = failure()
    assert "canary" not in f"{raised.value} {raised.value!r} {error} {error!r} {caplog.text}"


def test_public_operations_are_not_signed_and_admin_ones_are(stub: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    """With no credentials anywhere the public ones still work, and the admin ones say what is missing (T141)."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/nonexistent")
    monkeypatch.setenv("AWS_CONFIG_FILE", "/nonexistent")
    bare = connection.current()
    without = connection.Connection(
        user_pool_id=bare.user_pool_id,
        client_id=bare.client_id,
        region=bare.region,
        endpoint_url=bare.endpoint_url,
        issuer=bare.issuer,
        jwks_uri=bare.jwks_uri,
    )
    assert perform("GetUser", {"AccessToken": "a"}, connection=without)["ResponseMetadata"]["HTTPStatusCode"] == 200
    request = {"UserPoolId": bare.user_pool_id, "ClientId": bare.client_id, "AuthFlow": "ADMIN_USER_PASSWORD_AUTH"}
    with pytest.raises(CognitoError) as raised:
        perform("AdminInitiateAuth", request, connection=without, signed=True)
    assert raised.value.code == NO_CREDENTIALS
    assert perform("AdminInitiateAuth", request, connection=bare, signed=True)


def test_secret_hash_and_client_secret_go_where_cognito_wants_them(stub: Stub, settings: Settings) -> None:
    settings.COGNITO_CONNECTION = f"{__name__}.with_secret"
    stub.answers["*"] = Answer(body=json.dumps({"ChallengeName": "SMS_MFA", "Session": "s" * 20}).encode())
    initiate()
    auth.respond(ChallengeName.SMS_MFA, {"USERNAME": "the-id", "SMS_MFA_CODE": "1"}, session="s" * 20)
    account.revoke_token("r")
    (_, started), (_, answered), (_, revoked) = stub.requests
    assert len(started["AuthParameters"]["SECRET_HASH"]) == 44
    assert answered["ChallengeResponses"]["SECRET_HASH"] != started["AuthParameters"]["SECRET_HASH"]  # T015
    assert revoked["ClientSecret"] == "x" * 30


def with_secret() -> dict[str, Any]:
    return stubs.connection() | {"client_secret": "x" * 30}


def test_an_operation_that_is_not_on_the_list_is_a_mistake_of_ours(stub: Stub) -> None:
    with pytest.raises(LookupError):
        perform("DeleteUserPool", {}, connection=connection.current())
