"""Finding rows by their keys, which every sign-in does several times.

The ORM spends ten times longer on writing such a statement than the database on answering it, so each is written once,
and what turns columns into attributes is found once. Everything else is the ORM's: the columns, how values are kept.
Columns are named as the attributes of the model are: ``pool_id``, not ``pool``.
"""

from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model

M = TypeVar("M", bound=Model)


def one(model: type[M], *, for_update: bool = False, **key: object) -> M | None:
    """The row that has this unique key, or None. ``for_update`` locks it where the database has locks for rows."""
    return next(iter(every(model, for_update=for_update, **key)), None)


def every(model: type[M], *, for_update: bool = False, **columns: object) -> list[M]:
    """The rows in which ``columns`` have these values, in no order."""
    names, fields, converters = _columns(model, connection.vendor)
    values = [fields[name].get_db_prep_value(value, connection) for name, value in columns.items()]
    locking = for_update and connection.features.has_select_for_update
    with connection.cursor() as cursor:
        cursor.execute(_statement(model, connection.vendor, tuple(columns), locking), values)
        rows = [list(row) for row in cursor.fetchall()]
    for row in rows:
        for at, convert, column in converters:
            row[at] = convert(row[at], column, connection)
    return [model.from_db(connection.alias, names, row) for row in rows]


@cache
def _columns(
    model: type[Model], _vendor: str
) -> tuple[list[str], dict[str, Any], list[tuple[int, Callable[..., Any], Any]]]:
    """Names, fields by name, and what turns the database's values into the model's, in the ORM's order.

    All of it depends on the kind of database, not on the connection: hence ``_vendor``.
    """
    fields = {field.attname: field for field in model._meta.concrete_fields}
    converters = []
    for at, field in enumerate(fields.values()):
        column = field.get_col(model._meta.db_table)
        for convert in connection.ops.get_db_converters(column) + field.get_db_converters(connection):
            converters.append((at, convert, column))
    return list(fields), fields, converters


@cache
def _statement(model: type[Model], _vendor: str, names: tuple[str, ...], locking: bool) -> str:
    """Made of the model's own names only; values never get into it."""
    quoted = {field.attname: connection.ops.quote_name(str(field.column)) for field in model._meta.concrete_fields}
    table = connection.ops.quote_name(model._meta.db_table)
    conditions = " AND ".join(f"{quoted[name]} = %s" for name in names)
    return f"SELECT {', '.join(quoted.values())} FROM {table} WHERE {conditions}{' FOR UPDATE' * locking}"  # noqa: S608
