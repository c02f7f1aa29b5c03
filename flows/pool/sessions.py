"""The Session string between two challenges: random, single use, bound to client, user and challenge.

Only a keyed hash of it is kept, beside the sealed attempt. A wrong answer leaves it alive, a right one ends it (live
captures; docs/protocol/sessions.md).
"""

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F

from flows.pool import identifiers, sealing
from flows.pool.attempt import Attempt
from flows.pool.errors.sign_in import invalid_session, session_expired, session_used
from flows.pool.models import AppClient, AuthSession
from flows.pool.outcomes import Ask
from flows.pool.proofs import replacement
from flows.pool.tools import Tools
from flows.terms import ChallengeName

_PURPOSE = "auth session"
_TOKEN_LENGTH = 64
MOST_TRIES = 6  # of a code; live pools were seen to stand six wrong ones


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """A challenge that waits for its answer. ``use_up`` ends it, in the transaction that acts on the answer.

    ``count_try`` comes before a look at a code, so that of many guesses sent at once no more count than one by one.
    """

    attempt: Attempt
    challenge: str
    private: Mapping[str, Any]
    use_up: Callable[[], None]
    expires_at: datetime | None = None  # of a Session
    count_try: Callable[[], None] = lambda: None


def lifetime(client: AppClient) -> timedelta:
    """AuthSessionValidity, which starts again with every challenge."""
    return timedelta(minutes=client.setting("AuthSessionValidity", default=3))


def mint(attempt: Attempt, ask: Ask, *, tools: Tools, expires_at: datetime | None = None) -> str:
    """Remember what was asked; returns the Session string (64 characters). ``expires_at`` where it gets no new life."""
    found_by = ask.found_by
    return keep(attempt, ask.challenge, private=ask.private, found_by=found_by, expires_at=expires_at, tools=tools)


def keep(
    attempt: Attempt,
    waits_for: str,
    *,
    private: Mapping[str, Any] | None = None,
    found_by: bytes | None = None,
    expires_at: datetime | None = None,
    tools: Tools,
) -> str:
    """The same for a Session that waits for something else than the answer to a challenge."""
    token = identifiers.opaque(_TOKEN_LENGTH, tools=tools)
    content = json.dumps({"attempt": attempt.to_json(), "private": dict(private or {})}).encode()
    AuthSession.objects.create(
        token_hash=_hash(token),
        client=attempt.client,
        challenge=waits_for,
        sealed_attempt=sealing.seal(_PURPOSE, content, bound_to=attempt.client.pk),
        found_by=found_by,
        expires_at=expires_at or tools.now() + lifetime(attempt.client),
    )
    return token


def find(token: str, *, client: AppClient, challenges: Collection[str], tools: Tools) -> Pending:
    """The challenge that ``token`` waits with, one of ``challenges``. Raises NotAuthorizedException when it is unknown,
    another client's, another challenge's, used or expired, or when its user is gone."""
    row = AuthSession.objects.filter(token_hash=_hash(token), client=client).first()
    return _pending(row, client=client, challenges=challenges, tools=tools)


def find_newest(found_by: bytes, *, client: AppClient, challenge: ChallengeName, tools: Tools) -> Pending:
    """The same without the Session string, by what was given to ``Ask.found_by``; an older one counts no more."""
    rows = AuthSession.objects.filter(found_by=found_by, client=client)
    return _pending(rows.order_by("-expires_at").first(), client=client, challenges={challenge}, tools=tools)


def _pending(row: AuthSession | None, *, client: AppClient, challenges: Collection[str], tools: Tools) -> Pending:
    if row is None or row.challenge not in challenges:
        raise invalid_session()
    if row.used_at is not None:
        raise session_used()
    if row.expires_at <= tools.now():
        raise session_expired()
    content = json.loads(sealing.unseal(_PURPOSE, row.sealed_attempt, bound_to=client.pk))
    attempt = Attempt.from_json(client, content["attempt"])
    if attempt is None:
        raise invalid_session()
    if attempt.user is not None:
        replacement.require_same(attempt.password, attempt.user)
    token_hash = bytes(row.token_hash)
    return Pending(
        attempt=attempt,
        challenge=row.challenge,
        private=content["private"],
        expires_at=row.expires_at,
        use_up=lambda: _use_up(token_hash, tools.now()),
        count_try=lambda: _count_try(token_hash),
    )


def client_of(token: str) -> AppClient:
    """The client that ``token`` was given to, for operations that are not told. Raises NotAuthorizedException."""
    row = AuthSession.objects.select_related("client__pool").filter(token_hash=_hash(token)).first()
    if row is None:
        raise invalid_session()
    return row.client


def _use_up(token_hash: bytes, now: datetime) -> None:
    """One conditional UPDATE decides which of several equal answers counts."""
    if not AuthSession.objects.filter(token_hash=token_hash, used_at=None).update(used_at=now):
        raise session_used()


def _count_try(token_hash: bytes) -> None:
    """Raises when the Session has been tried too often; it is dead then, for the right code too."""
    if not AuthSession.objects.filter(token_hash=token_hash, tries__lt=MOST_TRIES).update(tries=F("tries") + 1):
        raise invalid_session()


def _hash(token: str) -> bytes:
    return sealing.keyed_hash("auth session token", token.encode("utf-8", "replace"))
