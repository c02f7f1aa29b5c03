"""Settings that are not one member of a request: absent blocks, pairs of truths, numbers with a unit, functions."""

from collections.abc import Callable
from typing import Any

from flows.playground import originals
from flows.playground.languages import Variable
from flows.playground.settings import Tree, Values, Where, merged, put, without
from flows.playground.state import Place, State

# -- Second factors: SetUserPoolMfaConfig has a block for each that is on ------------------------------------------
SMS, APP, EMAIL = "SmsMfaConfiguration", "SoftwareTokenMfaConfiguration", "EmailMfaConfiguration"
_MFAS = {SMS: "SMS_MFA", APP: "SOFTWARE_TOKEN_MFA", EMAIL: "EMAIL_OTP"}  # EnabledMfas of AWS::Cognito::UserPool


def _read_factors(state: State) -> Values:
    part = state[Place.MFA]
    return tuple(name for name in _MFAS if name in part and part[name].get("Enabled", True))


def _write_factors(state: State, values: Values) -> State:
    part = state[Place.MFA]
    blocks = {name: part.get(name) or _block(state, name) for name in values}
    if APP in blocks:
        blocks[APP] = {"Enabled": True}
    return state.having(Place.MFA, {**without(part, *_MFAS), **blocks})


def _block(state: State, name: str) -> dict[str, Any]:
    """A block that is not there yet. Text messages go the way that the pool knows, or knew when it was made."""
    if name != SMS:
        return {}
    known = state[Place.POOL].get("SmsConfiguration")
    return {"SmsConfiguration": known} if known else dict(originals.part(Place.MFA)[SMS])


# What each factor is in each language. A way to send is the reader's own. Codes by e-mail need SES and another way to
# recover an account than e-mail, which comes first: nobody can set up as a factor what passwords are recovered by
# (developer guide, "SMS and email message MFA"). Terraform's documentation asks for two.
_COMMANDS: dict[str, Tree] = {
    SMS: {
        SMS: {"SmsConfiguration": {"SnsCallerArn": Variable("$SNS_ROLE_ARN"), "ExternalId": Variable("$EXTERNAL_ID")}}
    },
    APP: {APP: {"Enabled": True}},
    EMAIL: {EMAIL: {}},
}
_TEMPLATES: dict[str, Tree] = {
    SMS: {"SmsConfiguration": {"SnsCallerArn": "!GetAtt SnsRole.Arn", "ExternalId": "!Ref ExternalId"}},
    APP: {},
    EMAIL: {
        "EmailConfiguration": {"EmailSendingAccount": "DEVELOPER", "SourceArn": "!Ref SesIdentityArn"},
        "AccountRecoverySetting": {
            "RecoveryMechanisms": [
                {"Name": "verified_phone_number", "Priority": 1},
                {"Name": "verified_email", "Priority": 2},
            ]
        },
    },
}
_TERRAFORM: dict[str, Tree] = {
    SMS: {"sms_configuration": {"sns_caller_arn": "aws_iam_role.sns.arn", "external_id": "var.external_id"}},
    APP: {"software_token_mfa_configuration": {"enabled": True}},
    EMAIL: {
        "email_mfa_configuration": {},
        "email_configuration": {
            "email_sending_account": "DEVELOPER",
            "source_arn": "aws_ses_domain_identity.sender.arn",
        },
        "account_recovery_setting": {
            "recovery_mechanism": [
                {"name": "verified_phone_number", "priority": 1},
                {"name": "verified_email", "priority": 2},
            ]
        },
    },
}


def _template_factors(values: Values) -> Tree:
    enabled = {"EnabledMfas": [_MFAS[value] for value in values]} if values else {}
    return merged(enabled, *(_TEMPLATES[value] for value in values))


FACTORS = Where(
    read=_read_factors,
    write=_write_factors,
    command=lambda values: merged(*(_COMMANDS[value] for value in values)),
    optional=tuple(_MFAS),
    cloudformation=_template_factors,
    terraform=lambda values: merged(*(_TERRAFORM[value] for value in values)),
)


def _write_mode(state: State, values: Values) -> State:
    """OFF goes without factors: Cognito refuses them together."""
    part = put(state[Place.MFA], "MfaConfiguration", values[0])
    return state.having(Place.MFA, without(part, *_MFAS) if values == ("OFF",) else part)


MODE = Where(
    read=lambda state: (state[Place.MFA].get("MfaConfiguration", "OFF"),),
    write=_write_mode,
    command=lambda values: {"MfaConfiguration": values[0]},
    cloudformation=lambda values: {"MfaConfiguration": values[0]},
    terraform=lambda values: {"mfa_configuration": values[0]},
)

# -- Devices: no block, or one of two truths -----------------------------------------------------------------------
NO_DEVICES, EVERY_DEVICE, ON_PROMPT = "No", "Always", "User opt-in"  # the console's words
_DEVICES, _PROMPT, _CHALLENGE = (
    "DeviceConfiguration",
    "DeviceOnlyRememberedOnUserPrompt",
    "ChallengeRequiredOnNewDevice",
)


def _read_remembering(state: State) -> Values:
    block = state[Place.POOL].get(_DEVICES)
    if not block:
        return (NO_DEVICES,)
    return (ON_PROMPT if block.get(_PROMPT) else EVERY_DEVICE,)


def _write_remembering(state: State, values: Values) -> State:
    part = state[Place.POOL]
    if values == (NO_DEVICES,):
        return state.having(Place.POOL, without(part, _DEVICES))
    asks = bool(part.get(_DEVICES, {}).get(_CHALLENGE))
    return state.having(Place.POOL, {**part, _DEVICES: {_CHALLENGE: asks, _PROMPT: values == (ON_PROMPT,)}})


def _write_challenge(state: State, values: Values) -> State:
    part = state[Place.POOL]
    return state.having(Place.POOL, put(part, f"{_DEVICES}.{_CHALLENGE}", bool(values))) if _DEVICES in part else state


def _devices(prompt: str, block: str) -> Callable[[Values], Tree]:
    return lambda values: {} if values == (NO_DEVICES,) else {block: {prompt: values == (ON_PROMPT,)}}


def _unasked(values: Values) -> Tree:
    """Without the other knob's tick; a tick comes later and counts."""
    return {} if values == (NO_DEVICES,) else {_DEVICES: {_CHALLENGE: False}}


REMEMBERING = Where(
    read=_read_remembering,
    write=_write_remembering,
    command=lambda values: merged(_devices(_PROMPT, _DEVICES)(values), _unasked(values)),
    optional=(_DEVICES,),
    cloudformation=_devices(_PROMPT, _DEVICES),
    terraform=_devices("device_only_remembered_on_user_prompt", "device_configuration"),
)
CHALLENGE = Where(
    read=lambda state: (_CHALLENGE,) if state[Place.POOL].get(_DEVICES, {}).get(_CHALLENGE) else (),
    write=_write_challenge,
    command=lambda values: {_DEVICES: {_CHALLENGE: True}} if values else {},
    cloudformation=lambda values: {_DEVICES: {_CHALLENGE: True}} if values else {},
    terraform=lambda values: {"device_configuration": {"challenge_required_on_new_device": True}} if values else {},
)

# -- Triggers: a member for each, with the ARN of a function -------------------------------------------------------
_LAMBDAS = "LambdaConfig"
# Member of LambdaConfig -> Terraform's name for it, and the variable of a shown command that has the function's ARN.
_TRIGGERS = {
    "DefineAuthChallenge": ("define_auth_challenge", Variable("$DEFINE_ARN")),
    "CreateAuthChallenge": ("create_auth_challenge", Variable("$CREATE_ARN")),
    "VerifyAuthChallengeResponse": ("verify_auth_challenge_response", Variable("$VERIFY_ARN")),
    "UserMigration": ("user_migration", Variable("$MIGRATION_ARN")),
}


def _read_triggers(state: State) -> Values:
    """Those that the demo has functions for; others, which somebody set elsewhere, stay as they are."""
    return tuple(name for name in _TRIGGERS if name in state[Place.POOL].get(_LAMBDAS, {}))


def _write_triggers(state: State, values: Values) -> State:
    before = state[Place.POOL].get(_LAMBDAS, {})
    others = without(before, *_TRIGGERS)
    chosen = {name: before.get(name) or originals.functions()[name] for name in values}
    return state.having(Place.POOL, {**state[Place.POOL], _LAMBDAS: {**others, **chosen}})


def _terraform_triggers(values: Values) -> Tree:
    names = [_TRIGGERS[value][0] for value in values]
    return {"lambda_config": {name: f"aws_lambda_function.{name}.arn" for name in names}}


TRIGGERS = Where(
    read=_read_triggers,
    write=_write_triggers,
    command=lambda values: {_LAMBDAS: {name: _TRIGGERS[name][1] for name in values}},
    optional=tuple(f"{_LAMBDAS}.{name}" for name in _TRIGGERS),
    cloudformation=lambda values: {_LAMBDAS: {name: f"!GetAtt {name}Function.Arn" for name in values}},
    terraform=_terraform_triggers,
)


def variables() -> dict[Variable, str]:
    """What the shown commands leave to the reader, and what it is in the demo."""
    sms = originals.part(Place.MFA)[SMS]["SmsConfiguration"]
    return {
        **{variable: originals.functions()[name] for name, (_, variable) in _TRIGGERS.items()},
        Variable("$SNS_ROLE_ARN"): sms["SnsCallerArn"],
        Variable("$EXTERNAL_ID"): sms["ExternalId"],
    }


# -- How long tokens last: a number and, in another member, its unit -----------------------------------------------
UNITS = ("seconds", "minutes", "hours", "days")


def validity(token: str, *, terraform: str, default: str) -> Where:
    """``token`` as TokenValidityUnits calls it; ``default`` is number and unit where the client says nothing."""
    number, unit = f"{token}Validity", f"TokenValidityUnits.{token}"
    amount, units = default.split()

    def read(state: State) -> Values:
        part = state[Place.CLIENT]
        given = part.get("TokenValidityUnits", {}).get(token)
        return str(part.get(number, amount)), given or units

    def write(state: State, values: Values) -> State:
        part = put(state[Place.CLIENT], number, int(values[0]))
        return state.having(Place.CLIENT, put(part, unit, values[1]))

    def said(values: Values) -> Tree:
        return {number: int(values[0]), "TokenValidityUnits": {token: values[1]}}

    return Where(
        read=read,
        write=write,
        command=said,
        cloudformation=said,
        terraform=lambda values: {
            f"{terraform}_validity": int(values[0]),
            "token_validity_units": {terraform: values[1]},
        },
    )
