"""User pools: created, described in full, changed, listed, deleted."""

from typing import Any

import pytest
from django.conf import settings

from flows.pool.models import SigningKey, UserPool
from tests import boto
from tests.pool.conftest import PASSWORD, World
from tests.pool.raw import send, signed
from tests.race import race

# AWS CLI's own example of create-user-pool with defaults, plus what newer pools add.
DEFAULTS = {
    "MfaConfiguration": "OFF",
    "AdminCreateUserConfig": {"UnusedAccountValidityDays": 7, "AllowAdminCreateUserOnly": False},
    "EmailConfiguration": {"EmailSendingAccount": "COGNITO_DEFAULT"},
    "Policies": {
        "PasswordPolicy": {
            "RequireLowercase": True,
            "RequireSymbols": True,
            "RequireNumbers": True,
            "MinimumLength": 8,
            "RequireUppercase": True,
            "TemporaryPasswordValidityDays": 7,
        },
        "SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD"]},
    },
    "EstimatedNumberOfUsers": 0,
    "LambdaConfig": {},
    "UserPoolTier": "ESSENTIALS",
    "DeletionProtection": "INACTIVE",
    "VerificationMessageTemplate": {"DefaultEmailOption": "CONFIRM_WITH_CODE"},
}
STANDARD = [
    *("sub", "name", "given_name", "family_name", "middle_name", "nickname", "preferred_username", "profile"),
    *("picture", "website", "email", "email_verified", "gender", "birthdate", "zoneinfo", "locale"),
    *("phone_number", "phone_number_verified", "address", "updated_at"),
]


def create(world: World, **members: Any) -> dict[str, Any]:
    return world("CreateUserPool", PoolName="mine", **members)["UserPool"]


def describe(world: World, pool_id: str) -> dict[str, Any]:
    return world("DescribeUserPool", UserPoolId=pool_id)["UserPool"]


def refused(world: World, **members: Any) -> str:
    code, message = world.refusal("CreateUserPool", PoolName="mine", **members)
    assert code == "InvalidParameterException"
    return message


# -- Create and describe -----------------------------------------------------------------------------------------
def test_defaults(world: World) -> None:
    pool = create(world)
    assert {name: pool[name] for name in DEFAULTS} == DEFAULTS
    assert [attribute["Name"] for attribute in pool["SchemaAttributes"]] == STANDARD
    assert pool["SchemaAttributes"][0] == {
        "Name": "sub",
        "AttributeDataType": "String",
        "DeveloperOnlyAttribute": False,
        "Mutable": False,
        "Required": True,
        "StringAttributeConstraints": {"MinLength": "1", "MaxLength": "2048"},
    }


def test_the_id_is_like_a_live_one(world: World) -> None:
    pool = create(world)
    region, _, name = pool["Id"].partition("_")
    assert region == settings.POOL_REGION
    assert len(name) == 9
    assert name.isalnum()
    assert pool["Arn"] == f"arn:aws:cognito-idp:{region}:000000000000:userpool/{pool['Id']}"


def test_describe_gives_back_what_create_did(world: World) -> None:
    pool = create(world)
    assert describe(world, pool["Id"]) == pool


EVERYTHING: dict[str, Any] = {
    "Policies": {
        "PasswordPolicy": {"MinimumLength": 12, "RequireNumbers": True, "PasswordHistorySize": 3},
        "SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"]},
    },
    "DeletionProtection": "ACTIVE",
    "LambdaConfig": {"PreSignUp": "arn:aws:lambda:us-east-1:000000000000:function:pre"},
    "AutoVerifiedAttributes": ["email"],
    "AliasAttributes": ["email", "preferred_username"],
    "SmsVerificationMessage": "code {####}",
    "SmsAuthenticationMessage": "sign in with {####}",
    "UserAttributeUpdateSettings": {"AttributesRequireVerificationBeforeUpdate": ["email"]},
    "DeviceConfiguration": {"ChallengeRequiredOnNewDevice": True, "DeviceOnlyRememberedOnUserPrompt": False},
    "UserPoolTags": {"team": "identity"},
    "UserPoolAddOns": {"AdvancedSecurityMode": "OFF"},
    "UsernameConfiguration": {"CaseSensitive": True},
    "AccountRecoverySetting": {"RecoveryMechanisms": [{"Priority": 1, "Name": "verified_email"}]},
    "UserPoolTier": "PLUS",
}


def test_everything_given_is_described_back(world: World) -> None:
    pool = describe(world, create(world, **EVERYTHING)["Id"])
    plain = {name: value for name, value in EVERYTHING.items() if name != "Policies"}
    assert {name: pool[name] for name in plain} == plain
    assert pool["Policies"]["SignInPolicy"] == EVERYTHING["Policies"]["SignInPolicy"]


def test_a_password_policy_that_is_given_is_given_whole(world: World) -> None:
    assert create(world, **EVERYTHING)["Policies"]["PasswordPolicy"] == {
        "MinimumLength": 12,
        "RequireUppercase": False,
        "RequireLowercase": False,
        "RequireNumbers": True,
        "RequireSymbols": False,
        "PasswordHistorySize": 3,
        "TemporaryPasswordValidityDays": 7,
    }


def test_the_older_name_of_the_temporary_passwords_life(world: World) -> None:
    pool = create(world, AdminCreateUserConfig={"UnusedAccountValidityDays": 30})
    assert pool["Policies"]["PasswordPolicy"]["TemporaryPasswordValidityDays"] == 30
    assert pool["AdminCreateUserConfig"]["UnusedAccountValidityDays"] == 30
    assert "TemporaryPasswordValidityDays" in refused(
        world,
        AdminCreateUserConfig={"UnusedAccountValidityDays": 30},
        Policies={"PasswordPolicy": {"MinimumLength": 8, "TemporaryPasswordValidityDays": 3}},
    )


def test_zero_days_mean_the_default(world: World) -> None:
    policy = {"MinimumLength": 8, "TemporaryPasswordValidityDays": 0}
    pool = create(world, Policies={"PasswordPolicy": policy})
    assert pool["Policies"]["PasswordPolicy"]["TemporaryPasswordValidityDays"] == 7


def test_older_message_members_fill_the_template(world: World) -> None:
    pool = create(world, EmailVerificationMessage="your code {####}", EmailVerificationSubject="code")
    assert pool["VerificationMessageTemplate"] == {
        "DefaultEmailOption": "CONFIRM_WITH_CODE",
        "EmailMessage": "your code {####}",
        "EmailSubject": "code",
    }


def test_contradictions(world: World) -> None:
    assert refused(world, UsernameAttributes=["email"], AliasAttributes=["email"]) == (
        "Only one of the aliasAttributes or usernameAttributes can be set in a user pool."
    )
    assert refused(world, MfaConfiguration="ON").startswith("SMS configuration and Auto verification")


def test_t089_keys_are_made_per_pool(world: World) -> None:
    first, second = create(world)["Id"], create(world)["Id"]
    keys = {key.kid: key.public_jwk["n"] for key in SigningKey.objects.filter(pool__in=[first, second])}
    assert len(keys) == 4
    assert len(set(keys.values())) == 4


# -- Schema ------------------------------------------------------------------------------------------------------
def entry(pool: dict[str, Any], name: str) -> dict[str, Any]:
    return next(attribute for attribute in pool["SchemaAttributes"] if attribute["Name"] == name)


def test_custom_attributes_get_their_prefix(world: World) -> None:
    pool = create(
        world,
        Schema=[
            {"Name": "team", "AttributeDataType": "String", "StringAttributeConstraints": {"MaxLength": "10"}},
            {"Name": "level", "AttributeDataType": "Number", "Mutable": False},
            {"Name": "internal", "AttributeDataType": "Boolean", "DeveloperOnlyAttribute": True},
        ],
    )
    assert entry(pool, "custom:team") == {
        "Name": "custom:team",
        "AttributeDataType": "String",
        "DeveloperOnlyAttribute": False,
        "Mutable": True,
        "Required": False,
        "StringAttributeConstraints": {"MaxLength": "10"},
    }
    assert entry(pool, "custom:level")["Mutable"] is False
    assert entry(pool, "dev:internal")["DeveloperOnlyAttribute"] is True


def test_standard_attributes_are_changed_in_place(world: World) -> None:
    pool = create(world, Schema=[{"Name": "email", "Required": True, "Mutable": False}])
    assert [attribute["Name"] for attribute in pool["SchemaAttributes"]] == STANDARD
    assert entry(pool, "email")["Required"] is True
    assert entry(pool, "email")["AttributeDataType"] == "String"


@pytest.mark.parametrize(
    ("schema", "text"),
    [
        ([{"Name": "team", "Required": True}], "Required custom attributes are not supported currently."),
        ([{"AttributeDataType": "String"}], "needs a Name"),
        ([{"Name": "team"}, {"Name": "team"}], "custom:team: Existing attribute already has name custom:team."),
        ([{"Name": "team", "StringAttributeConstraints": {"MaxLength": "ten"}}], "MaxLength must be a whole number"),
        ([{"Name": "email", "StringAttributeConstraints": {"MinLength": "1_0"}}], "MinLength must be a whole number"),
        (
            [{"Name": "level", "AttributeDataType": "Number", "NumberAttributeConstraints": {"MinValue": ""}}],
            "MinValue must be a whole number",
        ),
    ],
)
def test_schemas_that_are_refused(world: World, schema: list[dict[str, Any]], text: str) -> None:
    assert text in refused(world, Schema=schema)


def test_custom_attributes_are_added(world: World) -> None:
    world("AddCustomAttributes", UserPoolId=world.pool_id, CustomAttributes=[{"Name": "team"}])
    assert entry(describe(world, world.pool_id), "custom:team")["AttributeDataType"] == "String"
    again = world.refusal("AddCustomAttributes", UserPoolId=world.pool_id, CustomAttributes=[{"Name": "team"}])
    assert again == ("InvalidParameterException", "custom:team: Existing attribute already has name custom:team.")


def test_fifty_custom_attributes_are_the_most(world: World) -> None:
    for start in (0, 25):
        attributes = [{"Name": f"a{number}"} for number in range(start, start + 25)]
        world("AddCustomAttributes", UserPoolId=world.pool_id, CustomAttributes=attributes)
    refusal = world.refusal("AddCustomAttributes", UserPoolId=world.pool_id, CustomAttributes=[{"Name": "more"}])
    assert refusal[0] == "InvalidParameterException"


# -- Update ------------------------------------------------------------------------------------------------------
def test_what_an_update_does_not_say_goes_back_to_its_default(world: World) -> None:
    pool_id = create(world, **EVERYTHING)["Id"]
    world("UpdateUserPool", UserPoolId=pool_id, AutoVerifiedAttributes=["phone_number"])
    pool = describe(world, pool_id)
    assert pool["AutoVerifiedAttributes"] == ["phone_number"]
    for name in ("DeletionProtection", "LambdaConfig", "VerificationMessageTemplate", "EmailConfiguration"):
        assert pool[name] == DEFAULTS[name], name
    assert "DeviceConfiguration" not in pool
    assert pool["UserPoolTags"] == {}


def test_what_an_update_leaves_alone(world: World) -> None:
    before = create(world, **EVERYTHING, Schema=[{"Name": "team"}])
    world.clock.forward(minutes=1)
    world("UpdateUserPool", UserPoolId=before["Id"])
    after = describe(world, before["Id"])
    for name in (
        *("Name", "Policies", "UserPoolTier", "MfaConfiguration"),
        *("SchemaAttributes", "AliasAttributes", "UsernameConfiguration", "CreationDate", "Arn"),
    ):
        assert after[name] == before[name], name
    assert after["LastModifiedDate"] > before["LastModifiedDate"]


def test_one_policy_is_updated_without_the_other(world: World) -> None:
    pool_id = create(world, **EVERYTHING)["Id"]
    world("UpdateUserPool", UserPoolId=pool_id, Policies={"PasswordPolicy": {"MinimumLength": 20}})
    policies = describe(world, pool_id)["Policies"]
    assert policies["PasswordPolicy"]["MinimumLength"] == 20
    assert policies["PasswordPolicy"]["RequireNumbers"] is False
    assert policies["SignInPolicy"] == EVERYTHING["Policies"]["SignInPolicy"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("change", ["UpdateUserPool", "SetUserPoolMfaConfig"])
def test_of_many_changes_at_once_none_is_lost(world: World, change: str) -> None:
    """A custom attribute is for life, whatever else is changed in the moment that it is declared."""
    changes: list[tuple[str, dict[str, Any]]] = [(change, {})] * 6
    additions = [("AddCustomAttributes", {"CustomAttributes": [{"Name": f"a{number}"}]}) for number in range(6)]
    waiting = iter(changes + additions)

    def run() -> None:
        operation, members = next(waiting)
        world(operation, UserPoolId=world.pool_id, **members)

    race(12, run)
    names = {each["Name"] for each in describe(world, world.pool_id)["SchemaAttributes"]}
    assert names >= {f"custom:a{number}" for number in range(6)}


def test_an_empty_sign_in_policy_is_the_default_one(world: World) -> None:
    pool_id = create(world, Policies={"SignInPolicy": {}})["Id"]
    assert describe(world, pool_id)["Policies"]["SignInPolicy"] == DEFAULTS["Policies"]["SignInPolicy"]  # type: ignore[index]
    world(
        "SetUserPoolMfaConfig",
        UserPoolId=pool_id,
        SoftwareTokenMfaConfiguration={"Enabled": True},
        MfaConfiguration="ON",
    )


def test_an_update_renames(world: World) -> None:
    world("UpdateUserPool", UserPoolId=world.pool_id, PoolName="renamed")
    assert describe(world, world.pool_id)["Name"] == "renamed"


def test_a_new_policy_holds_for_the_next_password(world: World) -> None:
    world("UpdateUserPool", UserPoolId=world.pool_id, Policies={"PasswordPolicy": {"MinimumLength": 30}})
    refusal = world.refusal("AdminSetUserPassword", UserPoolId=world.pool_id, Username="alice", Password=PASSWORD)
    assert refusal == ("InvalidPasswordException", "Password did not conform with policy: Password not long enough")
    assert world.sign_in()


# -- MFA configuration -------------------------------------------------------------------------------------------
SMS = {"SmsConfiguration": {"SnsCallerArn": "arn:aws:iam::000000000000:role/sms"}, "SmsAuthenticationMessage": "{####}"}


def mfa(world: World, **members: Any) -> dict[str, Any]:
    answer = world("SetUserPoolMfaConfig", UserPoolId=world.pool_id, **members)
    stored = world("GetUserPoolMfaConfig", UserPoolId=world.pool_id)
    for each in (answer, stored):
        each.pop("ResponseMetadata")
    assert answer == stored
    return stored


def mfa_refused(world: World, **members: Any) -> str:
    before = world("GetUserPoolMfaConfig", UserPoolId=world.pool_id)
    code, message = world.refusal("SetUserPoolMfaConfig", UserPoolId=world.pool_id, **members)
    assert code == "InvalidParameterException"
    after = world("GetUserPoolMfaConfig", UserPoolId=world.pool_id)
    assert before["MfaConfiguration"] == after["MfaConfiguration"]
    return message


def test_mfa_is_off_at_first(world: World) -> None:
    answer = world("GetUserPoolMfaConfig", UserPoolId=world.pool_id)
    assert {name: value for name, value in answer.items() if name != "ResponseMetadata"} == {"MfaConfiguration": "OFF"}


@pytest.mark.parametrize("mode", ["ON", "OPTIONAL"])
def test_mfa_by_token(world: World, mode: str) -> None:
    members: dict[str, Any] = {"SoftwareTokenMfaConfiguration": {"Enabled": True}, "MfaConfiguration": mode}
    assert mfa(world, **members) == members
    assert describe(world, world.pool_id)["MfaConfiguration"] == mode
    world("UpdateUserPool", UserPoolId=world.pool_id)
    assert describe(world, world.pool_id)["MfaConfiguration"] == mode


def test_mfa_by_text_message_is_the_pools_own(world: World) -> None:
    members = {"SmsMfaConfiguration": SMS, "MfaConfiguration": "OPTIONAL"}
    assert mfa(world, **members) == members
    assert describe(world, world.pool_id)["SmsConfiguration"] == SMS["SmsConfiguration"]


def test_mfa_that_the_pool_was_created_with(world: World) -> None:
    world.pool_id = create(world, MfaConfiguration="ON", **SMS)["Id"]
    assert world("GetUserPoolMfaConfig", UserPoolId=world.pool_id)["SmsMfaConfiguration"] == SMS


def test_passkeys_alone_need_no_mfa(world: World) -> None:
    passkeys = {"RelyingPartyId": "localhost", "UserVerification": "required"}
    assert mfa(world, WebAuthnConfiguration=passkeys)["WebAuthnConfiguration"] == passkeys


def test_setting_replaces_everything(world: World) -> None:
    mfa(world, SoftwareTokenMfaConfiguration={"Enabled": True}, MfaConfiguration="ON")
    assert mfa(world) == {"MfaConfiguration": "OFF"}


def test_mfa_contradictions(world: World) -> None:
    assert "can't turn off MFA and configure an MFA together" in mfa_refused(
        world, SoftwareTokenMfaConfiguration={"Enabled": False}
    )
    for members in ({}, {"SoftwareTokenMfaConfiguration": {"Enabled": False}}):
        assert "must be enabled" in mfa_refused(world, MfaConfiguration="ON", **members)
    assert "COGNITO_DEFAULT" in mfa_refused(
        world, MfaConfiguration="ON", EmailMfaConfiguration={"Message": "{####}", "Subject": "code"}
    )


def test_mfa_and_first_factors(world: World) -> None:
    factors = {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"]}}
    token: dict[str, Any] = {"SoftwareTokenMfaConfiguration": {"Enabled": True}, "MfaConfiguration": "ON"}
    mfa(world, **token)
    refusal = world.refusal("UpdateUserPool", UserPoolId=world.pool_id, Policies=factors)
    assert refusal[1].startswith("Only PASSWORD and WEB_AUTHN")
    mfa(world)
    world("UpdateUserPool", UserPoolId=world.pool_id, Policies=factors)
    assert mfa_refused(world, **token).startswith("Only PASSWORD and WEB_AUTHN")


def test_mfa_and_passkeys(world: World) -> None:
    policies = {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "WEB_AUTHN"]}}
    token: dict[str, Any] = {"SoftwareTokenMfaConfiguration": {"Enabled": True}, "MfaConfiguration": "ON"}
    world("UpdateUserPool", UserPoolId=world.pool_id, Policies=policies)
    assert mfa_refused(world, **token).startswith("Cannot set WebAuthn factor configuration to SINGLE_FACTOR")
    with_verification = {"FactorConfiguration": "MULTI_FACTOR_WITH_USER_VERIFICATION"}
    assert mfa(world, **token, WebAuthnConfiguration=with_verification)["WebAuthnConfiguration"] == with_verification


# -- List and delete ---------------------------------------------------------------------------------------------
def test_pools_are_listed_in_pages(world: World) -> None:
    made = {world.pool_id} | {create(world)["Id"] for _ in range(4)}
    pages: list[list[str]] = []
    token: dict[str, str] = {}
    while True:
        answer = world("ListUserPools", MaxResults=2, **token)
        pages.append([pool["Id"] for pool in answer["UserPools"]])
        if "NextToken" not in answer:
            break
        token = {"NextToken": answer["NextToken"]}
    assert [len(page) for page in pages] == [2, 2, 1]
    assert {pool_id for page in pages for pool_id in page} == made


def test_pools_are_listed_by_region(world: World) -> None:
    body = {"PoolName": "elsewhere"}
    elsewhere = send(body, signed("CreateUserPool", body, region="eu-west-1"))[2]["UserPool"]["Id"]
    assert elsewhere not in [pool["Id"] for pool in world("ListUserPools", MaxResults=60)["UserPools"]]
    body = {"MaxResults": 60}  # type: ignore[dict-item]
    found = send(body, signed("ListUserPools", body, region="eu-west-1"))[2]["UserPools"]
    assert [pool["Id"] for pool in found] == [elsewhere]


@pytest.mark.parametrize("token", ["x", "00" * 40, "\u00e9", "z" * 1000])
def test_a_made_up_token(world: World, token: str) -> None:
    assert world.refusal("ListUserPools", MaxResults=1, NextToken=token)[0] == "InvalidParameterException"


def test_deleting_takes_everything_along(world: World) -> None:
    tokens = world.sign_in()
    world("DeleteUserPool", UserPoolId=world.pool_id)
    assert not UserPool.objects.exists()
    gone = ("ResourceNotFoundException", f"User pool {world.pool_id} does not exist.")
    assert world.refusal("DescribeUserPool", UserPoolId=world.pool_id) == gone
    assert world.refusal("DeleteUserPool", UserPoolId=world.pool_id) == gone
    assert world.refusal("GetUser", AccessToken=tokens["AccessToken"])[0] == "NotAuthorizedException"


def test_deletion_protection(world: World) -> None:
    world("UpdateUserPool", UserPoolId=world.pool_id, DeletionProtection="ACTIVE")
    code, message = world.refusal("DeleteUserPool", UserPoolId=world.pool_id)
    assert (code, "deletion protection is activated" in message) == ("InvalidParameterException", True)
    world("UpdateUserPool", UserPoolId=world.pool_id, DeletionProtection="INACTIVE")
    world("DeleteUserPool", UserPoolId=world.pool_id)


def test_pools_are_apart(world: World) -> None:
    """The same username in two pools is two users, and a client opens one pool only."""
    other = create(world)["Id"]
    assert world.refusal("AdminGetUser", UserPoolId=other, Username="alice")[0] == "UserNotFoundException"
    refusal = world.refusal("DescribeUserPoolClient", UserPoolId=other, ClientId=world.client_id)
    assert refusal[0] == "ResourceNotFoundException"
    assert boto.in_process().list_user_pool_clients(UserPoolId=other)["UserPoolClients"] == []
