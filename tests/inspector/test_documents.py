"""Every entry leads to a page of the docs, and the page is there."""

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from flows.cognito.exchange import OPERATIONS
from flows.inspector.entries import Call
from flows.inspector.telling import documents
from flows.steps.table import STEPS
from flows.terms import AuthFlow

CALL = Call(operation="", signed=False, region="us-east-1", request={}, at="", milliseconds=1.0)
BEGINNINGS: list[dict[str, Any]] = [{"AuthFlow": flow} for flow in AuthFlow]
ANSWERS: list[dict[str, Any]] = [{"ChallengeName": step.challenge} for step in STEPS]
CALLS = [
    *(replace(CALL, operation=operation) for operation in sorted(OPERATIONS)),
    *(replace(CALL, operation="InitiateAuth", request=request) for request in BEGINNINGS),
    *(replace(CALL, operation="RespondToAuthChallenge", request=request) for request in ANSWERS),
    *(
        replace(CALL, operation="InitiateAuth", answer={"ChallengeName": step.challenge}, step=step.slug)
        for step in STEPS
    ),
]


@pytest.mark.parametrize("call", CALLS, ids=lambda call: f"{call.operation}{[*call.request.values()]}{call.step}")
def test_every_entry_has_a_page_about_it(call: Call) -> None:
    """And the page names it."""
    document = documents.of(call)
    page = Client(SERVER_NAME="localhost").get(document.url)
    assert page.status_code == 200
    assert document.about
    assert document.about in page.content.decode()


@pytest.mark.parametrize("operation", sorted(OPERATIONS))
def test_no_call_of_the_portal_leads_to_the_table_of_everything(operation: str) -> None:
    """Unless it has no words of its own, as InitiateAuth without its AuthFlow."""
    path = documents.of(replace(CALL, operation=operation)).path
    assert (path == "pool-coverage") == operation.endswith(("InitiateAuth", "RespondToAuthChallenge"))


def test_what_was_asked_comes_before_what_was_answered() -> None:
    call = replace(
        CALL,
        operation="RespondToAuthChallenge",
        request={"ChallengeName": "PASSWORD_VERIFIER"},
        answer={"ChallengeName": "SMS_MFA"},
        step="sms-mfa",
    )
    assert documents.of(call).path == "steps/sms-mfa"
    assert documents.of(replace(call, answer={}, step="")).path == "steps/password-verifier"
    assert documents.of(replace(CALL, request={"AuthFlow": "USER_AUTH"})).path == "flows/user-auth"
