"""From a request to what the inspector shows of it, and back to something that can be sent."""

from collections.abc import Mapping
from typing import Any

from flows.cognito.connection import Connection
from flows.cognito.errors import CognitoError
from flows.cognito.exchange import Exchange
from flows.inspector import code
from flows.inspector.code.blanks import Blank
from flows.inspector.code.tab import Tab
from flows.inspector.entries import Call
from flows.inspector.recording import describe
from tests.clients.shown_stories import World


def entry(world: World, operation: str, request: Mapping[str, Any], answer: Any = None, error: str = "") -> Call:
    config = world.live.config
    connection = Connection(
        user_pool_id=world.pool.pool_id,
        client_id=world.app.client_id,
        region=config["region"],
        endpoint_url=config["endpoint"],
        issuer=world.pool.issuer,
        jwks_uri="",
    )
    exchange = Exchange(
        operation=operation,
        signed=operation.startswith("Admin"),
        connection=connection,
        parameters=request,
        response=answer,
        error=CognitoError(error, operation) if error else None,
        began_at=0.0,
        seconds=0.0,
    )
    return describe.call(exchange, [])


def tab(slug: str, call: Call, *, before: tuple[Call, ...] = ()) -> Tab:
    return next(each for each in code.tabs(call, before=before) if each.slug == slug)


def masked_values(shown: Any, real: Any) -> dict[str, Any]:
    """What stands behind the blanks of ``shown``, by label."""
    match shown:
        case Blank():
            return {shown.label: real}
        case dict():
            pairs = [(shown[name], real[name]) for name in shown]
        case list():
            pairs = list(zip(shown, real, strict=True))
        case _:
            pairs = []
    return {label: value for pair in pairs for label, value in masked_values(*pair).items()}
