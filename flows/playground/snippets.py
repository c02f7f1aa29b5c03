"""What a person takes along to AWS: the present setting as a command, in a template, in Terraform."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flows.cognito.connection import Connection
from flows.playground import changes, languages, users
from flows.playground.changes import Call
from flows.playground.knobs import Knob
from flows.playground.settings import Tree
from flows.playground.state import State
from flows.playground.users import User


@dataclass(frozen=True, slots=True)
class Snippet:
    """``slug`` tells them apart in ids; ``language`` is that of ``text``: sh, yaml or hcl."""

    slug: str
    title: str
    language: str
    text: str


def of_knob(knob: Knob, state: State) -> tuple[Snippet, ...]:
    commands = [_command(call) for call in changes.calls(knob, state)]
    return (
        Snippet("cli", "AWS CLI", "sh", "\n\n".join(commands)),
        Snippet("sam", "SAM, CloudFormation", "yaml", _template(knob, state)),
        Snippet("terraform", "Terraform", "hcl", _terraform(knob, state)),
    )


def of_user(user: User, *, pool_id: str) -> tuple[Snippet, ...]:
    """Templates make users and know no state of theirs, but for one attribute of Terraform's."""
    commands = "\n\n".join(_command(call) for call in users.calls(user, pool_id=pool_id))
    resource = {"user_pool_id": "aws_cognito_user_pool.pool.id", "username": user.username, "enabled": user.enabled}
    password = {"FORCE_CHANGE_PASSWORD": "temporary_password", "CONFIRMED": "password"}.get(user.status)
    tree = {**resource, **({password: f"var.{password}"} if password else {})}
    return (
        Snippet(
            "cli",
            "AWS CLI",
            "sh",
            f"# Second factors that are missing here are off. Put the password in PASSWORD.\n{commands}",
        ),
        Snippet("terraform", "Terraform", "hcl", languages.terraform("aws_cognito_user", user.username, tree)),
    )


def of_connection(connection: Connection) -> str:
    """What a shell is to know before the commands of this page reach the embedded pool."""
    return (
        f"export AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER={connection.endpoint_url}\n"
        f"export AWS_DEFAULT_REGION={connection.region}\n"
        "export AWS_ACCESS_KEY_ID=… AWS_SECRET_ACCESS_KEY=…"
    )


def _command(call: Call) -> str:
    rest = [name for name in call.request if name not in (*call.about, "UserPoolId", "ClientId")]
    warning = f"# {call.operation} forgets what it is not told: the rest is as it was.\n" if call.about and rest else ""
    return warning + languages.cli(call.operation, call.request)


def _template(knob: Knob, state: State) -> str:
    name = "UserPoolClient" if knob.is_of_client else "UserPool"
    required = {"UserPoolId": "!Ref UserPool"} if knob.is_of_client else {}
    trees = [setting.where.cloudformation(setting.where.read(state)) for setting in knob.settings]
    properties = _merged(required, *trees)
    if properties == required:
        return f"# No {knob.members[0]}: leave it out."
    resource = {"Resources": {name: {"Type": f"AWS::Cognito::{name}", "Properties": properties}}}
    return _remarked(knob.template_remark, languages.yaml(resource))


def _terraform(knob: Knob, state: State) -> str:
    kind, name, required = (
        ("aws_cognito_user_pool_client", "app", {"name": "app", "user_pool_id": "aws_cognito_user_pool.pool.id"})
        if knob.is_of_client
        else ("aws_cognito_user_pool", "pool", {"name": "demo"})
    )
    trees = [setting.where.terraform(setting.where.read(state)) for setting in knob.settings]
    if not _merged(*trees):
        return _remarked(knob.terraform_remark, f"# No {knob.members[0]}: leave its block out.")
    return _remarked(knob.terraform_remark, languages.terraform(kind, name, _merged(required, *trees)))


def _remarked(remark: str, text: str) -> str:
    return f"# {remark}\n{text}" if remark else text


def _merged(*trees: Tree) -> dict[str, Any]:
    """Blocks of the same name are one block."""
    whole: dict[str, Any] = {}
    for tree in trees:
        for name, value in tree.items():
            both = isinstance(value, Mapping) and isinstance(whole.get(name), Mapping)
            whole[name] = _merged(whole[name], value) if both else value
    return whole
