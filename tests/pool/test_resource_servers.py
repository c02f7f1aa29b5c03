"""Resource servers and the scopes that app clients may be allowed."""

from typing import Any

import pytest

from tests.pool.conftest import World
from tests.race import Refused, race

API = "https://api.example.com"
SCOPES = [
    {"ScopeName": "read", "ScopeDescription": "may look"},
    {"ScopeName": "write", "ScopeDescription": "may change"},
]


def call(world: World, operation: str, **members: Any) -> Any:
    answer = world(operation, UserPoolId=world.pool_id, **members)
    return answer.get("ResourceServer", answer)


def refused(world: World, operation: str, **members: Any) -> tuple[str, str]:
    return world.refusal(operation, UserPoolId=world.pool_id, **members)


def create(world: World, identifier: str = API, **members: Any) -> Any:
    return call(world, "CreateResourceServer", Identifier=identifier, Name="The API", **members)


def test_kept_and_described_back(world: World) -> None:
    made = create(world, Scopes=SCOPES)
    assert made == {"UserPoolId": world.pool_id, "Identifier": API, "Name": "The API", "Scopes": SCOPES}
    assert call(world, "DescribeResourceServer", Identifier=API) == made
    assert create(world, "plain")["Scopes"] == []


def test_an_identifier_is_of_one_server(world: World) -> None:
    create(world)
    told = ("InvalidParameterException", f"{API} already exists in user pool {world.pool_id}.")
    assert refused(world, "CreateResourceServer", Identifier=API, Name="again") == told


@pytest.mark.django_db(transaction=True)
def test_of_many_of_one_identifier_one_is_made(world: World) -> None:
    results = race(8, lambda: create(world))
    assert len([result for result in results if not isinstance(result, Refused)]) == 1


def test_an_update_replaces_name_and_scopes(world: World) -> None:
    create(world, Scopes=SCOPES)
    changed = call(world, "UpdateResourceServer", Identifier=API, Name="Renamed", Scopes=SCOPES[:1])
    assert (changed["Name"], changed["Scopes"]) == ("Renamed", SCOPES[:1])
    assert call(world, "UpdateResourceServer", Identifier=API, Name="Renamed")["Scopes"] == []
    assert call(world, "DescribeResourceServer", Identifier=API)["Scopes"] == []


def test_deleting(world: World) -> None:
    create(world)
    call(world, "DeleteResourceServer", Identifier=API)
    told = ("ResourceNotFoundException", f"Resource server {API} does not exist.")
    assert refused(world, "DescribeResourceServer", Identifier=API) == told
    assert refused(world, "DeleteResourceServer", Identifier=API) == told
    assert refused(world, "UpdateResourceServer", Identifier=API, Name="x") == told


def test_pages(world: World) -> None:
    for identifier in ("c", "a", "b"):
        create(world, identifier)
    first = call(world, "ListResourceServers", MaxResults=2)
    rest = call(world, "ListResourceServers", NextToken=first["NextToken"])
    found = [server["Identifier"] for page in (first, rest) for server in page["ResourceServers"]]
    assert found == ["a", "b", "c"]
    assert "NextToken" not in rest
    other = world("CreateUserPool", PoolName="other")["UserPool"]["Id"]
    assert world("ListResourceServers", UserPoolId=other)["ResourceServers"] == []
    told = ("InvalidParameterException", "Paging Marker is Invalid for Request")
    assert world.refusal("ListResourceServers", UserPoolId=other, NextToken=first["NextToken"]) == told


def test_no_such_pool(world: World) -> None:
    for operation in ("DescribeResourceServer", "DeleteResourceServer"):
        refusal = world.refusal(operation, UserPoolId="us-east-1_123456789", Identifier=API)
        assert refusal == ("ResourceNotFoundException", "User pool us-east-1_123456789 does not exist.")


def test_clients_are_allowed_scopes_that_exist(world: World) -> None:
    create(world, Scopes=SCOPES)
    scopes = ["openid", "aws.cognito.signin.user.admin", f"{API}/read"]
    client = world.add_client(AllowedOAuthScopes=scopes)
    told = world("DescribeUserPoolClient", UserPoolId=world.pool_id, ClientId=client)["UserPoolClient"]
    assert told["AllowedOAuthScopes"] == scopes
    for scope in (f"{API}/other", "read", f"{API}x/read"):
        request = {"ClientName": "x", "AllowedOAuthScopes": [scope]}
        told = ("ScopeDoesNotExistException", f"Scope {scope} does not exist.")
        assert refused(world, "CreateUserPoolClient", **request) == told
        assert refused(world, "UpdateUserPoolClient", ClientId=client, **request) == told
