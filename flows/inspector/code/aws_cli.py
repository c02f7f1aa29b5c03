"""The call with the AWS command line, quoted for a POSIX shell.

A member is an option of its own wherever the command line takes it literally. It does not where a value begins with a
dash, or with file:// or http://, which it would load (CLI user guide, "Loading a parameter from a file"): what is not
known to be plain goes by ``--cli-input-json``, in which nothing is special.
"""

import re
from collections.abc import Mapping
from typing import Any

from botocore import xform_name

from flows.inspector.code.blanks import Blank, labels
from flows.inspector.code.literals import JSON, literal
from flows.inspector.code.situation import Situation
from flows.inspector.code.tab import FILL_IN, SHELL, Tab, in_shell_quotes, shell_quoted

_PLAIN = re.compile(r"[\w.@:/+=,-]+", re.ASCII)
_LOADED = re.compile(r"-|[a-z]+://")
_DIGITS = {"UserCode", "ConfirmationCode"}  # typed, and still nothing but digits
_NEXT = " \\\n    "

_SIGNED = """\
# {operation} is signed: with credentials of the environment or a profile. The demo's are accessKeyId and
# secretAccessKey of /demo/config.json.
"""


def written(situation: Situation) -> Tab:
    """One command, an option a line; its answer is JSON."""
    call = situation.call
    options = [f"--region {_word(call.region)}"]
    if call.endpoint_url:
        options.append(f"--endpoint-url {_word(call.endpoint_url)}")
    if not call.signed:
        options.append("--no-sign-request")
    options += [_option(name, value) for name, value in situation.request.items() if _is_literal(name, value)]
    if rest := {name: value for name, value in situation.request.items() if not _is_literal(name, value)}:
        options.append(f"--cli-input-json {_json(rest)}")
    signed = _SIGNED.format(operation=call.operation) if call.signed else ""
    blanks = labels(situation.request)
    return Tab(
        slug="aws-cli",
        label="AWS CLI",
        language=SHELL,
        text=f"{signed}aws cognito-idp {xform_name(call.operation, '-')}{_NEXT}{_NEXT.join(options)}\n",
        note=FILL_IN if blanks else "",
        blanks=blanks,
    )


def _is_literal(name: str, value: Any) -> bool:
    if isinstance(value, Blank):
        return value.kept or name in _DIGITS
    if isinstance(value, str):
        return bool(_PLAIN.fullmatch(value)) and not _LOADED.match(value)
    return not isinstance(value, bool) and value is not None


def _option(name: str, value: Any) -> str:
    return f"--{xform_name(name, '-')} {_value(value)}"


def _value(value: Any) -> str:
    if isinstance(value, Mapping | list):
        return _json(value)
    if isinstance(value, Blank):
        return f"'{value}'"
    return _word(str(value))


def _json(tree: Any) -> str:
    return f"'{in_shell_quotes(literal(tree, JSON, level=2))}'"


def _word(value: str) -> str:
    return value if _PLAIN.fullmatch(value) else shell_quoted(value)
