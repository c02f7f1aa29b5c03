"""/recover/: a code and another password, in the same words for whoever exists and whoever does not (T055, T056)."""

import re
from typing import Any

import pytest

from flows.pool.delivery import outbox
from tests.account.answers import answer
from tests.account.conftest import Member
from tests.cognito.stub import Stub, refusal
from tests.flows.person import Form, Person
from tests.flows.portal import Portal
from tests.pools import User, new_password

pytestmark = pytest.mark.django_db
START, CODE = "/recover/", "/recover/code/"


@pytest.fixture
def user(offering: Portal, settings: Any) -> User:
    settings.SIGN_IN_FLOWS = ["USER_PASSWORD_AUTH"]
    return offering.pool.add_user()


def ask(person: Person, username: str) -> Person:
    return person.send(name_form(person), username=username)


def go_on_with_a_code(person: Person, username: str) -> Person:
    """By the second button of the same form."""
    return person.send(name_form(person), username=username, have="1")


def name_form(person: Person) -> Form:
    """With the button that sends a code, which has no name."""
    form = person.open(START).form(action=START)
    del form.values["have"]
    return form


def code_for(user: User) -> str:
    """As it stands in the message."""
    return next(message["code"] for message in reversed(outbox.messages()) if message["destination"] == user.email)


def answer_with(person: Person, code: str, password: str) -> Person:
    return person.send(person.form(action=CODE), code=code, new_password=password)


def test_another_password_by_the_code_that_came(person: Person, user: User) -> None:
    assert person.open("/sign-in/?new=1").link("Forgot your password?") == START
    assert ask(person, user.username).path == CODE
    assert user.username in person.html
    chosen = new_password()
    assert answer_with(person, f" {code_for(user)[:3]} {code_for(user)[3:]}", chosen).path == "/sign-in/"
    assert "Your new password is saved." in person.text
    assert person.sign_in("USER_PASSWORD_AUTH", user.username, chosen).path == "/account/"


def test_t055_it_ends_the_sessions_of_other_browsers_even_where_tokens_live_on(
    person: Person, user: User, settings: Any
) -> None:
    settings.SESSION_RECHECK_SECONDS = 3600  # a pool that is not asked
    thief = Person(htmx=person.htmx).sign_in("USER_PASSWORD_AUTH", user.username, user.password)
    assert thief.open("/account/").path == "/account/"
    ask(person, user.username)
    chosen = new_password()
    answer_with(person, code_for(user), chosen)
    person.sign_in("USER_PASSWORD_AUTH", user.username, chosen)
    assert thief.open("/account/").path == "/sign-in/"
    assert person.open("/account/").path == "/account/"


def test_an_ordinary_sign_in_ends_no_other_session(person: Person, user: User) -> None:
    other = Person(htmx=person.htmx).sign_in("USER_PASSWORD_AUTH", user.username, user.password)
    person.sign_in("USER_PASSWORD_AUTH", user.username, user.password)
    assert other.open("/account/").path == "/account/"


def test_t056_a_code_that_was_never_sent_or_is_another_persons_changes_nothing(person: Person, user: User) -> None:
    ask(person, user.username)
    code = code_for(user)
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    answer_with(person, wrong, new_password())
    assert person.status == 422
    assert "not right, or no longer counts" in person.text
    assert f'value="{wrong}"' in person.html, "what was typed is still there"
    other = Person(htmx=person.htmx)
    go_on_with_a_code(other, "somebody-else")
    answer_with(other, code, new_password())
    assert "not right, or no longer counts" in other.text
    assert person.sign_in("USER_PASSWORD_AUTH", user.username, user.password).path == "/account/"


def test_t056_a_code_counts_once(person: Person, user: User) -> None:
    ask(person, user.username)
    code, chosen = code_for(user), new_password()
    answer_with(person, code, chosen)
    go_on_with_a_code(person, user.username)
    answer_with(person, code, new_password())
    assert person.status == 422
    assert person.sign_in("USER_PASSWORD_AUTH", user.username, chosen).path == "/account/"


def test_a_weak_password_is_refused_in_the_pools_words_and_the_code_stays(person: Person, user: User) -> None:
    ask(person, user.username)
    code = code_for(user)
    answer_with(person, code, "short")
    assert person.status == 422
    assert "Password not long enough" in person.text
    assert f'value="{code}"' in person.html
    assert "short" not in person.html
    assert answer_with(person, code, new_password()).path == "/sign-in/"


@pytest.mark.parametrize(
    "said",
    [
        answer({"CodeDeliveryDetails": {"Destination": "a***@e***"}}),
        refusal("UserNotFoundException", "User does not exist."),
        refusal("InvalidParameterException", "Cannot reset password: no registered/verified email or phone_number"),
        refusal("NotAuthorizedException", "User password cannot be reset in the current state."),
        refusal("UserNotConfirmedException"),
        refusal("CodeDeliveryFailureException"),
    ],
    ids=["sent", "nobody", "unreachable", "invited", "unconfirmed", "undelivered"],
)
def test_who_exists_is_told_to_nobody(person: Person, stub: Stub, said: Any) -> None:
    stub.answers["ForgotPassword"] = said
    assert ask(person, "somebody").path == CODE
    page = re.sub(r'value="[^"]*"', "", person.text)
    assert "If there is an account somebody , its e-mail address or telephone gets a code." in page


@pytest.mark.parametrize(
    "code", ["CodeMismatchException", "ExpiredCodeException", "UserNotFoundException", "NotAuthorizedException"]
)
def test_why_a_code_is_refused_is_told_to_nobody(person: Person, stub: Stub, code: str) -> None:
    ask(person, "somebody")
    stub.answers["ConfirmForgotPassword"] = refusal(code)
    answer_with(person, "123456", new_password())
    assert (person.status, "not right, or no longer counts" in person.text) == (422, True)


@pytest.mark.parametrize(
    ("code", "status"),
    [("LimitExceededException", 429), ("TooManyRequestsException", 429), ("InternalErrorException", 503)],
)
def test_what_is_nobodys_fault_is_said_on_both_pages(person: Person, stub: Stub, code: str, status: int) -> None:
    stub.answers["ForgotPassword"] = refusal(code)
    assert ask(person, "somebody").status == status
    assert person.path == START
    assert "somebody" in person.html
    assert "Retry-After" in person.answer.headers
    stub.answers["ForgotPassword"] = answer({})
    ask(person, "somebody")
    stub.answers["ConfirmForgotPassword"] = refusal(code)
    assert answer_with(person, "123456", new_password()).status == status


def test_the_second_page_alone_leads_to_the_first(person: Person, portal: Portal) -> None:
    assert person.open(CODE).path == START


@pytest.mark.parametrize("typed", ["", "x" * 129])
def test_a_name_that_is_none(person: Person, portal: Portal, typed: str) -> None:
    assert ask(person, typed).status == 422


def test_whoever_must_reset_the_password_is_shown_the_way(person: Person, user: User, offering: Portal) -> None:
    pool = offering.pool
    pool.cognito.admin_reset_user_password(UserPoolId=pool.pool_id, Username=user.username)
    person.sign_in("USER_PASSWORD_AUTH", user.username, user.password)
    assert person.link("Choose a new password") == START
    go_on_with_a_code(person, user.username)
    chosen = new_password()
    answer_with(person, code_for(user), chosen)
    assert person.sign_in("USER_PASSWORD_AUTH", user.username, chosen).path == "/account/"


def test_somebody_signed_in_may_recover_too(member: Member) -> None:
    ask(member.person, member.user.username)
    chosen = new_password()
    answer_with(member.person, code_for(member.user), chosen)
    assert member.person.path == "/sign-in/"
    member.person.sign_in("USER_PASSWORD_AUTH", member.user.username, chosen)
    assert member.person.path == "/account/"
