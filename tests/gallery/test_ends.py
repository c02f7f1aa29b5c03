"""What follows, tried to its end: from the gallery, past what the card is about, to the account or to the refusal."""

import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from flows.gallery.cards import Card
from flows.gallery.catalog import CARDS
from flows.gallery.what_follows import WHAT_FOLLOWS
from tests import boto
from tests.flows import overheard
from tests.flows.pools import app_code_at, last_code
from tests.gallery.conftest import Demo, Visitor, by_proof, press_try_it
from tests.pools import new_password

pytestmark = pytest.mark.django_db
Rest = Callable[[Visitor, Demo, Card], object]  # what the person does from the right password on


def code(slug: str) -> Rest:
    """The one that was sent."""

    def rest(visitor: Visitor, _demo: Demo, _card: Card) -> None:
        visitor.send(visitor.form(id=slug), code=last_code())

    return rest


def _app_code(visitor: Visitor, demo: Demo, card: Card) -> None:
    secret = re.findall(r"[A-Z2-7]{32,}", str(demo.users[card.trying.username]["about"]))[0]
    visitor.send(visitor.form(id="totp-mfa"), code=app_code_at(secret))


def _choose(visitor: Visitor, _demo: Demo, _card: Card) -> None:
    visitor.send(visitor.form(id="mfa-type"), answer="EMAIL_OTP")
    visitor.send(visitor.form(id="email-otp"), code=last_code())


def _set_up_app(visitor: Visitor, _demo: Demo, _card: Card) -> None:
    secret = re.findall(r"secret=([A-Z2-7]{32,})", visitor.html)[0]
    visitor.send(visitor.form(id="totp-setup"), code=app_code_at(secret))


def _set_up_email(visitor: Visitor, _demo: Demo, _card: Card) -> None:
    visitor.send(visitor.form(id="email-setup"), email="mona@example.com")
    visitor.send(visitor.form(id="email-otp"), code=last_code())


def _choose_app(visitor: Visitor, demo: Demo, card: Card) -> None:
    asked = len(overheard.exchanges())
    assert ("EMAIL_OTP" in visitor.html, "SOFTWARE_TOKEN_MFA" in visitor.html) == (True, True)
    visitor.send(visitor.form(id="mfa-setup-choice"), answer="SOFTWARE_TOKEN_MFA")
    further = [each.operation for each in overheard.exchanges()[asked:]]
    assert further == ["AssociateSoftwareToken"], "the choice is no call"
    _set_up_app(visitor, demo, card)


def _sign_in_twice(visitor: Visitor, demo: Demo, card: Card) -> None:
    visitor.send(visitor.form(id="sms-mfa"), code=last_code())
    visitor.send(visitor.form(id="remember-device"), remember="yes")
    assert visitor.path == "/account/"
    press_try_it(visitor, card)
    by_proof(visitor, demo.password_of(card.trying.username))
    assert overheard.challenges()[1:] == list(card.names), "and no code"


def _choose_password(visitor: Visitor, _demo: Demo, _card: Card) -> None:
    visitor.send(visitor.form(id="new-password"), new_password=new_password())


def _recover(visitor: Visitor, _demo: Demo, card: Card) -> None:
    visitor.open(visitor.link("Choose a new password"))
    form = visitor.form(action="/recover/")
    del form.values["have"]  # the other button
    visitor.send(form, username=card.trying.username)
    chosen = new_password()
    visitor.send(visitor.form(action="/recover/code/"), code=last_code(), new_password=chosen)
    assert "Your new password is saved." in visitor.text
    visitor.sign_in("USER_SRP_AUTH", card.trying.username, chosen)


def _confirm(visitor: Visitor, demo: Demo, card: Card) -> None:
    """By the card's commands: this site has no page for it."""
    assert "not confirmed yet" in visitor.text
    cognito: Any = boto.in_process(signed=False)
    who = {"ClientId": demo.client_id, "Username": card.trying.username}
    cognito.resend_confirmation_code(**who)
    cognito.confirm_sign_up(**who, ConfirmationCode=last_code())
    press_try_it(visitor, card)
    by_proof(visitor, demo.password_of(card.trying.username))


def _turned_away(visitor: Visitor, _demo: Demo, _card: Card) -> None:
    assert "switched off" in visitor.text


ENDS: Mapping[str, Rest] = {
    "sms-mfa": code("sms-mfa"),
    "software-token-mfa": _app_code,
    "email-mfa": code("email-otp"),
    "select-mfa-type": _choose,
    "mfa-setup": _set_up_app,
    "email-mfa-setup": _set_up_email,
    "mfa-setup-choice": _choose_app,
    "remembered-device": _sign_in_twice,
    "new-password-required": _choose_password,
    "reset-password": _recover,
    "unconfirmed-user": _confirm,
    "disabled-user": _turned_away,
}


def test_all_that_follows_is_tried() -> None:
    assert set(ENDS) == {card.slug for card in WHAT_FOLLOWS}


@pytest.mark.parametrize("slug", ENDS)
def test_it_follows_and_comes_to_its_end(demo: Demo, visitor: Visitor, slug: str) -> None:
    card = CARDS[slug]
    if card.trying.first:
        visitor.open(f"/flows/{slug}/")
        visitor.send(visitor.form(action=f"/flows/{slug}/stage/"), set="so")
    press_try_it(visitor, card)
    by_proof(visitor, demo.password_of(card.trying.username))
    refusals = [each.answer["__type"] for each in overheard.exchanges() if "__type" in each.answer]
    met = [*overheard.challenges()[1:], *refusals]
    first_time = "SMS_MFA" if slug == "remembered-device" else card.challenge or card.names[0]
    assert met == [first_time]
    ENDS[slug](visitor, demo, card)
    ends = "/sign-in/" if ENDS[slug] is _turned_away else "/account/"
    assert (visitor.path, visitor.status) == (ends, 422 if ends == "/sign-in/" else 200), visitor.text


@pytest.mark.parametrize("card", [card for card in WHAT_FOLLOWS if card.trying.afresh], ids=lambda card: card.slug)
def test_who_is_used_up_by_it_can_be_had_afresh(demo: Demo, visitor: Visitor, card: Card) -> None:
    """Twice in a row, with what the card offers in between."""
    test_it_follows_and_comes_to_its_end(demo, visitor, card.slug)
    visitor.open(f"/flows/{card.slug}/")
    assert f"let {card.trying.username} be as the demo was made" in visitor.text
    visitor.send(visitor.form(action=f"/flows/{card.slug}/stage/"), set="so")
    assert "be as the demo was made" not in visitor.text
    assert visitor.path == f"/flows/{card.slug}/"
    test_it_follows_and_comes_to_its_end(demo, visitor, card.slug)


def test_after_the_command_of_the_card_one_call_is_enough(demo: Demo, visitor: Visitor) -> None:
    """AdminResetUserPassword has sent the code. The demo's erin is like somebody who was imported, and has none."""
    card, cognito, chosen = CARDS["reset-password"], boto.in_process(), new_password()
    erin: Any = {"UserPoolId": demo.pool_id, "Username": card.trying.username}
    cognito.admin_set_user_password(**erin, Password=demo.password_of("erin"), Permanent=True)
    cognito.admin_reset_user_password(**erin)
    press_try_it(visitor, card)
    by_proof(visitor, demo.password_of("erin"))
    visitor.open(visitor.link("Choose a new password"))
    overheard.begin()
    visitor.send(visitor.form(action="/recover/"), username="erin", have="1")
    visitor.send(visitor.form(action="/recover/code/"), code=last_code(), new_password=chosen)
    assert "Your new password is saved." in visitor.text
    assert [each.operation for each in overheard.exchanges()] == ["ConfirmForgotPassword"]
    assert "One call, ConfirmForgotPassword" in card.trade_offs
