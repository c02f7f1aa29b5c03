"""Changed e-mail addresses and phone numbers: which are proved by a code, and which wait until they are.

An address in AutoVerifiedAttributes is sent a code when it changes. One that UserAttributeUpdateSettings names counts
only once proved: until then the user keeps the old one (developer guide, "Verifying updates to email addresses and
phone numbers").
"""

from collections.abc import Callable, Mapping

from django.db import transaction

from flows.pool import lookup
from flows.pool.accounts import codes
from flows.pool.directory import addresses, users
from flows.pool.directory.addresses import Address
from flows.pool.directory.aliases import VERIFIED_FLAG
from flows.pool.errors.accounts import not_verifiable, nothing_to_verify
from flows.pool.lambda_triggers.triggers import Origin
from flows.pool.models import PoolUser, UserPool
from flows.pool.tools import Tools

Rule = Callable[[Mapping[str, str], Mapping[str, str]], dict[str, str]]


def update(
    user: PoolUser, given: Mapping[str, str], *, rule: Rule, origin: Origin, tools: Tools, take_over: bool = False
) -> list[Address]:
    """Write ``given``, so far as ``rule(have, given)`` allows; returns the addresses that were sent a code."""
    before = dict(user.attributes)
    unproved = {
        name: value
        for name, flag in VERIFIED_FLAG.items()
        if (value := given.get(name)) and value != before.get(name) and given.get(flag) != "true"
    }
    waiting = unproved.keys() & _proved_first(user.pool)

    def change(have: dict[str, str]) -> dict[str, str]:
        rule(have, given)  # what may not be written may not wait either
        return rule(have, {name: value for name, value in given.items() if name not in waiting})

    with transaction.atomic():
        users.change_attributes(user, change, tools=tools, take_over=take_over)
        codes.forget(user, given.keys() & VERIFIED_FLAG.keys())  # a code proves the address it was sent to, no other
    asked = set(user.pool.setting("AutoVerifiedAttributes", default=[])) | waiting
    sent = [Address(attribute=name, value=value) for name, value in unproved.items() if name in asked]
    for address in sent:
        purpose = codes.verification(address.attribute, source="UpdateUserAttribute")
        codes.send(user, purpose, address, origin=origin, tools=tools)
    return sent


def send_again(user: PoolUser, attribute: str, *, origin: Origin, tools: Tools) -> Address:
    """Send another code to the address that waits, or to the present one."""
    if attribute not in VERIFIED_FLAG:
        raise not_verifiable(attribute)
    waiting = codes.address_of(user, attribute, tools=tools)
    address = Address(attribute=attribute, value=waiting) if waiting else addresses.of(user, attribute)
    if address is None:
        raise nothing_to_verify(attribute)
    purpose = codes.verification(attribute, source="VerifyUserAttribute")
    codes.send(user, purpose, address, origin=origin, tools=tools)
    return address


def prove(user: PoolUser, attribute: str, code: str, *, tools: Tools) -> None:
    """Use a code up: its address is the user's, and verified. Raises AliasExistsException when another signs in by it,
    and then the code can be used again."""
    if attribute not in VERIFIED_FLAG:
        raise not_verifiable(attribute)
    with transaction.atomic():
        lookup.one(PoolUser, for_update=True, id=user.pk)  # before the code, as ``update`` does: or both might wait
        address = codes.redeem(user, attribute, code, tools=tools)
        proved = {attribute: address, VERIFIED_FLAG[attribute]: "true"}
        users.change_attributes(user, lambda have: {**have, **proved}, tools=tools)


def _proved_first(pool: UserPool) -> set[str]:
    return set(pool.setting("UserAttributeUpdateSettings", "AttributesRequireVerificationBeforeUpdate", default=[]))
