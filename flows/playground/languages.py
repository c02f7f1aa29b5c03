"""The same setting in three languages: commands of the AWS CLI, with jq, YAML of a SAM template, Terraform.

Each writes what it is given and knows nothing of Cognito, but for which flags the CLI has.
"""

import json
import re
import shlex
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from botocore import xform_name

_INDENT = "  "
_PLAIN = re.compile(r"[A-Za-z][\w./:-]*(?<!:)")
_YAML_WORDS = {"on", "off", "yes", "no", "true", "false", "null", "y", "n"}  # YAML 1.1 reads truths in them


class Variable(str):
    """A value that the reader's shell fills in: ``$PASSWORD``. Secrets are shown as one."""

    __slots__ = ()


def comment(text: str) -> str:
    """Lines that every one of the languages passes over; ends with a line end."""
    return "".join(f"# {line}\n" for line in text.split("\n"))


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


def jq(tree: Mapping[str, Any], *, without: Sequence[str] = ()) -> str:
    """The command that deletes the dotted paths ``without`` and merges ``tree`` in, and leaves everything else alone.

    A variable of the shell that is not set becomes null, which the AWS CLI refuses to send.
    """
    paths = textwrap.fill(", ".join(f".{path}" for path in without), 80, subsequent_indent=_INDENT)
    source = " * ".join([*([f"del({paths})"] if paths else ["."]), *([_jq(tree)] if tree else [])])
    return f"jq -e {shlex.quote(source)}"


def _jq(value: Any, indent: str = "") -> str:
    deeper = indent + _INDENT
    if isinstance(value, Mapping) and value:
        members = [f"{deeper}{json.dumps(name)}: {_jq(each, deeper)}" for name, each in value.items()]
        return "\n".join(["{", ",\n".join(members), indent + "}"])
    if isinstance(value, Variable):
        return f"$ENV.{value.removeprefix('$')}"
    return json.dumps(value)


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
            for each in value:
                first, *rest = _yaml(each) if isinstance(each, Mapping) else [_yaml_scalar(each)]
                yield f"{_INDENT}- {first}"
                yield from (_INDENT * 2 + line for line in rest)
        else:
            yield f"{name}: {_yaml_scalar(value)}"


def _yaml_scalar(value: Any) -> str:
    if isinstance(value, str) and (value.startswith(("!Ref ", "!GetAtt ")) or _is_plain(value)):
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
    attributes = {name: value for name, value in tree.items() if not _blocks(value)}
    width = max(map(len, attributes), default=0)
    yield from (f"{name:{width}} = {_hcl_value(value)}" for name, value in attributes.items())
    blocks = [(name, block) for name, value in tree.items() for block in _blocks(value)]
    for number, (name, value) in enumerate(blocks):
        if attributes or number:
            yield ""
        if not value:
            yield f"{name} {{}}"
            continue
        yield f"{name} {{"
        yield from (_INDENT + line if line else "" for line in _hcl(value))
        yield "}"


def _blocks(value: Any) -> list[Mapping[str, Any]]:
    """A block, several of one name, or none where it is an attribute."""
    several = value if isinstance(value, list) else [value]
    return [each for each in several if isinstance(each, Mapping)]


def _hcl_value(value: Any) -> str:
    if isinstance(value, str) and re.fullmatch(r"(var|aws_\w+)(\.\w+)+", value):
        return value  # a reference
    return json.dumps(value)
