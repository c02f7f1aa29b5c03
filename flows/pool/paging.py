"""Long lists in pages, by key and never by offset, so that the last page costs no more than the first.

A token names the last row that was shown. It is sealed and bound to what was listed: nobody can make one up, read one,
or use it for another list.
"""

import json
from collections.abc import Sequence
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

from flows.pool import sealing
from flows.pool.errors.protocol import invalid_pagination_token

_PURPOSE = "page token"
DEFAULT_LIMIT = 60

Row = TypeVar("Row", bound=Model)


def page(
    rows: "QuerySet[Row]", *, limit: int | None, token: str | None, of: str, order: str | Sequence[str] = "pk"
) -> tuple[list[Row], str | None]:
    """The next ``limit`` of ``rows`` after ``token``, and the token of what follows or None.

    ``order`` is a column, or several that are unique together; ``of`` says what is listed, with everything that
    selects rows. A limit of 0 means the default, as on AWS. Raises InvalidParameterException for a token that is not
    of this list.
    """
    columns = [order] if isinstance(order, str) else list(order)
    size = limit or DEFAULT_LIMIT
    if token is not None:
        rows = rows.filter(_after(columns, _opened(token, of)))
    found = list(rows.order_by(*columns)[: size + 1])
    if len(found) <= size:
        return found, None
    return found[:size], _token([getattr(found[size - 1], name) for name in columns], of)


def _after(columns: Sequence[str], last: Sequence[Any]) -> Q:
    """Beyond ``last``. The first condition says nothing new, but lets the database start in the right place."""
    beyond = Q(pk__in=[])
    for number, name in enumerate(columns):
        beyond |= Q(**dict(zip(columns[:number], last, strict=False))) & Q(**{f"{name}__gt": last[number]})
    return Q(**{f"{columns[0]}__gte": last[0]}) & beyond


def _token(last: list[Any], of: str) -> str:
    plain = [{"hex": bytes(each).hex()} if isinstance(each, bytes | memoryview) else each for each in last]
    return sealing.seal(_PURPOSE, json.dumps(plain, default=str).encode(), bound_to=of).hex()


def _opened(token: str, of: str) -> list[Any]:
    try:
        plain = json.loads(sealing.unseal(_PURPOSE, bytes.fromhex(token), bound_to=of))
    except (ValueError, sealing.Broken):
        raise invalid_pagination_token() from None
    return [bytes.fromhex(each["hex"]) if isinstance(each, dict) else each for each in plain]
