"""This run against that one: what a person reads of two sign-ins side by side."""

from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest

from flows.inspector.comparing import comparison
from flows.inspector.comparing.differences import between
from flows.inspector.entries import Call, Decision, TriggerCall
from flows.inspector.masking.masks import mask
from flows.inspector.models import Run
from tests.flows.person import Person
from tests.flows.portal import Portal
from tests.inspector.watching import begin_to_inspect


class Rows(HTMLParser):
    """The members that a page says differ."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.cells: list[list[str]] = []
        self._within = False
        self.feed(html)

    def handle_starttag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.cells.append([])
        self._within = tag in ("td", "th", "code", "span") and bool(self.cells)

    def handle_data(self, data: str) -> None:
        if self._within and data.strip():
            self.cells[-1].append(data.strip())


# -- Through the pages ---------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_two_sign_ins_of_one_user_side_by_side(portal: Portal) -> None:
    user = portal.pool.add_user()
    person = begin_to_inspect(Person(htmx=False))
    person.sign_in("USER_SRP_AUTH", user.username, "Not the one 7!")
    person.sign_in("USER_SRP_AUTH", user.username, user.password)
    right, left = Run.objects.order_by("-began_at")
    person.open("/flows/runs/")
    person.open(f"{person.form(id='compare').action}?a={left.pk}&b={right.pk}")

    assert f"Both are USER_SRP_AUTH as {user.username}." in person.text
    assert "They went the same way for the first call, then parted." in person.text
    assert "The first one was refused with NotAuthorizedException ." in person.text
    assert "the first one was refused with NotAuthorizedException , the second is signed in" in person.text
    assert "Changes every time: SRP_A" in person.text
    assert "nothing of the kind" in person.text, "GetUser, which only the second one came to"
    differing = Rows(person.html).cells
    assert ["status", "400", "200"] in differing
    assert ["error", "NotAuthorizedException", "not there"] in differing
    assert not [row for row in differing if row and row[0].endswith("SRP_A")]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "status", "said"),
    [
        ("", 400, "Choose two runs to compare."),
        ("?a={run}", 400, "Choose two runs to compare."),
        ("?a={run}&b={run}", 400, "This is the same run twice."),
        ("?a={run}&b=nobody's", 404, "One of these runs is not here"),
        ("?a=%00&b=%3Cb%3E", 404, "One of these runs is not here"),
    ],
)
def test_what_cannot_be_compared_says_why(portal: Portal, asked: str, status: int, said: str) -> None:
    person = begin_to_inspect(Person(htmx=False))
    person.sign_in("USER_PASSWORD_AUTH", "nobody", "Not the one 7!")
    person.open(f"/flows/runs/compare/{asked.format(run=Run.objects.get().pk)}")

    assert (person.status, said in person.text) == (status, True)


# -- Which call is which -------------------------------------------------------------------------------------------
def call(operation: str = "RespondToAuthChallenge", **facts: Any) -> Call:
    defaults: dict[str, Any] = {"signed": False, "region": "us-east-1", "request": {}, "at": "", "milliseconds": 1.0}
    return Call(operation=operation, **defaults | facts)


def answering(challenge: str, came: str) -> Call:
    asks = {"AuthenticationResult": {"ExpiresIn": 3600}} if came == "TOKENS" else {"ChallengeName": came}
    return call(request={"ChallengeName": challenge}, answer=asks)


BEGUN = call("InitiateAuth", request={"AuthFlow": "USER_SRP_AUTH"}, answer={"ChallengeName": "PASSWORD_VERIFIER"})
WRONG = call(request={"ChallengeName": "SMS_MFA"}, error="CodeMismatchException")


def pairs(left: list[Call], right: list[Call]) -> list[tuple[int | None, int | None]]:
    rows = comparison.rows(left, right, same_user=True)
    return [(row.left.number if row.left else None, row.right.number if row.right else None) for row in rows]


def test_a_challenge_more_leaves_a_gap_and_what_follows_is_paired_again() -> None:
    short = [BEGUN, answering("PASSWORD_VERIFIER", "TOKENS"), call("GetUser")]
    long = [BEGUN, answering("PASSWORD_VERIFIER", "SMS_MFA"), WRONG, answering("SMS_MFA", "TOKENS"), call("GetUser")]

    assert pairs(short, long) == [(1, 1), (2, 2), (None, 3), (None, 4), (3, 5)]
    assert pairs(long, short) == [(1, 1), (2, 2), (3, None), (4, None), (5, 3)]


def test_one_attempt_more_is_a_gap_where_it_was() -> None:
    once = [BEGUN, answering("SMS_MFA", "TOKENS")]
    twice = [BEGUN, WRONG, answering("SMS_MFA", "TOKENS")]

    assert pairs(once, twice) == [(1, 1), (None, 2), (2, 3)]


def test_other_operations_are_never_paired() -> None:
    assert pairs([call("GetUser")], [call("RevokeToken")]) == [(1, None), (None, 1)]
    assert pairs([], [BEGUN]) == [(None, 1)]


# -- What differs --------------------------------------------------------------------------------------------------
def differing(left: Call, right: Call, *, same_user: bool = True) -> list[tuple[str, str | None, str | None]]:
    return [(each.path, each.left, each.right) for each in between(left, right, same_user=same_user).meaning]


def test_a_fingerprint_that_differs_means_nothing_and_one_that_is_missing_does() -> None:
    one, other = call(request={"Session": mask("Session", "a")}), call(request={"Session": mask("Session", "b")})

    assert differing(one, other) == []
    assert between(one, other, same_user=True).every_time == ("Session",)
    assert differing(one, call()) == [("request.Session", f"•••••• {one.request['Session']['fingerprint']}", None)]


def test_a_users_own_members_count_only_while_it_is_one_user() -> None:
    one, other = call(request={"USERNAME": "a"}), call(request={"USERNAME": "b"})

    assert differing(one, other) == [("request.USERNAME", "a", "b")]
    assert between(one, other, same_user=False).of_the_user == ("USERNAME",)


def test_claims_of_tokens_are_compared_behind_their_masks() -> None:
    def tokens(**claims: Any) -> Call:
        return call(answer={"IdToken": {**mask("IdToken", str(claims)), "claims": claims}})

    one, other = tokens(iat=1, email_verified="true", aud="x"), tokens(iat=2, email_verified="false", aud="x")
    assert differing(one, other) == [("answer.IdToken.claims.email_verified", "true", "false")]
    assert set(between(one, other, same_user=True).every_time) == {"IdToken", "iat"}


def test_attributes_go_by_their_names_and_lists_by_what_is_in_them() -> None:
    def user(*attributes: tuple[str, str], factors: list[str]) -> Call:
        pairs = [{"Name": name, "Value": value} for name, value in attributes]
        return call("GetUser", answer={"UserAttributes": pairs, "UserMFASettingList": factors})

    one = user(("zoneinfo", "UTC"), ("locale", "en"), factors=["SMS_MFA"])
    other = user(("locale", "de"), ("zoneinfo", "UTC"), factors=["SMS_MFA", "EMAIL_OTP"])
    assert differing(one, other) == [
        ("answer.UserAttributes.locale", "en", "de"),
        ("answer.UserMFASettingList", "SMS_MFA", "SMS_MFA, EMAIL_OTP"),
    ]


def test_what_happened_inside_is_compared_by_name() -> None:
    trigger = TriggerCall(
        trigger="PreAuthentication", source="s", function="f", event={"userName": "a"}, answer={}, milliseconds=1.0
    )
    one = replace(BEGUN, inside=(trigger, Decision(next="SMS_MFA", why="One factor.")))
    other = replace(BEGUN, inside=(Decision(next="SMS_MFA", why="Preferred."),))

    assert differing(one, other) == [
        ("triggers.PreAuthentication", "was called", None),
        ("decisions.SMS_MFA", "One factor.", "Preferred."),
    ]
