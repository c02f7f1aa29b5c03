"""deploy/aws/template.yaml against the code. cfn-lint reads it too, in ``make lint``."""

import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from deploy.aws.bundle import ROOT
from flows.triggers.catalog import CATALOG

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient

TEMPLATE = ROOT / "deploy" / "aws" / "template.yaml"


class _Loader(yaml.SafeLoader):
    """Knows CloudFormation's tags: ``!Ref X`` is {"Ref": X}."""


def _tag(loader: _Loader, suffix: str, node: yaml.Node) -> dict[str, Any]:
    if isinstance(node, yaml.ScalarNode):
        return {suffix: loader.construct_scalar(node)}
    assert isinstance(node, yaml.SequenceNode)
    return {suffix: loader.construct_sequence(node, deep=True)}


_Loader.add_multi_constructor("!", _tag)


def test_it_has_no_aliases() -> None:
    """CloudFormation does not read them."""
    events = yaml.parse(TEMPLATE.read_text(encoding="utf-8"), Loader=_Loader)
    assert not [event for event in events if isinstance(event, yaml.AliasEvent)]


@pytest.fixture(scope="module")
def template() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.load(TEMPLATE.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - it is safe
    return loaded


@pytest.fixture(scope="module")
def resources(template: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = template["Resources"]
    return found


def of_type(resources: dict[str, Any], type_name: str) -> dict[str, Any]:
    return {name: each["Properties"] for name, each in resources.items() if each["Type"] == type_name}


def test_every_trigger_is_there_and_wired_and_may_be_called_by_this_pool(resources: dict[str, Any]) -> None:
    functions = of_type(resources, "AWS::Serverless::Function")
    assert {function["Handler"] for function in functions.values()} == set(CATALOG.values())
    wired = str(resources["UserPool"]["Properties"]["LambdaConfig"])
    permissions = {each["FunctionName"]["Ref"]: each for each in of_type(resources, "AWS::Lambda::Permission").values()}
    assert permissions.keys() == functions.keys()
    for name, function in functions.items():
        assert f"'{name}.Arn'" in wired
        assert function["Handler"].split(".")[2].replace("_", "") == name.lower()
        assert permissions[name]["SourceArn"] == {"GetAtt": "UserPool.Arn"}
        assert permissions[name]["Principal"] == "cognito-idp.amazonaws.com"


def test_functions_get_variables_that_they_read(resources: dict[str, Any]) -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "flows" / "triggers").rglob("*.py"))
    for function in of_type(resources, "AWS::Serverless::Function").values():
        for name in function.get("Environment", {}).get("Variables", {}):
            assert f'"{name}"' in code, name


def test_no_function_may_do_everything(resources: dict[str, Any]) -> None:
    policies = of_type(resources, "AWS::IAM::ManagedPolicy")
    for name, policy in policies.items():
        for statement in policy["PolicyDocument"]["Statement"]:
            assert "*" not in str(statement["Action"]), name
            assert statement["Resource"] != "*" or statement["Action"] == "sns:Publish", name
    for role in of_type(resources, "AWS::IAM::Role").values():
        assert {each["Ref"] for each in role["ManagedPolicyArns"]} <= policies.keys()


ALLOWED = {
    "CreateAuthChallenge": {"ses:SendEmail"},
    "PostConfirmation": {"ses:SendEmail"},
    "CustomEmailSender": {"ses:SendEmail", "kms:Decrypt"},
    "CustomSMSSender": {"sns:Publish", "kms:Decrypt"},
}


def test_every_function_may_do_what_it_does_and_no_more(resources: dict[str, Any]) -> None:
    """Beside its log: whoever breaks into the one that texts cannot mail."""
    policies, roles = of_type(resources, "AWS::IAM::ManagedPolicy"), of_type(resources, "AWS::IAM::Role")
    for name, function in of_type(resources, "AWS::Serverless::Function").items():
        attached = roles[function["Role"]["GetAtt"].removesuffix(".Arn")]["ManagedPolicyArns"]
        statements = [each for ref in attached for each in policies[ref["Ref"]]["PolicyDocument"]["Statement"]]
        actions = {each["Action"] for each in statements if isinstance(each["Action"], str)}
        assert actions == ALLOWED.get(name, set()), name


def test_the_app_clients(resources: dict[str, Any]) -> None:
    by_name = {each["ClientName"]: each for each in of_type(resources, "AWS::Cognito::UserPoolClient").values()}
    assert by_name.keys() == {"web", "admin", "staging"}
    assert [name for name, each in by_name.items() if each.get("GenerateSecret")] == ["admin"]
    for client in by_name.values():
        assert client["PreventUserExistenceErrors"] == "ENABLED"
        assert "custom:answer_hash" not in client["ReadAttributes"] + client["WriteAttributes"]
    assert by_name["web"]["AuthSessionValidity"] == 15


def test_outputs_are_named_as_the_portals_variables(template: dict[str, Any]) -> None:
    settings = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    described = [output["Description"] for output in template["Outputs"].values()]
    variables = [text for text in described if re.fullmatch(r"[A-Z_]+", text)]
    assert variables == ["COGNITO_USER_POOL_ID", "COGNITO_CLIENT_ID"]
    assert all(f"`{name}`" in settings for name in variables)
    assert not [text for text in described if "SECRET" in text], "outputs can be read by too many"


@pytest.mark.django_db
def test_the_embedded_pool_is_made_from_the_same_properties(
    resources: dict[str, Any], cognito: "CognitoIdentityProviderClient"
) -> None:
    """What stands in the template is Cognito's: CreateUserPool takes it, and botocore knows every member."""
    properties: dict[str, Any] = dict(resources["UserPool"]["Properties"])
    properties["PoolName"] = properties.pop("UserPoolName")["Ref"].replace("::", "-")
    properties["EmailConfiguration"] = {
        "EmailSendingAccount": "DEVELOPER",
        "From": "no-reply@example.com",
        "SourceArn": "arn:aws:ses:eu-west-1:123456789012:identity/example.com",
    }
    properties["SmsConfiguration"] = {"ExternalId": "x", "SnsCallerArn": "arn:aws:iam::123456789012:role/sms"}
    arn = "arn:aws:lambda:eu-west-1:123456789012:function:"
    config = properties["LambdaConfig"]
    properties["LambdaConfig"] = {
        name: f"{arn}{value['GetAtt'].removesuffix('.Arn')}"
        for name, value in config.items()
        if isinstance(value, dict) and "GetAtt" in value
    } | {"PreTokenGenerationConfig": {"LambdaArn": f"{arn}PreTokenGeneration", "LambdaVersion": "V2_0"}}
    factors, passkeys = properties.pop("EnabledMfas"), properties.pop("WebAuthnUserVerification")
    assert properties.pop("WebAuthnRelyingPartyID") == {"Ref": "RelyingPartyId"}
    assert properties.pop("MfaConfiguration") == "OPTIONAL"
    pool_id = cognito.create_user_pool(**properties)["UserPool"]["Id"]
    assert factors == ["SOFTWARE_TOKEN_MFA", "SMS_MFA", "EMAIL_OTP"]
    cognito.set_user_pool_mfa_config(
        UserPoolId=pool_id,
        MfaConfiguration="OPTIONAL",
        SoftwareTokenMfaConfiguration={"Enabled": True},
        SmsMfaConfiguration={"SmsConfiguration": properties["SmsConfiguration"]},
        EmailMfaConfiguration={},
        WebAuthnConfiguration={"RelyingPartyId": "example.com", "UserVerification": passkeys},
    )
    for client in of_type(resources, "AWS::Cognito::UserPoolClient").values():
        cognito.create_user_pool_client(**{**client, "UserPoolId": pool_id})
