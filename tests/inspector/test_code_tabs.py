"""The same call in other words: every operation, flow and challenge has code in every tab."""

import ast

import pytest

from flows.cognito.exchange import OPERATIONS
from flows.inspector import code
from flows.steps.table import STEPS
from flows.terms import AuthFlow, ChallengeName
from tests.inspector.code_reading import call, python_call, shell_words, tab
from tests.inspector.examples import REQUESTS


def test_the_requests_are_those_of_the_portal() -> None:
    assert REQUESTS.keys() == OPERATIONS


@pytest.mark.parametrize("operation", sorted(OPERATIONS))
def test_every_operation_has_every_tab(operation: str) -> None:
    made = call(operation, REQUESTS[operation])
    tabs = {each.slug: each for each in code.tabs(made)}
    assert list(tabs) == ["amplify-js", "boto3", "aws-cli", "portal"]
    assert all(each.text.strip() and each.text.endswith("\n") for each in tabs.values())
    method, members = python_call(tabs["boto3"].text)
    assert method.replace("_", "") == operation.lower()
    assert members.keys() == REQUESTS[operation].keys()
    assert shell_words(tabs["aws-cli"].text)[2].replace("-", "") == operation.lower()
    ast.parse(tabs["portal"].text)
    assert "no function for" not in tabs["amplify-js"].text or operation == "GetUserAuthFactors"


@pytest.mark.parametrize("operation", ["AdminInitiateAuth", "AdminRespondToAuthChallenge"])
def test_what_is_signed_says_so(operation: str) -> None:
    tabs = {each.slug: each.text for each in code.tabs(call(operation, REQUESTS[operation]))}
    assert "UNSIGNED" not in tabs["boto3"]
    assert "--no-sign-request" not in tabs["aws-cli"]
    assert all("/demo/config.json" in tabs[slug] for slug in ("boto3", "aws-cli"))
    assert "Not from a browser" in tabs["amplify-js"]
    assert "signIn(" not in tabs["amplify-js"]


def test_what_is_public_looks_for_no_credentials() -> None:
    tabs = {each.slug: each.text for each in code.tabs(call("GetUser", REQUESTS["GetUser"]))}
    assert "signature_version=UNSIGNED" in tabs["boto3"]
    assert "--no-sign-request" in tabs["aws-cli"]


def test_amazons_own_endpoint_is_not_named() -> None:
    for each in code.tabs(call("GetUser", REQUESTS["GetUser"], endpoint_url="")):
        assert "endpoint" not in each.text.lower()


@pytest.mark.parametrize("flow", sorted({*AuthFlow} - {"ADMIN_NO_SRP_AUTH"}))
def test_every_flow_has_amplifys_and_our_own_code(flow: str) -> None:
    request = {"AuthFlow": flow, "ClientId": "c", "AuthParameters": {"USERNAME": "alice"}}
    if flow.startswith("ADMIN"):
        made = call("AdminInitiateAuth", request)
        assert "Entry(" in tab("portal", made).text
        return
    made = call("InitiateAuth", request)
    assert "has no authFlowType" not in tab("amplify-js", made).text
    assert ("Entry(" in tab("portal", made).text) != flow.startswith("REFRESH")


@pytest.mark.parametrize("challenge", sorted({step.challenge for step in STEPS}))
def test_every_challenge_has_amplifys_and_our_own_code(challenge: ChallengeName) -> None:
    request = {"ClientId": "c", "ChallengeName": str(challenge), "ChallengeResponses": {"USERNAME": "alice"}}
    made = call("RespondToAuthChallenge", request)
    assert "does not know" not in tab("amplify-js", made).text
    assert "Step(" in tab("portal", made).text
