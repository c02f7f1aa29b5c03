"""The code that the inspector shows, run as it is shown: it gets the answer that the portal would get.

Every request is made afresh for each stack, redacted as the inspector does it, turned into code, filled in with what
was masked, and run by whoever reads that language.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from botocore import xform_name
from botocore.exceptions import ClientError

from flows.cognito.exchange import OPERATIONS
from flows.inspector.code.blanks import blanked
from tests import boto
from tests.clients import shown_stories
from tests.clients.shown import entry, masked_values, tab
from tests.clients.shown_stories import STORIES, World
from tests.live import Live

# What is another one each time, by name.
RANDOM = frozenset(
    {
        *("Session", "AccessToken", "IdToken", "RefreshToken", "SecretCode", "DeviceKey", "DeviceGroupKey"),
        *("SRP_B", "SALT", "SECRET_BLOCK", "USER_ID_FOR_SRP", "USERNAME", "Username", "Value", "CredentialId"),
        *("captchaUrl", "captchaAudioUrl", "CODE_DELIVERY_DESTINATION", "Destination"),
        *("challenge", "id", "name", "displayName"),  # of WebAuthn's options
    }
)
WHEN = re.compile(r".*(Date|At)")


@pytest.fixture(scope="module")
def world(live: Live) -> World:
    return shown_stories.world(live)


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """An answer, without what is random; or the name of the exception."""

    answer: Any = None
    error: str = ""


# -- Running it ------------------------------------------------------------------------------------------------------
def really(world: World, operation: str, request: Mapping[str, Any]) -> Came:
    client = boto.over_http(world.live.config, signed=operation.startswith("Admin"))
    try:
        return Came(answer=steady(getattr(client, xform_name(operation))(**request)))
    except ClientError as error:
        return Came(error=error.response["Error"]["Code"])


def run(world: World, command: list[str], text: str) -> Came:
    done = subprocess.run(
        [*command, text], env=environment(world), capture_output=True, text=True, check=False, timeout=120
    )
    if done.returncode:
        told = re.search(r"\((\w+)\) when calling", done.stderr)
        assert told, f"{done.stderr}\n{text}"
        return Came(error=told[1])
    return Came(answer=steady(json.loads(done.stdout) if done.stdout.strip() else {}))


def environment(world: World) -> dict[str, str]:
    """``aws`` is ours, and the credentials are the demo's."""
    here = Path(sys.executable).parent
    return {
        "PATH": f"{here}:{os.environ['PATH']}",
        "AWS_ACCESS_KEY_ID": world.live.config["accessKeyId"],
        "AWS_SECRET_ACCESS_KEY": world.live.config["secretAccessKey"],
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_PAGER": "",
        "LC_ALL": "C.UTF-8",
    }


def steady(answer: Any) -> Any:
    """The same for the same answer, whoever tells it: without times, tokens and who it is about."""
    if isinstance(answer, Mapping):
        return {
            name: "…" if name in RANDOM or WHEN.fullmatch(name) else steady(value)
            for name, value in answer.items()
            if name != "ResponseMetadata"
        }
    if isinstance(answer, list):
        return [steady(each) for each in answer]
    if isinstance(answer, str) and answer.startswith("{"):  # CREDENTIAL_REQUEST_OPTIONS, userAttributes
        return steady(json.loads(answer))
    return answer


def as_told_by(slug: str, operation: str, came: Came) -> Came:
    """What a stack's own model of the service knows. That of AWS CLI 1.46 is older than boto3's."""
    if slug == "aws-cli" and operation.endswith("RespondToAuthChallenge") and came.answer:
        return Came(answer={name: value for name, value in came.answer.items() if name != "AvailableChallenges"})
    return came


def test_the_stories_are_about_every_operation_of_the_portal() -> None:
    assert {operation for operation, _ in STORIES.values()} == OPERATIONS


@pytest.mark.parametrize("story", STORIES)
def test_shown_code_gets_the_same_answer(world: World, story: str) -> None:
    operation, make = STORIES[story]
    expected = really(world, operation, make(world))
    assert bool(expected.error) == story.startswith("wrong"), expected
    for slug, command in (("boto3", [sys.executable, "-c"]), ("aws-cli", ["/bin/sh", "-c"])):
        request = make(world)
        call = entry(world, operation, request)
        text = tab(slug, call).filled_in(masked_values(blanked(call.request), request))
        came = run(world, command, text)
        assert as_told_by(slug, operation, came) == as_told_by(slug, operation, expected), text
