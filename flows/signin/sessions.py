"""Django's database sessions, with two additions (settings.SESSION_ENGINE and SESSION_SERIALIZER).

*Merging*: two tabs that step at once write one row. Django's own store writes back everything it once read, so the
slower request undoes the faster one (measured: 1 of 4 parallel writes survives). This store writes only the keys
that changed since it loaded, onto the row as it is now, under a lock.

*Sealing*: tokens and Cognito's Session strings lie in that row, so it is encrypted; a copy of the database without
SECRET_KEY reads nothing.
"""

import copy
from collections.abc import Callable
from typing import Any, cast

from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from flows.signin import sealing

_PURPOSE = "flows.signin.sessions"

Data = dict[str, Any]


class SessionStore(DatabaseStore):
    """Sessions by key; see the module for how saving differs."""

    _loaded: Data

    def load(self) -> Data:
        data: Data = super().load()
        self._loaded = copy.deepcopy(data)
        return data

    def save(self, must_create: bool = False) -> None:
        """Write what changed. Raises ``UpdateError`` when the row is gone: another tab signed in or out."""
        if must_create or self.session_key is None:
            super().save(must_create)
            self._loaded = copy.deepcopy(self._current())
        else:
            self.update_now(lambda data: None)

    def update_now(self, change: Callable[[Data], None]) -> None:
        """Run ``change`` on the row's data as it is now, under the lock, and save at once if it changed anything.

        For what must be decided once among parallel requests. ``change`` sets and deletes keys, it does not reach
        into values. Raises ``UpdateError`` when the row is gone.
        """
        with transaction.atomic():
            row = self._locked_row()
            if row is None:
                raise UpdateError
            fresh = self.decode(row.session_data)
            data = self._merged(fresh)
            change(data)
            if data != fresh:
                row.session_data, row.expire_date = self.encode(data), self.get_expiry_date()
                row.save(update_fields=["session_data", "expire_date"])
        self._session_cache, self._loaded = data, copy.deepcopy(data)

    def cycle_key(self) -> None:
        """A new id for the same data (T069), including what another tab wrote since we read it."""
        with transaction.atomic():
            row = self._locked_row()
            if row is not None:
                self._session_cache = self._merged(self.decode(row.session_data))
            super().cycle_key()

    def reload(self) -> None:
        """Read again; what this request changed and did not save is kept."""
        row = self._rows().first()
        fresh = self.decode(row.session_data) if row else {}
        self._session_cache, self._loaded = self._merged(fresh), copy.deepcopy(fresh)

    def _rows(self) -> QuerySet[Session]:
        return Session.objects.filter(session_key=self.session_key, expire_date__gt=timezone.now())

    def _locked_row(self) -> Session | None:
        """Locked until the transaction ends: on PostgreSQL by SELECT FOR UPDATE, on SQLite by BEGIN IMMEDIATE."""
        return self._rows().select_for_update().first()

    def _merged(self, fresh: Data) -> Data:
        """``fresh`` with the keys that this request changed or deleted."""
        ours, before = self._current(), getattr(self, "_loaded", {})
        changed = {key: value for key, value in ours.items() if key not in before or before[key] != value}
        deleted = before.keys() - ours.keys()
        return {key: value for key, value in fresh.items() if key not in deleted} | changed

    def _current(self) -> Data:
        data: Data = self._session  # type: ignore[attr-defined]  # loads it; Django types it not
        return data


def store_of(request: HttpRequest) -> SessionStore:
    """``request.session`` as what it is here."""
    return cast(SessionStore, request.session)


class SealedSerializer:
    """JSON under AES-256-GCM (``sealing``)."""

    def dumps(self, obj: Any) -> bytes:
        return sealing.seal(_PURPOSE, obj)

    def loads(self, data: bytes) -> Any:
        """The object. Raises ``ValueError`` when no key opens it; Django then starts an empty session."""
        return sealing.unseal(_PURPOSE, data)
