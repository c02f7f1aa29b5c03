"""In what two calls differ, member by member; and what of it means something."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from flows.inspector.entries import Call, Tree, TriggerCall
from flows.inspector.masking.masks import MASKED, is_mask

Path = tuple[str, ...]


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
    meaning: list[Difference] = []
    every_time: list[str] = []
    of_the_user: list[str] = []
    for path, one, other in _unequal(_facts(left), _facts(right), ()):
        there = one is not None and other is not None
        if there and (path[-1] in EVERY_TIME or (is_mask(one) and is_mask(other))):
            every_time.append(path[-1])
        elif there and path[-1] in OF_THE_USER and not same_user:
            of_the_user.append(path[-1])
        else:
            meaning.append(Difference(path=".".join(path), left=_said(one, path), right=_said(other, path)))
    return Differences(
        meaning=tuple(meaning),
        every_time=tuple(dict.fromkeys(every_time)),
        of_the_user=tuple(dict.fromkeys(of_the_user)),
    )


def _facts(call: Call) -> dict[str, Tree]:
    """What can be compared of a call. What happened inside is known by its name and how often it had come before."""
    facts = {name: value for name, value in call.to_json().items() if name not in _LEFT_OUT and value not in ("", None)}
    triggers = _numbered([(each.trigger, _told(each)) for each in call.triggers])
    decisions = _numbered([(each.next, each.why) for each in call.decisions])
    return facts | {"triggers": triggers, "decisions": decisions}


def _told(trigger: TriggerCall) -> dict[str, Tree]:
    """A function hands its event back; what it says is ``response``."""
    answer = trigger.answer if isinstance(trigger.answer, dict) else {}
    return {"event": trigger.event, "response": answer.get("response"), "error": trigger.error or None}


def _numbered(pairs: list[tuple[str, Tree]]) -> dict[str, Tree]:
    found: dict[str, Tree] = {}
    for name, facts in pairs:
        times = sum(1 for each in found if each.partition(" ")[0] == name)
        found[f"{name} {times + 1}" if times else name] = facts
    return found


def _unequal(one: Tree, other: Tree, path: Path) -> Iterator[tuple[Path, Tree, Tree]]:
    """Where the two differ, as near to the ends as both have members; None is what one of them has not."""
    one, other = _by_name(one), _by_name(other)
    if is_mask(one) and is_mask(other):
        claims, others = one.get("claims"), other.get("claims")
        one, other = _but_claims(one), _but_claims(other)
        yield from _unequal(claims, others, (*path, "claims"))
    if isinstance(one, dict) and isinstance(other, dict) and not is_mask(one) and not is_mask(other):
        for name in dict.fromkeys([*one, *other]):
            yield from _unequal(one.get(name), other.get(name), (*path, name))
    elif one != other:
        yield path, one, other


def _by_name(tree: Tree) -> Tree:
    """Lists of objects as objects: AttributeTypes and their like by their names, for their order means nothing; others
    by their places."""
    if not isinstance(tree, list) or not any(isinstance(each, dict) for each in tree):
        return tree
    return dict(_member(at, each) for at, each in enumerate(tree, start=1))


def _member(at: int, value: Tree) -> tuple[str, Tree]:
    match value:
        case {"Name": str(name), "Value": each}:
            return name, each
    return str(at), value


def _but_claims(mask: Tree) -> Tree:
    return {name: value for name, value in mask.items() if name != "claims"}


def _said(value: Tree, path: Path) -> str | None:
    """A value as text; of what only one side has, the names of its members."""
    if value is None:
        return None
    if is_mask(value):
        return " ".join(filter(None, ("••••••", value.get("fingerprint"), _other_name(value[MASKED], path[-1]))))
    if isinstance(value, dict):
        return "was called" if path[:-1] == ("triggers",) else ", ".join(value) or "{}"
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "[]"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _other_name(what: str, name: str) -> str:
    return "" if what == name else f"({what})"
