"""One file per API operation; this list is the whole of what the pool can do.

Every module has ``NAME`` (the operation's name in the service model) and ``perform(request, call)``, which takes the
validated request members and returns the response members as plain Python (datetimes become epoch seconds at the
wire) or raises ``PoolError``. Whether a signature is needed stands in botocore's model, not here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flows.pool.tools import Tools

Request = Mapping[str, Any]
Response = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What an operation knows of its caller besides the request: tools, and the region its credentials named."""

    tools: Tools
    region: str


Perform = Callable[[Request, Call], Response]
