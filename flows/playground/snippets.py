"""What a person takes along to AWS: the present setting as a command, in a template, in Terraform."""

from dataclasses import dataclass

from flows.playground import commands, languages, remarks, users
from flows.playground.knob import Knob
from flows.playground.settings import merged
from flows.playground.state import State
from flows.playground.users import User
from flows.terms import ChallengeName


@dataclass(frozen=True, slots=True)
class Snippet:
    """``slug`` tells them apart in ids; ``language`` is that of ``text``: sh, yaml or hcl."""

    slug: str
    title: str
    language: str
    text: str


def of_knob(knob: Knob, state: State) -> tuple[Snippet, ...]:
    return (
        Snippet("cli", "AWS CLI", "sh", commands.of_knob(knob, state)),
        Snippet("sam", "SAM, CloudFormation", "yaml", _template(knob, state)),
        Snippet("terraform", "Terraform", "hcl", _terraform(knob, state)),
    )


def of_user(user: User, *, pool_id: str) -> tuple[Snippet, ...]:
    """Templates make users and know no state of theirs, but for what Terraform says of passwords and ``enabled``."""
    return (
        Snippet(
            "cli", "AWS CLI", "sh", commands.of_user(users.calls(user, pool_id=pool_id), remark=_user_remark(user))
        ),
        Snippet("sam", "SAM, CloudFormation", "yaml", _user_template(user)),
        Snippet("terraform", "Terraform", "hcl", _user_terraform(user)),
    )


# -- Templates: the part that goes into a resource of the reader's, who has one -----------------------------------
def _template(knob: Knob, state: State) -> str:
    name = "UserPoolClient" if knob.is_of_client else "UserPool"
    properties = merged(*(setting.where.cloudformation(setting.where.read(state)) for setting in knob.settings))
    if not properties:
        return f"# No {knob.members[0]}: leave it out."
    resource = {"Type": f"AWS::Cognito::{name}", "Properties": merged(knob.template_beside, properties)}
    return _part(
        f"Goes into your own {name}: keep its other properties.", knob.template_remark, _resources({name: resource})
    )


def _terraform(knob: Knob, state: State) -> str:
    kind, name = ("aws_cognito_user_pool_client", "app") if knob.is_of_client else ("aws_cognito_user_pool", "pool")
    arguments = merged(*(setting.where.terraform(setting.where.read(state)) for setting in knob.settings))
    if not arguments:
        return f"# No {knob.members[0]}: leave its block out."
    return _part(
        f"Goes into your own {kind}: keep its other arguments.",
        knob.terraform_remark,
        languages.terraform(kind, name, merged(knob.terraform_beside, arguments)),
    )


def _user_template(user: User) -> str:
    properties = {"UserPoolId": "!Ref UserPool", "Username": user.username}
    return _part(
        "A template makes a user, with a temporary password. It cannot say status, second factors or",
        "whether the user is disabled: use the AWS CLI.",
        _resources({"User": {"Type": "AWS::Cognito::UserPoolUser", "Properties": properties}}),
    )


def _user_terraform(user: User) -> str:
    password = {"FORCE_CHANGE_PASSWORD": "temporary_password", "CONFIRMED": "password"}.get(user.status)
    arguments = {
        "user_pool_id": "aws_cognito_user_pool.pool.id",
        "username": user.username,
        "enabled": user.enabled,
        **({password: f"var.{password}"} if password else {}),
    }
    return _part(
        "" if password and not user.factors else remarks.USER_TERRAFORM,
        languages.terraform("aws_cognito_user", user.username, arguments),
    )


def _user_remark(user: User) -> str:
    return remarks.APP_FIRST if ChallengeName.SOFTWARE_TOKEN_MFA in user.factors else ""


def _resources(resources: dict[str, object]) -> str:
    return languages.yaml({"Resources": resources})


def _part(*remarks_and_text: str) -> str:
    *remarks, text = remarks_and_text
    return "".join(languages.comment(remark) for remark in remarks if remark) + text
