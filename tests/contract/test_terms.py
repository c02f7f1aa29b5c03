"""Our words are Cognito's: each enumeration is compared with the service model that botocore ships."""

from enum import StrEnum

import pytest

from flows.terms import AuthFlow, ChallengeName, FirstFactor, SignInStep, UserStatus
from tests.judge import SERVICE


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [(AuthFlow, "AuthFlowType"), (ChallengeName, "ChallengeNameType"), (UserStatus, "UserStatusType")],
)
def test_an_enumeration_is_the_models(ours: type[StrEnum], theirs: str) -> None:
    assert {member.value for member in ours} == set(SERVICE.shape_for(theirs).metadata["enum"])


def test_first_factors_are_challenge_names() -> None:
    assert {factor.value for factor in FirstFactor} <= {name.value for name in ChallengeName}


@pytest.mark.parametrize("ours", [AuthFlow, ChallengeName, FirstFactor, SignInStep, UserStatus])
def test_a_member_is_called_what_it_says(ours: type[StrEnum]) -> None:
    assert all(member.name == member.value for member in ours)
