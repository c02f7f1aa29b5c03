"""In what two calls differ, member by member; and what of it means something."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flows.inspector.entries import Call, Tree, TriggerCall
from flows.inspector.masks import MASKED, is_mask


def _words(names: str) -> frozenset[str]:
    return frozenset(names.split())


# Members that are made anew each time, with or without a fingerprint; the last name of a path.
EVERY_TIME = _words(
    "SRP_A SRP_B TIMESTAMP PASSWORD_CLAIM_SIGNATURE CREDENTIAL_REQUEST_OPTIONS challenge sign_count iat exp auth_time "
    "DeviceKey DEVICE_KEY DeviceCreateDate DeviceLastModifiedDate DeviceLastAuthenticatedDate UserCreateDate "
    "UserLastModifiedDate"
)
# Members that are another user's as soon as it is another user.
OF_THE_USER = _words(
    "USERNAME USER_ID_FOR_SRP SALT Username userName UserSub sub username cognito:username email email_verified "
    "phone_number phone_number_verified preferred_username name given_name family_name middle_name nickname "
    "CODE_DELIVERY_DESTINATION Destination FRIENDLY_DEVICE_NAME CredentialId"
)
_LEFT_OUT = ("operation", "at", "milliseconds", "request_id", "times", "via", "step", "inside")


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A member by its path, and what stands there on either side; None where there is no such member."""

    path: str
    left: str | None
    right: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """``meaning`` is for people to read. The others are names of members, once each: those that no two runs have in
    common, and those that differ because another user signed in."""

    meaning: tuple[Difference, ...] = ()
    every_time: tuple[str, ...] = ()
    of_the_user: tuple[str, ...] = ()


def between(left: Call, right: Call, *, same_user: bool) -> Differences:
    """``same_user``: whether both runs are of one user, so that a user's own members are expected to be equal."""
    one, other = dict(_leaves(_facts(left))), dict(_leaves(_facts(right)))
    meaning, every_time, of_the_user = [], [], []
    for path in dict.fromkeys([*one, *other]):
        if path in one and path in other:
            if one[path] == other[path]:
                continue
            if path[-1] in EVERY_TIME or (is_mask(one[path]) and is_mask(other[path])):
                every_time.append(path[-1])
                continue
            if path[-1] in OF_THE_USER and not same_user:
                of_the_user.append(path[-1])
                continue
        meaning.append(Difference(path=".".join(path), left=_said(one, path), right=_said(other, path)))
    return Differences(
        meaning=tuple(meaning),
        every_time=tuple(dict.fromkeys(every_time)),
        of_the_user=tuple(dict.fromkeys(of_the_user)),
    )


def _facts(call: Call) -> dict[str, Tree]:
    """What can be compared of a call. What happened inside is known by its name and how often it had come before."""
    facts = {name: value for name, value in call.to_json().items() if name not in _LEFT_OUT and value not in ("", None)}
    triggers = [(each.trigger, _told(each)) for each in call.triggers]
    decisions = [(each.next, {"why": each.why}) for each in call.decisions]
    return facts | {"triggers": _numbered(triggers), "decisions": _numbered(decisions)}


def _told(trigger: TriggerCall) -> dict[str, Tree]:
    """A function hands its event back; what it says is ``response``."""
    answer = trigger.answer if isinstance(trigger.answer, dict) else {}
    return {"event": trigger.event, "response": answer.get("response"), "error": trigger.error or None}


def _numbered(pairs: list[tuple[str, dict[str, Tree]]]) -> dict[str, Tree]:
    found: dict[str, Tree] = {}
    for name, facts in pairs:
        times = sum(1 for each in found if each.partition(" ")[0] == name)
        found[f"{name} {times + 1}" if times else name] = facts
    return found


def _leaves(tree: Tree, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Tree]]:
    """Every value at the end of a path; a mask is one, and the claims of a masked token are more."""
    if is_mask(tree):
        yield path, {name: value for name, value in tree.items() if name != "claims"}
        tree = tree.get("claims") or {}
    elif _is_list_of_values(tree):
        yield path, tree
        return
    elif not isinstance(tree, dict | list):
        if tree is not None:
            yield path, tree
        return
    for name, value in _members(tree):
        yield from _leaves(value, (*path, name))


def _members(tree: Mapping[str, Any] | list[Any]) -> Iterator[tuple[str, Tree]]:
    """AttributeTypes and their like go by their names: their order means nothing."""
    if isinstance(tree, Mapping):
        yield from tree.items()
        return
    for at, value in enumerate(tree):
        match value:
            case {"Name": str(name), "Value": each}:
                yield name, each
            case _:
                yield str(at + 1), value


def _is_list_of_values(tree: Tree) -> bool:
    return isinstance(tree, list) and not any(isinstance(each, dict | list) for each in tree)


def _said(leaves: Mapping[tuple[str, ...], Tree], path: tuple[str, ...]) -> str | None:
    if path not in leaves:
        return None
    value = leaves[path]
    if is_mask(value):
        return " ".join(filter(None, ("••••••", value.get("fingerprint"), _other_name(value[MASKED], path[-1]))))
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "[]"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _other_name(what: str, name: str) -> str:
    return "" if what == name else f"({what})"
