"""The pool's public keys: fetched seldom, kept when the pool does not answer, never taken from anywhere else.

PyJWT's ``PyJWKClient`` keeps its idea of a key (``use`` = sig, looked up by ``kid``), but stops serving when a fetch
fails after its cache ran out and fetches again at every unknown ``kid`` of a flood while the pool is down.
"""

import json
import threading
import time
import urllib.request
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any
from urllib.error import HTTPError, URLError

import jwt
from django.conf import settings

from flows.cognito import transport
from flows.cognito.errors import BAD_TOKEN, UNREACHABLE, CognitoError

LIFE_SECONDS = 3600.0
QUIET_SECONDS = 60.0  # at most one fetch for unknown keys, or after a failure with keys at hand, in this time
MAX_BYTES = 64 * 1024
TIMEOUT_SECONDS = 5
_OPERATION = "JWKS"

Fetch = Callable[[str], bytes]


class Keys:
    """The keys behind one JWKS address. Safe to share between threads."""

    def __init__(self, uri: str, *, fetch: Fetch, clock: Callable[[], float] = time.monotonic) -> None:
        self._uri, self._fetch, self._clock = uri, fetch, clock
        self._lock = threading.Lock()
        self._keys: Mapping[str, jwt.PyJWK] = {}
        self._stale_at = self._quiet_until = float("-inf")

    def get(self, kid: str) -> jwt.PyJWK:
        """The signing key called ``kid``. Raises ``CognitoError``: UNREACHABLE without any key, else BAD_TOKEN."""
        with self._lock:
            if kid not in self._keys or self._clock() >= self._stale_at:
                self._refetch(unknown=bool(self._keys) and kid not in self._keys)
            if kid not in self._keys:
                raise CognitoError(BAD_TOKEN, _OPERATION, message="unknown kid")
            return self._keys[kid]

    def _refetch(self, *, unknown: bool) -> None:
        now = self._clock()
        if self._keys and now < self._quiet_until:
            return
        try:
            self._keys = _signing_keys(self._fetch(self._uri))
            self._stale_at = now + LIFE_SECONDS
            if unknown:
                self._quiet_until = now + QUIET_SECONDS
        except (OSError, ValueError, jwt.PyJWTError) as error:
            if not self._keys:
                raise CognitoError(UNREACHABLE, _OPERATION, message=type(error).__name__) from None
            self._quiet_until = now + QUIET_SECONDS  # the old keys serve


def keys(uri: str) -> Keys:
    """The ``Keys`` of this address, one for the whole process."""
    return _keys(uri, settings.COGNITO_TRANSPORT)


@lru_cache(maxsize=8)
def _keys(uri: str, transport_path: str) -> Keys:
    return Keys(uri, fetch=_over_transport if transport_path else _over_network)


def _signing_keys(body: bytes) -> dict[str, jwt.PyJWK]:
    document: Any = json.loads(body)
    if not isinstance(document, dict):
        raise ValueError("JWKS is not an object")
    found = {
        key.key_id: key
        for key in jwt.PyJWKSet.from_dict(document).keys
        if key.key_id and key.public_key_use in ("sig", None)
    }
    if not found:
        raise ValueError("JWKS has no signing key")
    return found


def _over_transport(uri: str) -> bytes:
    send = transport.current()
    if send is None:
        raise URLError("no transport")
    status, _, body = send(method="GET", url=uri, headers={}, body=b"")
    if status != 200:
        raise URLError(f"status {status}")
    return body


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def _over_network(uri: str) -> bytes:
    if not uri.startswith(("https://", "http://")):
        raise URLError("not a web address")
    try:
        with urllib.request.build_opener(_NoRedirect()).open(uri, timeout=TIMEOUT_SECONDS) as response:
            body: bytes = response.read(MAX_BYTES + 1)
    except HTTPError as error:
        error.close()  # it is the open answer, too
        raise
    if len(body) > MAX_BYTES:
        raise ValueError("JWKS is too long")
    return body
