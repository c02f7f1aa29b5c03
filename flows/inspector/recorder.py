"""Takes down what the portal and the pool tell."""

from typing import Any

from flows.cognito.exchange import Exchange


def exchanged(exchange: Exchange) -> None:
    """settings.COGNITO_OBSERVER."""


def happened_inside(kind: str, **facts: Any) -> None:
    """settings.POOL_OBSERVER."""
