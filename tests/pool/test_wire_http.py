"""The wire over HTTP: URLs, methods, who may call, and what stands around it."""

import json
from typing import Any

import pytest
import requests
from botocore.exceptions import ClientError
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from tests import boto
from tests.live import Live
from tests.pool.conftest import PASSWORD, World
from tests.pool.raw import headers_for


def post(client: Client, operation: str, body: Any, path: str = "/cognito-idp", **extra: Any) -> Any:
    headers = {name.lower(): value for name, value in headers_for(operation).items()} | extra.pop("headers", {})
    content_type = headers.pop("content-type")
    return client.post(path, json.dumps(body), content_type=content_type, headers=headers, **extra)


def type_of(answer: HttpResponse) -> str:
    return str(json.loads(answer.content)["__type"])


@pytest.mark.parametrize("path", ["/cognito-idp", "/cognito-idp/"])
def test_both_spellings_answer_and_never_redirect(world: World, client: Client, path: str) -> None:
    answer = post(client, "InitiateAuth", world.password_request("alice", PASSWORD), path)
    assert answer.status_code == 200
    assert json.loads(answer.content)["AuthenticationResult"]["AccessToken"]


def test_no_cookie_is_set_or_needed(world: World) -> None:
    answer = post(Client(enforce_csrf_checks=True), "InitiateAuth", world.password_request("alice", PASSWORD))
    assert answer.status_code == 200
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_headers_of_a_refusal(world: World, client: Client) -> None:
    answer = post(client, "InitiateAuth", world.password_request("alice", "wrong"))
    assert answer.status_code == 400
    assert answer.headers["x-amzn-errortype"] == "NotAuthorizedException:"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Content-Type"] == "application/x-amz-json-1.1"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Date" not in answer.headers  # the server's own; two would be malformed


def test_preflight(client: Client) -> None:
    answer = client.options("/cognito-idp", headers={"access-control-request-headers": "x-amz-target"})
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Headers"] == "x-amz-target"


@pytest.mark.parametrize("method", ["get", "head", "put", "delete", "patch", "trace"])
def test_t133_t158_other_methods(client: Client, method: str) -> None:
    assert getattr(client, method)("/cognito-idp").status_code == 405


def test_t129_a_large_body_is_refused_unread(client: Client) -> None:
    answer = post(client, "InitiateAuth", {"ClientId": "x" * 300_000})
    assert (answer.status_code, type_of(answer)) == (413, "RequestEntityTooLargeException")


def test_documents(world: World, client: Client) -> None:
    jwks = client.get(f"/cognito-idp/{world.pool_id}/.well-known/jwks.json")
    assert len(jwks.json()["keys"]) == 2
    assert jwks.headers["Cache-Control"] == "public, max-age=300"
    assert client.head(f"/cognito-idp/{world.pool_id}/.well-known/jwks.json").content == b""
    configuration = client.get(f"/cognito-idp/{world.pool_id}/.well-known/openid-configuration").json()
    assert configuration["issuer"].endswith(f"/cognito-idp/{world.pool_id}")


def test_nothing_else_below_the_endpoint(client: Client) -> None:
    for path in ("/cognito-idp/x", "/cognito-idp/x/.well-known/", "/cognito-idp/../../etc/passwd"):
        assert client.get(path).status_code == 404


# -- Who may call ------------------------------------------------------------------------------------------------
REFUSED_PEERS = [
    "10.0.0.7",
    "192.168.1.5",
    "203.0.113.9",
    "2001:db8::1",
    "::ffff:10.0.0.7",
    "",
    "unix",
    "127.0.0.1.evil",
]


@pytest.mark.parametrize("peer", REFUSED_PEERS)
def test_t152_other_addresses_are_refused(client: Client, peer: str) -> None:
    answer = post(client, "InitiateAuth", {}, REMOTE_ADDR=peer)
    assert (answer.status_code, type_of(answer)) == (403, "ForbiddenException")


@pytest.mark.parametrize("peer", ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"])
def test_loopback_is_answered(client: Client, peer: str) -> None:
    assert type_of(post(client, "InitiateAuth", {}, REMOTE_ADDR=peer)) == "InvalidParameterException"


def test_t152_configured_networks_are_answered(client: Client, settings: Settings) -> None:
    settings.POOL_ALLOWED_NETWORKS = ["10.1.0.0/16"]
    assert post(client, "InitiateAuth", {}, REMOTE_ADDR="10.1.2.3").status_code == 400
    assert post(client, "InitiateAuth", {}, REMOTE_ADDR="10.2.2.3").status_code == 403
    assert post(client, "InitiateAuth", {}, REMOTE_ADDR="127.0.0.1").status_code == 403


FORWARDED = {
    "x-forwarded-for": "127.0.0.1",
    "forwarded": "for=127.0.0.1",
    "x-real-ip": "127.0.0.1",
    "x-forwarded-host": "localhost",
    "via": "1.1 proxy",
}


@pytest.mark.parametrize("header", FORWARDED)
def test_t152_what_a_proxy_forwards_is_refused(client: Client, header: str) -> None:
    assert post(client, "InitiateAuth", {}, headers={header: FORWARDED[header]}).status_code == 403


@pytest.mark.parametrize(
    ("forwarded_for", "status"),
    [("127.0.0.1", 400), ("203.0.113.9", 403), ("127.0.0.1, 203.0.113.9", 403), ("203.0.113.9, 127.0.0.1", 400)],
)
def test_t029_behind_a_trusted_proxy_its_own_entry_counts(
    client: Client, settings: Settings, forwarded_for: str, status: int
) -> None:
    settings.TRUSTED_PROXY = True
    answer = post(client, "InitiateAuth", {}, headers={"x-forwarded-for": forwarded_for})
    assert answer.status_code == status


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1.nip.io", "cognito-idp.us-east-1.amazonaws.com"]
)
def test_t152_dns_rebinding_comes_with_a_foreign_host(client: Client, host: str) -> None:
    assert post(client, "InitiateAuth", {}, headers={"host": host}).status_code == 400
    assert "__type" not in post(client, "InitiateAuth", {}, headers={"host": host}).content.decode()


# -- A real server -----------------------------------------------------------------------------------------------
def test_boto3_over_http(live: Live) -> None:
    """Signed and public operations, by the URL as config.json gives it and with a slash at its end."""
    for endpoint in (live.config["endpoint"], f"{live.config['endpoint']}/"):
        config = {**live.config, "endpoint": endpoint}
        pool = boto.over_http(config).describe_user_pool(UserPoolId=live.config["userPoolId"])["UserPool"]
        assert pool["Name"] == "Demo"
        with pytest.raises(ClientError, match="Incorrect username or password"):
            boto.over_http(config, signed=False).initiate_auth(
                ClientId=live.config["clients"][0]["clientId"],
                AuthFlow="USER_PASSWORD_AUTH",
                AuthParameters={"USERNAME": "nobody", "PASSWORD": "wrong"},
            )


def test_one_date_and_no_redirect_on_the_real_server(live: Live) -> None:
    for path in ("/cognito-idp", "/cognito-idp/"):
        answer = requests.post(f"{live.url}{path}", data=b"{}", headers=headers_for("InitiateAuth"), timeout=10)
        assert (answer.status_code, answer.history) == (400, [])
        assert "," not in answer.headers["Date"].removeprefix(answer.headers["Date"][:4])
