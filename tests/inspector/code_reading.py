"""A call as the inspector has it, its code in each tab, and that code read as its language does."""

import ast
import json
import subprocess
from collections.abc import Mapping
from typing import Any

from flows.inspector import code
from flows.inspector.code.tab import Tab
from flows.inspector.entries import Call

ENDPOINT = "http://localhost:8000/cognito-idp"


def call(operation: str, request: Mapping[str, Any], **facts: Any) -> Call:
    given = {"region": "us-east-1", "endpoint_url": ENDPOINT, "signed": operation.startswith("Admin"), **facts}
    return Call(operation=operation, request=request, at="", milliseconds=1.0, **given)


def tab(slug: str, of: Call, **more: Any) -> Tab:
    return next(each for each in code.tabs(of, **more) if each.slug == slug)


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


def javascript_strings(text: str) -> list[str]:
    """JavaScript's strings here are JSON's."""
    decoder, found, at = json.JSONDecoder(strict=True), [], text.find('"')
    while at >= 0:
        value, end = decoder.raw_decode(text, at)
        found.append(value)
        at = text.find('"', end)
    return found


def javascript_calls(text: str) -> list[str]:
    """The statements of Amplify's functions, each on one line, without the trailing commas of many lines."""
    lines = " ".join(line.strip() for line in text.splitlines() if not line.lstrip().startswith("//"))
    calls = [each.split(";")[0].strip() for each in lines.split("await ")[1:]]
    return [each.replace("({ ", "({ ").replace(", }", " }") for each in calls]
