"""Refresh tokens: how long they live, finding them, rotating them, ending families."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import transaction

from flows.pool import sealing
from flows.pool.device_tracking import devices
from flows.pool.errors.sign_in import user_disabled
from flows.pool.errors.tokens import (
    invalid_refresh_token,
    refresh_token_expired,
    refresh_token_reused,
    refresh_token_revoked,
)
from flows.pool.models import AppClient, PoolUser, RefreshToken
from flows.pool.tools import Tools

# CreateUserPoolClient: member, default value, default unit (docs of TokenValidityUnits)
_VALIDITY = {
    "AccessToken": ("AccessTokenValidity", 1, "hours"),
    "IdToken": ("IdTokenValidity", 1, "hours"),
    "RefreshToken": ("RefreshTokenValidity", 30, "days"),
}


def lifetime_of(client: AppClient, token: str) -> timedelta:
    """``token`` is AccessToken, IdToken or RefreshToken. A value of 0 means the default, as on AWS."""
    member, default, unit = _VALIDITY[token]
    value = client.setting(member, default=0)
    if not value:
        return timedelta(**{unit: default})
    return timedelta(**{client.setting("TokenValidityUnits", default={}).get(token, unit): value})


def validity(client: AppClient) -> timedelta:
    return lifetime_of(client, "RefreshToken")


def rotates(client: AppClient) -> bool:
    return bool(client.setting("RefreshTokenRotation", default={}).get("Feature") == "ENABLED")


def is_revocable(client: AppClient) -> bool:
    """Do tokens carry origin_jti? EnableTokenRevocation, on by default, or rotation."""
    return bool(client.setting("EnableTokenRevocation", default=True)) or rotates(client)


def lookup(text: str) -> RefreshToken | None:
    """The refresh token that ``text`` is, alive or not."""
    digest = sealing.keyed_hash("refresh token", text.encode("utf-8", "replace"))
    return RefreshToken.objects.select_related("user__pool", "client__pool").filter(token_hash=digest).first()


def find(client: AppClient, text: str, *, device_key: str | None, tools: Tools) -> RefreshToken:
    """The live refresh token that ``text`` is, of this client, this device and an enabled user; or Cognito's refusal.

    A token that was given to no device, before the pool tracked any, is asked for none.
    """
    token = lookup(text)
    if token is None or token.client_id != client.pk:
        raise invalid_refresh_token()
    if token.device_key and devices.tracks(client.pool) and device_key != token.device_key:
        raise invalid_refresh_token()
    _require_alive(token, tools)
    if token.rotated_at is not None and not rotates(client):
        raise refresh_token_revoked()  # spent while the client rotated; switching that off revives nothing
    return token


def hold(token: RefreshToken, *, tools: Tools) -> RefreshToken:
    """The same token as it is now, after functions have run, just before it brings new ones (T085)."""
    held = RefreshToken.objects.select_related("user__pool", "client__pool").filter(pk=token.pk).first()
    if held is None:
        raise invalid_refresh_token()
    _require_alive(held, tools)
    return held


def _require_alive(token: RefreshToken, tools: Tools) -> None:
    if token.device_forgotten_at is not None:
        raise invalid_refresh_token()
    if token.revoked_at is not None:
        raise refresh_token_revoked()
    if token.expires_at <= tools.now():
        raise refresh_token_expired()
    if not token.user.enabled:
        raise user_disabled()


def rotate(token: RefreshToken, *, digest: bytes, tools: Tools) -> None:
    """Replace ``token`` by the one whose keyed hash is ``digest``, which lives as long as the old one would have.

    During the grace period the old one works again; after it, use of it means that it was copied, and the whole
    family ends (RFC 9700 section 4.14.2; whether AWS ends the family is not documented, this is the safe reading).
    Raises RefreshTokenReuseException.
    """
    now = tools.now()
    with _of_user(token.user_id):
        held = RefreshToken.objects.select_for_update().get(pk=token.pk)
        reused = held.rotated_at is not None and now > held.rotated_at + _grace(token.client)
        if not reused:
            if held.device_forgotten_at is not None:
                raise invalid_refresh_token()
            if held.revoked_at is not None:
                raise refresh_token_revoked()
            if held.rotated_at is None:
                held.rotated_at = now
                held.save(update_fields=["rotated_at"])
            RefreshToken.objects.create(
                token_hash=digest,
                origin_jti=held.origin_jti,
                event_id=held.event_id,
                client=token.client,
                user=token.user,
                device_key=held.device_key,
                auth_time=held.auth_time,
                created_at=now,
                expires_at=held.expires_at,
            )
    if reused:
        revoke_family(token, now=now)
        raise refresh_token_reused()


def revoke_family(token: RefreshToken, *, now: datetime) -> None:
    """End every token of one sign-in."""
    with _of_user(token.user_id):
        RefreshToken.objects.filter(origin_jti=token.origin_jti, revoked_at=None).update(revoked_at=now)


def end_of_device(user: PoolUser, device_key: str, *, now: datetime) -> None:
    """Nothing is refreshed any more that was given to this device; access tokens live on until they expire, as those
    of the person who forgets the device at hand. The caller holds the user's row."""
    given = RefreshToken.objects.filter(user=user, device_key=device_key, device_forgotten_at=None)
    given.update(device_forgotten_at=now)


def revoke_all(user: PoolUser, *, now: datetime) -> None:
    """End every token of a user: GlobalSignOut, AdminUserGlobalSignOut, AdminDisableUser."""
    with _of_user(user.pk):
        RefreshToken.objects.filter(user=user, revoked_at=None).update(revoked_at=now)


@contextmanager
def _of_user(user_id: int) -> Iterator[None]:
    """A transaction in which nobody else changes this user's refresh tokens: a token that is born while the others
    are revoked would otherwise be overlooked (PostgreSQL)."""
    with transaction.atomic():
        PoolUser.objects.select_for_update().filter(pk=user_id).values_list("pk").first()
        yield


def _grace(client: AppClient) -> timedelta:
    return timedelta(seconds=client.setting("RefreshTokenRotation", default={}).get("RetryGracePeriodSeconds", 0))
