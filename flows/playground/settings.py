"""A setting as a person changes it: choices to tick, one to choose, or a number; and where it lies in a request.

What a form says is always a tuple of texts, so that all kinds are read, compared, merged and posted alike.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flows.playground.state import Place, Request, State

Values = tuple[str, ...]
Tree = Mapping[str, Any]  # of a template: blocks within blocks, lists, texts, numbers, truths


@dataclass(frozen=True, slots=True)
class Choice:
    """``means`` is what it decides, as a sentence that stands beside it and is said when it is chosen."""

    value: str
    means: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """Where a setting lies in a request, and what it is in each language.

    ``command`` is the part of a request that says it and nothing else; ``optional`` are the dotted paths there that
    stand for something by being absent.
    """

    read: Callable[[State], Values]
    write: Callable[[State, Values], State]
    command: Callable[[Values], Tree]
    optional: tuple[str, ...] = ()
    cloudformation: Callable[[Values], Tree]
    terraform: Callable[[Values], Tree]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """``name`` is the field's, ``label`` what its group is called.

    ``choices`` is empty for a number, which lies between ``least`` and ``most`` and counts in ``unit``, or, with
    ``has_unit``, in one that is chosen along. ``on`` and ``off`` are said of a choice that was ticked or unticked.
    """

    name: str
    label: str
    choices: tuple[Choice, ...] = ()
    several: bool = False
    on: str = ""
    off: str = ""
    least: int = 0
    most: int = 0
    unit: str = ""
    has_unit: bool = False
    where: Where

    @property
    def limits(self) -> str:
        """What a number that lies outside is told."""
        return f"This is a whole number from {self.least} to {self.most}, without anything else."

    def merged(self, *, seen: Values, chosen: Values, current: Values) -> Values:
        """What is to be now: only what somebody changed on their page is changed.

        A page may be older than the pool: another tab, or the AWS CLI, may have set what this one does not show.
        """
        if not self.several:
            return current if chosen == seen else chosen
        added, removed = set(chosen) - set(seen), set(seen) - set(chosen)
        order = [choice.value for choice in self.choices]
        kept = [value for value in current if value not in removed]
        new = sorted(added - set(kept), key=lambda value: order.index(value) if value in order else len(order))
        return (*kept, *new)

    def told(self, before: Values, after: Values) -> list[str]:
        """What a change means for sign-ins, in sentences."""
        if before == after:
            return []
        if self.several:
            turned = [(self.on, value) for value in after if value not in before]
            turned += [(self.off, value) for value in before if value not in after]
            return [text.format(value) for text, value in turned]
        if not self.choices:
            return [f"{self.label} is {' '.join([*after, self.unit]).strip()} now."]
        return [f"{choice.value}: {choice.means}" for choice in self.choices if choice.value == after[0]]


# -- Where it lies -------------------------------------------------------------------------------------------------
def member(
    place: Place,
    path: str,
    *,
    several: bool = False,
    number: bool = False,
    default: str = "",
    cloudformation: str = "",
    terraform: str = "",
) -> Where:
    """A member of a request, by its dotted path; ``default`` is what an absent one means.

    ``cloudformation`` and ``terraform`` are the paths in templates: the same without one, none for ``"-"``.
    """

    def read(state: State) -> Values:
        value: Any = state[place]
        for name in path.split("."):
            value = value.get(name) if isinstance(value, Mapping) else None
        if several:
            return tuple(value or ())
        return (str(value),) if value is not None else (default,)

    def plain(values: Values) -> Any:
        return list(values) if several else int(values[0]) if number else values[0]

    def write(state: State, values: Values) -> State:
        return state.having(place, put(state[place], path, plain(values)))

    def tree(at: str) -> Callable[[Values], Tree]:
        return lambda values: {} if at == "-" else put({}, at or path, plain(values))

    return Where(
        read=read,
        write=write,
        command=tree(path),
        cloudformation=tree(cloudformation),
        terraform=tree(terraform),
    )


def put(request: Mapping[str, Any], path: str, value: Any) -> Request:
    """``request`` with the member at ``path`` being ``value``."""
    name, _, rest = path.partition(".")
    return {**request, name: put(request.get(name, {}), rest, value) if rest else value}


def without(request: Mapping[str, Any], *names: str) -> Request:
    return {name: value for name, value in request.items() if name not in names}


def has(tree: Tree, path: str) -> bool:
    """Is there anything at the dotted ``path``?"""
    name, _, rest = path.partition(".")
    return name in tree and (not rest or has(tree[name], rest))


def merged(*trees: Tree) -> dict[str, Any]:
    """Blocks of the same name are one block; what comes later counts."""
    whole: dict[str, Any] = {}
    for tree in trees:
        for name, value in tree.items():
            both = isinstance(value, Mapping) and isinstance(whole.get(name), Mapping)
            whole[name] = merged(whole[name], value) if both else value
    return whole
