"""A knob: settings that are changed together, with what is to be said of them."""

from collections.abc import Callable
from dataclasses import dataclass, field

from flows.playground.settings import Setting, Tree
from flows.playground.state import Place, State


@dataclass(frozen=True, slots=True, kw_only=True)
class Knob:
    """``members`` of the request are what it is about; ``now`` says what the present values mean for sign-ins.

    A ``remark`` is what the lines of that language cannot do by themselves, or are refused for; ``beside`` is what
    templates need besides the settings, which is the reader's own.
    """

    slug: str
    title: str
    sentence: str
    place: Place
    members: tuple[str, ...]
    settings: tuple[Setting, ...]
    now: Callable[[State], str]
    cli_remark: str = ""
    template_remark: str = ""
    terraform_remark: str = ""
    template_beside: Tree = field(default_factory=dict)
    terraform_beside: Tree = field(default_factory=dict)

    @property
    def is_of_client(self) -> bool:
        return self.place is Place.CLIENT
