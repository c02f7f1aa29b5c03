"""The triggers around every sign-in: PreAuthentication before anything is proved, PostAuthentication and
PreTokenGeneration before tokens are issued (section 6.6 of the protocol notes)."""

from collections.abc import Mapping

from flows.pool import clients
from flows.pool.attempt import Attempt
from flows.pool.directory import groups
from flows.pool.lambda_triggers import token_changes, triggers
from flows.pool.lambda_triggers.token_changes import TokenChanges
from flows.pool.lambda_triggers.triggers import Origin, Subject
from flows.pool.models import PoolUser, RefreshToken
from flows.terms import ChallengeName, Trigger, TriggerSource

# The last of these that was passed says why tokens are generated.
_REASONS = {
    ChallengeName.NEW_PASSWORD_REQUIRED: TriggerSource.TOKEN_GENERATION_NEW_PASSWORD_CHALLENGE,
    ChallengeName.DEVICE_PASSWORD_VERIFIER: TriggerSource.TOKEN_GENERATION_AUTHENTICATE_DEVICE,
}


def before(attempt: Attempt, *, validation_data: Mapping[str, str]) -> None:
    """PreAuthentication, once, whatever is proved afterwards; for a name that nobody has only where that is hidden."""
    hidden = clients.hides_user_existence(attempt.client)
    if attempt.user is None and not hidden:
        return
    request = {
        "userAttributes": triggers.user_attributes(attempt.user) if attempt.user else {},
        "validationData": dict(validation_data),
        **({"userNotFound": attempt.user is None} if hidden else {}),
    }
    source = TriggerSource.PRE_AUTHENTICATION
    triggers.call(Trigger.PRE_AUTHENTICATION, source, attempt.subject, request=request, response={})


def passed(attempt: Attempt) -> TokenChanges:
    """PostAuthentication, then PreTokenGeneration: what the tokens of a finished sign-in will say."""
    user = attempt.user
    if user is None:
        raise TypeError("Nobody passes a sign-in without a user.")
    about = {"userAttributes": triggers.user_attributes(user), "clientMetadata": dict(attempt.client_metadata)}
    triggers.call(
        Trigger.POST_AUTHENTICATION,
        TriggerSource.POST_AUTHENTICATION,
        attempt.subject,
        request={**about, "newDeviceUsed": not attempt.device_key},
        response={},
    )
    reasons = [reason for name, reason in _REASONS.items() if name in attempt.passed]
    source = reasons[-1] if reasons else TriggerSource.TOKEN_GENERATION_AUTHENTICATION
    return _generate(user, source, attempt.subject)


def renewed(token: RefreshToken, *, client_metadata: Mapping[str, str]) -> TokenChanges:
    """PreTokenGeneration for a refresh."""
    origin = Origin(client_id=token.client.pk, client_metadata=client_metadata)
    subject = Subject(pool=token.client.pool, username=token.user.username, origin=origin)
    return _generate(token.user, TriggerSource.TOKEN_GENERATION_REFRESH_TOKENS, subject)


def _generate(user: PoolUser, source: TriggerSource, subject: Subject) -> TokenChanges:
    pool = subject.pool
    if not triggers.is_configured(pool, Trigger.PRE_TOKEN_GENERATION):
        return token_changes.NONE
    membership, roles = groups.claims(user)
    version = triggers.version(pool, Trigger.PRE_TOKEN_GENERATION)
    request = {
        "userAttributes": triggers.user_attributes(user),
        "groupConfiguration": {
            "groupsToOverride": membership.get("cognito:groups", []),
            "iamRolesToOverride": roles.get("cognito:roles", []),
            "preferredRole": roles.get("cognito:preferred_role"),
        },
        "clientMetadata": dict(subject.origin.client_metadata),
        **({"scopes": [token_changes.SCOPE]} if version != "1" else {}),
    }
    member = token_changes.MEMBER[version]
    answer = triggers.call(
        Trigger.PRE_TOKEN_GENERATION,
        source,
        subject,
        request=request,
        response={member: None},
    )
    return token_changes.read(answer[member], version=version)
