"""Changing which second factors a user has turned on: SetUserMFAPreference and what else does the same."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from flows.pool.errors import PoolError, invalid_parameter
from flows.pool.errors.factors import cannot_turn_on, last_second_factor, software_token_not_verified
from flows.pool.errors.users import user_does_not_exist
from flows.pool.factors import mfa, software_tokens
from flows.pool.models import PoolUser
from flows.pool.tools import Tools
from flows.terms import ChallengeName

_BLOCKS = {"SMSMfaSettings": mfa.SMS, "SoftwareTokenMfaSettings": mfa.TOKEN, "EmailMfaSettings": mfa.EMAIL}


def change(user: PoolUser, request: Mapping[str, Any], *, tools: Tools) -> None:
    """Apply the settings blocks of SetUserMFAPreference; a block that is absent changes nothing.

    All of it or nothing. Raises InvalidParameterException for a factor that the user cannot answer, for a preferred one
    that is not enabled, and for leaving a user without any where the pool requires one.
    """
    blocks = {factor: request[name] for name, factor in _BLOCKS.items() if name in request}
    with transaction.atomic():
        _hold(user)
        before = mfa.enabled(user)
        turned_on = _turned_on(user, blocks)
        user.mfa = {**user.mfa, "enabled": turned_on, "preferred": _preferred(user, blocks, turned_on)}
        if before and not mfa.enabled(user) and user.pool.setting("MfaConfiguration") == "ON":
            raise last_second_factor()
        user.mfa["passkeys"] = _passkeys(user, request.get("WebAuthnMfaSettings", {}).get("Enabled"))
        _save(user, tools)


def change_sms(user: PoolUser, options: list[Mapping[str, str]], *, tools: Tools) -> None:
    """SetUserSettings, from before there was anything but text messages: none among MFAOptions turns them off."""
    if any(option != {"DeliveryMedium": "SMS", "AttributeName": "phone_number"} for option in options):
        raise invalid_parameter("MFAOptions can only be SMS to phone_number.")
    change(user, {"SMSMfaSettings": {"Enabled": bool(options)}}, tools=tools)


def prefer(user: PoolUser, factor: ChallengeName, *, tools: Tools) -> None:
    """Turn a factor on that the user has just set up, and ask for it from now on."""
    block = next(name for name, of in _BLOCKS.items() if of == factor)
    change(user, {block: {"Enabled": True, "PreferredMfa": True}}, tools=tools)


def forget_software_token(user: PoolUser, *, tools: Tools) -> None:
    """Delete the authenticator app and turn its factor off, where MFA is required too: the user sets up another."""
    with transaction.atomic():
        _hold(user)
        software_tokens.delete(user)
        kept = [factor for factor in user.mfa.get("enabled", []) if factor != mfa.TOKEN]
        wanted = user.mfa.get("preferred")
        user.mfa = {**user.mfa, "enabled": kept, "preferred": None if wanted == mfa.TOKEN else wanted}
        user.mfa["passkeys"] = _passkeys(user, None)
        _save(user, tools)


def _turned_on(user: PoolUser, blocks: Mapping[ChallengeName, Mapping[str, bool]]) -> list[ChallengeName]:
    before, after = user.mfa.get("enabled", []), []
    for factor in mfa.FACTORS:
        asked = blocks.get(factor, {}).get("Enabled")
        if asked and not mfa.has(user, factor):
            raise _cannot_turn_on(user, factor)
        if asked or (asked is None and factor in before):
            after.append(factor)
    return after


def _cannot_turn_on(user: PoolUser, factor: ChallengeName) -> PoolError:
    if factor == mfa.TOKEN and software_tokens.is_waiting(user):
        return software_token_not_verified()
    return cannot_turn_on(factor)


def _preferred(
    user: PoolUser, blocks: Mapping[ChallengeName, Mapping[str, bool]], turned_on: list[ChallengeName]
) -> str | None:
    wanted = [factor for factor, block in blocks.items() if block.get("PreferredMfa")]
    if len(wanted) > 1:
        raise invalid_parameter("Only one MFA method can be preferred.")
    if wanted and wanted[0] not in turned_on:
        raise invalid_parameter(f"{wanted[0]} must be enabled to be preferred.")
    if wanted:
        return wanted[0]
    unwanted = [factor for factor, block in blocks.items() if block.get("PreferredMfa") is False]
    before = user.mfa.get("preferred")
    return before if before in turned_on and before not in unwanted else None


def _passkeys(user: PoolUser, asked: bool | None) -> bool:
    """WebAuthnMfaSettings: passkeys count as both factors only beside another factor (API reference), so that losing
    them locks nobody out."""
    other = bool(mfa.choices(user))
    if asked and not (other and mfa.passkeys_may_be_enough(user.pool)):
        raise cannot_turn_on("WEB_AUTHN")
    return other and (bool(user.mfa.get("passkeys")) if asked is None else asked)


def _hold(user: PoolUser) -> None:
    """The user as they are now, kept so until the transaction ends."""
    try:
        user.refresh_from_db(fields=["mfa", "attributes"], from_queryset=PoolUser.objects.select_for_update())
    except PoolUser.DoesNotExist:
        raise user_does_not_exist() from None


def _save(user: PoolUser, tools: Tools) -> None:
    user.modified_at = tools.now()
    user.save(update_fields=["mfa", "modified_at"])
