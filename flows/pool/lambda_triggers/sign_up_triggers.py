"""The triggers around new users: PreSignUp before one is stored, PostConfirmation once one is confirmed (section 6.6 of
the protocol notes)."""

from collections.abc import Mapping
from dataclasses import dataclass

from flows.pool.directory.aliases import VERIFIED_FLAG
from flows.pool.errors.triggers import invalid_lambda_response
from flows.pool.lambda_triggers import triggers
from flows.pool.lambda_triggers.triggers import Origin, Subject
from flows.pool.models import PoolUser, UserPool
from flows.terms import Trigger, TriggerSource, UserStatus

_VERIFIES = {"email": "autoVerifyEmail", "phone_number": "autoVerifyPhone"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What PreSignUp decided. ``verified`` are attributes, which the new user takes over from whoever signs in by
    them."""

    confirmed: bool = False
    verified: frozenset[str] = frozenset()

    @property
    def status(self) -> UserStatus:
        return UserStatus.CONFIRMED if self.confirmed else UserStatus.UNCONFIRMED

    def applied_to(self, attributes: Mapping[str, str]) -> dict[str, str]:
        return {**attributes, **{VERIFIED_FLAG[name]: "true" for name in self.verified}}


def before_sign_up(
    pool: UserPool, username: str, attributes: Mapping[str, str], *, validation_data: Mapping[str, str], origin: Origin
) -> Decision:
    """PreSignUp_SignUp. Raises what a function that refuses comes to, and InvalidLambdaResponseException when it
    verifies an address that is not there."""
    source = TriggerSource.PRE_SIGN_UP_SIGN_UP
    subject = Subject(pool=pool, username=username, origin=origin)
    answer = _ask(source, subject, attributes, validation_data)
    verified = frozenset(name for name, member in _VERIFIES.items() if answer[member])
    if not all(attributes.get(name) for name in verified):
        raise invalid_lambda_response()
    return Decision(confirmed=answer["autoConfirmUser"], verified=verified)


def before_creation(
    pool: UserPool, username: str, attributes: Mapping[str, str], *, validation_data: Mapping[str, str], origin: Origin
) -> None:
    """PreSignUp_AdminCreateUser, also for a user who is taken over from another directory. It may refuse; what it
    answers counts for nothing."""
    subject = Subject(pool=pool, username=username, origin=origin)
    _ask(TriggerSource.PRE_SIGN_UP_ADMIN_CREATE_USER, subject, attributes, validation_data)


def after_confirmation(user: PoolUser, *, origin: Origin) -> None:
    """PostConfirmation_ConfirmSignUp. The user is confirmed already: a function that fails changes nothing of that."""
    _tell(TriggerSource.POST_CONFIRMATION_CONFIRM_SIGN_UP, user, origin)


def after_password_reset(user: PoolUser, *, origin: Origin) -> None:
    """PostConfirmation_ConfirmForgotPassword."""
    _tell(TriggerSource.POST_CONFIRMATION_CONFIRM_FORGOT_PASSWORD, user, origin)


def _ask(
    source: TriggerSource, subject: Subject, attributes: Mapping[str, str], validation_data: Mapping[str, str]
) -> dict[str, bool]:
    return triggers.call(
        Trigger.PRE_SIGN_UP,
        source,
        subject,
        request={
            "userAttributes": dict(attributes),
            "validationData": dict(validation_data),
            "clientMetadata": dict(subject.origin.client_metadata),
        },
        response={"autoConfirmUser": False, "autoVerifyEmail": False, "autoVerifyPhone": False},
    )


def _tell(source: TriggerSource, user: PoolUser, origin: Origin) -> None:
    triggers.call(
        Trigger.POST_CONFIRMATION,
        source,
        Subject(pool=user.pool, username=user.username, origin=origin),
        request={
            "userAttributes": triggers.user_attributes(user),
            "clientMetadata": dict(origin.client_metadata),
        },
        response={},
    )
