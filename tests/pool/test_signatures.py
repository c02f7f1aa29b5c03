"""AWS Signature Version 4 on the operations that need one."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings

from flows.pool.errors import PoolError
from flows.pool.operations import OPERATIONS
from flows.pool.protocol import signatures
from tests.judge import SERVICE
from tests.pool.conftest import PASSWORD, World
from tests.pool.raw import call, send, signed

BODY = {"UserPoolId": "us-east-1_Missing00"}
MISSING = "ResourceNotFoundException"  # what a signature that counts leads to: the pool is looked for
SIGNED = sorted(name for name in OPERATIONS if SERVICE.operation_model(name).auth_type != "none")
PUBLIC = sorted(set(OPERATIONS) - set(SIGNED))


def outcome(headers: dict[str, str], body: object = BODY, url: str = "") -> str:
    status, _, answer = send(body, headers, url=url)
    assert status == 400
    return str(answer["__type"])


def test_a_good_signature_counts(db: None) -> None:
    assert outcome(signed("DescribeUserPool", BODY)) == MISSING


@pytest.mark.parametrize("name", SIGNED)
def test_t035_without_a_signature(name: str) -> None:
    status, _, answer = call(name, {})
    assert (status, answer["__type"]) == (400, "MissingAuthenticationTokenException")


def test_the_operations_that_need_none_are_those_of_the_notes() -> None:
    assert {"InitiateAuth", "RespondToAuthChallenge", "GetUser", "GlobalSignOut", "RevokeToken"} <= set(PUBLIC)
    assert {name for name in OPERATIONS if name.startswith("Admin")} <= set(SIGNED)


@pytest.mark.parametrize("authorization", ["Bearer x.y.z", "Basic eDp5", "AWS4-HMAC-SHA256 nonsense", ""])
def test_public_operations_tolerate_any_authorization(world: World, authorization: str) -> None:
    request = world.password_request("alice", PASSWORD)
    assert call("InitiateAuth", request, Authorization=authorization)[0] == 200


def test_public_operations_tolerate_a_wrong_signature(world: World) -> None:
    request = world.password_request("alice", PASSWORD)
    headers = signed("InitiateAuth", request, key=("AKIASOMEBODYELSE", "other"))
    assert send(request, headers)[0] == 200


# -- Forgeries ---------------------------------------------------------------------------------------------------
def test_another_key_id(db: None) -> None:
    headers = signed("DescribeUserPool", BODY, key=("AKIASOMEBODYELSE", settings.POOL_SECRET_ACCESS_KEY))
    assert outcome(headers) == "UnrecognizedClientException"


def test_another_secret(db: None) -> None:
    headers = signed("DescribeUserPool", BODY, key=(settings.POOL_ACCESS_KEY_ID, "not the secret"))
    assert outcome(headers) == "InvalidSignatureException"


def test_another_service(db: None) -> None:
    status, _, answer = send(BODY, signed("DescribeUserPool", BODY, service="iam"))
    assert (status, answer["__type"]) == (400, "InvalidSignatureException")
    assert answer["message"] == "Credential should be scoped to correct service: 'cognito-idp'."


def test_another_body(db: None) -> None:
    headers = signed("DescribeUserPool", BODY)
    assert outcome(headers, body={"UserPoolId": "us-east-1_Other0000"}) == "InvalidSignatureException"


def test_another_operation(db: None) -> None:
    headers = signed("DescribeUserPool", BODY)
    headers["X-Amz-Target"] = "AWSCognitoIdentityProviderService.AdminGetUser"
    assert outcome(headers) == "InvalidSignatureException"


def test_an_operation_that_was_left_unsigned(db: None) -> None:
    """A caller that does not sign X-Amz-Target would let anybody turn the request into another one."""
    headers = signed("DescribeUserPool", BODY, without="X-Amz-Target")
    headers["X-Amz-Target"] = "AWSCognitoIdentityProviderService.DescribeUserPool"
    assert outcome(headers) == "InvalidSignatureException"


def test_another_host(db: None) -> None:
    headers = signed("DescribeUserPool", BODY, url="http://localhost:1/cognito-idp")
    assert outcome(headers) == "InvalidSignatureException"


def test_another_path(db: None) -> None:
    headers = signed("DescribeUserPool", BODY, url=f"{settings.POOL_ENDPOINT}/other")
    assert outcome(headers) == "InvalidSignatureException"


def test_the_hash_of_another_body_in_a_header_is_not_believed(db: None) -> None:
    claimed = hashlib.sha256(b"{}").hexdigest()
    headers = signed("DescribeUserPool", BODY, headers={"X-Amz-Content-SHA256": claimed})
    assert outcome(headers) == "InvalidSignatureException"


def test_the_hash_of_the_body_in_a_header_is_fine(db: None) -> None:
    body = b'{"UserPoolId":"us-east-1_Missing00"}'
    headers = signed("DescribeUserPool", body, headers={"X-Amz-Content-SHA256": hashlib.sha256(body).hexdigest()})
    assert send(body, headers)[2]["__type"] == MISSING


ALTERATIONS: dict[str, Callable[[str], str]] = {
    "no signature": lambda text: text.rpartition(", Signature")[0],
    "short signature": lambda text: text[:-1],
    "upper case": lambda text: text[:-64] + text[-64:].upper().replace("0", "A"),
    "full-width digits": lambda text: text[:-1] + "\uff11",
    "no credential": lambda text: text.replace("Credential=", "Credential"),
    "another algorithm": lambda text: text.replace("SHA256", "SHA1"),
    "a bearer": lambda _: "Bearer x",
    "empty": lambda _: "",
    "much": lambda text: text + "," * 60_000,
}


@pytest.mark.parametrize("alter", ALTERATIONS.values(), ids=ALTERATIONS.keys())
def test_malformed_authorization(alter: Callable[[str], str]) -> None:
    headers = signed("DescribeUserPool", BODY)
    headers["Authorization"] = alter(headers["Authorization"])
    assert outcome(headers) == "IncompleteSignatureException"


def test_one_bit_of_the_signature(db: None) -> None:
    headers = signed("DescribeUserPool", BODY)
    last = headers["Authorization"][-1]
    headers["Authorization"] = headers["Authorization"][:-1] + ("0" if last != "0" else "1")
    assert outcome(headers) == "InvalidSignatureException"


# -- Time --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("minutes", "is_accepted"), [(-6, False), (-4, True), (0, True), (4, True), (6, False)])
def test_a_signature_is_good_for_five_minutes(minutes: int, is_accepted: bool) -> None:
    headers = {name.lower(): value for name, value in signed("DescribeUserPool", b"{}").items()}
    now = datetime.now(UTC) + timedelta(minutes=minutes)
    key_pair = signatures.KeyPair(key_id=settings.POOL_ACCESS_KEY_ID, secret=settings.POOL_SECRET_ACCESS_KEY)

    def verify() -> str:
        return signatures.verify(
            method="POST", url=settings.POOL_ENDPOINT, headers=headers, body=b"{}", key_pair=key_pair, now=now
        )

    if is_accepted:
        assert verify() == "us-east-1"
    else:
        with pytest.raises(PoolError, match=r"InvalidSignatureException: Signature expired"):
            verify()


@pytest.mark.parametrize("date", ["", "yesterday", "20261121T090000", "\uff12\uff10261121T090000Z"])
def test_a_malformed_date(date: str) -> None:
    headers = signed("DescribeUserPool", BODY)
    headers["X-Amz-Date"] = date
    assert outcome(headers) == "IncompleteSignatureException"


# -- What the scope says -----------------------------------------------------------------------------------------
def test_the_pool_lies_in_the_region_of_the_credential_scope(db: None) -> None:
    body = {"PoolName": "elsewhere"}
    pool = send(body, signed("CreateUserPool", body, region="ap-southeast-2"))[2]["UserPool"]
    assert pool["Id"].startswith("ap-southeast-2_")
    assert pool["Arn"].startswith("arn:aws:cognito-idp:ap-southeast-2:")


def test_the_trailing_slash_may_be_signed_or_not(db: None) -> None:
    for url in (settings.POOL_ENDPOINT, f"{settings.POOL_ENDPOINT}/"):
        assert outcome(signed("DescribeUserPool", BODY, url=url), url=url) == MISSING


def test_t154_the_secret_is_not_in_a_repr() -> None:
    assert "hidden" not in repr(signatures.KeyPair(key_id="AKIA", secret="hidden"))
