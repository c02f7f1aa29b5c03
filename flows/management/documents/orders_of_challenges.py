"""The orders of challenges as Mermaid diagrams: a whole flow in docs/flows/, what stands beside a step in docs/steps/.

Nothing here knows an order: ``flows.management.orders`` reads them off the pool's policy.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from flows.management.documents.sections import Section
from flows.management.orders import walk
from flows.management.orders.walk import Order
from flows.steps.table import STEPS
from flows.terms import AuthFlow
from flows.terms import ChallengeName as C


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody stands in a sign-in: at a challenge, which may mean another thing as a second factor than as a
    first one, or before and after all of them."""

    name: str
    second: bool = False

    def __str__(self) -> str:
        return f"{self.name} (second factor)" if self.second else self.name


Box = tuple[Place, ...]  # drawn as one: they have the same places before them and behind them
Boxes = frozenset[Box]
START, TOKENS = Place("start"), Place("tokens")


def of_flow(flow: AuthFlow) -> str:
    """A state diagram of every order in which ``flow`` can go."""
    onward = _boxed(_onward(order for order, ways in walk.legal().items() if flow in {each.flow for each in ways}))
    drawing = _Drawing(onward)
    for box, following in onward.items():
        drawing.draw(drawing.names[box], following)
    return _mermaid(drawing.lines())


def of_challenge(challenge: C) -> str:
    """A state diagram of what can stand right before ``challenge`` and right after it, whatever the flow."""
    onward = _onward(walk.legal())
    lines = []
    for at, place in enumerate((each for each in onward if each.name == challenge), start=1):
        before = [each for each, following in onward.items() if place in following]
        behind = [each for each in (*onward, TOKENS) if each in onward[place]]
        lines.append(_state([place], f"here{at}"))
        lines += _beside(before, START, f"before{at}", "{beside} --> {here}", here=f"here{at}")
        lines += _beside(behind, TOKENS, f"after{at}", "{here} --> {beside}", here=f"here{at}")
    return _mermaid(lines)


def _beside(places: list[Place], end: Place, name: str, arrow: str, *, here: str) -> list[str]:
    challenges = [each for each in places if each != end]
    lines = [_state(challenges, name), arrow.format(beside=name, here=here)] if challenges else []
    return [*lines, arrow.format(beside="[*]", here=here)] if end in places else lines


def _state(places: Iterable[Place], name: str) -> str:
    return f'state "{"<br/>".join(map(str, places))}" as {name}'


def _mermaid(lines: Iterable[str]) -> str:
    return "\n".join(["```mermaid", "stateDiagram-v2", *(f"    {line}" for line in ("direction LR", *lines)), "```"])


class _Drawing:
    """Mermaid's lines. What several places can go on to is drawn once, behind a diamond that they share."""

    def __init__(self, onward: Mapping[Box, Boxes]) -> None:
        self.sets = list(dict.fromkeys(onward.values()))
        self.uses = Counter(onward.values())
        for following in self.sets:
            self.uses.update(self._shared_in(following))
        boxes = [box for box in onward if START not in box]
        self.names: dict[Box, str] = {(START,): "[*]", (TOKENS,): "[*]"}
        self.names |= {box: f"box{at}" for at, box in enumerate(boxes, start=1)}
        self.states = [_state(box, self.names[box]) for box in boxes]
        self.diamonds: dict[Boxes, str] = {}
        self.arrows: list[str] = []

    def draw(self, name: str, following: Boxes) -> None:
        """The arrows from ``name``."""
        if self.uses[following] > 1 and len(following) > 1:
            self.arrows.append(f"{name} --> {self._diamond(following)}")
        else:
            self._draw_each(name, following)

    def lines(self) -> list[str]:
        return [*self.states, *(f"state {name} <<choice>>" for name in self.diamonds.values()), *self.arrows]

    def _diamond(self, following: Boxes) -> str:
        if following not in self.diamonds:
            self.diamonds[following] = f"choice{len(self.diamonds) + 1}"
            self._draw_each(self.diamonds[following], following)
        return self.diamonds[following]

    def _draw_each(self, name: str, following: Boxes) -> None:
        shared = self._shared_in(following)
        rest = following.difference(*shared)
        self.arrows += [f"{name} --> {self.names[box]}" for box in self.names if box in rest]
        for each in shared:
            self.draw(name, each)

    def _shared_in(self, following: Boxes) -> list[Boxes]:
        """The largest set that is part of this one, and is what some place goes on to."""
        parts = [each for each in self.sets if each < following and len(each) > 1]
        return [max(parts, key=len)] if parts else []


def _onward(orders: Iterable[Order]) -> dict[Place, set[Place]]:
    """What each place is followed by."""
    onward: dict[Place, set[Place]] = {}
    for order in orders:
        path = [START, *_places(order), TOKENS]
        for here, following in pairwise(path):
            onward.setdefault(here, set()).add(following)
    return onward


def _places(order: Order) -> list[Place]:
    """EMAIL_OTP is a first factor or a second one."""
    chosen = order[:1] == (C.SELECT_CHALLENGE,)
    return [Place(name, second=name == C.EMAIL_OTP and at > chosen) for at, name in enumerate(order)]


def _boxed(onward: Mapping[Place, set[Place]]) -> dict[Box, Boxes]:
    before: dict[Place, set[Place]] = defaultdict(set)
    for place, following in onward.items():
        for each in following:
            before[each].add(place)
    alike: dict[tuple[frozenset[Place], frozenset[Place]], list[Place]] = defaultdict(list)
    for place in (*onward, TOKENS):
        alike[frozenset(before[place]), frozenset(onward.get(place, ()))].append(place)
    box_of = {place: tuple(places) for places in alike.values() for place in places}
    return {box_of[place]: frozenset(box_of[each] for each in following) for place, following in onward.items()}


PAGES = {
    AuthFlow.USER_SRP_AUTH: "flows/user-srp-auth.md",
    AuthFlow.USER_PASSWORD_AUTH: "flows/user-password-auth.md",
    AuthFlow.ADMIN_USER_PASSWORD_AUTH: "flows/admin-user-password-auth.md",
    AuthFlow.USER_AUTH: "flows/user-auth.md",
}
SECTIONS = (
    *(Section(path, partial(of_flow, flow)) for flow, path in PAGES.items()),
    *(
        Section(step.docs.removeprefix("docs/"), partial(of_challenge, step.challenge))
        for step in STEPS
        if step.challenge != C.CUSTOM_CHALLENGE  # stands where the pool's function puts it
    ),
)
