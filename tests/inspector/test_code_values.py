"""The same call in other words: what a value may hold must not matter."""

import json
from typing import Any

import pytest

from flows.cognito.exchange import OPERATIONS
from flows.inspector import code
from flows.inspector.masking.masks import mask
from tests.inspector.code_reading import call, javascript_strings, python_call, shell_members, tab
from tests.inspector.examples import REQUESTS

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


@pytest.mark.parametrize("hostile", HOSTILE, ids=ascii)
def test_a_value_stays_a_value(hostile: str) -> None:
    """In a name, among AuthParameters, and as a member's own name."""
    given = {"USERNAME": hostile, hostile: "x"}
    made = call("InitiateAuth", {"AuthFlow": "USER_AUTH", "ClientId": "c", "AuthParameters": given})
    assert python_call(tab("boto3", made).text)[1]["AuthParameters"] == given
    assert shell_members(tab("aws-cli", made).text)["--auth-parameters"] == given
    assert json.dumps(hostile) in json.dumps(javascript_strings(tab("amplify-js", made).text))
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
