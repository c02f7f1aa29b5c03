"""The Amplify code that the inspector shows: Amplify has what it imports, and whole sign-ins run as they are shown."""

import json
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from flows.inspector.code.blanks import blanked
from flows.inspector.code.tab import Tab
from flows.inspector.entries import Call
from flows.inspector.telling import names
from flows.steps.table import STEPS
from flows.terms import SignInStep
from tests import boto, machine, pools
from tests.clients import shown_stories
from tests.clients.challenges import SES, app_code, give_app, newest_code
from tests.clients.shown import entry, masked_values, tab
from tests.clients.shown_stories import STORIES, World
from tests.inspector.examples import REQUESTS
from tests.live import Live
from tests.pools import User

CLIENTS = Path(__file__).parent
_IMPORTED = re.compile(r'import \{ ([^}]+) \} from "aws-amplify/auth";')
_NODE = """
import { webcrypto } from "node:crypto";
globalThis.crypto ??= webcrypto; // browsers and later Nodes have both
globalThis.navigator ??= { userAgent: "tests" };
"""
_CLIENT_SAYS = """
const send = globalThis.fetch;
globalThis.fetch = (address, options) => {
  if (options.body.includes("ANSWER")) console.log(options.body);
  return send(address, options);
};
"""
_APP = (CLIENTS / "node" / "authenticator-app.mjs").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A call that brought a challenge, and its answer as it came."""

    call: Call
    answer: dict[str, Any]


SettingUp = tuple[World, User, Asked]


@pytest.fixture(scope="module")
def world(live: Live) -> World:
    return shown_stories.world(live)


@pytest.fixture
def setting_up(world: World, live: Live) -> SettingUp:
    """Somebody without an address, in a pool that requires a second factor: an app or codes by e-mail."""
    pool = pools.create(boto.over_http(live.config), endpoint=live.config["endpoint"])
    pool.cognito.update_user_pool(UserPoolId=pool.pool_id, EmailConfiguration=SES)  # type: ignore[arg-type]
    pool.cognito.set_user_pool_mfa_config(
        UserPoolId=pool.pool_id,
        MfaConfiguration="ON",
        SoftwareTokenMfaConfiguration={"Enabled": True},
        EmailMfaConfiguration={},
    )
    here, user = replace(world, pool=pool, app=pool.add_app()), pool.add_user()
    pool.cognito.admin_delete_user_attributes(
        UserPoolId=pool.pool_id, Username=user.username, UserAttributeNames=["email"]
    )
    given = {"USERNAME": user.username, "PASSWORD": user.password}
    begin = {"AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": given, **here.client}
    answer = here.cognito.initiate_auth(**begin)
    assert answer["ChallengeName"] == "MFA_SETUP"
    return here, user, Asked(call=entry(here, "InitiateAuth", begin, answer), answer=answer)


def node(program: str, *, check_only: bool = False) -> str:
    """What the module prints. It finds what is installed beside the tests."""
    machine.node_packages()
    command = [machine.node(), "--input-type=module", *(["--check"] if check_only else [])]
    done = subprocess.run(command, input=program, cwd=CLIENTS, capture_output=True, text=True, check=False, timeout=120)
    assert not done.returncode, f"{done.stderr}\n{program}"
    return done.stdout


def test_amplifys_functions_are_amplifys() -> None:
    """Each module is one for Node.js, and Amplify has what it imports. One process for all of them."""
    modules = [tab("amplify-js", _example(operation)) for operation in sorted(REQUESTS)]
    modules += [tab("amplify-js", _example_of(step.challenge)) for step in STEPS]
    imported = {name for each in modules for found in _IMPORTED.findall(each.text) for name in found.split(", ")}
    assert {"signIn", "confirmSignIn", "verifyTOTPSetup", "associateWebAuthnCredential"} <= imported
    node(f'import {{ {", ".join(sorted(imported))} }} from "aws-amplify/auth";')
    for text in {each.text for each in modules}:
        node(text, check_only=True)


@pytest.mark.parametrize("story", ["password", "srp", "choice", "custom"])
def test_amplify_begins_as_it_is_shown(world: World, story: str) -> None:
    """nextStep is what the comment says it is."""
    operation, make = STORIES[story]
    request = make(world)
    given = request["AuthParameters"]
    if story == "srp":  # no password is in the request, so it must be somebody's whose password is known
        user = world.pool.add_user()
        proof = shown_stories.srp_by(world, user)
        request["AuthParameters"] = given = proof.get_auth_params()
        values = {"PASSWORD": user.password}
    else:
        values = {"PASSWORD": given.get("PASSWORD", "")}
    call = entry(world, operation, request, world.initiate(request["AuthFlow"], **given))
    steps = _what_amplify_says(tab("amplify-js", call), values)
    found = names.of_answer(call)
    assert found
    assert steps == (found.amplify_js.name or "DONE")


def test_amplify_signs_in_as_it_is_shown(world: World) -> None:
    """By choice, password and authenticator app: three calls of ours, and what Amplify calls for each of them."""
    user = world.pool.add_user()
    secret = give_app(world.pool, world.app, user)
    begin = {"AuthFlow": "USER_AUTH", "AuthParameters": {"USERNAME": user.username}, **world.client}
    offered = world.cognito.initiate_auth(**begin)
    chosen = world.answering(offered, USERNAME=user.username, ANSWER="PASSWORD", PASSWORD=user.password)
    asked = world.cognito.respond_to_auth_challenge(**chosen)
    proof = world.answering(asked, USERNAME=user.username, SOFTWARE_TOKEN_MFA_CODE="000000")
    first = entry(world, "InitiateAuth", begin, offered)
    second = entry(world, "RespondToAuthChallenge", chosen, asked)
    third = entry(world, "RespondToAuthChallenge", proof, {"AuthenticationResult": {"ExpiresIn": 1}})
    values = {"PASSWORD": user.password, "SOFTWARE_TOKEN_MFA_CODE": app_code(secret, later=1)}
    assert _what_amplify_says(tab("amplify-js", second, before=(first,)), values) == (
        SignInStep.CONFIRM_SIGN_IN_WITH_TOTP_CODE
    )
    assert _what_amplify_says(tab("amplify-js", third, before=(first, second)), values) == SignInStep.DONE


def test_amplify_gives_two_answers_as_it_is_shown(world: World) -> None:
    """Each by a blank of its own, or the second round would get what the first one was answered with."""
    user = world.pool.add_user()
    given = {"AuthFlow": "CUSTOM_AUTH", "AuthParameters": {"USERNAME": user.username}, **world.client}
    asked = world.cognito.initiate_auth(**given)
    calls = [entry(world, "InitiateAuth", given, asked)]
    for answer in ("first", "second"):
        request = world.answering(asked, USERNAME=user.username, ANSWER=answer)
        asked = world.cognito.respond_to_auth_challenge(**request)
        calls.append(entry(world, "RespondToAuthChallenge", request, asked))
    *before, last = calls
    shown = tab("amplify-js", last, before=tuple(before))
    assert shown.blanks == ("ANSWER", "ANSWER 2")
    program = _NODE + _CLIENT_SAYS + shown.filled_in({"ANSWER": "first", "ANSWER 2": "second"})
    sent = [json.loads(line)["ChallengeResponses"]["ANSWER"] for line in node(program).splitlines()]
    assert sent == ["first", "second"]


def test_amplify_chooses_a_password_as_it_is_shown(world: World) -> None:
    """Values that break quotes if anything does, and an attribute beside them."""
    user = world.pool.add_user(temporary=True)
    begin = {
        "AuthFlow": "USER_PASSWORD_AUTH",
        "AuthParameters": {"USERNAME": user.username, "PASSWORD": user.password},
        **world.client,
    }
    asked = world.cognito.initiate_auth(**begin)
    chosen = {"NEW_PASSWORD": "Aa1!'\"\\</script>${x}`é", "userAttributes.name": "'\"\\</script>${x}`<PASSWORD>"}
    answered = world.answering(asked, USERNAME=user.username, **chosen)
    call = entry(world, "RespondToAuthChallenge", answered, {"AuthenticationResult": {"ExpiresIn": 1}})
    values = {"PASSWORD": user.password, "NEW_PASSWORD": chosen["NEW_PASSWORD"]}
    shown = tab("amplify-js", call, before=(entry(world, "InitiateAuth", begin, asked),))
    assert _what_amplify_says(shown, values) == SignInStep.DONE
    tokens = world.initiate("USER_PASSWORD_AUTH", USERNAME=user.username, PASSWORD=chosen["NEW_PASSWORD"])
    attributes = world.cognito.get_user(AccessToken=tokens["AuthenticationResult"]["AccessToken"])["UserAttributes"]
    assert {"Name": "name", "Value": chosen["userAttributes.name"]} in attributes


def test_amplify_sets_up_an_app_that_was_chosen_as_it_is_shown(setting_up: SettingUp) -> None:
    """Amplify waits for the choice before it asks for a secret."""
    world, user, asked = setting_up
    secret = world.cognito.associate_software_token(Session=asked.answer["Session"])
    chosen = entry(world, "AssociateSoftwareToken", {"Session": asked.answer["Session"]}, secret)
    shown = tab("amplify-js", chosen, before=(asked.call,))
    assert f'// nextStep.signInStep: "{SignInStep.CONTINUE_SIGN_IN_WITH_TOTP_SETUP}"' in shown.text
    values = {"PASSWORD": user.password, "UserCode": "000000"}
    assert _what_amplify_says(shown, values) == SignInStep.CONTINUE_SIGN_IN_WITH_TOTP_SETUP
    verified = entry(world, "VerifySoftwareToken", {"Session": secret["Session"], "UserCode": "123456"}, {"Status": ""})
    shown = tab("amplify-js", verified, before=(asked.call, chosen))
    assert _what_amplify_says(shown, values, prelude=_APP) == SignInStep.DONE


def test_amplify_sets_up_an_address_that_was_chosen_as_it_is_shown(setting_up: SettingUp) -> None:
    world, user, asked = setting_up
    request = world.answering(asked.answer, USERNAME=user.username, EMAIL=user.email)
    call = entry(world, "RespondToAuthChallenge", request, world.cognito.respond_to_auth_challenge(**request))
    shown = tab("amplify-js", call, before=(asked.call,))
    assert _what_amplify_says(shown, {"PASSWORD": user.password}) == SignInStep.CONFIRM_SIGN_IN_WITH_EMAIL_CODE
    assert shown.text.index('"EMAIL"') < shown.text.index(user.email)


AS_SOMEBODY: dict[str, dict[str, Any]] = {
    "GetUser": {},
    "GetUserAuthFactors": {},
    "ListDevices": {"Limit": 60},
    "UpdateDeviceStatus": {"DeviceKey": "this one", "DeviceRememberedStatus": "remembered"},
    "ListWebAuthnCredentials": {"MaxResults": 20},
    "SetUserMFAPreference": {"EmailMfaSettings": {"Enabled": True, "PreferredMfa": True}},
    "AssociateSoftwareToken": {},
    "GetTokensFromRefreshToken": {},
    "RevokeToken": {},
    "GlobalSignOut": {},
}


@pytest.mark.parametrize("operation", AS_SOMEBODY)
def test_amplify_does_for_somebody_what_is_shown(world: World, operation: str) -> None:
    """A page that signs in, and goes on: no function refuses what it is given."""
    user = world.pool.add_user()
    begin = {
        "AuthFlow": "USER_PASSWORD_AUTH",
        "AuthParameters": {"USERNAME": user.username, "PASSWORD": user.password},
        **world.client,
    }
    signed_in = entry(world, "InitiateAuth", begin, {"AuthenticationResult": {"ExpiresIn": 1}})
    request = {"AccessToken": "token", **AS_SOMEBODY[operation]}
    call = entry(world, operation, request, {})
    values = masked_values(blanked(call.request), request) | {"PASSWORD": user.password}
    node(_NODE + tab("amplify-js", call, before=(signed_in,)).filled_in(values))


def test_amplify_replaces_a_password_as_it_is_shown(world: World) -> None:
    user, chosen = world.pool.add_user(), pools.new_password()
    named = {**world.client, "Username": user.username}
    begun = tab("amplify-js", entry(world, "ForgotPassword", named, {}))
    program = f"{_NODE}{begun.filled_in({})}console.log(nextStep.resetPasswordStep);"
    assert node(program).split()[-1] == "CONFIRM_RESET_PASSWORD_WITH_CODE"
    given = {"ConfirmationCode": newest_code(world.live, user, "EMAIL"), "Password": chosen}
    ended = tab("amplify-js", entry(world, "ConfirmForgotPassword", {**named, **given}, {}))
    node(_NODE + ended.filled_in(given))
    assert "AuthenticationResult" in world.initiate("USER_PASSWORD_AUTH", USERNAME=user.username, PASSWORD=chosen)


def test_the_names_are_those_of_amplifys_own_sources() -> None:
    """``getSignInResult`` turns each challenge into the steps that the step table says, and into no other."""
    helpers = machine.node_packages() / "@aws-amplify/auth/src/providers/cognito/utils/signInHelpers.ts"
    source = helpers.read_text(encoding="utf-8")
    switch = source[source.index("function getSignInResult(") : source.index("function getTOTPSetupDetails(")]
    theirs: dict[str, set[str]] = {}
    for cases, body in re.findall(r"((?:\n\t\tcase '\w+':)+)(.*?)(?=\n\t\tcase '|\n\t\}\n)", switch, re.DOTALL):
        for challenge in re.findall(r"'(\w+)'", cases):
            theirs[challenge] = set(re.findall(r"signInStep: '(\w+)'", body))
    ours: dict[str, set[str]] = {}
    for step in STEPS:
        found = names.of(step.challenge, step.slug)
        assert found
        ours.setdefault(step.challenge, set()).update({found.amplify_js.name} - {""})
    assert {challenge: theirs[challenge] for challenge in ours} == ours


def _what_amplify_says(shown: Tab, values: Mapping[str, Any], *, prelude: str = "") -> str:
    program = f"{_NODE}{prelude}{shown.filled_in(values)}console.log(JSON.stringify(nextStep));"
    return str(json.loads(node(program).splitlines()[-1])["signInStep"])


def _example(operation: str) -> Call:
    return Call(
        operation=operation, signed=False, region="us-east-1", request=REQUESTS[operation], at="", milliseconds=1
    )


def _example_of(challenge: str) -> Call:
    request = {"ClientId": "c", "ChallengeName": str(challenge), "ChallengeResponses": {"USERNAME": "alice"}}
    return Call(
        operation="RespondToAuthChallenge", signed=False, region="us-east-1", request=request, at="", milliseconds=1
    )
