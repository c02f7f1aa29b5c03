"""The judge itself: it must be able to say no, or its silence is worth nothing."""

import json
from typing import Any

import pytest

from tests import boto
from tests.judge import SERVICE, judge

HEADERS = {"Content-Type": "application/x-amz-json-1.1", "Access-Control-Allow-Origin": "*", "x-amzn-requestid": "1"}
USER = {"Username": "alice", "UserStatus": "CONFIRMED", "UserCreateDate": 1.5}


def judged(operation: str, answer: Any, status: int = 200, **headers: str) -> None:
    judge(SERVICE.operation_model(operation), status, HEADERS | headers, json.dumps(answer).encode())


def test_a_good_answer() -> None:
    judged("AdminGetUser", USER)


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        ({}, "Missing required parameter"),
        (USER | {"Status": "CONFIRMED"}, "Unknown parameter"),
        (USER | {"Username": 5}, "Invalid type"),
        (USER | {"UserStatus": "FINE"}, "is none of"),
        (USER | {"Username": "x" * 129}, "is longer"),
        (USER | {"Username": "a b"}, "does not match"),
        (USER | {"UserCreateDate": "2026-11-21T00:00:00Z"}, "must be a number"),
        (USER | {"UserAttributes": [{"Value": "x"}]}, "Missing required parameter"),
    ],
)
def test_a_bad_answer(answer: dict[str, Any], fault: str) -> None:
    with pytest.raises(AssertionError, match=fault):
        judged("AdminGetUser", answer)


def test_a_refusal_that_the_operation_declares() -> None:
    refusal = {"__type": "UserNotFoundException", "message": "User does not exist."}
    judged("AdminGetUser", refusal, 400, **{"x-amzn-errortype": "UserNotFoundException:"})


@pytest.mark.parametrize(
    ("refusal", "status", "fault"),
    [
        ({"__type": "CodeMismatchException", "message": ""}, 400, "not declared"),
        ({"__type": "UserNotFoundException", "Message": ""}, 400, "members"),
        ({"__type": "UserNotFoundException"}, 400, "members"),
        ({"__type": "InternalErrorException", "message": ""}, 500, "internal error"),
    ],
)
def test_a_refusal_that_it_does_not(refusal: dict[str, str], status: int, fault: str) -> None:
    with pytest.raises(AssertionError, match=fault):
        judged("AdminGetUser", refusal, status)


def test_every_boto3_call_of_the_tests_is_judged(db: None, settings: Any) -> None:
    assert settings.COGNITO_TRANSPORT == "tests.judge.handle"
    assert boto.in_process().create_user_pool(PoolName="judged")["UserPool"]["Name"] == "judged"
