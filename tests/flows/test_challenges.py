"""What can happen at a challenge besides the right answer, with htmx and with scripting off.

The right answers, in every order, are test_orders.py.
"""

import json

import pytest
from django.conf import settings as django_settings
from django.utils.html import escape

from flows.signin.sessions import SessionStore
from tests.authenticator import Authenticator
from tests.flows.person import Person
from tests.flows.pools import app_code_at, by_choice, last_code, require_mfa, with_phone
from tests.flows.portal import Portal
from tests.pools import User

pytestmark = pytest.mark.django_db


def begin(person: Person, user: User, *, preferred: str = "SELECT_CHALLENGE") -> Person:
    """USER_AUTH up to the first question."""
    person.open(f"/sign-in/?flow=USER_AUTH&new=1&next=/account/&preferred={preferred}")
    return person.send(person.form(flow="USER_AUTH"), username=user.username)


def choose(person: Person, slug: str, answer: str) -> Person:
    return person.send(person.form(id=slug), answer=answer)


def grow_old(person: Person, seconds: float) -> None:
    """So long ago was the question put that this browser is at."""
    store = SessionStore(person.client.cookies[django_settings.SESSION_COOKIE_NAME].value)
    [attempt] = [key for key, _ in store.items() if key.startswith("attempt:")]
    store[attempt] = store[attempt] | {"asked_at": store[attempt]["asked_at"] - seconds}
    store.save()


def wrong(code: str) -> str:
    return code[:-1] + str((int(code[-1]) + 1) % 10)


def secret_on(person: Person) -> str:
    return person.html.partition('data-copy="')[2].partition('"')[0]


# -- First factors -------------------------------------------------------------------------------------------------
def nothing_shows(person: Person, code: str) -> None:
    """No page, address, header or cookie of this browser has the code in it."""
    for answer in person.answers:
        assert code not in answer.content.decode() + str(answer.headers) + answer.request["PATH_INFO"]
    assert code not in person.url + str(person.client.cookies)


@pytest.mark.parametrize(("factor", "slug"), [("EMAIL_OTP", "email-otp"), ("SMS_OTP", "sms-otp")])
def test_t049_a_code_that_was_chosen_stands_in_the_message_only(
    portal: Portal, person: Person, factor: str, slug: str
) -> None:
    by_choice(portal, "PASSWORD", "EMAIL_OTP", "SMS_OTP")
    user = portal.pool.add_user()
    with_phone(portal, user)
    choose(begin(person, user), "first-factor", factor)
    code = last_code()
    person.send(person.form(id=slug), code=wrong(code))
    assert (person.status, "That code is not right." in person.text) == (422, True)
    person.open(person.url)
    nothing_shows(person, code)
    person.send(person.form(id=slug), code=f" {code[:3]} {code[3:6]}-{code[6:]} ")
    assert (person.status, person.path) == (200, "/account/")
    nothing_shows(person, code)


@pytest.mark.parametrize(("factor", "slug"), [("EMAIL_OTP", "email-otp"), ("SMS_MFA", "sms-mfa")])
def test_t049_nor_does_that_of_a_second_factor(portal: Portal, person: Person, factor: str, slug: str) -> None:
    require_mfa(portal, factor)
    user = portal.pool.add_user()
    with_phone(portal, user)
    person.sign_in("USER_PASSWORD_AUTH", user.username, user.password)
    code = last_code()
    person.send(person.form(id=slug), code=wrong(code))
    assert person.status == 422
    nothing_shows(person.open(person.url), code)


def test_t044_another_way_and_another_code(portal: Portal, person: Person) -> None:
    by_choice(portal, "PASSWORD", "EMAIL_OTP")
    user = portal.pool.add_user()
    begin(person, user, preferred="EMAIL_OTP")
    step, old = person.url, last_code()
    person.send(person.form(action=f"{step}resend/"))
    assert person.status == 429
    assert 0 < int(person.answer.headers["Retry-After"]) <= 30
    person.send(person.form(action=f"{step}another-way/"))
    assert person.url == step
    choose(person, "first-factor", "EMAIL_OTP")
    assert last_code() != old
    person.send(person.form(id="email-otp"), code=old)
    assert person.status == 422
    person.send(person.form(id="email-otp"), code=last_code())
    assert person.path == "/account/"


@pytest.mark.parametrize(("factor", "slug"), [("EMAIL_OTP", "email-otp"), ("SMS_OTP", "sms-otp")])
def test_after_thirty_seconds_another_code_can_be_had(portal: Portal, person: Person, factor: str, slug: str) -> None:
    by_choice(portal, "PASSWORD", "EMAIL_OTP", "SMS_OTP")
    user = portal.pool.add_user()
    with_phone(portal, user)
    begin(person, user, preferred=factor)
    resend, old = f"{person.url}resend/", last_code()
    person.send(person.form(action=resend))
    assert (person.status, last_code()) == (429, old), "not yet"
    grow_old(person, 31)
    person.send(person.form(action=resend))
    assert person.status == 200
    code = last_code()
    assert code != old
    person.send(person.form(action=resend))
    assert (person.status, last_code()) == (429, code), "the countdown has begun anew"
    person.send(person.form(id=slug), code=old)
    assert person.status == 422
    person.send(person.form(id=slug), code=code)
    assert person.path == "/account/"


def test_a_reload_during_srp_that_was_chosen(portal: Portal) -> None:
    by_choice(portal, "PASSWORD", "EMAIL_OTP")
    user, person = portal.pool.add_user(), Person(htmx=True)
    choose(begin(person, user), "first-factor", "PASSWORD_SRP")
    person.send(person.form(**{"data-srp": "start"}), srp_a="ab12")
    person.open(person.url)
    person.type_srp(person.form(**{"data-srp": "verifier"}), user.password)
    assert person.path == "/account/"


@pytest.mark.parametrize("answer", ["SMS_OTP", "SOFTWARE_TOKEN_MFA", "TELEPATHY", ""])
def test_t054_an_answer_that_was_not_offered(portal: Portal, person: Person, answer: str) -> None:
    by_choice(portal, "PASSWORD", "EMAIL_OTP")
    user = portal.pool.add_user()
    choose(begin(person, user), "first-factor", answer)
    assert person.status == 422
    assert "Choose one of these." in person.text
    choose(person, "first-factor", "EMAIL_OTP")
    person.send(person.form(id="email-otp"), code=last_code())
    assert person.path == "/account/"


@pytest.mark.parametrize("code", ["１２３４５６", "12345", "123456789", "٠١٢٣٤٥", "12345a", "1" * 10_000, ""])
def test_t048_what_is_no_code(portal: Portal, person: Person, code: str) -> None:
    by_choice(portal, "PASSWORD", "EMAIL_OTP")
    begin(person, portal.pool.add_user(), preferred="EMAIL_OTP")
    person.send(person.form(id="email-otp"), code=code)
    assert person.status == 422
    person.send(person.form(id="email-otp"), code=last_code())
    assert person.path == "/account/"


def test_the_last_choice_is_remembered_and_the_name_only_of_who_said_so(portal: Portal, person: Person) -> None:
    by_choice(portal, "PASSWORD", "EMAIL_OTP")
    user = portal.pool.add_user()
    for remember in ({}, {"remember": "on"}):
        person.open("/sign-in/?flow=USER_AUTH&new=1&preferred=EMAIL_OTP")
        person.send(person.form(flow="USER_AUTH"), username=user.username, **remember)
        person.send(person.form(id="email-otp"), code=last_code())
        person.send(person.form(action="/sign-out/"))
        form = person.open("/sign-in/?new=1").form(flow="USER_AUTH")
        assert form.values["preferred"] == "EMAIL_OTP"
        assert form.values["username"] == (user.username if remember else "")
        assert ("username webauthn" in person.html) == bool(remember)
    for morsel in filter(lambda each: each.value, person.client.cookies.values()):
        assert user.username not in morsel.value
        assert (morsel["httponly"], morsel["samesite"]) == (True, "Lax")


def test_a_passkey_and_autofill(portal: Portal) -> None:
    by_choice(portal, "PASSWORD", "WEB_AUTHN")
    cognito, pool_id = portal.pool.cognito, portal.pool.pool_id
    cognito.set_user_pool_mfa_config(UserPoolId=pool_id, WebAuthnConfiguration={"RelyingPartyId": "localhost"})
    user, phone, person = portal.pool.add_user(), Authenticator(), Person(htmx=True)
    person.sign_in("USER_PASSWORD_AUTH", user.username, user.password)
    token = person.client.session["tokens"]["access_token"]
    options = cognito.start_web_authn_registration(AccessToken=token)["CredentialCreationOptions"]
    cognito.complete_web_authn_registration(AccessToken=token, Credential=phone.register(options))
    person.send(person.form(action="/sign-out/"))

    person.open("/sign-in/?flow=USER_AUTH&new=1&preferred=WEB_AUTHN")
    person.send(person.form(flow="USER_AUTH"), username=user.username, remember="on")
    form = person.form(id="passkey")
    person.send(
        form,
        credential=json.dumps(
            phone.authenticate(form.attributes["data-options"], client_data={"origin": "https://x.example"})
        ),
    )
    assert person.status == 422
    assert "This passkey was not accepted." in person.text
    form = person.form(id="passkey")
    person.send(form, credential=json.dumps(phone.authenticate(form.attributes["data-options"])))
    assert person.path == "/account/"
    person.send(person.form(action="/sign-out/"))

    start = person.open("/sign-in/").url
    person.answers.append(person.client.get("/sign-in/passkey/?next=/account/", headers={"HX-Request": "true"}))
    form = person.form(**{"data-mediation": "conditional"})
    assert person.client.get("/sign-in/").status_code == 200, "a quiet attempt is offered to nobody"
    person.send(form, credential=json.dumps(phone.authenticate(form.attributes["data-options"])))
    assert (start, person.path) == ("/sign-in/", "/account/")


# -- Second factors ------------------------------------------------------------------------------------------------
def test_t054_a_second_factor_that_was_not_offered(portal: Portal, person: Person) -> None:
    require_mfa(portal, "SMS_MFA", "EMAIL_OTP")
    user = portal.pool.add_user()
    with_phone(portal, user)
    person.sign_in("USER_PASSWORD_AUTH", user.username, user.password)
    choose(person, "mfa-type", "SOFTWARE_TOKEN_MFA")
    assert person.status == 422
    choose(person, "mfa-type", "EMAIL_OTP")
    assert "second step" in person.text
    person.send(person.form(id="email-otp"), code=last_code())
    assert person.path == "/account/"


def test_t050_a_code_of_an_app_counts_once_that_of_setting_it_up_included(portal: Portal, person: Person) -> None:
    require_mfa(portal, "SOFTWARE_TOKEN_MFA")
    user = portal.pool.add_user()
    person.sign_in("USER_PASSWORD_AUTH", user.username, user.password)
    secret = secret_on(person)
    assert secret_on(person.open(person.url)) == secret, "a reload shows the same secret"
    assert escape("otpauth://totp/") in person.html
    person.send(person.form(id="totp-setup"), code=wrong(app_code_at(secret)))
    assert person.status == 422
    first = app_code_at(secret)
    person.send(person.form(id="totp-setup"), code=first)
    assert person.path == "/account/"
    person.send(person.form(action="/sign-out/"))
    person.sign_in("USER_PASSWORD_AUTH", user.username, user.password)
    person.send(person.form(id="totp-mfa"), code=first)
    assert (person.status, "used already" in person.text) == (422, True)
    person.send(person.form(id="totp-mfa"), code=app_code_at(secret, steps=1))
    assert person.path == "/account/"
