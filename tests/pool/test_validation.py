"""Cognito's wording of what is wrong with a request, which clients show to people and match on."""

from typing import Any

import pytest

from flows.pool.errors import PoolError
from flows.pool.protocol import constraints
from flows.pool.protocol.validation import validate
from tests.judge import SERVICE

CLIENT = {"ClientId": "abc", "AuthFlow": "USER_SRP_AUTH"}
POOL = "us-east-1_Abcdefghi"
USERNAME = r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+"


def message(operation: str, body: dict[str, Any]) -> str:
    with pytest.raises(PoolError) as refused:
        validate(SERVICE.operation_model(operation).input_shape, body)
    assert refused.value.code == "InvalidParameterException"
    return refused.value.message


def one(text: str) -> str:
    return f"1 validation error detected: {text}"


CASES: dict[str, tuple[str, dict[str, Any], str]] = {
    "captured: client id": (
        "InitiateAuth",
        CLIENT | {"ClientId": "x-y"},
        one(
            "Value 'x-y' at 'clientId' failed to satisfy constraint: "
            r"Member must satisfy regular expression pattern: [\w+]+"
        ),
    ),
    "seen: password missing": (
        "AdminSetUserPassword",
        {"UserPoolId": POOL, "Username": "a"},
        one("Value at 'password' failed to satisfy constraint: Member must not be null"),
    ),
    "seen: password pattern": (
        "AdminSetUserPassword",
        {"UserPoolId": POOL, "Username": "a", "Password": " x "},
        one(
            "Value at 'password' failed to satisfy constraint: "
            r"Member must satisfy regular expression pattern: ^[\S]+.*[\S]+$"
        ),
    ),
    "seen: username": (
        "SignUp",
        {"ClientId": "abc", "Username": "a b", "Password": "Aa1!aaaa"},
        one(
            "Value at 'username' failed to satisfy constraint: "
            f"Member must satisfy regular expression pattern: {USERNAME}"
        ),
    ),
    "length before pattern": (
        "SignUp",
        {"ClientId": "abc", "Username": "", "Password": "Aa1!aaaa"},
        (
            "2 validation errors detected: "
            "Value at 'username' failed to satisfy constraint: Member must have length greater than or equal to 1; "
            "Value at 'username' failed to satisfy constraint: "
            f"Member must satisfy regular expression pattern: {USERNAME}"
        ),
    ),
    "a missing member that is no secret": (
        "DescribeUserPool",
        {},
        one("Value null at 'userPoolId' failed to satisfy constraint: Member must not be null"),
    ),
    "null is missing": (
        "DescribeUserPool",
        {"UserPoolId": None},
        one("Value null at 'userPoolId' failed to satisfy constraint: Member must not be null"),
    ),
    "enum": (
        "AdminCreateUser",
        {"UserPoolId": POOL, "Username": "a", "MessageAction": "SHOUT"},
        one(
            "Value 'SHOUT' at 'messageAction' failed to satisfy constraint: "
            "Member must satisfy enum value set: [RESEND, SUPPRESS]"
        ),
    ),
    "number too large": (
        "CreateUserPool",
        {"PoolName": "p", "Policies": {"PasswordPolicy": {"MinimumLength": 100}}},
        one(
            "Value '100' at 'policies.passwordPolicy.minimumLength' failed to satisfy constraint: "
            "Member must have value less than or equal to 99"
        ),
    ),
    "number too small": (
        "CreateUserPoolClient",
        {"UserPoolId": POOL, "ClientName": "c", "AuthSessionValidity": 2},
        one(
            "Value '2' at 'authSessionValidity' failed to satisfy constraint: "
            "Member must have value greater than or equal to 3"
        ),
    ),
    "member of a list of structures": (
        "AdminCreateUser",
        {"UserPoolId": POOL, "Username": "a", "UserAttributes": [{"Name": "email", "Value": "x"}, {"Value": "y"}]},
        one("Value null at 'userAttributes.2.member.name' failed to satisfy constraint: Member must not be null"),
    ),
    "member of a list of texts": (
        "CreateUserPoolClient",
        {"UserPoolId": POOL, "ClientName": "c", "AllowedOAuthFlows": ["code", "device"]},
        one(
            "Value '[code, device]' at 'allowedOAuthFlows' failed to satisfy constraint: "
            "Member must satisfy constraint: [Member must satisfy enum value set: [code, implicit, client_credentials]]"
        ),
    ),
    "null in a list": (
        "CreateUserPoolClient",
        {"UserPoolId": POOL, "ClientName": "c", "AllowedOAuthFlows": [None]},
        one(
            "Value '[None]' at 'allowedOAuthFlows' failed to satisfy constraint: "
            "Member must satisfy constraint: [Member must not be null]"
        ),
    ),
    "a list too long": (
        "CreateUserPoolClient",
        {"UserPoolId": POOL, "ClientName": "c", "AllowedOAuthFlows": ["code"] * 4},
        one(
            "Value '[code, code, code, code]' at 'allowedOAuthFlows' failed to satisfy constraint: "
            "Member must have length less than or equal to 3"
        ),
    ),
    "a text too long": (
        "DescribeUserPool",
        {"UserPoolId": "us_" + "a" * 53},
        one(
            f"Value 'us_{'a' * 53}' at 'userPoolId' failed to satisfy constraint: "
            "Member must have length less than or equal to 55"
        ),
    ),
    "a session too short": (
        "RespondToAuthChallenge",
        {"ClientId": "abc", "ChallengeName": "PASSWORD_VERIFIER", "Session": "x" * 19},
        one("Value at 'session' failed to satisfy constraint: Member must have length greater than or equal to 20"),
    ),
    "a session too long": (
        "RespondToAuthChallenge",
        {"ClientId": "abc", "ChallengeName": "PASSWORD_VERIFIER", "Session": "x" * 4097},
        one("Value at 'session' failed to satisfy constraint: Member must have length less than or equal to 4096"),
    ),
    "a secret map value": (
        "InitiateAuth",
        CLIENT | {"AuthParameters": {"USERNAME": "x" * 131_073}},
        one(
            "Value at 'authParameters' failed to satisfy constraint: Map value must satisfy constraint: "
            "[Member must have length less than or equal to 131072, Member must have length greater than or equal to 0]"
        ),
    ),
}


@pytest.mark.parametrize(("operation", "body", "text"), CASES.values(), ids=CASES.keys())
def test_wording(operation: str, body: dict[str, Any], text: str) -> None:
    assert message(operation, body) == text


@pytest.mark.parametrize(
    "password", ["inner space", "Aa1! é 😀", "x" * 256, "\u00a0edge of another kind", "a\tb", "two"]
)
def test_t030_passwords_that_are_passed_on_as_they_are(password: str) -> None:
    body = {"UserPoolId": POOL, "Username": "a", "Password": password}
    assert validate(SERVICE.operation_model("AdminSetUserPassword").input_shape, body)["Password"] == password


@pytest.mark.parametrize("password", ["", " lead", "trail ", "x" * 257, "x\ny", "\t\t"])
def test_t031_passwords_that_are_refused(password: str) -> None:
    assert "Value at 'password' failed" in message(
        "AdminSetUserPassword", {"UserPoolId": POOL, "Username": "a", "Password": password}
    )


@pytest.mark.parametrize("username", ["a", "josé", "ßßß", "李", "a@b.c", "x" * 128, "+4912345", "😀", "e\u0301"])
def test_usernames_of_every_script(username: str) -> None:
    assert validate(
        SERVICE.operation_model("AdminGetUser").input_shape, {"UserPoolId": POOL, "Username": username}
    ) == {"UserPoolId": POOL, "Username": username}


@pytest.mark.parametrize("username", ["a b", "a\u00a0b", "x" * 129, "a\u200bb", "a\x01"])
def test_usernames_that_are_refused(username: str) -> None:
    assert "'username'" in message("AdminGetUser", {"UserPoolId": POOL, "Username": username})


def test_javas_classes_are_ascii() -> None:
    assert "'clientId'" in message("InitiateAuth", CLIENT | {"ClientId": "é"})
    assert "'userPoolId'" in message("DescribeUserPool", {"UserPoolId": "us_\uff11"})


def test_every_pattern_of_the_model_compiles() -> None:
    shapes = [SERVICE.shape_for(name) for name in SERVICE.shape_names]
    patterned = [shape for shape in shapes if "pattern" in shape.metadata]
    assert len(patterned) > 50
    for shape in patterned:
        assert constraints.constraints_of(shape)


def test_a_pattern_that_backtracks_is_given_up() -> None:
    """Published patterns have stars in stars; 20,000 characters of the wrong kind must not hold a worker."""
    text = "{##" * 6000
    body = {"PoolName": "p", "VerificationMessageTemplate": {"EmailMessageByLink": text}}
    assert "emailMessageByLink" in message("CreateUserPool", body)


def test_unknown_members_and_null_are_dropped() -> None:
    body = {
        "UserPoolId": POOL,
        "Username": "a",
        "ClientMetadata": {"a": None, "b": "c"},
        "Nothing": 1,
        "TemporaryPassword": None,
    }
    assert validate(SERVICE.operation_model("AdminCreateUser").input_shape, body) == {
        "UserPoolId": POOL,
        "Username": "a",
        "ClientMetadata": {"b": "c"},
    }
