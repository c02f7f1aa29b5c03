"""Everything back to how the demo was made, but for its passwords and for who was added since."""

from collections.abc import Iterator, Mapping
from typing import Any

from flows.cognito import control_plane
from flows.cognito.connection import Connection
from flows.cognito.errors import CognitoError
from flows.playground import originals, users
from flows.playground.changes import Call
from flows.playground.refusals import refusal
from flows.playground.state import Place
from flows.playground.turns import turn
from flows.playground.users import User
from flows.terms import ChallengeName, UserStatus

_APP = ChallengeName.SOFTWARE_TOKEN_MFA
_CONFIRMED = "Nothing makes a confirmed user unconfirmed again. A new demo has one."


def go_back(passwords: Mapping[str, str], *, connection: Connection) -> list[str]:
    """Settings first, then users. ``passwords`` are the demo's, by username.

    What could not be brought back, in sentences. Raises ``CognitoError`` if the settings cannot.
    """
    with turn():
        for call in _settings(connection):
            control_plane.perform(call.operation, call.request, connection=connection)
        faults = [bring_back(name, password, connection=connection) for name, password in passwords.items()]
    return [fault for each in faults for fault in each]


def _settings(connection: Connection) -> list[Call]:
    """MFA is off for a moment: on its way back a pool may not be anything that contradicts itself, and without MFA
    first factors contradict nothing."""
    pool = {"UserPoolId": connection.user_pool_id}
    client = {**pool, "ClientId": connection.client_id}
    return [
        Call(Place.MFA, {**pool, "MfaConfiguration": "OFF"}),
        Call(Place.POOL, {**pool, **originals.part(Place.POOL)}),
        Call(Place.MFA, {**pool, **originals.part(Place.MFA)}),
        Call(Place.CLIENT, {**client, **originals.part(Place.CLIENT)}),
    ]


def bring_back(username: str, password: str, *, connection: Connection) -> list[str]:
    """One user, inside the caller's turn; what could not be brought back, in sentences."""
    made = originals.users().get(username)
    user = users.read(username, connection=connection)
    if made is None or user is None:
        return []
    faults = [f"{username}: {_CONFIRMED}"] if _was_confirmed(user, made) else []
    for call in _calls(user, made, password, connection.user_pool_id):
        try:
            control_plane.perform(call.operation, call.request, connection=connection)
        except CognitoError as error:
            faults.append(f"{username}: {refusal(error).text}")
    return faults


def is_as_made(user: User) -> bool:
    """Would ``bring_back`` leave this user as they are? So it is of who is not the demo's."""
    made = originals.users().get(user.username)
    return made is None or not (_was_confirmed(user, made) or any(_calls(user, made, "", "")))


def _was_confirmed(user: User, made: Mapping[str, Any]) -> bool:
    return bool(made["status"] == UserStatus.UNCONFIRMED != user.status)


def _calls(user: User, made: Mapping[str, Any], password: str, pool_id: str) -> Iterator[Call]:
    """Only what differs: setting a password again, or enabling, is no small thing for who is signed in."""
    name = user.username
    stands = user.status == made["status"] or _was_confirmed(user, made)
    if not stands:
        if not user.enabled:
            yield users.enabling(name, enabled=True, pool_id=pool_id)
        if made["status"] == UserStatus.RESET_REQUIRED:  # with the demo's password, which is what leads there
            yield users.standing(name, status=UserStatus.CONFIRMED, password=password, pool_id=pool_id)
        yield users.standing(name, status=made["status"], password=password, pool_id=pool_id)
    if user.email and not made["email"]:
        yield users.without_email(name, pool_id=pool_id)
    factors = tuple(made["factors"])
    preferred = factors[0] if len(factors) == 1 else ""
    if (set(user.factors), user.preferred) != (set(factors), preferred):
        if _APP in set(user.factors) - set(factors):
            yield users.without_app(name, pool_id=pool_id)
        yield users.second_factors(name, factors=factors, preferred=preferred, pool_id=pool_id)
    if (user.enabled or not stands) != made["enabled"]:
        yield users.enabling(name, enabled=made["enabled"], pool_id=pool_id)
