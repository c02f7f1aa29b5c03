"""The attributes that a pool knows: the twenty standard ones, and the custom ones that it declares.

A pool keeps its whole schema under the setting ``Schema``, each entry as DescribeUserPool shows it.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from flows.pool.errors import invalid_parameter
from flows.pool.models import UserPool

Entry = dict[str, Any]

MOST_CUSTOM = 50


def _string(name: str, *, least: int = 0, most: int = 2048, mutable: bool = True, required: bool = False) -> Entry:
    lengths = {"MinLength": str(least), "MaxLength": str(most)}
    return _entry(name, "String", mutable, required) | {"StringAttributeConstraints": lengths}


def _entry(name: str, data_type: str, mutable: bool = True, required: bool = False) -> Entry:
    return {
        "Name": name,
        "AttributeDataType": data_type,
        "DeveloperOnlyAttribute": False,
        "Mutable": mutable,
        "Required": required,
    }


# In the order of a live CreateUserPool answer.
STANDARD: Mapping[str, Entry] = {
    entry["Name"]: entry
    for entry in (
        _string("sub", least=1, mutable=False, required=True),
        _string("name"),
        _string("given_name"),
        _string("family_name"),
        _string("middle_name"),
        _string("nickname"),
        _string("preferred_username"),
        _string("profile"),
        _string("picture"),
        _string("website"),
        _string("email"),
        _entry("email_verified", "Boolean"),
        _string("gender"),
        _string("birthdate", least=10, most=10),
        _string("zoneinfo"),
        _string("locale"),
        _string("phone_number"),
        _entry("phone_number_verified", "Boolean"),
        _string("address"),
        _entry("updated_at", "Number") | {"NumberAttributeConstraints": {"MinValue": "0"}},
    )
}
_CONSTRAINTS = {"String": "StringAttributeConstraints", "Number": "NumberAttributeConstraints"}
_LIMIT = re.compile(r"-?[0-9]{1,15}")  # the model takes any text
_CHANGEABLE = ("Mutable", "Required", "StringAttributeConstraints", "NumberAttributeConstraints")


def effective(declared: Iterable[Mapping[str, Any]]) -> list[Entry]:
    """The whole schema of a pool whose CreateUserPool request declared ``declared``."""
    entries: dict[str, Entry] = {name: dict(entry) for name, entry in STANDARD.items()}
    declared = list(declared)
    for given in declared:
        if given.get("Name") in STANDARD:
            _require_limits(given)
            entries[given["Name"]] |= {name: given[name] for name in _CHANGEABLE if name in given}
    return extended(entries, [given for given in declared if given.get("Name") not in STANDARD])


def extended(entries: Mapping[str, Entry], declared: Iterable[Mapping[str, Any]]) -> list[Entry]:
    """A whole schema with the custom attributes that ``declared`` adds to it."""
    extended = dict(entries)
    for given in declared:
        entry = _custom(given)
        if entry["Name"] in extended:
            raise invalid_parameter(f"{entry['Name']}: Existing attribute already has name {entry['Name']}.")
        extended[entry["Name"]] = entry
    if len(extended) - len(STANDARD) > MOST_CUSTOM:
        raise invalid_parameter(f"A user pool can have {MOST_CUSTOM} custom attributes.")
    return list(extended.values())


def _custom(given: Mapping[str, Any]) -> Entry:
    """The entry of a custom attribute: its name gets the prefix that users of the API must write."""
    name, data_type = given.get("Name"), given.get("AttributeDataType", "String")
    if not name:
        raise invalid_parameter("A schema attribute needs a Name.")
    if given.get("Required"):
        raise invalid_parameter("Required custom attributes are not supported currently.")
    _require_limits(given)
    developer_only = bool(given.get("DeveloperOnlyAttribute", False))
    entry = _entry(f"{'dev' if developer_only else 'custom'}:{name}", data_type, given.get("Mutable", True))
    entry["DeveloperOnlyAttribute"] = developer_only
    if constraints := _CONSTRAINTS.get(data_type):
        entry[constraints] = given.get(constraints, {})
    return entry


def _require_limits(given: Mapping[str, Any]) -> None:
    for member in _CONSTRAINTS.values():
        for name, limit in given.get(member, {}).items():
            if not _LIMIT.fullmatch(limit):
                raise invalid_parameter(f"{given['Name']}: {name} must be a whole number.")


def of(pool: UserPool) -> dict[str, Entry]:
    """Name -> entry; a pool without a stored schema has the standard attributes."""
    return {entry["Name"]: entry for entry in pool.setting("Schema", default=list(STANDARD.values()))}
