"""The same call in other words: what a value may hold must not matter, and every table must be whole."""

import ast
import json
import re
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from flows.cognito.exchange import OPERATIONS
from flows.inspector import code
from flows.inspector.code import amplify_steps, portal, sources
from flows.inspector.code.tab import Tab
from flows.inspector.entries import Call
from flows.inspector.masking.masks import mask
from flows.steps.table import STEPS
from flows.terms import AuthFlow, ChallengeName
from tests.inspector.examples import REQUESTS

ENDPOINT = "http://localhost:8000/cognito-idp"
HOSTILE = [
    "it's",
    'say "hello"',
    "back\\slash \\n \\u0041 \\",
    "$(reboot) `reboot` $HOME ${HOME}",
    "two\nlines\r\n\tand a tab",
    "</script><!--<script>",
    "<PASSWORD>",
    "--output",
    "-",
    "file:///etc/passwd",
    "https://example.com/",
    "naïve 日本語 😀",
    "\u202egnp.exe",
    "\u2028\x00\x7f\ud800",
    "",
    " ",
    "!! !$ * ? [a] ~ # & ; | > x",
    "%s {} {0} {{ x }} {% y %}",
    "a=b,c=d",
]


def call(operation: str, request: Mapping[str, Any], **facts: Any) -> Call:
    given = {"region": "us-east-1", "endpoint_url": ENDPOINT, "signed": operation.startswith("Admin"), **facts}
    return Call(operation=operation, request=request, at="", milliseconds=1.0, **given)


def tab(slug: str, of: Call, **more: Any) -> Tab:
    return next(each for each in code.tabs(of, **more) if each.slug == slug)


# -- Reading the code as the languages do --------------------------------------------------------------------------
def python_call(text: str) -> tuple[str, dict[str, Any]]:
    """The operation's method and its keyword arguments, as Python understands them."""
    (call,) = (
        node
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "cognito"
    )
    assert isinstance(call.func, ast.Attribute)
    return call.func.attr, {str(each.arg): ast.literal_eval(each.value) for each in call.keywords}


def shell_words(text: str) -> list[str]:
    """The command's words, as a real shell hands them over."""
    script = f"aws() {{ printf '%s\\0' aws \"$@\"; }}\n{text}"
    done = subprocess.run(["/bin/sh", "-eu", "-c", script], capture_output=True, text=True, check=True, timeout=20)
    assert not done.stderr
    return done.stdout.split("\0")[:-1]


def shell_members(text: str) -> dict[str, Any]:
    """What the options say, by option; JSON is read, and what stands in --cli-input-json is merged in."""
    words = shell_words(text)
    assert words[:2] == ["aws", "cognito-idp"]
    members: dict[str, Any] = {}
    rest = iter(words[3:])
    for option in rest:
        assert option.startswith("--"), f"not an option: {option!r}"
        if option == "--no-sign-request":
            continue
        value = next(rest)
        members[option] = json.loads(value) if value.startswith(("{", "[")) else value
    return members


# -- Values --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("hostile", HOSTILE, ids=ascii)
def test_a_value_stays_a_value(hostile: str) -> None:
    """In a name, among AuthParameters, and as a member's own name."""
    given = {"USERNAME": hostile, hostile: "x"}
    made = call("InitiateAuth", {"AuthFlow": "USER_AUTH", "ClientId": "c", "AuthParameters": given})
    assert python_call(tab("boto3", made).text)[1]["AuthParameters"] == given
    assert shell_members(tab("aws-cli", made).text)["--auth-parameters"] == given
    assert json.dumps(hostile) in json.dumps(_javascript_strings(tab("amplify-js", made).text))
    for each in code.tabs(made):
        assert not each.blanks or each.slug == "amplify-js"


@pytest.mark.parametrize("hostile", HOSTILE, ids=ascii)
def test_a_value_that_is_an_option_of_its_own_stays_a_value(hostile: str) -> None:
    """The command line would load file:// and take a dash for an option: such a value goes by JSON."""
    made = call("ForgotPassword", {"ClientId": "c", "Username": hostile})
    assert python_call(tab("boto3", made).text)[1]["Username"] == hostile
    members = shell_members(tab("aws-cli", made).text)
    said = members.get("--cli-input-json", {}).get("Username", members.get("--username"))
    assert said == hostile
    if hostile.startswith(("-", "file:", "https:")):
        assert "--username" not in members


@pytest.mark.parametrize("hostile", HOSTILE, ids=ascii)
def test_a_blank_takes_any_value(hostile: str) -> None:
    request = {"ClientId": "c", "Username": "<Password>", "Password": mask("Password"), "ConfirmationCode": "1"}
    made = call("ConfirmForgotPassword", request)
    boto3, shell = tab("boto3", made), tab("aws-cli", made)
    assert boto3.blanks == shell.blanks == ("Password",)
    assert python_call(boto3.filled_in({"Password": hostile}))[1] == {**request, "Password": hostile}
    assert shell_members(shell.filled_in({"Password": hostile}))["--cli-input-json"]["Password"] == hostile


def test_a_blank_takes_what_is_no_text_too() -> None:
    made = call("CompleteWebAuthnRegistration", REQUESTS["CompleteWebAuthnRegistration"])
    boto3 = tab("boto3", made)
    values = {label: [True, {"a": None}] if label == "rk" else label for label in boto3.blanks}
    credential = python_call(boto3.filled_in(values))[1]["Credential"]
    assert credential["clientExtensionResults"]["credProps"]["rk"] == [True, {"a": None}]
    members = shell_members(tab("aws-cli", made).filled_in(values))
    assert members["--credential"] == credential


def test_a_blank_that_is_missing_is_named() -> None:
    with pytest.raises(KeyError, match="PASSWORD"):
        tab("boto3", call("AdminInitiateAuth", REQUESTS["AdminInitiateAuth"])).filled_in({})


def test_blanks_are_told_apart() -> None:
    """By fingerprint, or counted; a value that a machine made and that came before is the same blank."""
    token = mask("Session", "one value")
    request = {"Session": token, "Again": token, "A": {"ANSWER": mask("ANSWER")}, "B": {"ANSWER": mask("ANSWER")}}
    assert tab("boto3", call("GetUser", request)).blanks == (
        f"Session {token['fingerprint']}",
        "ANSWER",
        "ANSWER 2",
    )


@pytest.mark.parametrize("operation", sorted(OPERATIONS))
def test_whatever_is_masked_every_tab_is_there(operation: str) -> None:
    """A password may be a word of the protocol: then that word is masked wherever it stands."""

    def masked(tree: Any) -> Any:
        if isinstance(tree, dict) and "$masked" not in tree:
            return {name: masked(value) for name, value in tree.items()}
        return mask("repeats a secret") if isinstance(tree, str) else tree

    tabs = code.tabs(call(operation, masked(REQUESTS[operation])))
    assert all(each.text for each in tabs)


def test_nothing_invisible_is_in_the_code() -> None:
    """What turns the direction of writing would make code read otherwise than it runs (CVE-2021-42574)."""
    made = call("ForgotPassword", {"ClientId": "c", "Username": "\u202eecila\u200b"})
    for each in code.tabs(made):
        assert not {"\u202e", "\u200b"} & set(each.text)


# -- Tables --------------------------------------------------------------------------------------------------------
def test_the_requests_are_those_of_the_portal() -> None:
    assert REQUESTS.keys() == OPERATIONS


@pytest.mark.parametrize("operation", sorted(OPERATIONS))
def test_every_operation_has_every_tab(operation: str) -> None:
    made = call(operation, REQUESTS[operation])
    tabs = {each.slug: each for each in code.tabs(made)}
    assert list(tabs) == ["amplify-js", "boto3", "aws-cli", "portal"]
    assert all(each.text.strip() and each.text.endswith("\n") for each in tabs.values())
    method, members = python_call(tabs["boto3"].text)
    assert method.replace("_", "") == operation.lower()
    assert members.keys() == REQUESTS[operation].keys()
    assert shell_words(tabs["aws-cli"].text)[2].replace("-", "") == operation.lower()
    ast.parse(tabs["portal"].text)
    assert "no function for" not in tabs["amplify-js"].text or operation == "GetUserAuthFactors"


@pytest.mark.parametrize("operation", ["AdminInitiateAuth", "AdminRespondToAuthChallenge"])
def test_what_is_signed_says_so(operation: str) -> None:
    tabs = {each.slug: each.text for each in code.tabs(call(operation, REQUESTS[operation]))}
    assert "UNSIGNED" not in tabs["boto3"]
    assert "--no-sign-request" not in tabs["aws-cli"]
    assert all("/demo/config.json" in tabs[slug] for slug in ("boto3", "aws-cli"))
    assert "Not from a browser" in tabs["amplify-js"]
    assert "signIn(" not in tabs["amplify-js"]


def test_what_is_public_looks_for_no_credentials() -> None:
    tabs = {each.slug: each.text for each in code.tabs(call("GetUser", REQUESTS["GetUser"]))}
    assert "signature_version=UNSIGNED" in tabs["boto3"]
    assert "--no-sign-request" in tabs["aws-cli"]


def test_amazons_own_endpoint_is_not_named() -> None:
    for each in code.tabs(call("GetUser", REQUESTS["GetUser"], endpoint_url="")):
        assert "endpoint" not in each.text.lower()


@pytest.mark.parametrize("flow", sorted({*AuthFlow} - {"ADMIN_NO_SRP_AUTH"}))
def test_every_flow_has_amplifys_and_our_own_code(flow: str) -> None:
    request = {"AuthFlow": flow, "ClientId": "c", "AuthParameters": {"USERNAME": "alice"}}
    if flow.startswith("ADMIN"):
        made = call("AdminInitiateAuth", request)
        assert "Entry(" in tab("portal", made).text
        return
    made = call("InitiateAuth", request)
    assert "has no authFlowType" not in tab("amplify-js", made).text
    assert ("Entry(" in tab("portal", made).text) != flow.startswith("REFRESH")


@pytest.mark.parametrize("challenge", sorted({step.challenge for step in STEPS}))
def test_every_challenge_has_amplifys_and_our_own_code(challenge: ChallengeName) -> None:
    request = {"ClientId": "c", "ChallengeName": str(challenge), "ChallengeResponses": {"USERNAME": "alice"}}
    made = call("RespondToAuthChallenge", request)
    assert "does not know" not in tab("amplify-js", made).text
    assert "Step(" in tab("portal", made).text


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.slug)
def test_our_own_code_is_that_of_the_step(step: Any) -> None:
    """The row, the form, the function that answers and the view, with their places."""
    asked = call(
        "InitiateAuth",
        REQUESTS["InitiateAuth"],
        answer={"ChallengeName": str(step.challenge)},
        step=step.slug,
    )
    given = {"password": {"PASSWORD": "p"}, "password-srp": {"SRP_A": "a"}, "email-setup": {"EMAIL": "e"}}
    chosen = step.slug in {"password", "password-srp"}  # Cognito gets the choice and the proof in one answer
    request = {
        "ClientId": "c",
        "ChallengeName": "SELECT_CHALLENGE" if chosen else str(step.challenge),
        "ChallengeResponses": {"USERNAME": "alice", **given.get(step.slug, {})},
    }
    shown = tab("portal", call("RespondToAuthChallenge", request), before=[asked])
    if step.slug == "mfa-setup-choice":  # its answer is no call
        return
    assert f'slug="{step.slug}"' in shown.text
    assert "# flows/steps/table.py, line " in shown.text
    function = step.automatic or step.submit
    assert f"def {function.__name__}(" in shown.text
    assert step.automatic or f"class {step.form.__name__}(" in shown.text
    view = ("flows/signin/progress.py", "go_on") if step.automatic else ("flows/signin/views.py", "step")
    last = shown.excerpts[-1]
    assert (last.path, last.name) == view
    assert f"# {last.path}, line {last.line}\n" in shown.text


@pytest.mark.parametrize("flow", ["USER_SRP_AUTH", "USER_AUTH", "CUSTOM_AUTH", "REFRESH_TOKEN_AUTH"])
def test_our_own_code_says_who_wants_it(flow: str) -> None:
    request = {"AuthFlow": flow, "ClientId": "c", "AuthParameters": {"USERNAME": "alice"}}
    shown = tab("portal", call("InitiateAuth", request))
    wants = "def _refresh(" if flow.startswith("REFRESH") else "def start(request"
    assert wants in shown.text


@pytest.mark.parametrize("operation", sorted(OPERATIONS))
def test_our_own_code_leads_to_its_files(operation: str) -> None:
    """Each excerpt by a link, to the line on which it begins."""
    shown = tab("portal", call(operation, REQUESTS[operation]))
    assert shown.places == shown.excerpts != ()
    for place in shown.places:
        address, _, anchor = place.url.partition("#")
        page = Client(SERVER_NAME="localhost").get(address).content.decode()
        line = page.partition(f'<span id="{anchor}">')[2].partition("\n")[0]
        words = unescape(re.sub("<[^>]+>", "", line)).strip()
        assert words == place.text.partition("\n")[0].strip() != ""


@pytest.mark.parametrize(
    ("route", "wants"),
    [
        ("sign-out/", "def sign_out(request"),
        ("flows/<card:card>/try/", "def sign_in_as(request"),
        ("sign-in/<str:attempt>/", "def done(request"),
        ("", "def sign_out(request"),
    ],
)
def test_our_own_code_says_what_ended_the_tokens(route: str, wants: str) -> None:
    made = replace(call("RevokeToken", REQUESTS["RevokeToken"]), via={"id": "1", "route": route})
    assert wants in tab("portal", made).excerpts[-1].text
    assert "def revoke_token(" in tab("portal", made).text


def test_without_the_docs_the_places_are_those_in_the_code(settings: Settings) -> None:
    settings.ROOT_URLCONF = "flows.inspector.urls"
    shown = tab("portal", call("GetUser", REQUESTS["GetUser"]))
    assert shown.places == ()
    assert "# flows/cognito/account.py, line " in shown.text


def test_the_places_of_our_own_code_exist() -> None:
    """A function that was renamed is named here, not when somebody opens the tab."""
    places = [
        *portal._BEGINNINGS.values(),
        *(place for places in portal._OPERATIONS.values() for place in places),
        portal._REVOKE,
        *(place for _, places in portal._REVOKED for place in places),
        *(place for kinds in portal._SOFTWARE_TOKEN.values() for places in kinds.values() for place in places),
    ]
    for path, name in places:
        excerpt = sources.definition(path, name)
        assert excerpt.text.startswith(("def ", "@", "class "))


def test_a_place_that_is_not_there_says_so() -> None:
    with pytest.raises(sources.NotThere, match="no_such_function"):
        sources.definition("flows/cognito/auth.py", "no_such_function")
    with pytest.raises(sources.NotThere):
        sources.row("flows/steps/table.py", "Step", slug="no-such-step")


# -- Amplify -------------------------------------------------------------------------------------------------------
def test_amplifys_functions_of_the_run_so_far_come_first() -> None:
    begun = call("InitiateAuth", REQUESTS["InitiateAuth"], answer={"ChallengeName": "SELECT_CHALLENGE"})
    older = call("InitiateAuth", {**REQUESTS["InitiateAuth"], "AuthFlow": "USER_SRP_AUTH"}, answer={})
    wrong = call("RespondToAuthChallenge", REQUESTS["RespondToAuthChallenge"], error="CodeMismatchException")
    request = {
        "ClientId": "c",
        "ChallengeName": "SELECT_CHALLENGE",
        "ChallengeResponses": {"USERNAME": "alice", "PASSWORD": mask("PASSWORD"), "ANSWER": "PASSWORD"},
    }
    made = call("RespondToAuthChallenge", request, answer={"ChallengeName": "SMS_MFA"}, step="sms-mfa")
    shown = tab("amplify-js", replace(made, user_pool_id="us-east-1_p"), before=[older, begun, wrong])
    assert shown.blanks == ("PASSWORD",)
    assert _calls(shown.text) == [
        'signIn({ username: "alice", options: { authFlowType: "USER_AUTH" } })',
        'confirmSignIn({ challengeResponse: "PASSWORD" })',
        'confirmSignIn({ challengeResponse: "<PASSWORD>" })',
    ]
    assert '// nextStep.signInStep: "CONFIRM_SIGN_IN_WITH_SMS_CODE"' in shown.text


def test_a_page_of_somebody_who_is_signed_in_repeats_the_sign_in_only() -> None:
    """GetUser comes with every page, and a refresh is no sign-in."""
    begun = call("InitiateAuth", REQUESTS["InitiateAuth"], answer={"AuthenticationResult": {"ExpiresIn": 1}})
    again = {"AuthFlow": "REFRESH_TOKEN_AUTH", "ClientId": "c", "AuthParameters": {"REFRESH_TOKEN": mask("t")}}
    refreshed = call("InitiateAuth", again, answer={"AuthenticationResult": {"ExpiresIn": 1}})
    user = call("GetUser", REQUESTS["GetUser"], answer={"Username": "alice"})
    shown = tab("amplify-js", user, before=[begun, user, refreshed, user])
    assert [each.partition("(")[0] for each in _calls(shown.text)] == ["signIn", "fetchUserAttributes"]


def test_what_amplify_does_by_itself_is_not_invented() -> None:
    request = {"ClientId": "c", "ChallengeName": "PASSWORD_VERIFIER", "ChallengeResponses": {"USERNAME": "alice"}}
    begun = call(
        "InitiateAuth",
        {"AuthFlow": "USER_SRP_AUTH", "ClientId": "c", "AuthParameters": {"USERNAME": "alice", "SRP_A": "a"}},
        answer={"ChallengeName": "PASSWORD_VERIFIER"},
    )
    shown = tab("amplify-js", call("RespondToAuthChallenge", request, answer={}), before=[begun])
    assert _calls(shown.text) == [
        'signIn({ username: "alice", password: "<PASSWORD>", options: { authFlowType: "USER_SRP_AUTH" } })'
    ]
    assert "No call: the function that sent SRP_A" in shown.text


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ({"Enabled": False, "PreferredMfa": False}, "DISABLED"),
        ({"Enabled": True}, "ENABLED"),
        ({"Enabled": True, "PreferredMfa": True}, "PREFERRED"),
        ({"Enabled": True, "PreferredMfa": False}, "NOT_PREFERRED"),
    ],
)
def test_amplifys_words_for_a_preference(setting: dict[str, bool], expected: str) -> None:
    said = amplify_steps.said("SetUserMFAPreference", {"EmailMfaSettings": setting})
    assert (said.function, said.argument) == ("updateMFAPreference", {"email": expected})


def test_a_clients_secret_is_something_that_amplify_has_none_of() -> None:
    given = {"USERNAME": "alice", "SECRET_HASH": mask("SECRET_HASH")}
    made = call("InitiateAuth", {"AuthFlow": "CUSTOM_AUTH", "ClientId": "c", "AuthParameters": given})
    assert "Amplify takes none" in tab("amplify-js", made).note
    assert "SECRET_HASH" not in tab("amplify-js", made).text


def test_a_refusal_is_what_amplify_throws_or_takes_for_a_step() -> None:
    refused = call("InitiateAuth", REQUESTS["InitiateAuth"], error="NotAuthorizedException")
    assert "// throws NotAuthorizedException" in tab("amplify-js", refused).text
    unconfirmed = call("InitiateAuth", REQUESTS["InitiateAuth"], error="UserNotConfirmedException")
    assert '// nextStep.signInStep: "CONFIRM_SIGN_UP"' in tab("amplify-js", unconfirmed).text


def _calls(text: str) -> list[str]:
    """The statements of Amplify's functions, each on one line, without the trailing commas of many lines."""
    lines = " ".join(line.strip() for line in text.splitlines() if not line.lstrip().startswith("//"))
    calls = [each.split(";")[0].strip() for each in lines.split("await ")[1:]]
    return [each.replace("({ ", "({ ").replace(", }", " }") for each in calls]


def _javascript_strings(text: str) -> list[str]:
    """JavaScript's strings here are JSON's."""
    decoder, found, at = json.JSONDecoder(strict=True), [], text.find('"')
    while at >= 0:
        value, end = decoder.raw_decode(text, at)
        found.append(value)
        at = text.find('"', end)
    return found
