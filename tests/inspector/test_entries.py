"""Entries that were kept outlive the version that made them."""

from dataclasses import replace
from typing import Any

import pytest

from flows.inspector.entries import Call, Decision, TriggerCall

CALL = Call(
    operation="InitiateAuth",
    signed=False,
    region="us-east-1",
    request={},
    at="2026-11-21T00:00:00.000+00:00",
    milliseconds=1.0,
    inside=(
        TriggerCall(trigger="PreAuthentication", source="x", function="f", event={}, milliseconds=1.0),
        Decision(next="TOKENS", why="Every rule is met: tokens."),
    ),
)


def test_what_is_kept_reads_back() -> None:
    assert Call.from_json(CALL.to_json()) == CALL


def test_members_of_another_version_are_left_out_or_have_their_defaults() -> None:
    kept: dict[str, Any] = CALL.to_json() | {"of_tomorrow": 1}
    kept["inside"][1]["of_tomorrow"] = 1
    del kept["times"], kept["via"], kept["user_pool_id"]
    assert Call.from_json(kept) == CALL


@pytest.mark.parametrize(
    ("request_", "flow"),
    [
        ({"AuthFlow": "USER_AUTH", "AuthParameters": {"USERNAME": "alice", "SRP_A": "a"}}, "USER_AUTH"),
        ({"AuthFlow": "CUSTOM_AUTH", "AuthParameters": {"USERNAME": "alice", "SRP_A": "a"}}, "CUSTOM_WITH_SRP"),
        ({"AuthFlow": "CUSTOM_AUTH", "AuthParameters": {"USERNAME": "alice"}}, "CUSTOM_WITHOUT_SRP"),
        ({"AuthFlow": "CUSTOM_AUTH"}, "CUSTOM_WITHOUT_SRP"),
        ({}, "InitiateAuth"),
    ],
)
def test_a_run_is_called_after_what_can_follow(request_: dict[str, Any], flow: str) -> None:
    assert replace(CALL, request=request_).flow == flow
