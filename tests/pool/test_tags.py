"""Tags of user pools."""

from typing import Any

import pytest

from tests.pool.conftest import World
from tests.race import race

ABSENT = "arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_123456789"
OPERATIONS: list[tuple[str, dict[str, Any]]] = [
    ("TagResource", {"Tags": {"a": "b"}}),
    ("UntagResource", {"TagKeys": ["a"]}),
    ("ListTagsForResource", {}),
]


@pytest.fixture
def arn(world: World) -> str:
    return str(world("DescribeUserPool", UserPoolId=world.pool_id)["UserPool"]["Arn"])


def tags(world: World, arn: str) -> dict[str, str]:
    return dict(world("ListTagsForResource", ResourceArn=arn)["Tags"])


def test_tags_come_and_go(world: World, arn: str) -> None:
    assert tags(world, arn) == {}
    world("TagResource", ResourceArn=arn, Tags={"stage": "test", "owner": "me"})
    world("TagResource", ResourceArn=arn, Tags={"stage": "live", "empty": ""})
    assert tags(world, arn) == {"stage": "live", "owner": "me", "empty": ""}
    assert world("DescribeUserPool", UserPoolId=world.pool_id)["UserPool"]["UserPoolTags"] == tags(world, arn)
    world("UntagResource", ResourceArn=arn, TagKeys=["owner", "nothing", "empty"])
    assert tags(world, arn) == {"stage": "live"}


def test_tags_that_a_pool_was_made_with(world: World) -> None:
    pool = world("CreateUserPool", PoolName="tagged", UserPoolTags={"stage": "test"})["UserPool"]
    assert tags(world, pool["Arn"]) == {"stage": "test"}
    world("UpdateUserPool", UserPoolId=pool["Id"])
    assert tags(world, pool["Arn"]) == {}


@pytest.mark.parametrize(("operation", "members"), OPERATIONS)
def test_no_such_pool(world: World, operation: str, members: dict[str, Any]) -> None:
    told = ("ResourceNotFoundException", "User pool us-east-1_123456789 does not exist.")
    assert world.refusal(operation, ResourceArn=ABSENT, **members) == told


@pytest.mark.parametrize(("operation", "members"), OPERATIONS)
@pytest.mark.parametrize(
    "other",
    [
        "arn:aws:sns:us-east-1:000000000000:topic",
        "arn:aws:cognito-idp:eu-west-1:000000000000:userpool/us-east-1_123456789",
        "arn:aws:cognito-idp:us-east-1:000000000001:userpool/us-east-1_123456789",
        "arn:aws:cognito-idp:us-east-1:000000000000:userpool/",
    ],
)
def test_an_arn_of_something_else(world: World, operation: str, members: dict[str, Any], other: str) -> None:
    refused = world.refusal(operation, ResourceArn=other, **members)
    assert refused[0] in {"InvalidParameterException", "ResourceNotFoundException"}


def test_fifty_tags_are_the_most(world: World, arn: str) -> None:
    world("TagResource", ResourceArn=arn, Tags={f"key-{number}": "x" for number in range(50)})
    assert world.refusal("TagResource", ResourceArn=arn, Tags={"one": "more"})[0] == "InvalidParameterException"
    world("TagResource", ResourceArn=arn, Tags={"key-0": "y"})
    assert len(tags(world, arn)) == 50


def test_reserved_keys(world: World, arn: str) -> None:
    for key in ("aws:cloudformation:stack", "AWS:x"):
        assert world.refusal("TagResource", ResourceArn=arn, Tags={key: "x"})[0] == "InvalidParameterException"


@pytest.mark.django_db(transaction=True)
def test_of_many_tags_at_once_none_is_lost(world: World, arn: str) -> None:
    numbers = iter(range(12))
    race(12, lambda: world("TagResource", ResourceArn=arn, Tags={f"key-{next(numbers)}": "x"}))
    assert len(tags(world, arn)) == 12
