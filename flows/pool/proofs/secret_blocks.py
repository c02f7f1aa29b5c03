"""SECRET_BLOCK: what the server of an SRP proof must remember, sealed and handed to the client (SRP-6a).

The same for a password and for a device: only whose secret is proved differs. A block works until it expires and
proves once. One that was given without a Session, as AWS gives that of USER_SRP_AUTH, is answered on its own; any other
is worth nothing without its Session.
"""

import base64
import binascii
import hashlib
import hmac
import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db import IntegrityError, transaction

from flows.pool import sealing, sessions
from flows.pool.attempt import Attempt
from flows.pool.errors import invalid_parameter, missing_parameter
from flows.pool.errors.passwords import incorrect_username_or_password
from flows.pool.errors.sign_in import session_expired, session_used
from flows.pool.models import AppClient, SpentSecretBlock
from flows.pool.outcomes import Ask
from flows.pool.proofs import srp
from flows.pool.sessions import Pending
from flows.pool.tools import Tools
from flows.terms import ChallengeName

_PURPOSE = "secret block"
_WIDTH = 384  # bytes of a number mod N
_PADDED = 512  # the length of what varies is a multiple of this
_HEX = re.compile(r"[0-9a-fA-F]{1,1024}", re.ASCII)
# "Tue Mar 5 07:08:09 UTC 2024": English names, the day without a leading zero (section 4.7 of the protocol notes)
_TIMESTAMP = re.compile(
    r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) "
    r"([1-9]|[12][0-9]|3[01]) ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9] UTC [0-9]{4}",
    re.ASCII,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """What somebody is to prove knowledge of. ``names`` are the two that are hashed with it and signed: pool name and
    USER_ID_FOR_SRP, or DeviceGroupKey and DeviceKey."""

    salt: bytes
    verifier: int = field(repr=False)
    names: tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Block:
    """What SECRET_BLOCK holds, sealed for one client and challenge: about 1.8 kB; live ones have 1.2 to 1.5."""

    id: bytes  # 16 bytes: single use is keyed on this, never on a spelling of the block
    A: int
    key: srp.ServerKey
    expires_at: datetime
    alone: bool  # given without a Session
    attempt: Mapping[str, Any]

    def seal(self, client: AppClient, challenge: ChallengeName) -> bytes:
        numbers = (self.A.to_bytes(_WIDTH, "big"), self.key.B.to_bytes(_WIDTH, "big"), self.key.b.to_bytes(32, "big"))
        rest = json.dumps([self.expires_at.timestamp(), self.alone, self.attempt]).encode()
        rest += b" " * (-len(rest) % _PADDED)  # or its length would tell who exists
        content = b"".join((self.id, *numbers, rest))
        return sealing.seal(_PURPOSE, content, bound_to=_bound_to(client, challenge))

    @classmethod
    def read(cls, client: AppClient, challenge: ChallengeName, responses: Mapping[str, str]) -> "_Block":
        """Raises the refusal of a wrong secret for any block that is not this client's own."""
        raw = _decode(responses.get("PASSWORD_CLAIM_SECRET_BLOCK") or "")
        try:
            content = sealing.unseal(_PURPOSE, raw or b"", bound_to=_bound_to(client, challenge))
        except sealing.Broken:
            raise incorrect_username_or_password() from None
        fields = io.BytesIO(content)
        block_id = fields.read(16)
        public, own, secret = (int.from_bytes(fields.read(width), "big") for width in (_WIDTH, _WIDTH, 32))
        expires, alone, attempt = json.loads(fields.read())
        return cls(
            id=block_id,
            A=public,
            key=srp.ServerKey(secret, own),
            expires_at=datetime.fromtimestamp(expires, UTC),
            alone=alone,
            attempt=attempt,
        )

    def spend(self) -> None:
        """The primary key decides which of several equal proofs counts (T008)."""
        try:
            with transaction.atomic(savepoint=False):  # the refusal undoes the whole transaction
                SpentSecretBlock.objects.create(block_id=self.id, expires_at=self.expires_at)
        except IntegrityError:
            raise session_used() from None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """An answer to PASSWORD_VERIFIER or DEVICE_PASSWORD_VERIFIER that is well formed, whether right or wrong."""

    block: _Block
    sealed_block: bytes
    signature: bytes
    timestamp: str

    def is_of(self, secret: Secret) -> bool:
        """The same work whether right or wrong."""
        key = srp.session_key(A=self.block.A, v=secret.verifier, key=self.block.key)
        expected = srp.signature(
            key or b"", identity_parts=secret.names, secret_block=self.sealed_block, timestamp=self.timestamp
        )
        return hmac.compare_digest(expected, self.signature) and key is not None

    @property
    def srp_a(self) -> str:
        return fingerprint(self.block.A)


def read_public_value(responses: Mapping[str, str]) -> int:
    """SRP_A as a number, or InvalidParameterException. The pattern comes first: int() reads far more than hex."""
    text = responses.get("SRP_A")
    if not text:
        raise missing_parameter("SRP_A")
    if not _HEX.fullmatch(text):
        raise invalid_parameter("SRP_A must be a hexadecimal number.")
    public = int(text, 16)
    if public >= srp.N or public == 0:  # A mod N = 0 would fix the key (RFC 5054 section 2.5.4)
        raise invalid_parameter("SRP_A must be between 1 and N - 1.")
    return public


def fingerprint(public: int) -> str:
    """64 characters by which a client's A is known again."""
    return hashlib.sha256(srp.signed(public)).hexdigest()


def ask(
    challenge: ChallengeName,
    attempt: Attempt,
    secret: Secret,
    public: int,
    *,
    why: str,
    also: Mapping[str, str],
    tools: Tools,
    with_session: bool,
) -> Ask:
    """The challenge to prove ``secret`` for the client's public value A, and ``why``; ``also`` are its further
    parameters."""
    key = srp.server_key(secret.verifier, tools.token_bytes(srp.SECRET_BYTES))
    block = _Block(
        id=tools.token_bytes(16),
        A=public,
        key=key,
        expires_at=tools.now() + sessions.lifetime(attempt.client),
        alone=not with_session,
        attempt=attempt.to_json(),
    )
    return Ask(
        challenge=challenge,
        parameters={
            "SALT": srp.to_hex(int.from_bytes(secret.salt, "big")),
            "SECRET_BLOCK": base64.b64encode(block.seal(attempt.client, challenge)).decode(),
            "SRP_B": srp.to_hex(key.B),
            "USERNAME": attempt.username,
            **also,
        },
        private={"block": block.id.hex()},
        with_session=with_session,
        why=why,
    )


def recover(challenge: ChallengeName, client: AppClient, responses: Mapping[str, str], tools: Tools) -> Pending:
    """The attempt that a SECRET_BLOCK carries. Anything but our own block, spelt as we spelt it, is a wrong proof."""
    block = _Block.read(client, challenge, responses)
    attempt = Attempt.from_json(client, block.attempt)
    if attempt is None or not block.alone:
        raise incorrect_username_or_password()
    if block.expires_at <= tools.now():
        raise session_expired()
    return Pending(attempt=attempt, challenge=challenge, private={"block": block.id.hex()}, use_up=block.spend)


def read_proof(
    challenge: ChallengeName, client: AppClient, private: Mapping[str, Any], responses: Mapping[str, str]
) -> Proof:
    """Raises NotAuthorizedException for a block that is not the one asked with, InvalidParameterException for a
    malformed TIMESTAMP."""
    block = _Block.read(client, challenge, responses)
    if block.id.hex() != private["block"]:  # another attempt's block under this attempt's Session
        raise incorrect_username_or_password()
    timestamp = responses.get("TIMESTAMP") or ""
    if not _TIMESTAMP.fullmatch(timestamp):
        raise invalid_parameter("TIMESTAMP must look like Tue Mar 5 07:08:09 UTC 2024.")
    return Proof(
        block=block,
        sealed_block=_decode(responses["PASSWORD_CLAIM_SECRET_BLOCK"]) or b"",
        signature=_decode(responses.get("PASSWORD_CLAIM_SIGNATURE") or "") or b"",
        timestamp=timestamp,
    )


def _bound_to(client: AppClient, challenge: ChallengeName) -> str:
    return f"{client.pk} {challenge}"


def _decode(text: str) -> bytes | None:
    """Standard base64 in its one canonical spelling, or None (T007)."""
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return raw if base64.b64encode(raw).decode() == text else None
