"""What is shown to take along: it is nobody's but the reader's, cfn-lint and our pool take it, and names are right."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from botocore.loaders import Loader
from botocore.model import ServiceModel
from cfnlint.decode import cfn_yaml

from flows.cognito.control_plane import OPERATIONS
from flows.playground.commands import DESCRIBED
from flows.playground.knobs import KNOBS
from tests.playground.browser import Browser, read
from tests.playground.conftest import Demo

CFN_LINT = str(Path(sys.executable).with_name("cfn-lint"))
# What the reader's own template has, into which a shown one goes.
PARTS = {
    "Ref": {"Type": "String"},
    "Fn::GetAtt": {
        "Type": "AWS::Serverless::Function",
        "Properties": {"Runtime": "python3.13", "Handler": "index.handler", "InlineCode": "def handler(event, _): ..."},
    },
}
POOL = {"Type": "AWS::Cognito::UserPool"}
ROLE = {
    "Type": "AWS::IAM::Role",
    "Properties": {
        "AssumeRolePolicyDocument": {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Principal": {"Service": "cognito-idp.amazonaws.com"},
                    "Action": "sts:AssumeRole",
                }
            ],
        }
    },
}
# What is the reader's own in a template, as a pool of ours would have it.
OWN = {
    "SnsRole": "arn:aws:iam::123456789012:role/own",
    "ExternalId": "own",
    "SesIdentityArn": "arn:aws:ses:eu-west-1:123456789012:identity/own.example",
    "RelyingPartyId": "localhost",
}
EVERYTHING = {
    "devices": {"remembered": ["Always"], "ChallengeRequiredOnNewDevice": ["ChallengeRequiredOnNewDevice"]},
    "passkeys": {"FactorConfiguration": ["MULTI_FACTOR_WITH_USER_VERIFICATION"], "UserVerification": ["required"]},
    "tokens": {"AccessTokenValidity": ["30"], "AccessTokenValidity-unit": ["minutes"]},
}
# The Terraform AWS provider 6: aws_cognito_user_pool and aws_cognito_user_pool_client.
TERRAFORM = {
    *("explicit_auth_flows", "prevent_user_existence_errors", "auth_session_validity"),
    *("access_token_validity", "id_token_validity", "refresh_token_validity", "token_validity_units"),
    *("access_token", "id_token", "refresh_token", "sign_in_policy", "allowed_first_auth_factors"),
    *("mfa_configuration", "sms_configuration", "sns_caller_arn", "external_id", "email_mfa_configuration"),
    *("software_token_mfa_configuration", "enabled", "web_authn_configuration", "user_verification"),
    *("email_configuration", "email_sending_account", "source_arn"),
    *("account_recovery_setting", "recovery_mechanism", "name", "priority", "relying_party_id"),
    *("device_configuration", "challenge_required_on_new_device", "device_only_remembered_on_user_prompt"),
    *("lambda_config", "define_auth_challenge", "create_auth_challenge", "verify_auth_challenge_response"),
    "user_migration",
}


def test_members_and_operations_are_the_service_models() -> None:
    model = ServiceModel(Loader().load_service_model("cognito-idp", "service-2"), "cognito-idp")
    assert set(model.operation_names) >= OPERATIONS
    for knob in KNOBS:
        assert set(model.operation_model(knob.place).input_shape.members) >= set(knob.members)


def test_what_a_command_leaves_out_is_what_an_update_does_not_take() -> None:
    model = ServiceModel(Loader().load_service_model("cognito-idp", "service-2"), "cognito-idp")
    for place, described in DESCRIBED.items():
        answer = model.operation_model(described.operation).output_shape
        told = answer.members[described.member] if described.member else answer
        taken = model.operation_model(place).input_shape.members
        untaken = {path for path in described.untaken if "." not in path} - {"MfaConfiguration"}
        assert untaken == set(told.members) - set(taken)


@pytest.fixture
def everything(demo: Demo) -> Browser:
    """The playground with everything on that can be on at once."""
    browser = Browser()
    for slug, values in EVERYTHING.items():
        assert browser.open().send(f"settings/{slug}/", **values).answer.status_code == 200
    return browser.open()


def template(browser: Browser, name: str) -> dict[str, Any]:
    """The shown template, parsed as CloudFormation's YAML."""
    text = browser.part(f"sam-{name}").partition("Copy SAM, CloudFormation for ")[2].partition("\n")[2]
    return dict(cfn_yaml.loads(text))


def references(tree: Any) -> Iterator[tuple[str, str]]:
    """Each !Ref and !GetAtt of a template, with what it names."""
    for name, value in tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ():
        if name in PARTS:
            yield str(name), value if isinstance(value, str) else value[0]
        else:
            yield from references(value)


def test_templates_are_what_cfn_lint_accepts(everything: Browser, tmp_path: Path) -> None:
    for name in (*(knob.slug for knob in KNOBS), "alice", "dave"):
        whole = template(everything, name)
        named = set(references(whole)) - {("Ref", "UserPool")}
        whole["Transform"] = "AWS::Serverless-2016-10-31"
        whole["Parameters"] = {name: PARTS[kind] for kind, name in named if kind == "Ref"}
        whole["Resources"] |= {name: PARTS[kind] for kind, name in named if kind != "Ref" and name != "SnsRole"}
        whole["Resources"] |= {name: ROLE for _, name in named if name == "SnsRole"}
        whole["Resources"] = {"UserPool": POOL} | whole["Resources"]
        if client := whole["Resources"].get("UserPoolClient"):
            client["Properties"]["UserPoolId"] = {"Ref": "UserPool"}
        (tmp_path / f"{name}.json").write_text(json.dumps(whole), "utf-8")
    run = subprocess.run(
        [CFN_LINT, "--format", "json", *map(str, tmp_path.glob("*.json"))], capture_output=True, text=True, check=False
    )
    assert json.loads(run.stdout) == []


def filled_in(tree: Any) -> Any:
    """A template's properties with the reader's own in place of each !Ref and !GetAtt."""
    if isinstance(tree, list):
        return [filled_in(each) for each in tree]
    if not isinstance(tree, dict):
        return tree
    for _, name in references(tree) if len(tree) == 1 else ():
        if next(iter(tree)) in PARTS:
            return OWN.get(name, f"arn:aws:lambda:eu-west-1:123456789012:function:{name}")
    return {name: filled_in(value) for name, value in tree.items()}


def second_factors(properties: dict[str, Any]) -> dict[str, Any]:
    """What CloudFormation sends to SetUserPoolMfaConfig."""
    enabled = properties.pop("EnabledMfas", [])
    passkeys = {name: properties.pop(f"WebAuthn{name}", None) for name in ("FactorConfiguration", "UserVerification")}
    passkeys["RelyingPartyId"] = properties.pop("WebAuthnRelyingPartyID", None)
    blocks: dict[str, Any] = {
        "SMS_MFA": {"SmsMfaConfiguration": {"SmsConfiguration": properties.get("SmsConfiguration")}},
        "SOFTWARE_TOKEN_MFA": {"SoftwareTokenMfaConfiguration": {"Enabled": True}},
        "EMAIL_OTP": {"EmailMfaConfiguration": {}},
    }
    return {
        "MfaConfiguration": properties.pop("MfaConfiguration", "OFF"),
        **{name: block for factor in enabled for name, block in blocks[factor].items()},
        **({"WebAuthnConfiguration": passkeys} if any(passkeys.values()) else {}),
    }


def make_pool(demo: Demo, resources: dict[str, Any], *, name: str) -> str:
    """The id of a pool that is made of a template's ``resources``, as CloudFormation would, and of nothing else."""
    properties = resources.get("UserPool", {}).get("Properties", {})
    mfa = second_factors(properties)
    pool_id = str(demo.cognito.create_user_pool(PoolName=name, **properties)["UserPool"]["Id"])
    answer = demo.cognito.set_user_pool_mfa_config(UserPoolId=pool_id, **mfa)
    assert {name: answer[name] for name in mfa} == mfa
    return pool_id


def test_a_pool_can_be_made_of_what_a_template_says_and_nothing_else(demo: Demo, everything: Browser) -> None:
    for knob in KNOBS:
        resources = filled_in(template(everything, knob.slug))["Resources"]
        pool_id = make_pool(demo, resources, name=knob.slug)
        if knob.is_of_client:
            client = resources["UserPoolClient"]["Properties"]
            demo.cognito.create_user_pool_client(UserPoolId=pool_id, ClientName="app", **client)


def test_in_a_pool_made_of_a_template_e_mail_can_be_set_up_as_the_second_factor(demo: Demo) -> None:
    """Not where passwords are recovered by e-mail in the first place."""
    browser = Browser()
    browser.send("settings/first-factors/", AllowedFirstAuthFactors=["PASSWORD"])
    browser.open().send("settings/mfa/", factors=["EmailMfaConfiguration"], MfaConfiguration=["ON"])
    pool_id = make_pool(demo, filled_in(template(browser.open(), "mfa"))["Resources"], name="mfa")

    client = demo.cognito.create_user_pool_client(
        UserPoolId=pool_id, ClientName="app", ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH"]
    )
    mona = {"Username": "mona", "Password": "Nobody-knows-me-1"}
    demo.cognito.admin_create_user(UserPoolId=pool_id, Username="mona")
    demo.cognito.admin_set_user_password(UserPoolId=pool_id, Permanent=True, **mona)
    answer = demo.cognito.initiate_auth(
        ClientId=client["UserPoolClient"]["ClientId"],
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={name.upper(): value for name, value in mona.items()},
    )
    assert answer["ChallengeName"] == "MFA_SETUP"
    assert json.loads(answer["ChallengeParameters"]["MFAS_CAN_SETUP"]) == ["EMAIL_OTP"]


def test_terraform_recovers_passwords_as_the_template_does(demo: Demo) -> None:
    browser = Browser()
    properties = template(browser, "mfa")["Resources"]["UserPool"]["Properties"]
    ways = re.findall(r'name += "(\w+)"\n +priority = (\d)', browser.part("terraform-mfa"))
    assert ways == [
        (way["Name"], str(way["Priority"])) for way in properties["AccountRecoverySetting"]["RecoveryMechanisms"]
    ]


def test_nothing_of_the_demo_gets_into_what_is_taken_along(everything: Browser, demo: Demo) -> None:
    """Whoever puts ids of their own in must not put the demo's sender, functions or domain into their pool."""
    texts = read(everything.html).texts
    for name in (*(knob.slug for knob in KNOBS), "alice", "dave"):
        shown = "".join(text for language in ("cli", "sam", "terraform") for text in texts[f"{language}-{name}"])
        for own in (demo.pool_id, demo.client_id, "123456789012", "example.com", "localhost", "every-flow"):
            assert own not in shown, name


def test_terraform_is_spelt_as_the_provider_spells_it(everything: Browser) -> None:
    seen = set()
    for knob in KNOBS:
        text = everything.part(f"terraform-{knob.slug}")
        kind = "aws_cognito_user_pool_client" if knob.is_of_client else "aws_cognito_user_pool"
        assert f'resource "{kind}" "' in text
        assert f"# Goes into your own {kind}: keep its other arguments.\n" in text
        seen |= set(re.findall(r"^ +(\w+) +[={]", text, re.MULTILINE))
    assert seen == TERRAFORM


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("cli-session", '"AuthSessionValidity": 3\n'),
        ("cli-flows", '"ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH", "ALLOW_USER_PASSWORD_AUTH"'),
        ("cli-flows", "# UpdateUserPoolClient forgets what it is not told"),
        ("cli-flows", '--user-pool-id "$POOL_ID" \\\n  --client-id "$CLIENT_ID"'),
        ("cli-mfa", '"SnsCallerArn": $ENV.SNS_ROLE_ARN'),
        ("cli-mfa", "EmailMfaConfiguration is refused unless"),
        ("cli-triggers", "--principal cognito-idp.amazonaws.com"),
        ("sam-triggers", "DefineAuthChallenge: !GetAtt DefineAuthChallengeFunction.Arn"),
        ("terraform-triggers", "aws_lambda_function.define_auth_challenge.arn"),
        ("sam-flows", "# Goes into your own UserPoolClient: keep its other properties."),
        ("sam-mfa", "# Goes into your own UserPool: keep its other properties."),
        ("sam-passkeys", "WebAuthnRelyingPartyID: !Ref RelyingPartyId"),
        ("sam-dave", "It cannot say status"),
        ("sam-dave", "Username: dave"),
        ("cli-dave", 'aws cognito-idp admin-disable-user \\\n  --user-pool-id "$POOL_ID" \\\n  --username "$NAME"'),
        ("cli-bob", '--password "$PASSWORD" \\\n  --no-permanent'),
        ("cli-erin", "aws cognito-idp admin-reset-user-password"),
        ("cli-frank", """--sms-mfa-settings '{"Enabled": true, "PreferredMfa": true}'"""),
        ("terraform-dave", "enabled      = false"),
        ("terraform-bob", "temporary_password = var.temporary_password"),
    ],
)
def test_commands(demo: Demo, name: str, expected: str) -> None:
    assert expected in Browser().part(name)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("cli-session", '<span class="hl-name">--client-id</span>'),
        ("sam-session", '<span class="hl-name">AuthSessionValidity</span>'),
        ("terraform-session", '<span class="hl-name">auth_session_validity</span>'),
    ],
)
def test_words_are_told_apart(demo: Demo, name: str, expected: str) -> None:
    snippet = Browser().html.partition(f'id="{name}"')[2].partition("</pre>")[0]
    assert expected in snippet
    copied = re.search(r'data-copy="([^"]*)"', snippet)
    assert copied
    assert re.sub(r"<[^>]+>", "", snippet.partition("<code>")[2]) == copied[1]
