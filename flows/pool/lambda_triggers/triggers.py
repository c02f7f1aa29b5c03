"""The Lambda triggers of a pool: events as Cognito makes them, answers held to their form, failures in its words.

Sections 6.1 to 6.5 of the protocol notes (developer guide, "Customizing user pool workflows with Lambda triggers").
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flows.pool import observing
from flows.pool.errors import PoolError
from flows.pool.errors.triggers import invalid_lambda_response, unexpected_lambda, user_lambda_validation
from flows.pool.lambdas import invocation
from flows.pool.lambdas.outcomes import FunctionRaised, NotInvoked
from flows.pool.models import AppClient, PoolUser, UserPool
from flows.terms import Trigger, TriggerSource

NO_CLIENT = "CLIENT_ID_NOT_APPLICABLE"  # what admin calls without an app client are told to show; from an emulator
_SDK = "aws-sdk-unknown-unknown"
_UNCHANGED = ("userPoolId", "userName", "triggerSource")

_BOOLEAN = (bool,)
_TEXT = (str, type(None))
_MAP = (dict, type(None))
_LIST = (list, type(None))
# What a function may answer: member -> types. A member that is missing keeps the value that it was sent with.
_ANSWERS: Mapping[Trigger, Mapping[str, tuple[type, ...]]] = {
    Trigger.PRE_SIGN_UP: dict.fromkeys(("autoConfirmUser", "autoVerifyEmail", "autoVerifyPhone"), _BOOLEAN),
    Trigger.POST_CONFIRMATION: {},
    Trigger.PRE_AUTHENTICATION: {},
    Trigger.POST_AUTHENTICATION: {},
    Trigger.DEFINE_AUTH_CHALLENGE: {
        "challengeName": _TEXT,
        "issueTokens": (bool, type(None)),
        "failAuthentication": (bool, type(None)),
    },
    Trigger.CREATE_AUTH_CHALLENGE: {
        "publicChallengeParameters": _MAP,
        "privateChallengeParameters": _MAP,
        "challengeMetadata": _TEXT,
    },
    Trigger.VERIFY_AUTH_CHALLENGE_RESPONSE: {"answerCorrect": (bool, type(None))},
    Trigger.PRE_TOKEN_GENERATION: {"claimsOverrideDetails": _MAP, "claimsAndScopeOverrideDetails": _MAP},
    Trigger.USER_MIGRATION: {
        "userAttributes": _MAP,
        "finalUserStatus": _TEXT,
        "messageAction": _TEXT,
        "desiredDeliveryMediums": _LIST,
        "forceAliasCreation": (bool, type(None)),
        "enableSMSMFA": (bool, type(None)),
    },
    Trigger.CUSTOM_MESSAGE: dict.fromkeys(("smsMessage", "emailMessage", "emailSubject"), _TEXT),
}
_AFTER_ANSWERS = (Trigger.CUSTOM_MESSAGE, Trigger.POST_AUTHENTICATION, Trigger.PRE_TOKEN_GENERATION)
_VERSION = {"V1_0": "1", "V2_0": "2", "V3_0": "3"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The request that functions are called for: its app client, which an administrator's has none, and its
    ClientMetadata."""

    client_id: str = NO_CLIENT
    client_metadata: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, request: Mapping[str, Any], client: AppClient | None = None) -> "Origin":
        """``client`` where it is known by something else than the request's ClientId."""
        client_id = client.pk if client else request.get("ClientId", NO_CLIENT)
        return cls(client_id=client_id, client_metadata=request.get("ClientMetadata", {}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Whom a trigger is called about, and for which request."""

    pool: UserPool
    username: str
    origin: Origin


def is_configured(pool: UserPool, trigger: Trigger) -> bool:
    return _function(pool, trigger) is not None


def version(pool: UserPool, trigger: Trigger) -> str:
    """``version`` of the trigger's events: "1", or what LambdaVersion says."""
    function = _function(pool, trigger)
    return function[1] if function else "1"


def run_after_answers(pool: UserPool, *, custom: bool) -> bool:
    """Whether functions may run between an answer and what comes of it, in CUSTOM_AUTH (``custom``) or elsewhere."""
    return custom or any(is_configured(pool, trigger) for trigger in _AFTER_ANSWERS)


def call(
    trigger: Trigger,
    source: TriggerSource,
    subject: Subject,
    *,
    request: Mapping[str, Any],
    response: Mapping[str, Any],
) -> dict[str, Any]:
    """``response`` as the function fills it; as it is where the pool has no such trigger.

    Not for inside a transaction: it may take fifteen seconds. Raises UserLambdaValidationException when the function
    reports an error, UnexpectedLambdaException when it cannot be run, InvalidLambdaResponseException for an answer of
    another form.
    """
    function = _function(subject.pool, trigger)
    if function is None:
        return dict(response)
    arn, version = function
    event = {**_envelope(source, subject, version), "request": dict(request), "response": dict(response)}
    answer, error, began = None, "", time.perf_counter()
    try:
        answer = _invoke(trigger, arn, event)
        return dict(response) | _read(trigger, event, answer)
    except PoolError as refusal:
        error = refusal.message
        raise
    finally:
        observing.tell(
            "trigger",
            trigger=trigger,
            source=source,
            function=invocation.function_name(arn),
            event=event,
            answer=answer,
            error=error,
            seconds=time.perf_counter() - began,
        )


def tell(trigger: Trigger, source: TriggerSource, subject: Subject, *, request: Mapping[str, Any]) -> None:
    """Call a function whose answer does not count. Raises ``InvocationFailed``.

    No observer is told: these functions run in threads of their own, when the request has had its answer.
    """
    function = _function(subject.pool, trigger)
    if function is not None:
        arn, version = function
        invocation.invoke(
            arn, {**_envelope(source, subject, version), "request": dict(request), "response": {}}, is_waited_for=False
        )


def _invoke(trigger: Trigger, arn: str, event: Mapping[str, Any]) -> Any:
    try:
        return invocation.invoke(arn, event)
    except FunctionRaised as error:
        raise user_lambda_validation(f"{trigger} failed with error {error.message}.") from None
    except NotInvoked as failure:
        raise unexpected_lambda(f"{trigger} invocation failed due to error {failure.error}.") from None


def _envelope(source: TriggerSource, subject: Subject, version: str) -> dict[str, Any]:
    return {
        "version": version,
        "triggerSource": source,
        "region": subject.pool.region,
        "userPoolId": subject.pool.pk,
        "userName": subject.username,
        "callerContext": {"awsSdkVersion": _SDK, "clientId": subject.origin.client_id},
    }


def user_attributes(user: PoolUser) -> dict[str, str]:
    """``request.userAttributes``: every attribute as text, with ``sub`` and ``cognito:user_status``."""
    return {"sub": str(user.sub), "cognito:user_status": user.status, **user.attributes}


def _function(pool: UserPool, trigger: Trigger) -> tuple[str, str] | None:
    """ARN and event version. PreTokenGenerationConfig, which names a version, is the newer form of
    PreTokenGeneration."""
    config = pool.setting("LambdaConfig", default={})
    versioned = config.get(f"{trigger}Config") or (
        config.get(trigger) if isinstance(config.get(trigger), dict) else None
    )
    if versioned:
        return versioned["LambdaArn"], _VERSION[versioned["LambdaVersion"]]
    return (config[trigger], "1") if config.get(trigger) else None


def _read(trigger: Trigger, event: Mapping[str, Any], answer: Any) -> dict[str, Any]:
    """The members of ``response`` that this trigger may fill. Anything that is not the event handed back is refused."""
    if not isinstance(answer, dict) or not isinstance(answer.get("response"), dict):
        raise invalid_lambda_response()
    if any(answer.get(name) != event[name] for name in _UNCHANGED):
        raise invalid_lambda_response()
    filled: dict[str, Any] = {}
    for name, types in _ANSWERS[trigger].items():
        if name in answer["response"]:
            value = answer["response"][name]
            if not isinstance(value, types):
                raise invalid_lambda_response()
            filled[name] = value
    return filled
