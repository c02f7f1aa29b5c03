"""Sign-in codes by e-mail and text message: what EMAIL_OTP, SMS_OTP and SMS_MFA have in common.

A code lives in the Session that asks for it and nowhere else: the sealed part holds a keyed hash of it, bound to a
random id of the Session's own, the user and the challenge, so that it is good for nothing else (T044, T046) and dies
with the Session. The engine limits the tries of a Session (T042), ``lockout`` those of a user (T043), ``limits`` the
messages (T041). Somebody who does not exist, or has no such address, is asked alike and never passes (T021).
"""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flows.pool import identifiers, limits, lockout, lookup, sealing
from flows.pool.attempt import Attempt
from flows.pool.delivery import messages
from flows.pool.delivery.messages import Draft
from flows.pool.directory import addresses, aliases, phantoms, users
from flows.pool.directory.addresses import MEDIA, Address
from flows.pool.directory.aliases import VERIFIED_FLAG
from flows.pool.errors import PoolError, missing_parameter
from flows.pool.errors.factors import sign_in_code_mismatch
from flows.pool.errors.sign_in import invalid_session
from flows.pool.errors.users import alias_exists
from flows.pool.factors import enrolment, first_factors
from flows.pool.models import PoolUser, UserPool
from flows.pool.outcomes import Ask, Outcome, Passed
from flows.pool.tools import Tools
from flows.terms import ChallengeName, UserStatus

MFA_DIGITS = 6
_PURPOSE = "Authentication"  # the trigger source's second half: CustomMessage_Authentication
_TEXT = "Your authentication code is {####}."
_SUBJECT = "Your authentication code"
# medium -> the settings that may hold another text, first one first
_TEXTS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "email": (("EmailMfaConfiguration", "Message"),),
    "sms": (("SmsMfaConfiguration", "SmsAuthenticationMessage"), ("SmsAuthenticationMessage",)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """How one challenge sends its codes: to which ``attribute``, of how many ``digits`` in first place, and under which
    name the answer comes. In second place every code has six."""

    name: ChallengeName
    attribute: str
    digits: int
    answer: str


def ask(kind: Kind, attempt: Attempt, tools: Tools) -> Ask:
    """Send a code and ask for it. The message leaves once a transaction that asks has been committed.

    Raises TooManyRequestsException, and then nothing is sent.
    """
    is_first = _is_first_factor(kind, attempt)
    known = _address_of(kind, attempt)
    address = known or phantoms.address(attempt.pool, attempt.typed_name, kind.attribute)
    limits.count_message(attempt.pool, attempt.user, attempt.typed_name, address.medium, tools=tools)
    code = identifiers.digits(kind.digits if is_first else MFA_DIGITS, tools=tools)
    own_id = tools.token_bytes(16).hex()
    if attempt.user is not None and known is not None:
        draft = _draft(attempt.user, known, code)
        messages.send(attempt.user, draft, origin=attempt.subject.origin, tools=tools)
    told = {"CODE_DELIVERY_DELIVERY_MEDIUM": address.medium.upper(), "CODE_DELIVERY_DESTINATION": address.masked}
    return Ask(
        challenge=kind.name,
        parameters=told if is_first else {**told, "USER_ID_FOR_SRP": attempt.username},
        private={
            "id": own_id,
            "code": _hash(kind, attempt, own_id, code),
            "sent_to": known.value if known else None,
            "proposed": bool(attempt.proposed_email),
        },
        available=first_factors.available(attempt) if is_first else (),
    )


def check(
    kind: Kind, attempt: Attempt, private: Mapping[str, Any], responses: Mapping[str, str], tools: Tools
) -> Outcome:
    """Passed for the very digits that were sent; CodeMismatchException, counted, for anything else."""
    given = responses.get(kind.answer)
    if not given:
        raise missing_parameter(kind.answer)
    user, is_first = attempt.user, _is_first_factor(kind, attempt)
    lock = lockout.key_for(attempt.pool, user, attempt.typed_name, guessed="code")
    lockout.require_unlocked(lock, tools=tools)
    is_right = hmac.compare_digest(_hash(kind, attempt, private["id"], given), private["code"])
    sent_to = private["sent_to"]
    if not is_right or user is None or sent_to is None:
        lockout.count_failure(lock, tools=tools)
        raise sign_in_code_mismatch()

    def effect() -> None:
        lockout.clear(lock, tools=tools)
        limits.message_answered(user, MEDIA[kind.attribute])
        address = Address(attribute=kind.attribute, value=sent_to)
        if private["proposed"]:
            _take(attempt, user, address, tools)
        _prove(user, address, confirms=is_first, tools=tools)

    return Passed(kind.name, effect=effect)


def _address_of(kind: Kind, attempt: Attempt) -> Address | None:
    if attempt.proposed_email and kind.attribute == "email":
        return Address(attribute="email", value=attempt.proposed_email)
    return addresses.of(attempt.user, kind.attribute) if attempt.user else None


def _is_first_factor(kind: Kind, attempt: Attempt) -> bool:
    """EMAIL_OTP is both: the second factor once anything has been passed."""
    return kind.name != ChallengeName.SMS_MFA and not attempt.passed


def _take(attempt: Attempt, user: PoolUser, address: Address, tools: Tools) -> None:
    """The address that MFA_SETUP was answered with becomes the user's. Raises AliasExistsException when somebody else
    signs in by it by now."""
    enrolment.require_setting_up(user, password=attempt.password)

    def change(have: dict[str, str]) -> dict[str, str]:
        if have.get(address.attribute):  # another attempt was faster: who begins to sign in replaces nothing (T052)
            raise invalid_session()
        return {**have, address.attribute: address.value, VERIFIED_FLAG[address.attribute]: "false"}

    if aliases.is_anothers(user, address.attribute, address.value):
        raise alias_exists(address.attribute)
    users.change_attributes(user, change, tools=tools)


def _prove(user: PoolUser, address: Address, *, confirms: bool, tools: Tools) -> None:
    """What a right code proves: the address, and in first place that whoever signed up is there (section 2.4, rule 10,
    and section 3.5 of the protocol notes). Only while it is the user's address: whoever has lost the old one may not
    come in by it. An address that signs somebody else in stays unverified."""
    held = lookup.one(PoolUser, for_update=True, id=user.pk)
    if held is None or held.attributes.get(address.attribute) != address.value:
        raise invalid_session()
    user.attributes, user.status, user.enabled = held.attributes, held.status, held.enabled
    if held.attributes.get(VERIFIED_FLAG[address.attribute]) != "true":
        _verify(user, address.attribute, tools)
    if confirms and user.status == UserStatus.UNCONFIRMED:
        user.status, user.modified_at = UserStatus.CONFIRMED, tools.now()
        user.save(update_fields=["status", "modified_at"])


def _verify(user: PoolUser, attribute: str, tools: Tools) -> None:
    before = user.attributes
    try:
        users.change_attributes(user, lambda have: {**have, VERIFIED_FLAG[attribute]: "true"}, tools=tools)
    except PoolError as error:
        if error.code != "AliasExistsException":
            raise
        user.attributes = before


def _draft(user: PoolUser, address: Address, code: str) -> Draft:
    return Draft(
        purpose=_PURPOSE,
        address=address,
        text=_template(user.pool, address.medium),
        code=code,
        name=user.username,
        subject=user.pool.setting("EmailMfaConfiguration", "Subject", default=_SUBJECT),
    )


def _template(pool: UserPool, medium: str) -> str:
    own = (pool.setting(*path) for path in _TEXTS[medium])
    return str(next((text for text in own if text), _TEXT))


def _hash(kind: Kind, attempt: Attempt, own_id: str, code: str) -> str:
    who = str(attempt.user.sub) if attempt.user else attempt.typed_name
    content = "\n".join((own_id, kind.name, attempt.pool.pk, who, code))
    return sealing.keyed_hash("one-time code", content.encode("utf-8", "replace")).hex()
