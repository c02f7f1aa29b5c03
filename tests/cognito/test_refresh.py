"""New tokens for a refresh token, by the newer operation or by the older flow."""

import json

import pytest

from flows.cognito.errors import BAD_ANSWER, CognitoError
from flows.cognito.refresh import refresh
from tests.cognito.stub import Answer, Stub, refusal

RESULT = {"IdToken": "i", "AccessToken": "a", "ExpiresIn": 300}
ANSWER = Answer(body=json.dumps({"AuthenticationResult": RESULT}).encode())


def test_the_newer_operation_first(stub: Stub) -> None:
    stub.answers["GetTokensFromRefreshToken"] = ANSWER
    assert refresh("old", username="sub").refresh_token == ""
    assert stub.requests == [("GetTokensFromRefreshToken", {"RefreshToken": "old", "ClientId": "stubclient"})]


@pytest.mark.parametrize("code", ["UnknownOperationException", "OperationNotEnabledException"])
def test_the_older_flow_for_a_server_that_does_not_know_it(stub: Stub, code: str) -> None:
    stub.answers |= {"GetTokensFromRefreshToken": refusal(code), "InitiateAuth": ANSWER}
    assert refresh("old", username="sub").access_token == "a"
    assert stub.requests[1][1]["AuthFlow"] == "REFRESH_TOKEN_AUTH"


@pytest.mark.parametrize("code", ["NotAuthorizedException", "TooManyRequestsException", "RefreshTokenReuseException"])
def test_a_refusal_is_final(stub: Stub, code: str) -> None:
    stub.answers["*"] = refusal(code)
    with pytest.raises(CognitoError) as raised:
        refresh("old", username="sub")
    assert raised.value.code == code
    assert len(stub.requests) == 1


def test_no_tokens_in_the_answer(stub: Stub) -> None:
    with pytest.raises(CognitoError) as raised:
        refresh("old", username="sub")
    assert raised.value.code == BAD_ANSWER
