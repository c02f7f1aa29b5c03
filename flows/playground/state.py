"""What the pool and the portal's app client are like now, in the words of the operations that change them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from flows.cognito import control_plane
from flows.cognito.connection import Connection

Request = dict[str, Any]


class Place(StrEnum):
    """Where a setting lives: the operation that changes it."""

    CLIENT = "UpdateUserPoolClient"
    POOL = "UpdateUserPool"
    MFA = "SetUserPoolMfaConfig"


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """``parts``: for each place a request that would change nothing, but for the ids that it begins with."""

    connection: Connection
    parts: Mapping[Place, Request]

    def __getitem__(self, place: Place) -> Request:
        return self.parts[place]

    def having(self, place: Place, part: Request) -> "State":
        return replace(self, parts={**self.parts, place: part})

    def ids(self, place: Place) -> Request:
        """What the operation is about."""
        pool = {"UserPoolId": self.connection.user_pool_id}
        return {**pool, "ClientId": self.connection.client_id} if place is Place.CLIENT else pool


def read(connection: Connection) -> State:
    """Ask the pool. Raises ``CognitoError``."""
    pool_id = {"UserPoolId": connection.user_pool_id}
    ids = {**pool_id, "ClientId": connection.client_id}
    pool = control_plane.perform("DescribeUserPool", pool_id, connection=connection)["UserPool"]
    client = control_plane.perform("DescribeUserPoolClient", ids, connection=connection)["UserPoolClient"]
    mfa = control_plane.perform("GetUserPoolMfaConfig", pool_id, connection=connection)
    described = {Place.POOL: pool, Place.CLIENT: client, Place.MFA: mfa}
    parts = {place: control_plane.accepted(place, whole, connection=connection) for place, whole in described.items()}
    return State(
        connection=connection,
        parts={
            Place.CLIENT: {name: value for name, value in parts[Place.CLIENT].items() if name not in ids},
            Place.POOL: _pool_request(parts[Place.POOL]),
            Place.MFA: parts[Place.MFA],
        },
    )


def _pool_request(part: Request) -> Request:
    """What UpdateUserPool may be told again.

    MfaConfiguration is SetUserPoolMfaConfig's and stays when it is not given; UnusedAccountValidityDays is refused
    beside TemporaryPasswordValidityDays, its newer name, though both are described. Empty is the default anyway.
    """
    invitations = {**part.get("AdminCreateUserConfig", {})}
    invitations.pop("UnusedAccountValidityDays", None)
    whole = {**part, "AdminCreateUserConfig": invitations}
    return {name: value for name, value in whole.items() if name != "MfaConfiguration" and value not in ({}, [])}
