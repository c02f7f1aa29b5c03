"""What a card of the gallery is, and all of them: the rows stand in ``sign_ins``, ``choices`` and ``what_follows``.

What they say is true of Amazon Cognito: of its developer guide, its service model and what is recorded of the live
service. What can be counted, a test counts on the wire (tests/gallery/test_facts.py).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from flows.gallery.commands import KNOBS
from flows.terms import AuthFlow, ChallengeName


@dataclass(frozen=True, slots=True)
class Answer:
    """A cell of the comparison. ``good`` says whether it speaks for the flow; None: neither for nor against."""

    short: str
    note: str = ""
    good: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """A row of the comparison. ``calls`` counts the calls to Cognito, from the first to the tokens, of a user without a
    second factor; ``calls_note`` says what adds to them."""

    leaves_browser: Answer
    seen_here: Answer
    seen_by_cognito: Answer
    phishing: Answer
    calls: int
    calls_note: str = ""
    functions: Answer
    signed: Answer
    managed_login: Answer

    @property
    def cells(self) -> tuple[Answer, ...]:
        """In the order of ``COLUMNS``."""
        return (
            self.leaves_browser,
            self.seen_here,
            self.seen_by_cognito,
            self.phishing,
            Answer(str(self.calls), self.calls_note),
            self.functions,
            self.signed,
            self.managed_login,
        )


TIER = "the Essentials or Plus feature plan"  # of whatever FeatureUnavailableInTierException keeps from Lite
COLUMNS = (
    "Password leaves the browser",
    "This server sees it",
    "Cognito sees it",
    "Resists phishing",
    "Calls to Cognito",
    "Needs Lambda functions",
    "Needs signed AWS calls",
    "Works with managed login",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What the pool must be like first: ``settings`` of the playground's ``knob``, name -> values. ``text`` asks for
    it."""

    knob: str
    text: str
    settings: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trying:
    """How to try it: ``username`` of the demo signs in by ``entry`` of the sign-in page (its name in SIGN_IN_FLOWS),
    with the first factor ``preferred``. ``about`` says what to expect of them here, where it is something else than
    what the demo says. What is tried afterwards happens at ``next``. ``first`` are changes of the
    pool, in their order; ``afresh``: whoever tries it uses the user up, who must be as the demo was made."""

    entry: str
    username: str = "alice"
    about: str = ""
    preferred: str = ""
    next: str = "/account/"
    then: str = ""  # what to do, in a sentence
    passkey: bool = False  # the user needs one first
    first: tuple[Change, ...] = ()
    afresh: bool = False

    @property
    def needs_stage(self) -> bool:
        return bool(self.first) or self.afresh


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A way to sign in, or what may follow upon it.

    ``names`` are what code calls it: an authFlowType of Amplify, an admin flow, a PREFERRED_CHALLENGE, a ChallengeName.
    ``needs`` is the ExplicitAuthFlows value that the app client must have, ``pool`` what the pool or the user must.
    ``commands`` set that with the AWS CLI, all of them; where they exclude each other, ``either`` says what each does.
    ``amplify`` is the call in Amplify JS v6, where there is one.
    ``docs`` is a page below docs/, without its suffix.
    """

    slug: str
    title: str
    names: tuple[str, ...]
    flow: AuthFlow
    challenge: ChallengeName | None = None
    factors: str
    needs: str = ""
    pool: str = ""
    use: str
    trade_offs: str
    commands: tuple[str, ...]
    either: tuple[str, ...] = ()
    amplify: str = ""
    docs: str
    trying: Trying
    facts: Facts | None = None
    also: tuple[AuthFlow, ...] = ()  # older names of the same flow

    @property
    def names_in_parts(self) -> tuple[list[str], ...]:
        """``names``, each cut where a line may break."""
        return tuple(re.split(r"(?<=_)|(?<=[a-z])(?=[A-Z])", name) for name in self.names)

    @property
    def typed_commands(self) -> tuple[str, ...]:
        """``commands`` as people type them: an option a line."""
        return tuple(command.replace(" --", " \\\n  --") for command in self.commands)

    @property
    def knobs(self) -> tuple[tuple[str, str], ...]:
        """Knobs of the playground for what ``commands`` set, each with what it is about. Their own commands set
        what the demo has, and leave the rest of a pool alone."""
        typed = " ".join(self.commands)
        return tuple(knob for words, knob in KNOBS.items() if words in typed)

    @property
    def told_commands(self) -> tuple[tuple[str, str], ...]:
        """Each of ``typed_commands`` after what it is for, which is empty where all are typed."""
        return tuple(zip(self.either or [""] * len(self.commands), self.typed_commands, strict=True))


def by_slug(*groups: tuple[Card, ...]) -> Mapping[str, Card]:
    """Every card under its slug, which is its address."""
    return MappingProxyType({card.slug: card for group in groups for card in group})
