"""What a person types for a pool of their own: commands that change one thing and leave all else as it is there.

An update forgets whatever it is not told, so a command that carried this demo's state would overwrite the reader's.
Each one reads what is there, changes its part, and writes all back. What is the reader's own stands in variables of the
shell; ``environment`` sets them to the demo's.
"""

from dataclasses import dataclass

from flows.cognito.connection import Connection
from flows.playground import languages, particulars
from flows.playground.changes import Call
from flows.playground.knob import Knob
from flows.playground.languages import Variable
from flows.playground.settings import has, merged
from flows.playground.state import Place, State

_IDS = {"UserPoolId": Variable("$POOL_ID"), "ClientId": Variable("$CLIENT_ID")}
_NAME = Variable("$NAME")


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """``untaken`` is what ``operation`` says, in ``member`` of its answer, and the update does not take."""

    operation: str
    member: str = ""
    file: str
    untaken: tuple[str, ...] = ()


DESCRIBED = {
    Place.CLIENT: Described(
        operation="DescribeUserPoolClient",
        member="UserPoolClient",
        file="cognito-client.json",
        untaken=("ClientSecret", "ClientType", "CreationDate", "LastModifiedDate"),
    ),
    Place.POOL: Described(
        operation="DescribeUserPool",
        member="UserPool",
        file="cognito-pool.json",
        untaken=(
            *("Id", "Name", "Arn", "Status", "CreationDate", "LastModifiedDate", "EstimatedNumberOfUsers"),
            *("SchemaAttributes", "AliasAttributes", "UsernameAttributes", "UsernameConfiguration"),
            *("Domain", "CustomDomain", "SmsConfigurationFailure", "EmailConfigurationFailure"),
            "MfaConfiguration",  # SetUserPoolMfaConfig's, and stays when it is not given
            "AdminCreateUserConfig.UnusedAccountValidityDays",  # refused beside its newer name
        ),
    ),
    Place.MFA: Described(operation="GetUserPoolMfaConfig", file="cognito-mfa.json"),
}
_FORGETS = (
    "{} forgets what it is not told: read all, change this, write all back.\n"
    "Take the newest AWS CLI: what an older one does not know, it does not read."
)
# SetUserPoolMfaConfig refuses OFF beside any factor (measured live: go-to-k/cdkd 1923). Nobody says that
# GetUserPoolMfaConfig names none then; ours does not.
_NO_FACTORS_WHEN_OFF = (
    """jq -e 'if .MfaConfiguration == "OFF" then\n"""
    "  del(.SmsMfaConfiguration, .SoftwareTokenMfaConfiguration, .EmailMfaConfiguration) else . end'"
)
_BRINGS_SMS = "UpdateUserPool turns text messages on as a second factor where a pool can send them: those go back, too."


def of_knob(knob: Knob, state: State) -> str:
    """What brings about the knob's settings in ``state``, in whatever pool ``$POOL_ID`` names."""
    values = [(setting.where, setting.where.read(state)) for setting in knob.settings]
    change = merged(*(where.command(value) for where, value in values))
    gone = [path for where, _ in values for path in where.optional if not has(change, path)]
    described = DESCRIBED[knob.place]
    filters = [languages.jq(change, without=(*described.untaken, *gone))]
    if knob.place is Place.MFA:
        filters.append(_NO_FACTORS_WHEN_OFF)
    steps = [" |\n".join([_reading(knob.place), *filters]) + f" > {described.file}", _writing(knob.place)]
    if knob.place is Place.POOL:
        back = languages.comment(_BRINGS_SMS) + _writing(Place.MFA)
        steps = [f"{_reading(Place.MFA)} |\n{_NO_FACTORS_WHEN_OFF} > {DESCRIBED[Place.MFA].file}", *steps, back]
    remark = languages.comment(knob.cli_remark) if knob.cli_remark else ""
    return remark + languages.comment(_FORGETS.format(knob.place)) + " &&\n".join(steps)


def of_user(calls: list[Call], *, remark: str = "") -> str:
    """``calls`` for whoever ``$NAME`` is: somebody of the reader's pool may be called like one of the demo's."""
    about = (
        f"The user in NAME, the password in PASSWORD. Second factors that are missing here are off.\n{remark}".strip()
    )
    commands = [
        languages.cli(call.operation, {**call.request, **_ids(Place.POOL), "Username": _NAME}) for call in calls
    ]
    return languages.comment(about) + "\n\n".join(commands)


def environment(connection: Connection) -> str:
    """What makes the commands of this page those of the demo: where it is, and its names for what is the reader's."""
    ids = dict(zip(_IDS.values(), (connection.user_pool_id, connection.client_id), strict=True))
    own = "\n".join(
        f"export {variable.removeprefix('$')}={value}" for variable, value in (ids | particulars.variables()).items()
    )
    return (
        f"export AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER={connection.endpoint_url}\n"
        f"export AWS_DEFAULT_REGION={connection.region}\n"
        f"export AWS_ACCESS_KEY_ID=… AWS_SECRET_ACCESS_KEY=…\n{own}"
    )


def _reading(place: Place) -> str:
    described = DESCRIBED[place]
    query = {"Query": described.member} if described.member else {}
    return languages.cli(described.operation, {**_ids(place), **query, "Output": "json"})


def _writing(place: Place) -> str:
    return languages.cli(place, {**_ids(place), "CliInputJson": f"file://{DESCRIBED[place].file}"})


def _ids(place: Place) -> dict[str, Variable]:
    return {name: variable for name, variable in _IDS.items() if name == "UserPoolId" or place is Place.CLIENT}
