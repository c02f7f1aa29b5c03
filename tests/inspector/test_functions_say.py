"""What functions say, and what stands in documents within texts, tells no secret and breaks no page."""

import json
import re
from typing import Any

import pytest

from flows.inspector.masking import redact
from flows.inspector.masking.masks import MASKED, is_mask
from flows.inspector.models import Entry, Run
from tests.flows.person import Person
from tests.flows.portal import Portal
from tests.flows.questions import ANSWER, Questions
from tests.flows.test_custom_auth import answer, begin, functions, lambda_server, questions
from tests.inspector import canaries
from tests.inspector.watching import begin_to_inspect, everywhere
from tests.lambda_api import Event, Raises
from tests.pools import User

__all__ = ["functions", "lambda_server", "questions"]  # fixtures
pytestmark = pytest.mark.django_db
CANARY = "a canary that sings"
TWICE = range(2)  # two runs, so that there is something to compare
_FOLDED = re.compile(r"<details>.*?</details>", re.DOTALL)
TYPED = 'geh"eim\\ni9'


@pytest.fixture
def user(portal: Portal) -> User:
    return portal.pool.add_user()


def test_t154_attributes_within_a_text_are_masked_one_by_one(portal: Portal, person: Person) -> None:
    cognito, pool_id = portal.pool.cognito, portal.pool.pool_id
    pin: Any = {"Name": "pin", "AttributeDataType": "String", "Mutable": True}
    cognito.add_custom_attributes(UserPoolId=pool_id, CustomAttributes=[pin])
    user = portal.pool.add_user(temporary=True)
    cognito.admin_update_user_attributes(
        UserPoolId=pool_id, Username=user.username, UserAttributes=[{"Name": "custom:pin", "Value": CANARY}]
    )
    begin_to_inspect(person)
    for _ in TWICE:
        person.sign_in("USER_PASSWORD_AUTH", user.username, user.password)
    for entry in Entry.objects.all():
        said = entry.call["answer"]["ChallengeParameters"]["userAttributes"]
        assert json.loads(said) == {"email": user.email, "email_verified": "true", "custom:pin": "•••"}
    its_own = ("pool_pooluser.attributes", CANARY)
    assert canaries.found({CANARY}, everywhere(person.client)) == [its_own]


@pytest.mark.parametrize("text", [CANARY, f'["{CANARY}"]', f'{{"custom:pin": ["{CANARY}"]}}', "[" * 100_000])
def test_t154_what_is_no_document_of_attributes_is_masked(text: str) -> None:
    shown = redact.tree({"ChallengeParameters": {"userAttributes": text}})["ChallengeParameters"]["userAttributes"]
    assert is_mask(shown) or json.loads(shown) == {"custom:pin": "•••"}


def test_t154_a_function_that_fails_with_a_code_in_its_text_tells_it_nobody(
    questions: Questions, person: Person, user: User
) -> None:
    def create(event: Event) -> Event:
        raise Raises(f"{ANSWER} could not be sent to bob")

    questions.functions.add(CreateAuthChallenge=create)
    begin_to_inspect(person)
    for _ in TWICE:
        begin(person, user.username)
    told = everywhere(person.client)
    assert canaries.found({ANSWER}, told) == []
    assert "inspector_entry.call" in dict(canaries.found({"could not be sent to bob"}, told))


def test_t154_a_function_that_repeats_what_it_was_told_in_confidence_tells_it_nobody(
    questions: Questions, person: Person, user: User
) -> None:
    def verify(event: Event) -> Event:
        typed, right = event["request"]["challengeAnswer"], event["request"]["privateChallengeParameters"]["token"]
        raise Raises(f"{typed} or {typed!r} or {json.dumps(typed)} or {typed.upper()} is not {right}")

    questions.functions.add(VerifyAuthChallengeResponse=verify)
    questions.kinds = ("custom",)
    begin_to_inspect(person)
    for _ in TWICE:
        begin(person, user.username)
        answer(person, "custom", TYPED)
    message = Entry.objects.latest("pk").call["message"]
    assert message.count("•••") == 5
    assert "eim" not in message.lower()
    assert canaries.found({TYPED, TYPED.upper()}, everywhere(person.client)) == []


def test_a_member_that_is_called_like_a_mask_is_none(questions: Questions, person: Person, user: User) -> None:
    questions.kinds, questions.public = ("custom",), {"custom": {MASKED: CANARY, "fingerprint": "x", "claims": "y"}}
    begin_to_inspect(person)
    for _ in TWICE:
        begin(person, user.username)
        assert person.status == 200
    assert canaries.found({CANARY}, everywhere(person.client)) == []


def test_what_define_auth_challenge_decides_by_stands_open(questions: Questions, person: Person, user: User) -> None:
    """It grows by a round, and nobody has to unfold it: no part that is folded at first is around it."""
    begin_to_inspect(person)
    begin(person, user.username)
    answer(person, "captcha", "not the one")
    person.open(f"/flows/runs/{Run.objects.get().pk}/")
    page = person.html.partition('<ol class="entries">')[2]
    defined = [each for each in page.split('<li class="trigger">')[1:] if '"operation">DefineAuthChallenge<' in each]
    shown = ["".join(_FOLDED.split(each.partition("</li>")[0])) for each in defined]
    assert [each.count("session: no round yet") for each in shown] == [1, 0]
    assert [each.count('<tr class="newest">') for each in shown] == [0, 1]
