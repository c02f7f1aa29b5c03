"""The same setting in three languages: a command of the AWS CLI, YAML of a SAM template, Terraform.

Each writes what it is given and knows nothing of Cognito, but for which flags the CLI has.
"""

import json
import re
import shlex
from collections.abc import Iterator, Mapping
from typing import Any

from botocore import xform_name

_INDENT = "  "
_PLAIN = re.compile(r"[A-Za-z][\w./:-]*(?<!:)")
_YAML_WORDS = {"on", "off", "yes", "no", "true", "false", "null", "y", "n"}  # YAML 1.1 reads truths in them


class Variable(str):
    """A value that the reader's shell fills in: ``$PASSWORD``. Secrets are shown as one."""

    __slots__ = ()


# -- AWS CLI -------------------------------------------------------------------------------------------------------
def cli(operation: str, request: Mapping[str, Any]) -> str:
    """The command that sends ``request``, an option on each line."""
    options = [_option(name, value) for name, value in request.items()]
    return " \\\n  ".join([f"aws cognito-idp {xform_name(operation, '-')}", *options])


def _option(name: str, value: Any) -> str:
    flag = xform_name(name, "-")
    if isinstance(value, bool):
        return f"--{flag}" if value else f"--no-{flag}"
    if isinstance(value, Variable):
        return f'--{flag} "{value}"'
    if isinstance(value, list) and value and all(isinstance(each, str) for each in value):
        return f"--{flag} {shlex.join(value)}"
    return f"--{flag} {shlex.quote(str(value) if isinstance(value, str | int) else json.dumps(value))}"


# -- YAML ----------------------------------------------------------------------------------------------------------
def yaml(tree: Mapping[str, Any]) -> str:
    return "\n".join(_yaml(tree))


def _yaml(tree: Mapping[str, Any]) -> Iterator[str]:
    for name, value in tree.items():
        if isinstance(value, Mapping) and value:
            yield f"{name}:"
            yield from (_INDENT + line for line in _yaml(value))
        elif isinstance(value, list) and value:
            yield f"{name}:"
            yield from (f"{_INDENT}- {_yaml_scalar(each)}" for each in value)
        else:
            yield f"{name}: {_yaml_scalar(value)}"


def _yaml_scalar(value: Any) -> str:
    if isinstance(value, str) and (value.startswith("!Ref ") or _is_plain(value)):
        return value
    return json.dumps(value)  # YAML is a superset of JSON


def _is_plain(text: str) -> bool:
    return bool(_PLAIN.fullmatch(text)) and text.casefold() not in _YAML_WORDS


# -- Terraform -----------------------------------------------------------------------------------------------------
def terraform(kind: str, name: str, tree: Mapping[str, Any]) -> str:
    """A resource as ``terraform fmt`` leaves it: attributes aligned, blocks set apart."""
    body = "\n".join(_INDENT + line if line else "" for line in _hcl(tree))
    return f'resource "{kind}" "{name}" {{\n{body}\n}}'


def _hcl(tree: Mapping[str, Any]) -> Iterator[str]:
    attributes = {name: value for name, value in tree.items() if not isinstance(value, Mapping)}
    width = max(map(len, attributes), default=0)
    yield from (f"{name:{width}} = {_hcl_value(value)}" for name, value in attributes.items())
    blocks = [(name, value) for name, value in tree.items() if isinstance(value, Mapping)]
    for number, (name, value) in enumerate(blocks):
        if attributes or number:
            yield ""
        if not value:
            yield f"{name} {{}}"
            continue
        yield f"{name} {{"
        yield from (_INDENT + line if line else "" for line in _hcl(value))
        yield "}"


def _hcl_value(value: Any) -> str:
    if isinstance(value, str) and re.fullmatch(r"(var|aws_\w+)(\.\w+)+", value):
        return value  # a reference
    return json.dumps(value)
