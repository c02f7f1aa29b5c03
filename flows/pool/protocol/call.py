"""What every operation is handed and what it gives back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flows.pool.tools import Tools

Request = Mapping[str, Any]  # the request members, already validated against the service model
Response = dict[str, Any]  # the response members as plain Python; None is left out, datetimes become epoch seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What an operation knows of its caller besides the request: tools, and the region its credentials named."""

    tools: Tools
    region: str


Perform = Callable[[Request, Call], Response]
