"""Forms of knobs and users, as posted: tuples of texts by setting, or what is wrong with them."""

import re
from dataclasses import dataclass, field

from django.http import QueryDict

from flows.playground.changes import Posted
from flows.playground.knob import Knob
from flows.playground.particulars import UNITS
from flows.playground.settings import Setting, Values

SEEN = "seen-"  # before a field's name: what the page showed when it was made
UNIT = "-unit"  # after the name of a number that has one to choose
_DIGITS = re.compile(r"[0-9]{1,10}")


@dataclass(frozen=True, slots=True)
class Read:
    """``faults`` by the setting's name; where there are any, nothing may be sent."""

    posted: Posted
    faults: dict[str, str] = field(default_factory=dict)


def read(knob: Knob, data: QueryDict) -> Read:
    """What the form of ``knob`` says. A field that it does not have is left as it is."""
    seen = {setting.name: tuple(data.getlist(SEEN + setting.name)) for setting in knob.settings}
    chosen = {setting.name: _chosen(setting, data, seen[setting.name]) for setting in knob.settings}
    faults = {each.name: fault for each in knob.settings if (fault := _fault(each, seen[each.name], chosen[each.name]))}
    return Read(Posted(seen=seen, chosen=chosen), faults)


def _chosen(setting: Setting, data: QueryDict, seen: Values) -> Values:
    values = tuple(data.getlist(setting.name))
    if setting.several:
        return values
    if not values:
        return seen
    return (values[-1].strip(), data.get(setting.name + UNIT, "")) if setting.has_unit else (values[-1].strip(),)


def _fault(setting: Setting, seen: Values, chosen: Values) -> str:
    new = set(chosen) - set(seen)
    if setting.choices:
        return "" if new <= {choice.value for choice in setting.choices} else "That is none of the choices."
    if chosen == seen:
        return ""
    number, *unit = chosen
    if not _DIGITS.fullmatch(number) or not setting.least <= int(number) <= setting.most:
        return setting.limits
    return "" if not unit or unit[0] in UNITS else "That is no unit of time."
