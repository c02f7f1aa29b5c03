"""The passkeys of a user."""

from django.db.models import QuerySet

from flows.pool.models import PoolUser, WebAuthnCredential


def usable(user: PoolUser) -> QuerySet[WebAuthnCredential]:
    """Those that the pool's present relying party can ask for."""
    relying_party = user.pool.setting("WebAuthnConfiguration", "RelyingPartyId", default="")
    return user.passkeys.filter(relying_party_id=relying_party)
