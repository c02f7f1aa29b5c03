"""From what a form says to the requests that make it so: read, change, write back, as every administrator must."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flows.cognito import control_plane
from flows.cognito.connection import Connection
from flows.playground import state as states
from flows.playground.knob import Knob
from flows.playground.settings import Values
from flows.playground.state import Place, State
from flows.playground.turns import turn


@dataclass(frozen=True, slots=True)
class Call:
    """One request of the API."""

    operation: str
    request: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """What a form brought, by the setting's name: what the page had shown, and what was chosen."""

    seen: Mapping[str, Values]
    chosen: Mapping[str, Values]


def make(knob: Knob, posted: Posted, *, connection: Connection) -> list[str]:
    """Change the pool; what that means for sign-ins, in sentences, none where nothing changed.

    Raises ``CognitoError``: then nothing was changed.
    """
    with turn():
        before = states.read(connection)
        after = _applied(knob, posted, before)
        if after[knob.place] == before[knob.place]:
            return []
        for call in calls(knob, after):
            control_plane.perform(call.operation, call.request, connection=connection)
    pairs = [(setting, setting.where.read(before), setting.where.read(after)) for setting in knob.settings]
    return [sentence for setting, old, new in pairs for sentence in setting.told(old, new)]


def calls(knob: Knob, state: State) -> list[Call]:
    """The requests that bring about what ``knob`` is in ``state``, whatever it was before."""
    return [
        Call(knob.place, _whole(state, knob)),
        *([_second_factors_again(state)] if knob.place is Place.POOL and _brings_sms_back(state) else []),
    ]


def _applied(knob: Knob, posted: Posted, before: State) -> State:
    state = before
    for setting in knob.settings:
        current = setting.where.read(before)
        wanted = setting.merged(
            seen=posted.seen.get(setting.name, current),
            chosen=posted.chosen.get(setting.name, current),
            current=current,
        )
        if wanted != setting.where.read(state):
            state = setting.where.write(state, wanted)
    return state


def _whole(state: State, knob: Knob) -> dict[str, Any]:
    # A member of UpdateUserPool that is empty is left out of a state; here it is what the request is for.
    emptied: dict[str, Any] = {"LambdaConfig": {}} if "LambdaConfig" in knob.members else {}
    return {**state.ids(knob.place), **emptied, **state[knob.place]}


def _brings_sms_back(state: State) -> bool:
    """UpdateUserPool with an SmsConfiguration turns SMS_MFA on in a pool that has MFA, wanted or not."""
    mfa = state[Place.MFA]
    asks = mfa.get("MfaConfiguration", "OFF") != "OFF"
    return asks and "SmsConfiguration" in state[Place.POOL] and "SmsMfaConfiguration" not in mfa


def _second_factors_again(state: State) -> Call:
    return Call(Place.MFA, {**state.ids(Place.MFA), **state[Place.MFA]})
