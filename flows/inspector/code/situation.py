"""A call and what it came out of: what every stack is given."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flows.inspector.code.blanks import Blank, blanked
from flows.inspector.entries import Call, beginning


@dataclass(frozen=True, kw_only=True)
class Situation:
    """``call``, and the entries ``before`` it, oldest first."""

    call: Call
    before: tuple[Call, ...] = ()

    @cached_property
    def request(self) -> Mapping[str, Any]:
        """The call's members, with a ``Blank`` for whatever is masked."""
        return dict(blanked(self.call.request))

    @cached_property
    def attempt(self) -> tuple[Call, ...]:
        """What went well of ``before``, from the call that began this sign-in on."""
        begun = None if self.call.begins else beginning(self.before)
        there = () if begun is None else self.before[begun:]
        return tuple(call for call in there if call.answer is not None)

    @cached_property
    def asked(self) -> Call | None:
        """The call whose answer is the challenge that this one answers."""
        name = self.call.request.get("ChallengeName")
        return next((call for call in reversed(self.attempt) if name and call.asked == name), None)

    @cached_property
    def pool_id(self) -> str | Blank:
        return self.call.user_pool_id or self._told("UserPoolId") or Blank("userPoolId")

    @cached_property
    def client_id(self) -> str | Blank:
        return self._told("ClientId") or Blank("userPoolClientId")

    def _told(self, member: str) -> str:
        """What this call says, or else the newest of the others that says it."""
        for call in (self.call, *reversed(self.before)):
            if isinstance(found := call.request.get(member), str):
                return found
        return ""
