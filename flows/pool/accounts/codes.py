"""Confirmation codes: six random digits, sent to an address, kept as a keyed hash until they expire.

Lifetimes: developer guide, quotas. Texts: Cognito's own, unless the pool has a VerificationMessageTemplate.
"""

import hmac
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Literal

from flows.pool import identifiers, sealing
from flows.pool.delivery import messages
from flows.pool.delivery.messages import Draft
from flows.pool.directory.addresses import Address
from flows.pool.errors.accounts import code_expired, code_mismatch
from flows.pool.lambda_triggers.triggers import Origin
from flows.pool.models import ConfirmationCode, PoolUser
from flows.pool.tools import Tools

_DIGITS = 6
_TEMPLATE_MEMBER = {"email": "EmailMessage", "sms": "SmsMessage"}
_SUBJECT = "Your verification code"


@dataclass(frozen=True, slots=True, kw_only=True)
class Purpose:
    """``name`` is the second half of the trigger source; a code confirms one thing and is useless for
    every other (T044)."""

    name: str
    confirms: Literal["sign-up", "password", "email", "phone_number"]
    lifetime: timedelta
    text: str


FORGOT_PASSWORD = Purpose(
    name="ForgotPassword", confirms="password", lifetime=timedelta(hours=1), text="Your password reset code is {####}."
)

SIGN_UP = Purpose(
    name="SignUp", confirms="sign-up", lifetime=timedelta(hours=24), text="Your confirmation code is {####}."
)
RESEND = replace(SIGN_UP, name="ResendCode")


def send(user: PoolUser, purpose: Purpose, address: Address, *, origin: Origin, tools: Tools) -> None:
    """Make a code, remember it in place of an older one, and send it. Not for inside a transaction.

    Raises what ``messages.send`` raises.
    """
    code = identifiers.digits(_DIGITS, tools=tools)
    ConfirmationCode.objects.update_or_create(
        user=user,
        confirms=purpose.confirms,
        defaults={
            "code_hash": _hash(user, purpose.confirms, code),
            "address": address.value,
            "expires_at": tools.now() + purpose.lifetime,
        },
    )
    template = user.pool.setting("VerificationMessageTemplate", _TEMPLATE_MEMBER[address.medium], default=purpose.text)
    draft = Draft(
        purpose=purpose.name,
        address=address,
        text=template,
        subject=user.pool.setting("VerificationMessageTemplate", "EmailSubject", default=_SUBJECT),
        code=code,
        name=user.username,
    )
    messages.send(user, draft, origin=origin, tools=tools)


def redeem(user: PoolUser, confirms: str, code: str, *, tools: Tools) -> str:
    """Use a code up, inside the caller's transaction; returns the address it was sent to.

    Raises ExpiredCodeException, also where there is no code, or CodeMismatchException. How often that may be tried is
    the caller's to limit.
    """
    row = ConfirmationCode.objects.select_for_update().filter(user=user, confirms=confirms).first()
    if row is None or row.expires_at <= tools.now():
        raise code_expired()
    if not hmac.compare_digest(bytes(row.code_hash), _hash(user, confirms, code)):
        raise code_mismatch()
    row.delete()
    return row.address


def address_of(user: PoolUser, confirms: str, *, tools: Tools) -> str | None:
    """Where the code was sent that would confirm this now, if there is one."""
    alive = ConfirmationCode.objects.filter(user=user, confirms=confirms, expires_at__gt=tools.now())
    return alive.values_list("address", flat=True).first()


def forget(user: PoolUser, confirms: Collection[str]) -> None:
    """Make the codes good for nothing that would confirm any of these."""
    if confirms:
        ConfirmationCode.objects.filter(user=user, confirms__in=confirms).delete()


def verification(attribute: str, *, source: str) -> Purpose:
    """A code that proves an e-mail address or phone number; ``source`` is what asked for it."""
    confirms: Literal["email", "phone_number"] = "email" if attribute == "email" else "phone_number"
    return Purpose(
        name=source, confirms=confirms, lifetime=timedelta(hours=24), text="Your verification code is {####}."
    )


def _hash(user: PoolUser, confirms: str, code: str) -> bytes:
    return sealing.keyed_hash("confirmation code", f"{user.sub}\n{confirms}\n{code}".encode())
