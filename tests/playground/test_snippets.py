"""What is shown to take along: templates that cfn-lint accepts, Terraform's own names, and commands that say all."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from botocore.loaders import Loader
from botocore.model import ServiceModel

from flows.cognito.control_plane import OPERATIONS
from flows.playground.knobs import KNOBS
from tests.playground.browser import Browser
from tests.playground.conftest import Demo

CFN_LINT = str(Path(sys.executable).with_name("cfn-lint"))
POOL = "Resources:\n  UserPool:\n    Type: AWS::Cognito::UserPool\n"
EVERYTHING = {
    "devices": {"remembered": ["Always"], "ChallengeRequiredOnNewDevice": ["ChallengeRequiredOnNewDevice"]},
    "passkeys": {"FactorConfiguration": ["MULTI_FACTOR_WITH_USER_VERIFICATION"], "UserVerification": ["required"]},
    "tokens": {"AccessTokenValidity": ["30"], "AccessTokenValidity-unit": ["minutes"]},
}
# The Terraform AWS provider 6: aws_cognito_user_pool and aws_cognito_user_pool_client.
TERRAFORM = {
    *("name", "user_pool_id", "explicit_auth_flows", "prevent_user_existence_errors", "auth_session_validity"),
    *("access_token_validity", "id_token_validity", "refresh_token_validity", "token_validity_units"),
    *("access_token", "id_token", "refresh_token", "sign_in_policy", "allowed_first_auth_factors"),
    *("mfa_configuration", "sms_configuration", "sns_caller_arn", "external_id", "email_mfa_configuration"),
    *("software_token_mfa_configuration", "enabled", "web_authn_configuration", "user_verification"),
    *("device_configuration", "challenge_required_on_new_device", "device_only_remembered_on_user_prompt"),
    *("lambda_config", "define_auth_challenge", "create_auth_challenge", "verify_auth_challenge_response"),
    "user_migration",
}


def test_members_and_operations_are_the_service_models() -> None:
    model = ServiceModel(Loader().load_service_model("cognito-idp", "service-2"), "cognito-idp")
    assert set(model.operation_names) >= OPERATIONS
    for knob in KNOBS:
        assert set(model.operation_model(knob.place).input_shape.members) >= set(knob.members)


def test_templates_are_what_cfn_lint_accepts(demo: Demo, tmp_path: Path) -> None:
    browser = Browser()
    for slug, values in EVERYTHING.items():
        assert browser.open().send(f"settings/{slug}/", **values).answer.status_code == 200
    for knob in KNOBS:
        snippet = browser.part(f"sam-{knob.slug}").partition("Resources:\n")[2].rstrip("\n ")
        assert snippet, knob.slug
        whole = POOL + snippet if knob.is_of_client else f"Resources:\n{snippet}"
        (tmp_path / f"{knob.slug}.yaml").write_text(f"Transform: AWS::Serverless-2016-10-31\n{whole}\n", "utf-8")
    run = subprocess.run(
        [CFN_LINT, "--format", "json", *map(str, tmp_path.glob("*.yaml"))], capture_output=True, text=True, check=False
    )
    assert json.loads(run.stdout) == []


def test_terraform_is_spelt_as_the_provider_spells_it(demo: Demo) -> None:
    browser = Browser()
    for slug, values in EVERYTHING.items():
        browser.open().send(f"settings/{slug}/", **values)
    seen = set()
    for knob in KNOBS:
        text = browser.part(f"terraform-{knob.slug}")
        kind = "aws_cognito_user_pool_client" if knob.is_of_client else "aws_cognito_user_pool"
        assert f'resource "{kind}" "' in text
        seen |= set(re.findall(r"^ +(\w+) +[={]", text, re.MULTILINE))
    assert seen == TERRAFORM


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("cli-session", "--auth-session-validity 3"),
        ("cli-flows", "--explicit-auth-flows ALLOW_USER_SRP_AUTH ALLOW_USER_PASSWORD_AUTH"),
        ("cli-flows", "--enable-token-revocation"),
        ("cli-flows", "# UpdateUserPoolClient forgets what it is not told"),
        ("cli-dave", "aws cognito-idp admin-disable-user"),
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
        ("cli-session", '<span class="hl-name">--auth-session-validity</span>'),
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
