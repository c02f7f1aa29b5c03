"""A request against the service model, before any other code of ours sees it.

A value of the wrong JSON type is a SerializationException; values that break constraints are one
InvalidParameterException that lists them all. Null means absent and unknown members are ignored, because real clients
send both (section 1.6 of the protocol notes).
"""

import base64
import binascii
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from botocore.model import ListShape, MapShape, Shape, StructureShape

from flows.pool.errors import PoolError, invalid_parameter
from flows.pool.errors.protocol import serialization
from flows.pool.protocol.call import Request
from flows.pool.protocol.constraints import NOT_NULL, Constraint, constraints_of

# The model calls client ids sensitive, yet live answers print them.
_PRINTED = frozenset({"ClientIdType"})
_RANGE = {"integer": 31, "long": 63}


def validate(shape: StructureShape | None, body: dict[str, Any]) -> Request:
    """The members of ``body`` that ``shape`` knows, checked and typed (blobs as bytes, timestamps as datetimes)."""
    if shape is None:
        return {}
    failures: list[str] = []
    request: Request = _structure(shape, body, "", failures)
    if failures:
        count = f"{len(failures)} validation error{'s' if len(failures) > 1 else ''} detected"
        raise invalid_parameter(f"{count}: {'; '.join(failures)}")
    return request


def _value(shape: Shape, value: Any, place: str, failures: list[str]) -> Any:
    return _READERS[shape.type_name](shape, value, place, failures)


def _structure(shape: StructureShape, value: Any, place: str, failures: list[str]) -> Any:
    if shape.is_document_type:
        return value
    if not isinstance(value, dict):
        raise _wrong_type(value, "structure or map")
    members = {}
    for name, member in shape.members.items():
        where = f"{place}.{_camel_case(name)}" if place else _camel_case(name)
        if value.get(name) is not None:
            members[name] = _value(member, value[name], where, failures)
        elif name in shape.required_members:
            failures.append(_failure(member, None, where, NOT_NULL.text))
    return members


def _list(shape: ListShape, value: Any, place: str, failures: list[str]) -> list[Any]:
    if not isinstance(value, list):
        raise _wrong_type(value, "list")
    _check(shape, value, place, failures)
    member = shape.member
    demands = constraints_of(member)
    items = []
    for number, item in enumerate(value, start=1):
        if item is None:
            failures.append(_failure(shape, value, place, f"Member must satisfy constraint: [{NOT_NULL.text}]"))
        elif member.type_name == "string":
            items.append(_string_itself(item))
        else:
            items.append(_value(member, item, f"{place}.{number}.member", failures))
    if member.type_name == "string" and not _all_hold(demands, items):
        failures.append(_failure(shape, value, place, f"Member must satisfy constraint: [{_texts(demands)}]", member))
    return items


def _map(shape: MapShape, value: Any, place: str, failures: list[str]) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _wrong_type(value, "structure or map")
    given = {key: item for key, item in value.items() if item is not None}
    _check(shape, given, place, failures)
    keys, values = constraints_of(shape.key), constraints_of(shape.value)
    if not _all_hold(keys, given):
        failures.append(_failure(shape, given, place, f"Map keys must satisfy constraint: [{_texts(keys)}]"))
    if shape.value.type_name != "string":
        return {key: _value(shape.value, item, f"{place}.{key}.member", failures) for key, item in given.items()}
    items = {key: _string_itself(item) for key, item in given.items()}
    if not _all_hold(values, items.values()):
        text = f"Map value must satisfy constraint: [{_texts(values)}]"
        failures.append(_failure(shape, given, place, text, shape.value))
    return items


def _string(shape: Shape, value: Any, place: str, failures: list[str]) -> str:
    _check(shape, _string_itself(value), place, failures)
    return str(value)


def _number(shape: Shape, value: Any, place: str, failures: list[str]) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value.bit_length() > _RANGE[shape.type_name]:
        raise _wrong_type(value, "Integer" if shape.type_name == "integer" else "Long")
    _check(shape, value, place, failures)
    return value


def _boolean(shape: Shape, value: Any, place: str, failures: list[str]) -> bool:
    if not isinstance(value, bool):
        raise _wrong_type(value, "Boolean")
    return value


def _timestamp(shape: Shape, value: Any, place: str, failures: list[str]) -> datetime:
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise _wrong_type(value, "Date")
    try:
        return datetime.fromtimestamp(value, UTC)
    except (OverflowError, ValueError, OSError) as error:
        raise _wrong_type(value, "Date") from error


def _blob(shape: Shape, value: Any, place: str, failures: list[str]) -> bytes:
    try:
        data = base64.b64decode(_string_itself(value), validate=True)
    except (binascii.Error, ValueError) as error:
        raise _wrong_type(value, "Blob") from error
    _check(shape, data, place, failures)
    return data


_READERS: dict[str, Callable[..., Any]] = {
    "structure": _structure,
    "list": _list,
    "map": _map,
    "string": _string,
    "integer": _number,
    "long": _number,
    "boolean": _boolean,
    "timestamp": _timestamp,
    "blob": _blob,
}


def _string_itself(value: Any) -> str:
    if not isinstance(value, str):
        raise _wrong_type(value, "String")
    return value


def _check(shape: Shape, value: Any, place: str, failures: list[str]) -> None:
    failures += [_failure(shape, value, place, each.text) for each in constraints_of(shape) if not each.holds(value)]


def _all_hold(demands: tuple[Constraint, ...], values: Any) -> bool:
    return all(demand.holds(value) for demand in demands for value in values)


def _texts(demands: tuple[Constraint, ...]) -> str:
    return ", ".join(demand.text for demand in demands)


def _failure(shape: Shape, value: Any, place: str, text: str, inner: Shape | None = None) -> str:
    secret = any("sensitive" in each.metadata and each.name not in _PRINTED for each in (shape, inner or shape))
    printed = "Value" if secret else f"Value {_print(value)}"
    return f"{printed} at '{place}' failed to satisfy constraint: {text}"


def _print(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, list):
        return f"'[{', '.join(map(str, value))}]'"
    if isinstance(value, dict):
        return "'{" + ", ".join(f"{key}={item}" for key, item in value.items()) + "}'"
    return f"'{value}'"


def _camel_case(name: str) -> str:
    return name[:1].lower() + name[1:]


def _wrong_type(value: Any, wanted: str) -> PoolError:
    """The wording of AWS's JSON front end; for this service it was never captured."""
    if isinstance(value, dict):
        return serialization("Start of structure or map found where not expected.")
    if isinstance(value, list):
        return serialization("Start of list found where not expected")
    if isinstance(value, bool):
        token = f"{value}_VALUE".upper()
    else:
        token = "STRING_VALUE" if isinstance(value, str) else "NUMBER_VALUE"
    article = "an" if wanted == "Integer" else "a"
    return serialization(f"{token} can not be converted to {article} {wanted}")
