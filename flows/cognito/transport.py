"""The one other way to the pool: not over a socket but by a call in this process.

``settings.COGNITO_TRANSPORT`` names a function of plain types, so that this room need not know who answers.
"""

from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string


class Transport(Protocol):
    """Answer one HTTP request: (status, headers, body)."""

    def __call__(
        self, *, method: str, url: str, headers: dict[str, str], body: bytes
    ) -> tuple[int, dict[str, str], bytes]: ...


def current() -> Transport | None:
    """The transport in force, or ``None`` for the network."""
    path: str = settings.COGNITO_TRANSPORT
    if not path:
        return None
    transport: Transport = import_string(path)
    return transport
