"""flows/diagrams/orders.json: what can follow what in each flow, for flow maps in front of any pool.

The built-in flows are read off ``flows.management.orders``. In CUSTOM_AUTH a function decides: it may name what
``flows.pool.custom_policy`` lets it, and what Cognito adds by itself is what USER_SRP_AUTH adds.
"""

import json
from collections.abc import Iterable
from itertools import pairwise

from flows.diagrams.places import FUNCTION, START, TOKENS, Place, of_order
from flows.management.orders import walk
from flows.management.orders.walk import Order
from flows.pool import custom_policy
from flows.terms import AuthFlow
from flows.terms import ChallengeName as C

PATH = "flows/diagrams/orders.json"
WITHOUT_SRP = "CUSTOM_WITHOUT_SRP"  # Amplify's name for CUSTOM_AUTH without a password
_BUILT_IN = (
    AuthFlow.USER_SRP_AUTH,
    AuthFlow.USER_AUTH,
    AuthFlow.USER_PASSWORD_AUTH,
    AuthFlow.ADMIN_USER_PASSWORD_AUTH,
)
_Following = dict[Place, set[Place]]


def text() -> str:
    flows = (*_BUILT_IN, AuthFlow.CUSTOM_AUTH, WITHOUT_SRP, AuthFlow.REFRESH_TOKEN_AUTH)
    written = {
        flow: {str(place): sorted(map(str, following)) for place, following in of(flow).items()} for flow in flows
    }
    return json.dumps(written, indent=2) + "\n"


def of(flow: str) -> _Following:
    """What each place of ``flow`` is followed by."""
    if flow == AuthFlow.CUSTOM_AUTH:
        return _custom()
    if flow == WITHOUT_SRP:
        return _without_password(_custom())
    if flow == AuthFlow.REFRESH_TOKEN_AUTH:
        return {START: {TOKENS}}
    return onward(order for order, ways in walk.legal().items() if flow in {each.flow for each in ways})


def onward(orders: Iterable[Order]) -> _Following:
    """What each place is followed by."""
    following: _Following = {}
    for order in orders:
        path = [START, *of_order(order), TOKENS]
        for here, after in pairwise(path):
            following.setdefault(here, set()).add(after)
    return following


def _custom() -> _Following:
    """Where USER_SRP_AUTH would go on to what it asks before tokens, the function is asked. What it may name, it may
    name again."""
    device = Place(C.DEVICE_SRP_AUTH)
    before_tokens = {device, TOKENS}
    added = of(AuthFlow.USER_SRP_AUTH)
    found: _Following = {START: {FUNCTION}}
    found[FUNCTION] = before_tokens | {_named(name) for name in custom_policy.ASKABLE.values()}
    found[_named(C.CUSTOM_CHALLENGE)] = {FUNCTION}
    for place, following in added.items():
        if place != START:
            found[place] = following - before_tokens | ({FUNCTION} if following & before_tokens else set())
    found[Place(C.DEVICE_PASSWORD_VERIFIER)] = {FUNCTION}
    return found


def _named(name: C) -> Place:
    return Place(name, second=name == C.EMAIL_OTP)


def _without_password(following: _Following) -> _Following:
    """Without SRP_A there is no proof of a password, and without that nothing that needs it."""
    gone = {Place(C.PASSWORD_VERIFIER), *map(_named, custom_policy.NEEDS_PASSWORD)}
    found: _Following = {}
    waiting = [START]
    while waiting:
        place = waiting.pop(0)
        if place not in found and place in following:
            found[place] = following[place] - gone
            waiting += sorted(found[place], key=str)
    return found
