"""A call and what it came out of: what every stack is given."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flows.inspector.code.blanks import Blank, blanked
from flows.inspector.entries import Call
from flows.terms import AuthFlow

_BEGINNINGS = ("InitiateAuth", "AdminInitiateAuth")
_REFRESHES = (AuthFlow.REFRESH_TOKEN_AUTH, AuthFlow.REFRESH_TOKEN)


@dataclass(frozen=True, kw_only=True)
class Run:
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
        begun = [number for number, call in enumerate(self.before) if _begins(call)]
        there = self.before[begun[-1] :] if begun and not _begins(self.call) else ()
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


def _begins(call: Call) -> bool:
    return call.operation in _BEGINNINGS and call.request.get("AuthFlow") not in _REFRESHES
