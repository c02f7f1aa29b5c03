"""UserMigration: a user whom the pool does not know is taken over from another directory, by a Lambda function that is
shown the password (sections 6.3 and 6.6 of the protocol notes).

Not for SRP nor for passwordless factors, where there is no password to show.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction

from flows.pool import lockout
from flows.pool.attempt import Attempt
from flows.pool.directory import attribute_values, usernames, users
from flows.pool.errors import PoolError
from flows.pool.errors.triggers import invalid_lambda_response
from flows.pool.lambda_triggers import sign_up_triggers, triggers
from flows.pool.lambda_triggers.triggers import Origin, Subject
from flows.pool.models import AppClient, PoolUser, UserPool
from flows.pool.proofs import passwords
from flows.pool.protocol import service_model
from flows.pool.protocol.constraints import constraints_of
from flows.pool.tools import Tools
from flows.terms import Trigger, TriggerSource, UserStatus

_RESPONSE = dict.fromkeys(
    (
        "userAttributes",
        "finalUserStatus",
        "messageAction",
        "desiredDeliveryMediums",
        "forceAliasCreation",
        "enableSMSMFA",
    )
)
_STATUSES = {
    None: UserStatus.RESET_REQUIRED,
    "RESET_REQUIRED": UserStatus.RESET_REQUIRED,
    "CONFIRMED": UserStatus.CONFIRMED,
}


def at_sign_in(attempt: Attempt, *, validation_data: Mapping[str, str], tools: Tools) -> Attempt:
    """The attempt with the user who was taken over, with the password that was typed; without one when the function
    does not know anybody of this name and password, or refuses: that looks like any unknown user.

    The other directory may know no limit, and a right guess is a user at once: each is counted as a wrong one before
    the function sees it, so that of many at the same moment only those that came first are looked at (T024, T034).
    """
    pool, name, password = attempt.pool, attempt.typed_name, attempt.given["PASSWORD"]
    if not triggers.is_configured(pool, Trigger.USER_MIGRATION) or len(password) > passwords.MAXIMUM_LENGTH:
        return attempt
    lock = lockout.key_for(pool, None, name)
    lockout.count_failure(lock, tools=tools)
    request = {"password": password, "validationData": dict(validation_data), "clientMetadata": {}}
    source = TriggerSource.USER_MIGRATION_AUTHENTICATION
    user = _migrate(attempt.client, name, source, request, tools=tools)
    if user is None:
        return replace(attempt, guess_counted=True)
    lockout.forget(lock)
    return replace(attempt, user=user)


def at_forgot_password(
    client: AppClient, name: str, *, client_metadata: Mapping[str, str], tools: Tools
) -> PoolUser | None:
    """The same for somebody who asks for a new password; the function is shown none."""
    if not triggers.is_configured(client.pool, Trigger.USER_MIGRATION):
        return None
    request = {"validationData": {}, "clientMetadata": dict(client_metadata)}
    return _migrate(client, name, TriggerSource.USER_MIGRATION_FORGOT_PASSWORD, request, tools=tools)


def _migrate(
    client: AppClient, name: str, source: TriggerSource, request: Mapping[str, Any], *, tools: Tools
) -> PoolUser | None:
    subject = Subject(pool=client.pool, username=name, origin=Origin(client_id=client.pk))
    try:
        answer = triggers.call(Trigger.USER_MIGRATION, source, subject, request=request, response=_RESPONSE)
    except PoolError as error:
        if error.code == "UserLambdaValidationException":
            return None
        raise
    username, attributes = _read(subject, answer)
    sign_up_triggers.before_creation(client.pool, username, attributes, validation_data={}, origin=subject.origin)
    try:
        return _create(client.pool, username, attributes, answer, password=request.get("password"), tools=tools)
    except PoolError as error:
        if error.code != "UsernameExistsException":
            raise
        return users.find(client.pool, name)  # another first sign-in was faster (T034)


def _read(subject: Subject, answer: Mapping[str, Any]) -> tuple[str, dict[str, str]]:
    """The new user's name and attributes. Raises InvalidLambdaResponseException for what the pool could not store."""
    given = answer["userAttributes"]
    if not given or answer["finalUserStatus"] not in _STATUSES:
        raise invalid_lambda_response()
    if not all(isinstance(value, str) for value in given.values()):
        raise invalid_lambda_response()
    attributes = dict(given)
    username = attributes.pop("username", subject.username)  # where the name that was typed is an alias
    if not all(each.holds(username) for each in constraints_of(service_model.service().shape_for("UsernameType"))):
        raise invalid_lambda_response()
    try:
        attributes = usernames.attributes_with_name(subject.pool, username, attributes)
        attribute_values.require_valid(subject.pool, attributes)
    except PoolError:
        raise invalid_lambda_response() from None
    return username, attributes


def _create(
    pool: UserPool,
    username: str,
    attributes: Mapping[str, str],
    answer: Mapping[str, Any],
    *,
    password: str | None,
    tools: Tools,
) -> PoolUser:
    status, take_over = _STATUSES[answer["finalUserStatus"]], bool(answer["forceAliasCreation"])
    with transaction.atomic():
        user = users.add(
            pool, username=username, attributes=attributes, status=status, tools=tools, take_over=take_over
        )
        if password is not None:  # whatever the policy: it is the one that the user has
            passwords.set_password(user, password, status=status, tools=tools)
        if answer["enableSMSMFA"] and attributes.get("phone_number"):
            user.mfa = {"enabled": ["SMS_MFA"], "preferred": "SMS_MFA"}
            user.save(update_fields=["mfa"])
    return user
