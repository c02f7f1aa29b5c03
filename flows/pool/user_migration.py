"""UserMigration: a user whom the pool does not know is taken over from another directory, by a Lambda function that is
shown the password (sections 6.3 and 6.6 of the protocol notes).

Not for SRP nor for passwordless factors, where there is no password to show.
"""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from flows.pool import attribute_values, errors, lockout, passwords, sign_up_triggers, triggers, usernames, users
from flows.pool.errors import PoolError
from flows.pool.models import AppClient, PoolUser
from flows.pool.tools import Tools
from flows.pool.triggers import Origin, Subject
from flows.terms import AuthFlow, Trigger, TriggerSource, UserStatus

FLOWS = frozenset({AuthFlow.USER_PASSWORD_AUTH, AuthFlow.ADMIN_USER_PASSWORD_AUTH, AuthFlow.ADMIN_NO_SRP_AUTH})
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


def at_sign_in(
    client: AppClient, name: str, parameters: Mapping[str, str], *, validation_data: Mapping[str, str], tools: Tools
) -> PoolUser | None:
    """The user who was taken over, with the password that was typed; None when the function does not know anybody of
    this name and password, or refuses: that looks like any unknown user."""
    # The other directory may know no limit: guesses are counted here as for any name that nobody has.
    lockout.require_unlocked(lockout.key_for(client.pool, None, name), tools=tools)
    source = TriggerSource.USER_MIGRATION_AUTHENTICATION
    password = parameters["PASSWORD"]
    return _migrate(
        client, name, source, password=password, validation_data=validation_data, client_metadata={}, tools=tools
    )


def at_forgot_password(
    client: AppClient, name: str, *, client_metadata: Mapping[str, str], tools: Tools
) -> PoolUser | None:
    """The same for somebody who asks for a new password; the function is shown none."""
    source = TriggerSource.USER_MIGRATION_FORGOT_PASSWORD
    return _migrate(
        client, name, source, password=None, validation_data={}, client_metadata=client_metadata, tools=tools
    )


def _migrate(
    client: AppClient,
    name: str,
    source: TriggerSource,
    *,
    password: str | None,
    validation_data: Mapping[str, str],
    client_metadata: Mapping[str, str],
    tools: Tools,
) -> PoolUser | None:
    if not triggers.is_configured(client.pool, Trigger.USER_MIGRATION):
        return None
    subject = Subject(pool=client.pool, username=name, origin=Origin(client_id=client.pk))
    request = {
        **({"password": password} if password is not None else {}),
        "validationData": dict(validation_data),
        "clientMetadata": dict(client_metadata),
    }
    try:
        answer = triggers.call(Trigger.USER_MIGRATION, source, subject, request=request, response=_RESPONSE)
    except PoolError as error:
        if error.code == errors.user_lambda_validation("").code:
            return None
        raise
    return _take_over(subject, password, answer, tools=tools)


def _take_over(subject: Subject, password: str | None, answer: Mapping[str, Any], *, tools: Tools) -> PoolUser | None:
    pool, name, given = subject.pool, subject.username, answer["userAttributes"]
    if not given or answer["finalUserStatus"] not in _STATUSES:
        raise errors.invalid_lambda_response()
    if not all(isinstance(value, str) for value in given.values()):
        raise errors.invalid_lambda_response()
    attributes = dict(given)
    username = attributes.pop("username", name)  # where the name that was typed is an alias
    status = _STATUSES[answer["finalUserStatus"]]
    attributes = usernames.attributes_with_name(pool, username, attributes)
    attribute_values.require_valid(pool, attributes)
    sign_up_triggers.before_creation(pool, username, attributes, validation_data={}, origin=subject.origin)
    try:
        with transaction.atomic():
            take_over = bool(answer["forceAliasCreation"])
            user = users.add(
                pool, username=username, attributes=attributes, status=status, tools=tools, take_over=take_over
            )
            if password is not None:  # whatever the policy: it is the one that the user has
                passwords.set_password(user, password, status=status, tools=tools)
            if answer["enableSMSMFA"] and attributes.get("phone_number"):
                user.mfa = {"enabled": ["SMS_MFA"], "preferred": "SMS_MFA"}
                user.save(update_fields=["mfa"])
    except PoolError as error:
        if error.code != errors.user_account_exists().code:
            raise
        return users.find(pool, name)  # another first sign-in was faster (T034)
    return user
