"""Registrations under way: a challenge that one user may answer once, through the app client that asked for it.

Only a keyed hash of the challenge is kept.
"""

from django.db import IntegrityError, transaction

from flows.pool import lookup, sealing
from flows.pool.errors.passkeys import (
    passkey_challenge_not_found,
    passkey_client_mismatch,
    passkey_exists,
    passkey_malformed,
    passkey_not_supported,
    passkey_origin_not_allowed,
    passkey_relying_party_mismatch,
    too_many_passkeys,
)
from flows.pool.errors.tokens import access_token_revoked
from flows.pool.issuing.access_tokens import Access
from flows.pool.models import PoolUser, WebAuthnCredential, WebAuthnRegistration
from flows.pool.tools import Tools
from flows.pool.webauthn import authenticators, ceremonies, passkeys, webauthn_json
from flows.pool.webauthn.ceremonies import Registration, Verified


def start(access: Access, *, tools: Tools) -> bytes:
    """A new challenge."""
    challenge = tools.token_bytes(passkeys.CHALLENGE_BYTES)
    WebAuthnRegistration.objects.create(
        challenge_hash=_hash(challenge),
        user=access.user,
        client=access.client,
        expires_at=tools.now() + passkeys.REGISTRATION_LIFE,
    )
    return challenge


def complete(access: Access, document: object, *, tools: Tools) -> None:
    """Keep the passkey in ``document``, a RegistrationResponseJSON. Raises the refusal of CompleteWebAuthnRegistration
    that fits; the registration stays open then, for a better answer."""
    try:
        answer = ceremonies.read_registration(document)
        challenge_hash = _hash(answer.credential.client_data.challenge)
        _require_open(access, challenge_hash, tools=tools)
        made = ceremonies.verify_registration(answer, passkeys.relying_party(access.user.pool))
    except ceremonies.OriginNotAllowed:
        raise passkey_origin_not_allowed() from None
    except ceremonies.RelyingPartyMismatch:
        raise passkey_relying_party_mismatch() from None
    except ceremonies.NotSupported as refused:
        raise passkey_not_supported(str(refused)) from None
    except webauthn_json.Malformed as refused:
        raise passkey_malformed(str(refused)) from None
    try:
        with transaction.atomic():
            _keep(access, challenge_hash, answer, made, tools=tools)
    except IntegrityError:  # in the pool a credential id is one passkey, whoever has it (section 7.1, step 26)
        raise passkey_exists() from None


def _require_open(access: Access, challenge_hash: bytes, *, tools: Tools) -> None:
    held = WebAuthnRegistration.objects.filter(
        challenge_hash=challenge_hash, user=access.user, expires_at__gt=tools.now()
    ).first()
    if held is None:
        raise passkey_challenge_not_found()
    if held.client_id != access.client.pk:
        raise passkey_client_mismatch()


def _keep(access: Access, challenge_hash: bytes, answer: Registration, made: Verified, *, tools: Tools) -> None:
    """The user's row is locked so that two registrations at once cannot both be the last one allowed; deleting the
    registration's decides which of several equal answers counts."""
    if lookup.one(PoolUser, for_update=True, id=access.user.pk) is None:
        raise access_token_revoked()
    if not WebAuthnRegistration.objects.filter(challenge_hash=challenge_hash).delete()[0]:
        raise passkey_challenge_not_found()
    if WebAuthnCredential.objects.filter(user=access.user).count() >= passkeys.MOST:
        raise too_many_passkeys(passkeys.MOST)
    WebAuthnCredential.objects.create(
        pool=access.user.pool,
        user=access.user,
        credential_id=answer.credential.id,
        credential_data=made.credential_data,
        sign_count=made.sign_count,
        backup_eligible=made.backup_eligible,
        backed_up=made.backed_up,
        relying_party_id=passkeys.relying_party(access.user.pool).id,
        friendly_name=authenticators.name(made.aaguid),
        attachment=answer.credential.attachment,
        transports=answer.transports,
        created_at=tools.now(),
    )


def _hash(challenge: bytes) -> bytes:
    return sealing.keyed_hash("passkey registration", challenge)
