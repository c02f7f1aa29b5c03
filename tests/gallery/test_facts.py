"""What the comparison says, counted: each flow is tried from the gallery to the tokens, and everything is overheard."""

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from flows.gallery.cards import COLUMNS
from flows.gallery.catalog import CARDS, COMPARED
from tests import boto
from tests.authenticator import Authenticator
from tests.flows import overheard
from tests.flows.pools import last_code
from tests.flows.questions import ANSWER
from tests.gallery.conftest import Demo, Visitor, press_try_it
from tests.lambda_api import Functions

pytestmark = pytest.mark.django_db
PHONE = Authenticator(origin="http://localhost:8000")
Rest = Callable[[Visitor, str], object]  # what the person does from the filled-in form on, with the password


def _srp(visitor: Visitor, password: str) -> None:
    visitor.type_srp(visitor.form(**{"data-srp": "start"}), password)


def _srp_then_question(visitor: Visitor, password: str) -> None:
    _srp(visitor, password)
    visitor.send(visitor.form(id="captcha"), answer=ANSWER)


def _password(visitor: Visitor, password: str) -> None:
    visitor.send(visitor.form(action="/sign-in/"), password=password)


def _question(visitor: Visitor, _password: str) -> None:
    visitor.send(visitor.form(action="/sign-in/"))
    visitor.send(visitor.form(id="captcha"), answer=ANSWER)


def _choose_email(visitor: Visitor, _password: str) -> None:
    visitor.send(visitor.form(action="/sign-in/"))
    visitor.send(visitor.form(id="first-factor"), answer="EMAIL_OTP")
    visitor.send(visitor.form(id="email-otp"), code=last_code())


def _code(slug: str) -> Rest:
    def rest(visitor: Visitor, _password: str) -> None:
        visitor.send(visitor.form(action="/sign-in/"))
        visitor.send(visitor.form(id=slug), code=last_code())

    return rest


def _passkey(visitor: Visitor, _password: str) -> None:
    visitor.send(visitor.form(action="/sign-in/"))
    form = visitor.form(id="passkey")
    visitor.send(form, credential=json.dumps(PHONE.authenticate(form.attributes["data-options"])))


def _stay(visitor: Visitor, password: str) -> None:
    """By the button that the card speaks of."""
    _srp(visitor, password)
    overheard.begin()
    visitor.posted.clear()
    visitor.send(visitor.form(action="/account/renew/"))


RESTS: Mapping[str, Rest] = {
    "user-srp-auth": _srp,
    "user-password-auth": _password,
    "user-migration": _password,
    "admin-user-password-auth": _password,
    "custom-without-srp": _question,
    "custom-with-srp": _srp_then_question,
    "user-auth": _choose_email,
    "user-auth-password-srp": _srp,
    "user-auth-password": _password,
    "user-auth-email-otp": _code("email-otp"),
    "user-auth-sms-otp": _code("sms-otp"),
    "user-auth-web-authn": _passkey,
    "refresh-token-auth": _stay,
}


@pytest.fixture
def pool_of(functions: Functions, demo: Demo) -> Demo:
    """The demo, in which carol has a passkey."""
    _register_passkey(demo, "carol")
    functions.events.clear()
    return demo


def test_every_flow_that_is_compared_is_counted() -> None:
    assert set(RESTS) == {card.slug for card in COMPARED}


@pytest.mark.parametrize("slug", RESTS)
def test_facts(pool_of: Demo, functions: Functions, visitor: Visitor, slug: str) -> None:
    card = CARDS[slug]
    password = pool_of.password_of(card.trying.username)
    press_try_it(visitor, card)
    RESTS[slug](visitor, password)
    assert (visitor.status, visitor.path) == (200, "/account/"), visitor.text
    calls = _until_tokens()
    assert card.facts is not None
    assert len(calls) == card.facts.calls
    sent_here, sent_on = (
        password in json.dumps(visitor.posted),
        password in json.dumps([each.request for each in calls]),
    )
    assert [sent_here, sent_here, sent_on] == [
        answer.short == "Yes"
        for answer in (card.facts.leaves_browser, card.facts.seen_here, card.facts.seen_by_cognito)
    ]
    assert calls[0].operation.startswith("Admin") == (card.facts.signed.short == "Yes")
    assert bool(functions.events) == (card.facts.functions.short == "Yes")
    assert calls[0].request.get("AuthFlow", calls[0].operation) in (card.flow, card.names[0])
    wanted = calls[0].request.get("AuthParameters", {}).get("PREFERRED_CHALLENGE", "")
    assert wanted == card.trying.preferred.removeprefix("SELECT_CHALLENGE")


def test_what_is_not_needed_speaks_for_a_flow_whatever_it_is() -> None:
    verdicts = {
        (cell.short, cell.good)
        for card in COMPARED
        for column, cell in zip(COLUMNS, card.facts.cells if card.facts else (), strict=True)
        if column.startswith("Needs ")
    }
    assert verdicts == {("No", True), ("Yes", None)}


@pytest.mark.parametrize(("factor", "calls"), [("PASSWORD", 2), ("PASSWORD_SRP", 3)])
def test_a_choice_takes_as_many_calls_as_its_note_says(
    pool_of: Demo, visitor: Visitor, factor: str, calls: int
) -> None:
    card = CARDS["user-auth"]
    press_try_it(visitor, card)
    visitor.send(visitor.form(action="/sign-in/"))
    visitor.send(visitor.form(id="first-factor"), answer=factor)
    password = pool_of.password_of(card.trying.username)
    if factor == "PASSWORD_SRP":
        _srp(visitor, password)
    else:
        visitor.send(visitor.form(id="password"), password=password)
    assert len(_until_tokens()) == calls
    assert card.facts is not None
    assert card.facts.calls_note == "with a code, a passkey or a proof; a plain password takes 2"
    assert card.facts.calls == 3


def _until_tokens() -> list[overheard.Exchange]:
    """What was said from the beginning to the tokens. GetUser asks whether somebody is signed in still, which is no
    part of any flow."""
    heard = [each for each in overheard.exchanges() if each.operation != "GetUser"]
    last = next(at for at, each in enumerate(heard) if "AuthenticationResult" in each.answer)
    return heard[: last + 1]


def _register_passkey(demo: Demo, username: str) -> None:
    cognito: Any = boto.in_process()
    client = cognito.list_user_pool_clients(UserPoolId=demo.pool_id)["UserPoolClients"]
    client_id = next(each["ClientId"] for each in client if each["ClientName"] == "every-flow")
    given = {"USERNAME": username, "PASSWORD": demo.password_of(username)}
    answer = cognito.initiate_auth(ClientId=client_id, AuthFlow="USER_PASSWORD_AUTH", AuthParameters=given)
    token = answer["AuthenticationResult"]["AccessToken"]
    options = cognito.start_web_authn_registration(AccessToken=token)["CredentialCreationOptions"]
    cognito.complete_web_authn_registration(AccessToken=token, Credential=PHONE.register(options))
