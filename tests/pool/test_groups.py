"""Groups, their members, and what tokens say of them."""

from typing import Any

import jwt
import pytest

from tests.pool.conftest import PASSWORD, World
from tests.race import Refused, race

NO_GROUP = ("ResourceNotFoundException", "Group not found.")
NOBODY = ("UserNotFoundException", "User does not exist.")
ROLE = "arn:aws:iam::000000000000:role/"


def call(world: World, operation: str, **members: Any) -> dict[str, Any]:
    answer = world(operation, UserPoolId=world.pool_id, **members)
    return {name: value for name, value in answer.items() if name != "ResponseMetadata"}


def refused(world: World, operation: str, **members: Any) -> tuple[str, str]:
    return world.refusal(operation, UserPoolId=world.pool_id, **members)


def create(world: World, name: str, **members: Any) -> dict[str, Any]:
    return call(world, "CreateGroup", GroupName=name, **members)["Group"]


def join(world: World, *groups: str, user: str = "alice") -> None:
    for name in groups:
        assert call(world, "AdminAddUserToGroup", Username=user, GroupName=name) == {}


def names(world: World, operation: str, **members: Any) -> list[str]:
    (key,) = {"Groups", "Users"} & set(answer := call(world, operation, **members))
    return [each["GroupName" if key == "Groups" else "Username"] for each in answer[key]]


def claims(world: World, kind: str = "IdToken") -> dict[str, Any]:
    return jwt.decode(world.sign_in()[kind], options={"verify_signature": False})


# -- Groups ------------------------------------------------------------------------------------------------------
def test_a_group_is_kept_as_it_was_made(world: World) -> None:
    made = create(world, "admins", Description="who may", RoleArn=f"{ROLE}admin", Precedence=0)
    now = pytest.approx(world.clock().timestamp(), abs=0.001)
    assert made["CreationDate"].timestamp() == made["LastModifiedDate"].timestamp() == now
    assert {name: value for name, value in made.items() if not name.endswith("Date")} == {
        "GroupName": "admins",
        "UserPoolId": world.pool_id,
        "Description": "who may",
        "RoleArn": f"{ROLE}admin",
        "Precedence": 0,
    }
    assert call(world, "GetGroup", GroupName="admins")["Group"] == made


def test_a_group_of_nothing_but_a_name(world: World) -> None:
    assert set(create(world, "plain")) == {"GroupName", "UserPoolId", "CreationDate", "LastModifiedDate"}


def test_a_name_is_of_one_group(world: World) -> None:
    create(world, "admins")
    told = ("GroupExistsException", "A group with the name already exists.")
    assert refused(world, "CreateGroup", GroupName="admins") == told
    create(world, "Admins")  # names are compared as they are written


@pytest.mark.django_db(transaction=True)
def test_of_many_groups_of_one_name_one_is_made(world: World) -> None:
    results = race(8, lambda: create(world, "admins"))
    assert len([result for result in results if not isinstance(result, Refused)]) == 1


def test_an_update_changes_what_it_names(world: World) -> None:
    made = create(world, "admins", Description="who may", RoleArn=f"{ROLE}admin", Precedence=3)
    world.clock.forward(minutes=1)
    changed = call(world, "UpdateGroup", GroupName="admins", Precedence=1, Description="")["Group"]
    assert changed == call(world, "GetGroup", GroupName="admins")["Group"]
    assert changed["LastModifiedDate"] > made["LastModifiedDate"]
    assert (changed["Precedence"], changed["RoleArn"], "Description" in changed) == (1, f"{ROLE}admin", False)


def test_deleting_a_group_leaves_its_members(world: World) -> None:
    create(world, "admins")
    join(world, "admins")
    assert call(world, "DeleteGroup", GroupName="admins") == {}
    assert names(world, "AdminListGroupsForUser", Username="alice") == []
    assert "cognito:groups" not in claims(world)


@pytest.mark.parametrize("operation", ["GetGroup", "UpdateGroup", "DeleteGroup", "ListUsersInGroup"])
def test_no_such_group(world: World, operation: str) -> None:
    assert refused(world, operation, GroupName="nothing") == NO_GROUP


@pytest.mark.parametrize("operation", ["CreateGroup", "GetGroup", "UpdateGroup", "DeleteGroup", "ListUsersInGroup"])
def test_no_such_pool(world: World, operation: str) -> None:
    told = world.refusal(operation, UserPoolId="us-east-1_123456789", GroupName="admins")
    assert told == ("ResourceNotFoundException", "User pool us-east-1_123456789 does not exist.")


# -- Members -----------------------------------------------------------------------------------------------------
def test_members_come_and_go(world: World) -> None:
    create(world, "admins")
    world.add_user("bob")
    join(world, "admins")
    join(world, "admins")
    join(world, "admins", user="bob")
    assert names(world, "ListUsersInGroup", GroupName="admins") == ["alice", "bob"]
    for _ in range(2):
        assert call(world, "AdminRemoveUserFromGroup", Username="alice", GroupName="admins") == {}
    assert names(world, "ListUsersInGroup", GroupName="admins") == ["bob"]
    call(world, "AdminDeleteUser", Username="bob")
    assert names(world, "ListUsersInGroup", GroupName="admins") == []


def test_a_member_is_described_whole(world: World) -> None:
    create(world, "admins")
    join(world, "admins")
    (member,) = call(world, "ListUsersInGroup", GroupName="admins")["Users"]
    assert [member] == call(world, "ListUsers")["Users"]


@pytest.mark.parametrize("operation", ["AdminAddUserToGroup", "AdminRemoveUserFromGroup"])
def test_nobody_and_nowhere(world: World, operation: str) -> None:
    create(world, "admins")
    assert refused(world, operation, Username="nobody", GroupName="admins") == NOBODY
    assert refused(world, operation, Username="alice", GroupName="nothing") == NO_GROUP
    assert refused(world, "AdminListGroupsForUser", Username="nobody") == NOBODY


def test_another_pools_group_is_none_of_ours(world: World) -> None:
    create(world, "admins")
    other = world("CreateUserPool", PoolName="other")["UserPool"]["Id"]
    assert world.refusal("GetGroup", UserPoolId=other, GroupName="admins") == NO_GROUP
    assert world("ListGroups", UserPoolId=other)["Groups"] == []


# -- Pages -------------------------------------------------------------------------------------------------------
def test_lists_come_in_pages(world: World) -> None:
    for name in ("c", "a", "b"):
        create(world, name)
        world.add_user(f"user-{name}")
        join(world, name)
        join(world, "c", user=f"user-{name}")
    join(world, "c")
    lists: list[tuple[str, dict[str, str], list[str]]] = [
        ("ListGroups", {}, ["a", "b", "c"]),
        ("AdminListGroupsForUser", {"Username": "alice"}, ["a", "b", "c"]),
        ("ListUsersInGroup", {"GroupName": "c"}, ["alice", "user-c", "user-a", "user-b"]),
    ]
    tokens = []
    for operation, members, expected in lists:
        first = call(world, operation, Limit=2, **members)
        assert names(world, operation, Limit=2, **members) == expected[:2]
        assert names(world, operation, NextToken=first["NextToken"], **members) == expected[2:]
        assert names(world, operation, **members) == expected
        assert "NextToken" not in call(world, operation, **members)
        tokens.append(first["NextToken"])
    told = ("InvalidParameterException", "Paging Marker is Invalid for Request")
    for (operation, members, _), other in zip(lists, [*tokens[1:], tokens[0]], strict=True):
        assert refused(world, operation, NextToken=other, **members) == told
        assert refused(world, operation, NextToken="x", **members) == told


# -- Tokens ------------------------------------------------------------------------------------------------------
def test_tokens_name_groups_and_roles(world: World) -> None:
    create(world, "low", RoleArn=f"{ROLE}low", Precedence=5)
    create(world, "high", RoleArn=f"{ROLE}high", Precedence=1)
    create(world, "none", RoleArn=f"{ROLE}none")
    create(world, "again", RoleArn=f"{ROLE}low", Precedence=7)
    create(world, "first", Precedence=0)
    join(world, "low", "high", "none", "again", "first")
    told = claims(world)
    assert told["cognito:groups"] == ["again", "first", "high", "low", "none"]
    assert told["cognito:roles"] == [f"{ROLE}low", f"{ROLE}high", f"{ROLE}none"]
    assert told["cognito:preferred_role"] == f"{ROLE}high"
    access = claims(world, "AccessToken")
    assert access["cognito:groups"] == told["cognito:groups"]
    assert not {"cognito:roles", "cognito:preferred_role"} & set(access)


@pytest.mark.parametrize("precedence", [{"Precedence": 1}, {}])
def test_of_equal_groups_none_is_preferred(world: World, precedence: dict[str, int]) -> None:
    create(world, "one", RoleArn=f"{ROLE}one", **precedence)
    create(world, "other", RoleArn=f"{ROLE}other", **precedence)
    join(world, "one", "other")
    assert "cognito:preferred_role" not in claims(world)
    call(world, "UpdateGroup", GroupName="other", RoleArn=f"{ROLE}one")
    assert claims(world)["cognito:preferred_role"] == f"{ROLE}one"


def test_groups_without_roles(world: World) -> None:
    create(world, "plain")
    join(world, "plain")
    assert claims(world)["cognito:groups"] == ["plain"]
    assert not {"cognito:roles", "cognito:preferred_role"} & set(claims(world))


def test_a_refresh_tells_the_groups_of_now(world: World) -> None:
    result = world.sign_in("alice", PASSWORD)
    create(world, "admins")
    join(world, "admins")
    refreshed = world("GetTokensFromRefreshToken", ClientId=world.client_id, RefreshToken=result["RefreshToken"])
    token = refreshed["AuthenticationResult"]["AccessToken"]
    assert jwt.decode(token, options={"verify_signature": False})["cognito:groups"] == ["admins"]
