"""The passkeys of a user: which there are, which count, and what is remembered of their use."""

import logging
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet

from flows.pool.errors import PoolError
from flows.pool.errors.passkeys import passkey_not_accepted
from flows.pool.errors.tokens import access_token_revoked
from flows.pool.issuing import access_tokens
from flows.pool.issuing.access_tokens import Access
from flows.pool.models import PoolUser, UserPool, WebAuthnCredential
from flows.pool.tools import Tools
from flows.pool.webauthn import ceremonies, webauthn_json
from flows.pool.webauthn.ceremonies import Assertion, RelyingParty, Verified

logger = logging.getLogger(__name__)

MOST = 20  # a user (developer guide, quotas)
CHALLENGE_BYTES = 16  # as live ones; WebAuthn asks for as many (section 13.4.3)
REGISTRATION_LIFE = timedelta(minutes=5)  # never measured; the options give the browser one minute

Descriptor = dict[str, Any]  # PublicKeyCredentialDescriptorJSON


def usable(user: PoolUser) -> QuerySet[WebAuthnCredential]:
    """Those that the pool's present relying party can ask for."""
    relying_party = user.pool.setting("WebAuthnConfiguration", "RelyingPartyId", default="")
    return user.passkeys.filter(relying_party_id=relying_party)


def are_enabled(pool: UserPool) -> bool:
    """Is there any use for a passkey in this pool?"""
    return "WEB_AUTHN" in pool.setting("Policies", "SignInPolicy", "AllowedFirstAuthFactors", default=[])


def relying_party(pool: UserPool) -> RelyingParty:
    """Its id is empty, which fits no page and no passkey, where none is configured.

    Verification is required where the pool says so, and of everybody where passkeys may stand for both factors: it is
    what makes them two, and to ask it of some only would tell who they are.
    """
    configured = pool.setting("WebAuthnConfiguration", default={})
    return RelyingParty(
        id=configured.get("RelyingPartyId", ""),
        requires_verification=configured.get("UserVerification") == "required"
        or configured.get("FactorConfiguration") == "MULTI_FACTOR_WITH_USER_VERIFICATION",
    )


def user_verification(party: RelyingParty) -> str:
    """As options say it."""
    return "required" if party.requires_verification else "preferred"


def user_handle(user: PoolUser) -> bytes:
    """WebAuthn's ``user.id``: the text of the ``sub``."""
    return str(user.sub).encode()


def descriptor(credential_id: bytes | memoryview, transports: list[str] | None = None) -> Descriptor:
    """How options name a passkey; transports tell a browser where to look for it."""
    named: Descriptor = {"id": webauthn_json.encode(bytes(credential_id)), "type": "public-key"}
    return {**named, "transports": transports} if transports else named


def caller(token: str, *, tools: Tools) -> Access:
    """Who calls one of the passkey operations, which do not declare UserNotFoundException."""
    try:
        return access_tokens.verify(token, tools=tools)
    except PoolError as error:
        if error.code == "UserNotFoundException":
            raise access_token_revoked() from None
        raise


def verify(user: PoolUser | None, answer: Assertion, *, challenge: bytes) -> tuple[WebAuthnCredential, Verified]:
    """The passkey of ``user`` that made ``answer``, and what it said. Raises ``webauthn_json.Refused``."""
    held = usable(user).filter(credential_id=answer.credential.id).first() if user else None
    if user is None or held is None:
        raise webauthn_json.Refused("No such passkey of this user.")
    seen = ceremonies.verify_assertion(
        answer,
        relying_party(user.pool),
        challenge=challenge,
        user_handle=user_handle(user),
        credential_data=bytes(held.credential_data),
    )
    if seen.backup_eligible != held.backup_eligible:  # fixed for life (section 6.1.3)
        raise webauthn_json.Refused("It has changed whether it may be backed up.")
    return held, seen


def record_use(credential: WebAuthnCredential, seen: Verified) -> None:
    """Keep the sign count and backup state of a use; refuse one whose count did not rise (section 7.2, step 22).

    One conditional UPDATE, so that of several uses at once no two have the same count. A passkey that counts none of
    its uses says 0 for ever.
    """
    held = WebAuthnCredential.objects.filter(pk=credential.pk)
    risen = held.filter(sign_count__lt=seen.sign_count) if seen.sign_count else held.filter(sign_count=0)
    if not risen.update(sign_count=seen.sign_count, backed_up=seen.backed_up):
        logger.warning("The sign count of passkey %s did not rise: somebody may have a copy of it.", credential.pk)
        raise passkey_not_accepted()
