"""ListUsers: every filter, pages, tokens that cannot be made up, and no look at users who are not asked for."""

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from flows.pool.models import PoolUser
from tests.pool.conftest import World

PEOPLE = {
    "anna": {"email": "anna@example.com", "name": "Anna Ü", "given_name": "Anna", "family_name": "Über"},
    "Anna2": {"email": "Anna2@example.com", "name": 'Anna "the second"', "phone_number": "+15550101"},
    "bert": {"email": "bert@example.com", "preferred_username": "b_rt", "phone_number": "+15550102"},
    "b%rt": {"email": "bert@example.org", "given_name": "Bert", "family_name": "Uber"},
}


@pytest.fixture
def people(world: World) -> World:
    world("AdminDeleteUser", UserPoolId=world.pool_id, Username="alice")
    for name, attributes in PEOPLE.items():
        pairs = [{"Name": key, "Value": value} for key, value in attributes.items()]
        request = {"UserPoolId": world.pool_id, "Username": name, "UserAttributes": pairs}
        world("AdminCreateUser", MessageAction="SUPPRESS", **request)
    return world


def listed(world: World, text: str | None = None, **members: Any) -> list[str]:
    request = {"UserPoolId": world.pool_id} | ({} if text is None else {"Filter": text}) | members
    return [user["Username"] for user in world("ListUsers", **request)["Users"]]


def refused(world: World, **members: Any) -> tuple[str, str]:
    return world.refusal("ListUsers", **{"UserPoolId": world.pool_id} | members)


def test_all_of_them(people: World) -> None:
    assert listed(people) == listed(people, "") == list(PEOPLE)
    (anna, *_) = people("ListUsers", UserPoolId=people.pool_id)["Users"]
    told = people("AdminGetUser", UserPoolId=people.pool_id, Username="anna")
    assert anna["Attributes"] == told["UserAttributes"]
    for member in ("Username", "UserCreateDate", "UserLastModifiedDate", "Enabled", "UserStatus"):
        assert anna[member] == told[member]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('username = "anna"', ["anna"]),
        ('username = "ANNA"', []),
        ('username ^= "ann"', ["anna"]),
        ('username ^= "b"', ["b%rt", "bert"]),
        ('username ^= "b%"', ["b%rt"]),
        ('email = "bert@example.com"', ["bert"]),
        ('email = "bert@example"', []),
        ('email ^= "bert@example."', ["bert", "b%rt"]),
        ('email ^= ""', ["Anna2", "anna", "bert", "b%rt"]),
        ('"email"="bert@example.com"', ["bert"]),
        ('  email   =   "bert@example.com"  ', ["bert"]),
        ('phone_number ^= "+155501"', ["Anna2", "bert"]),
        ('phone_number = "+15550102"', ["bert"]),
        ('name = "Anna Ü"', ["anna"]),
        ('name ^= "Anna "', ["Anna2", "anna"]),
        (r'name = "Anna \"the second\""', ["Anna2"]),
        ('given_name = "Bert"', ["b%rt"]),
        ('family_name ^= "Ü"', ["anna"]),
        ('family_name ^= "U"', ["b%rt"]),
        ('preferred_username = "b_rt"', ["bert"]),
        ('preferred_username ^= "b"', ["bert"]),
        ('cognito:user_status = "FORCE_CHANGE_PASSWORD"', list(PEOPLE)),
        ('cognito:user_status = "force_change_password"', list(PEOPLE)),
        ('cognito:user_status ^= "force"', list(PEOPLE)),
        ('cognito:user_status = "CONFIRMED"', []),
        ('cognito:user_status = "NONSENSE"', []),
        ('status = "Enabled"', list(PEOPLE)),
        ('status = "enabled"', []),
        ('status = "Disabled"', []),
        ('status ^= "En"', list(PEOPLE)),
    ],
)
def test_filters(people: World, text: str, expected: list[str]) -> None:
    assert listed(people, text) == expected


def test_by_state(people: World) -> None:
    people("AdminDisableUser", UserPoolId=people.pool_id, Username="bert")
    people.set_password("anna", "Correct-Horse-9!")
    assert listed(people, 'status = "Disabled"') == ["bert"]
    assert listed(people, 'cognito:user_status = "Confirmed"') == ["anna"]


def test_by_sub(people: World) -> None:
    sub = people("AdminGetUser", UserPoolId=people.pool_id, Username="bert")["UserAttributes"][0]["Value"]
    assert listed(people, f'sub = "{sub}"') == ["bert"]
    assert listed(people, f'sub ^= "{sub[:11]}"') == ["bert"]
    assert len(listed(people, 'sub ^= ""')) == len(PEOPLE)
    for other in (sub.replace("-", ""), sub.upper() if sub.upper() != sub else "x", f"{sub}0", "{", str(uuid.uuid4())):
        assert listed(people, f'sub = "{other}"') == []


def test_filters_follow_changes(people: World) -> None:
    request = {"UserPoolId": people.pool_id, "Username": "bert"}
    people("AdminUpdateUserAttributes", UserAttributes=[{"Name": "email", "Value": "new@example.com"}], **request)
    assert (listed(people, 'email = "bert@example.com"'), listed(people, 'email = "new@example.com"')) == ([], ["bert"])
    people("AdminDeleteUserAttributes", UserAttributeNames=["email"], **request)
    assert listed(people, 'email = "new@example.com"') == []
    people("AdminDeleteUser", **request)
    assert listed(people, 'username = "bert"') == []


@pytest.mark.parametrize(
    "text",
    ["email", "email =", "email = x", "email = 'x'", 'email != "x"', 'email = "x" and name = "y"', '= "x"', "^="],
)
def test_what_is_no_filter(people: World, text: str) -> None:
    assert refused(people, Filter=text) == ("InvalidParameterException", "Error while parsing filter.")


@pytest.mark.parametrize("name", ["custom:role", "birthdate", "enabled", "Email", "email_verified"])
def test_what_cannot_be_searched(people: World, name: str) -> None:
    told = ("InvalidParameterException", f"Invalid search attribute: {name}")
    assert refused(people, Filter=f'{name} = "x"') == told


def test_only_some_attributes(people: World) -> None:
    users = people("ListUsers", UserPoolId=people.pool_id, AttributesToGet=["email", "name"])["Users"]
    assert sorted(pair["Name"] for pair in users[0]["Attributes"]) == ["email", "name"]
    assert [pair["Name"] for pair in users[2]["Attributes"]] == ["email"]
    told = ("InvalidParameterException", "One or more requested attributes do not exist in user pool.")
    assert refused(people, AttributesToGet=["email", "custom:role"]) == told


# -- Pages -------------------------------------------------------------------------------------------------------
def pages(world: World, **members: Any) -> Iterator[list[str]]:
    token: dict[str, str] = {}
    while True:
        answer = world("ListUsers", UserPoolId=world.pool_id, **members, **token)
        yield [user["Username"] for user in answer["Users"]]
        if "PaginationToken" not in answer:
            return
        token = {"PaginationToken": answer["PaginationToken"]}


@pytest.mark.parametrize("text", ["", 'email ^= ""', 'sub ^= ""', 'status = "Enabled"', 'username ^= "b"'])
@pytest.mark.parametrize("limit", [1, 2, 4, 60])
def test_pages_are_complete_and_in_one_order(people: World, text: str, limit: int) -> None:
    found = list(pages(people, Filter=text, Limit=limit))
    assert [name for page in found for name in page] == listed(people, text)
    assert all(len(page) == limit for page in found[:-1])


def test_pages_do_not_move_when_users_come_and_go(people: World) -> None:
    first = people("ListUsers", UserPoolId=people.pool_id, Limit=2)
    people("AdminDeleteUser", UserPoolId=people.pool_id, Username="anna")
    token = first["PaginationToken"]
    assert listed(people, PaginationToken=token) == ["bert", "b%rt"]


def test_sixty_is_the_default_and_the_most(people: World) -> None:
    now = people.clock()
    PoolUser.objects.bulk_create(
        PoolUser(
            pool_id=people.pool_id, username=f"u{n}", username_key=f"u{n}", status="CONFIRMED", created_at=now,
            modified_at=now,
        )
        for n in range(60)
    )  # fmt: skip
    assert [len(page) for page in pages(people)] == [60, 4]
    assert [len(page) for page in pages(people, Limit=0)] == [60, 4]
    people.boto.meta.config.parameter_validation = False
    assert refused(people, Limit=61)[0] == "InvalidParameterException"


def test_tokens_cannot_be_made_up_or_used_elsewhere(people: World) -> None:
    token = people("ListUsers", UserPoolId=people.pool_id, Limit=1)["PaginationToken"]
    assert "anna" not in token
    told = ("InvalidParameterException", "Paging Marker is Invalid for Request")
    flipped = ("0" if token[-1] != "0" else "1").join([token[:-1], ""])
    for other in ("x", "é", "00", flipped, token[:-2]):
        assert refused(people, PaginationToken=other) == told
    assert refused(people, PaginationToken=token, Filter='email ^= ""') == told
    other_pool = people("CreateUserPool", PoolName="other")["UserPool"]["Id"]
    assert refused(people, PaginationToken=token, UserPoolId=other_pool) == told


def test_another_pools_users_are_not_listed(people: World) -> None:
    other = people("CreateUserPool", PoolName="other")["UserPool"]["Id"]
    for text in ("", 'email = "anna@example.com"', 'status = "Enabled"', 'sub ^= ""', 'username ^= ""'):
        assert people("ListUsers", UserPoolId=other, Filter=text)["Users"] == []


# -- Speed -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("", "pool_user_all"),
        ('email = "anna@example.com"', "pool_search_key"),
        ('email ^= "a"', "pool_search_key"),
        ('sub ^= "a"', "sqlite_autoindex_pool_pooluser"),
        ('cognito:user_status = "CONFIRMED"', "pool_user_status"),
        ('status = "Disabled"', "pool_user_enabled"),
    ],
)
def test_a_page_is_read_from_an_index(people: World, text: str, index: str) -> None:
    """One query for the pool and one for the page, which by the database's own plan reads no row twice, nor sorts."""
    with CaptureQueriesContext(connection) as queries:
        people("ListUsers", UserPoolId=people.pool_id, Filter=text, Limit=10)
    assert len(queries) == 2
    statement = queries[1]["sql"]
    assert statement.rstrip().endswith("LIMIT 11")
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}")
            plan = " ".join(row[3] for row in cursor.fetchall())
        assert f"INDEX {index}" in plan, plan
        assert "SCAN" not in plan, plan
        assert "TEMP B-TREE" not in plan, plan
