"""The protocol itself: what a request must be, what an answer looks like, what hostile bodies get."""

import json
import logging
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pytest
from botocore.model import ListShape, MapShape, Shape, StructureShape
from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from flows.pool import wire
from flows.pool.operations import OPERATIONS
from flows.pool.tools import Tools
from flows.terms import AuthFlow
from tests.judge import SERVICE
from tests.pool.conftest import PASSWORD, World
from tests.pool.raw import call, headers_for, send, signed

UUID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"


def code(operation: str, body: Any, **headers: str) -> str:
    status, _, answer = call(operation, body, **headers)
    assert status == 400
    return str(answer["__type"])


# -- Answers -----------------------------------------------------------------------------------------------------
def test_a_success(world: World) -> None:
    status, headers, answer = call("InitiateAuth", world.password_request("alice", PASSWORD))
    assert status == 200
    assert headers["Content-Type"] == "application/x-amz-json-1.1"
    assert headers["Cache-Control"] == "no-store"
    assert re.fullmatch(UUID, headers["x-amzn-requestid"])
    assert answer["ChallengeParameters"] == {}
    assert "x-amzn-errortype" not in headers


def test_a_refusal_is_told_in_every_place_that_a_client_reads(world: World) -> None:
    status, headers, answer = call("InitiateAuth", world.password_request("alice", "wrong"))
    assert status == 400
    assert answer == {"__type": "NotAuthorizedException", "message": "Incorrect username or password."}
    assert headers["x-amzn-errortype"] == "NotAuthorizedException:"
    assert headers["x-amzn-errormessage"] == "Incorrect username or password."


def test_cors_headers_stand_on_successes_and_refusals(world: World) -> None:
    for password in (PASSWORD, "wrong"):
        headers = call("InitiateAuth", world.password_request("alice", password))[1]
        assert headers["Access-Control-Allow-Origin"] == "*"
        assert "x-amzn-ErrorType" in headers["Access-Control-Expose-Headers"]
        assert "Access-Control-Allow-Credentials" not in headers


def test_moments_are_epoch_seconds_with_milliseconds(world: World) -> None:
    user = world("AdminGetUser", UserPoolId=world.pool_id, Username="alice")
    assert user["UserCreateDate"].timestamp() == pytest.approx(world.clock().timestamp(), abs=0.001)


def test_t155_a_message_with_line_ends_stays_one_header(db: None) -> None:
    _, headers, answer = call("InitiateAuth", {"AuthFlow": "USER_SRP_AUTH", "ClientId": "a\r\nSet-Cookie: x=\u1234"})
    assert "\r\n" in answer["message"]
    assert not re.search(r"[^ -~]", headers["x-amzn-errormessage"])


def test_t156_an_unexpected_failure_tells_the_request_id_only(world: World, caplog: pytest.LogCaptureFixture) -> None:
    def broken_clock() -> datetime:
        raise RuntimeError("canary")

    tools = Tools(endpoint=settings.POOL_ENDPOINT, deliver=lambda _, __: None, now=broken_clock)
    status, headers, answer = send(world.password_request("alice", PASSWORD), headers_for("InitiateAuth"), tools=tools)
    assert status == 500
    assert answer == {"__type": "InternalErrorException", "message": "Something went wrong"}
    assert "canary" not in str(headers)
    assert f"InitiateAuth failed, request {headers['x-amzn-requestid']}" in caplog.text
    assert "canary" in caplog.text


# -- What a request must be --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "target",
    [
        "",
        "InitiateAuth",
        "AWSCognitoIdentityProviderService",
        "AWSCognitoIdentityProviderService.Initiate",
        "AWSCognitoIdentityProviderService.initiateauth",
        "AWSCognitoIdentityService.GetId",
    ],
)
def test_t133_unknown_target(target: str) -> None:
    assert code("", {}, **{"X-Amz-Target": target}) == "UnknownOperationException"


@pytest.mark.parametrize("content_type", ["", "text/plain", "application/x-www-form-urlencoded", "application/json"])
def test_t133_wrong_content_type(content_type: str) -> None:
    assert code("InitiateAuth", {}, **{"Content-Type": content_type}) == "UnknownOperationException"


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "TRACE"])
def test_t133_other_methods(method: str) -> None:
    status, headers, _ = wire.handle(method=method, url=settings.POOL_ENDPOINT, headers={}, body=b"")
    assert status == 405
    assert headers["Allow"] == "POST, OPTIONS"


def test_an_operation_that_is_not_built_is_named() -> None:
    assert call("CreateUserPoolDomain", {})[2] == {
        "__type": "UnknownOperationException",
        "message": "CreateUserPoolDomain is not implemented by the embedded pool yet.",
    }


def test_every_built_operation_is_one_of_the_model() -> None:
    assert set(OPERATIONS) <= set(SERVICE.operation_names)


def test_other_places_are_not_found() -> None:
    for place in ("/", "/cognito", "/cognito-idpx", "/cognito-idp/x", "/cognito-idp/../admin"):
        status, _, _ = wire.handle(method="POST", url=f"http://localhost{place}", headers={}, body=b"")
        assert status == 404, place


# -- Bodies ------------------------------------------------------------------------------------------------------
HOSTILE = {
    "deep": b"[" * 100_000,
    "deep object": b'{"a":' * 50_000,
    "deep and closed": b'{"Unknown":' + b"[" * 900 + b"]" * 900 + b"}",
    "long number": b'{"Unknown":' + b"1" * 5000 + b"}",
    "NaN": b'{"Unknown":NaN}',
    "Infinity": b'{"Unknown":-Infinity}',
    "1e999": b'{"Unknown":1e999}',
    "duplicate members": b'{"ClientId":"a","ClientId":"b"}',
    "duplicate inner members": b'{"AuthParameters":{"USERNAME":"a","USERNAME":"b"}}',
    "cut": b'{"ClientId":"a"',
    "more": b'{"ClientId":"a"} {}',
    "byte order mark": b'\xef\xbb\xbf{"ClientId":"a"}',
    "UTF-16": '{"ClientId":"a"}'.encode("utf-16"),
    "no UTF-8": b'{"ClientId":"\xff"}',
    "overlong": b'{"ClientId":"\xc0\xaf"}',
    "encoded surrogate": b'{"ClientId":"\xed\xa0\x80"}',
    "lone surrogate": b'{"AuthParameters":{"USERNAME":"\\ud800"}}',
    "surrogate as name": b'{"AuthParameters":{"\\udfff":"a"}}',
    "NUL": b'{"AuthParameters":{"USERNAME":"a\\u0000b"}}',
    "list": b"[]",
    "text": b'"x"',
    "null": b"null",
    "number": b"7",
    "form": b"a=b",
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE.keys())
def test_t130_t131_hostile_bodies(body: bytes) -> None:
    assert code("InitiateAuth", body) == "SerializationException"


def test_t129_a_body_that_is_too_large() -> None:
    status, _, answer = call("InitiateAuth", b" " * (wire.MAXIMUM_BODY + 1))
    assert (status, answer["__type"]) == (413, "RequestEntityTooLargeException")


def test_an_empty_body_is_an_empty_object() -> None:
    assert call("InitiateAuth", b"")[2]["message"].startswith("2 validation errors detected: ")


def test_null_is_absent_and_unknown_members_are_ignored(world: World) -> None:
    request = world.password_request("alice", PASSWORD, parameters={"DEVICE_KEY": None, "EXTRA": "x"})
    status, _, _ = call("InitiateAuth", {**request, "ClientMetadata": None, "Unknown": [1, {"a": None}]})
    assert status == 200


MEMBERS = st.sampled_from([*SERVICE.operation_model("InitiateAuth").input_shape.members, "USERNAME", "PASSWORD", "x"])

WRONG: dict[str, list[Any]] = {
    "string": [1, 1.5, True, [], {}, ["x"]],
    "integer": ["1", 1.5, True, [], {}, 2**31, 10**300],
    "long": ["1", 1.5, False, [], {}, 2**63],
    "boolean": ["true", 1, 0, [], {}],
    "list": ["x", 1, {}, True],
    "map": ["x", 1, [], True],
    "structure": ["x", 1, [], True],
    "timestamp": ["now", True, [], {}, 10**300],
    "blob": [1, [], {}, "no base64!"],
}


def _wrong_bodies(shape: Shape) -> list[Any]:
    """Values of the wrong type for ``shape`` and, one at a time, for everything inside it."""
    values = list(WRONG[shape.type_name])
    if isinstance(shape, StructureShape):
        if shape.is_document_type:
            return []
        values += [{name: value} for name, member in shape.members.items() for value in _wrong_bodies(member)]
    elif isinstance(shape, ListShape):
        values += [[value] for value in _wrong_bodies(shape.member)]
    elif isinstance(shape, MapShape):
        values += [{"key": value} for value in _wrong_bodies(shape.value)]
    return values


@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_t130_every_member_in_every_wrong_type(name: str) -> None:
    bodies = _wrong_bodies(SERVICE.operation_model(name).input_shape)
    assert len(bodies) >= 10
    for body in bodies:
        status, _, answer = send(body, signed(name, body))
        assert (status, answer["__type"]) == (400, "SerializationException"), body


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(list(AuthFlow)),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text() | MEMBERS, inner, max_size=4),
    max_leaves=20,
)


@pytest.mark.django_db
@hypothesis_settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.dictionaries(MEMBERS, ANYTHING, max_size=6))
def test_t130_t131_no_body_at_all_is_an_internal_error(body: dict[str, Any]) -> None:
    assert code("InitiateAuth", json.dumps(body).encode("utf-8", "surrogatepass")) in {
        "SerializationException",
        "InvalidParameterException",
        "ResourceNotFoundException",
    }


# -- Preflight and documents -------------------------------------------------------------------------------------
def test_preflight_echoes_what_the_browser_asks_for() -> None:
    status, headers, body = wire.handle(
        method="OPTIONS",
        url=settings.POOL_ENDPOINT,
        headers={"Origin": "http://localhost:3000", "Access-Control-Request-Headers": "x-amz-target,x-own"},
        body=b"",
    )
    assert (status, body) == (200, b"")
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert headers["Access-Control-Allow-Methods"] == "POST"
    assert headers["Access-Control-Allow-Headers"] == "x-amz-target,x-own"
    assert headers["Access-Control-Max-Age"] == "172800"


def _document(pool_id: str, name: str, method: str = "GET") -> tuple[int, Mapping[str, str], Any]:
    status, headers, body = wire.handle(
        method=method, url=f"{settings.POOL_ENDPOINT}/{pool_id}/.well-known/{name}", headers={}, body=b""
    )
    return status, headers, json.loads(body or b"null")


def test_jwks(world: World) -> None:
    status, headers, keys = _document(world.pool_id, "jwks.json")
    assert status == 200
    assert headers["Content-Type"] == "application/json"
    assert headers["Cache-Control"] == "public, max-age=300"
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert [set(key) for key in keys["keys"]] == [{"alg", "e", "kid", "kty", "n", "use"}] * 2


def test_openid_configuration(world: World) -> None:
    issuer = f"{settings.POOL_ENDPOINT}/{world.pool_id}"
    configuration = _document(world.pool_id, "openid-configuration")[2]
    assert configuration["issuer"] == issuer
    assert configuration["jwks_uri"] == f"{issuer}/.well-known/jwks.json"
    assert configuration["id_token_signing_alg_values_supported"] == ["RS256"]


def test_documents_of_no_pool(db: None) -> None:
    status, _, answer = _document("us-east-1_Missing00", "jwks.json")
    assert status == 404
    assert answer["message"] == "User pool us-east-1_Missing00 does not exist."


def test_documents_that_do_not_exist(world: World) -> None:
    assert _document(world.pool_id, "passwd")[0] == 404
    assert _document(world.pool_id, "jwks.json", method="POST")[0] == 405


# -- Logs --------------------------------------------------------------------------------------------------------
def test_t154_nothing_secret_is_logged(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="flows")
    caplog.set_level(logging.DEBUG, logger="django.db.backends")
    result = world.sign_in(password=PASSWORD)
    call("InitiateAuth", world.password_request("alice", "Canary-Horse-9!"))
    call("GetUser", {"AccessToken": f"{result['AccessToken']}x"})
    secrets = [PASSWORD, "Canary-Horse-9!", result["AccessToken"], result["RefreshToken"]]
    assert "InitiateAuth" in caplog.text
    assert not [secret for secret in secrets if secret in caplog.text]
