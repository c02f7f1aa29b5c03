"""PASSWORD_VERIFIER: the client's proof that it knows the password (SRP-6a).

As on AWS the challenge of USER_SRP_AUTH carries no Session: everything is sealed into SECRET_BLOCK, which works until
it expires and proves a password once.
"""

import base64
import binascii
import hmac
import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import IntegrityError, transaction

from flows.pool import errors, lockout, passwords, phantoms, sealing, sessions, srp
from flows.pool.attempt import Attempt
from flows.pool.models import AppClient, SpentSecretBlock
from flows.pool.outcomes import Ask, Outcome, Passed
from flows.pool.sessions import Pending
from flows.pool.tools import Tools
from flows.terms import AuthFlow, ChallengeName

NAME = ChallengeName.PASSWORD_VERIFIER
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
class _Block:
    """What SECRET_BLOCK holds, sealed for one client: about 1.8 kB; live ones have 1.2 to 1.5."""

    id: bytes  # 16 bytes: single use is keyed on this, never on a spelling of the block
    A: int
    key: srp.ServerKey
    expires_at: datetime
    attempt: Mapping[str, Any]

    def seal(self, client: AppClient) -> bytes:
        numbers = (self.A.to_bytes(_WIDTH, "big"), self.key.B.to_bytes(_WIDTH, "big"), self.key.b.to_bytes(32, "big"))
        rest = json.dumps([self.expires_at.timestamp(), self.attempt]).encode()
        rest += b" " * (-len(rest) % _PADDED)  # or its length would tell who exists
        return sealing.seal(_PURPOSE, b"".join((self.id, *numbers, rest)), bound_to=client.pk)

    @classmethod
    def read(cls, client: AppClient, responses: Mapping[str, str]) -> "_Block":
        """Raises the refusal of a wrong password for any block that is not this client's own."""
        raw = _decode(responses.get("PASSWORD_CLAIM_SECRET_BLOCK") or "")
        try:
            content = sealing.unseal(_PURPOSE, raw or b"", bound_to=client.pk)
        except sealing.Broken:
            raise errors.incorrect_username_or_password() from None
        fields = io.BytesIO(content)
        block_id = fields.read(16)
        public, own, secret = (int.from_bytes(fields.read(width), "big") for width in (_WIDTH, _WIDTH, 32))
        expires, attempt = json.loads(fields.read())
        return cls(
            id=block_id,
            A=public,
            key=srp.ServerKey(secret, own),
            expires_at=datetime.fromtimestamp(expires, UTC),
            attempt=attempt,
        )

    def spend(self) -> None:
        """The primary key decides which of several equal proofs counts (T008)."""
        try:
            with transaction.atomic(savepoint=False):  # the refusal undoes the whole transaction
                SpentSecretBlock.objects.create(block_id=self.id, expires_at=self.expires_at)
        except IntegrityError:
            raise errors.session_used() from None


def read_public_value(text: str) -> int:
    """SRP_A as a number, or InvalidParameterException. The pattern comes first: int() reads far more than hex."""
    if not _HEX.fullmatch(text):
        raise errors.invalid_parameter("SRP_A must be a hexadecimal number.")
    public = int(text, 16)
    if public >= srp.N or public == 0:  # A mod N = 0 would fix the key (RFC 5054 section 2.5.4)
        raise errors.invalid_parameter("SRP_A must be between 1 and N - 1.")
    return public


def ask(attempt: Attempt, tools: Tools) -> Outcome:
    """Never on its own: the proof starts from the client's SRP_A, see ``ask_for_proof``."""
    raise errors.missing_parameter("SRP_A")


def ask_for_proof(attempt: Attempt, public: int, tools: Tools, *, with_session: bool) -> Ask:
    """The challenge for the client's public value A, the same for a phantom user as for a real one."""
    salt, verifier = _password_of(attempt)
    key = srp.server_key(verifier, tools.token_bytes(srp.SECRET_BYTES))
    block = _Block(
        id=tools.token_bytes(16),
        A=public,
        key=key,
        expires_at=tools.now() + sessions.lifetime(attempt.client),
        attempt=attempt.to_json(),
    )
    return Ask(
        challenge=NAME,
        parameters={
            "SALT": srp.to_hex(int.from_bytes(salt, "big")),
            "SECRET_BLOCK": base64.b64encode(block.seal(attempt.client)).decode(),
            "SRP_B": srp.to_hex(key.B),
            "USERNAME": attempt.username,
            "USER_ID_FOR_SRP": attempt.username,
        },
        private={"block": block.id.hex()},
        with_session=with_session,
    )


def recover(client: AppClient, responses: Mapping[str, str], tools: Tools) -> Pending:
    """The attempt that a SECRET_BLOCK carries. Anything but our own block, spelt as we spelt it, is a wrong proof."""
    block = _Block.read(client, responses)
    attempt = Attempt.from_json(client, block.attempt)
    if attempt is None or attempt.auth_flow != AuthFlow.USER_SRP_AUTH:  # every other flow gave a Session with it
        raise errors.incorrect_username_or_password()
    if block.expires_at <= tools.now():
        raise errors.session_expired()
    return Pending(attempt=attempt, challenge=NAME, private={"block": block.id.hex()}, use_up=block.spend)


def check(attempt: Attempt, private: Mapping[str, Any], responses: Mapping[str, str], tools: Tools) -> Outcome:
    """Passed for a right proof. A wrong one counts as a wrong password and leaves the block alive, as on AWS."""
    block = _Block.read(attempt.client, responses)
    if block.id.hex() != private["block"]:  # another attempt's block under this attempt's Session
        raise errors.incorrect_username_or_password()
    timestamp = responses.get("TIMESTAMP") or ""
    if not _TIMESTAMP.fullmatch(timestamp):
        raise errors.invalid_parameter("TIMESTAMP must look like Tue Mar 5 07:08:09 UTC 2024.")
    lock = lockout.key_for(attempt.pool, attempt.user, attempt.typed_name)
    lockout.require_unlocked(lock, tools=tools)
    if not _is_right(attempt, block, responses, timestamp):
        lockout.count_failure(lock, tools=tools)
        raise errors.incorrect_username_or_password()
    return Passed(NAME, effect=lambda: lockout.clear(lock, tools=tools))


def _is_right(attempt: Attempt, block: "_Block", responses: Mapping[str, str], timestamp: str) -> bool:
    """The same work for everybody; nobody without a password is ever right."""
    _, verifier = _password_of(attempt)
    key = srp.session_key(A=block.A, v=verifier, key=block.key)
    expected = srp.signature(
        key or b"",
        identity_parts=(attempt.pool.srp_name, attempt.username),
        secret_block=_decode(responses["PASSWORD_CLAIM_SECRET_BLOCK"]) or b"",
        timestamp=timestamp,
    )
    given = _decode(responses.get("PASSWORD_CLAIM_SIGNATURE") or "")
    right = hmac.compare_digest(expected, given or b"")
    has_password = attempt.user is not None and attempt.user.sealed_srp_verifier is not None
    return right and key is not None and has_password


def _password_of(attempt: Attempt) -> tuple[bytes, int]:
    user = attempt.user
    verifier = passwords.verifier_of(user) if user else None
    if user is None or verifier is None or user.srp_salt is None:
        return phantoms.salt(attempt.pool, attempt.typed_name), phantoms.verifier(attempt.pool, attempt.typed_name)
    return bytes(user.srp_salt), verifier


def _decode(text: str) -> bytes | None:
    """Standard base64 in its one canonical spelling, or None (T007)."""
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return raw if base64.b64encode(raw).decode() == text else None
