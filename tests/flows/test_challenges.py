"""One story per challenge, told once with htmx and once with scripting off."""

import json

import pytest
from django.conf import settings as django_settings
from django.utils.html import escape

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


def wrong(code: str) -> str:
    return code[:-1] + str((int(code[-1]) + 1) % 10)


def secret_on(person: Person) -> str:
    return person.html.partition('data-copy="')[2].partition('"')[0]


# -- First factors -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("factor", "slug"), [("EMAIL_OTP", "email-otp"), ("SMS_OTP", "sms-otp")])
def test_a_code_that_was_chosen(portal: Portal, person: Person, factor: str, slug: str) -> None:
    by_choice(portal, "PASSWORD", "EMAIL_OTP", "SMS_OTP")
    user = portal.pool.add_user()
    with_phone(portal, user)
    choose(begin(person, user), "first-factor", factor)
    code = last_code()
    assert code not in person.html + person.url + str(person.answer.headers), "T049"
    person.send(person.form(id=slug), code=wrong(code))
    assert (person.status, "That code is not right." in person.text) == (422, True)
    person.send(person.form(id=slug), code=f" {code[:3]} {code[3:6]}-{code[6:]} ")
    assert (person.status, person.path) == (200, "/account/")


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


@pytest.mark.parametrize("preferred", ["SELECT_CHALLENGE", "PASSWORD"])
def test_a_password_that_was_chosen(portal: Portal, person: Person, preferred: str) -> None:
    by_choice(portal, "PASSWORD", "EMAIL_OTP")
    user = portal.pool.add_user()
    if preferred == "PASSWORD":
        person.open("/sign-in/?flow=USER_AUTH&new=1&preferred=PASSWORD")
        person.send(person.form(flow="USER_AUTH"), username=user.username, password=user.password)
    else:
        choose(begin(person, user), "first-factor", "PASSWORD")
        person.send(person.form(id="password"), password=user.password)
    assert person.path == "/account/"


@pytest.mark.parametrize("preferred", ["SELECT_CHALLENGE", "PASSWORD_SRP"])
def test_srp_that_was_chosen(portal: Portal, person: Person, preferred: str) -> None:
    by_choice(portal, "PASSWORD", "EMAIL_OTP")
    user = portal.pool.add_user()
    named = {}
    if preferred == "PASSWORD_SRP":
        person.open("/sign-in/?flow=USER_AUTH&new=1&preferred=PASSWORD_SRP")
        named = {"username": user.username}
    else:
        choose(begin(person, user), "first-factor", "PASSWORD_SRP")
    if person.htmx:
        person.type_srp(person.form(**{"data-srp": "start"}), user.password, **named)
    else:
        person.send(person.form(srp="server"), password=user.password, **named)
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
def test_a_text_message_after_the_password(portal: Portal, person: Person) -> None:
    require_mfa(portal, "SMS_MFA")
    user = portal.pool.add_user()
    with_phone(portal, user)
    person.sign_in("USER_SRP_AUTH", user.username, user.password)
    assert person.form(id="sms-mfa")
    assert "Try another way" not in person.text
    for path in ("/account/", "/remember-device/"):
        assert person.client.get(path).status_code == 303, "T053"
    person.send(person.form(id="sms-mfa"), code=last_code())
    assert person.path == "/account/"


def test_choosing_a_second_factor(portal: Portal, person: Person) -> None:
    require_mfa(portal, "SMS_MFA", "EMAIL_OTP")
    user = portal.pool.add_user()
    with_phone(portal, user)
    person.sign_in("USER_PASSWORD_AUTH", user.username, user.password)
    choose(person, "mfa-type", "SOFTWARE_TOKEN_MFA")
    assert person.status == 422, "T054"
    choose(person, "mfa-type", "EMAIL_OTP")
    assert "second step" in person.text
    person.send(person.form(id="email-otp"), code=last_code())
    assert person.path == "/account/"


def test_setting_up_an_app_and_signing_in_with_it(portal: Portal, person: Person) -> None:
    require_mfa(portal, "SOFTWARE_TOKEN_MFA")
    user = portal.pool.add_user()
    person.sign_in("USER_PASSWORD_AUTH", user.username, user.password)
    secret = secret_on(person)
    assert secret_on(person.open(person.url)) == secret, "a reload shows the same secret"
    assert escape("otpauth://totp/") in person.html
    person.send(person.form(id="totp-setup"), code=wrong(app_code_at(secret)))
    assert person.status == 422
    person.send(person.form(id="totp-setup"), code=app_code_at(secret))
    assert person.path == "/account/"
    person.send(person.form(action="/sign-out/"))
    person.sign_in("USER_PASSWORD_AUTH", user.username, user.password)
    person.send(person.form(id="totp-mfa"), code=app_code_at(secret))
    assert "used already" in person.text, "T050"
    person.send(person.form(id="totp-mfa"), code=app_code_at(secret, steps=1))
    assert person.path == "/account/"


def test_setting_up_codes_by_email(portal: Portal, person: Person) -> None:
    require_mfa(portal, "SOFTWARE_TOKEN_MFA", "EMAIL_OTP")
    user = portal.pool.add_user()
    portal.pool.cognito.admin_delete_user_attributes(
        UserPoolId=portal.pool.pool_id, Username=user.username, UserAttributeNames=["email"]
    )
    person.sign_in("USER_PASSWORD_AUTH", user.username, user.password)
    choose(person, "mfa-setup-choice", "EMAIL_OTP")
    person.send(person.form(id="email-setup"), email="new@example.com")
    person.send(person.form(id="email-otp"), code=last_code())
    assert person.path == "/account/"


# -- Devices -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("asks", [False, True])
@pytest.mark.parametrize("flow", ["USER_SRP_AUTH", "USER_PASSWORD_AUTH", "ADMIN_USER_PASSWORD_AUTH"])
def test_a_remembered_device_spares_the_second_factor(portal: Portal, person: Person, flow: str, asks: bool) -> None:
    require_mfa(portal, "SMS_MFA")
    cognito, pool_id = portal.pool.cognito, portal.pool.pool_id
    configuration = {"ChallengeRequiredOnNewDevice": True, "DeviceOnlyRememberedOnUserPrompt": asks}
    settings = cognito.describe_user_pool(UserPoolId=pool_id)["UserPool"]
    cognito.update_user_pool(
        UserPoolId=pool_id, DeviceConfiguration=configuration, SmsConfiguration=settings["SmsConfiguration"]
    )
    require_mfa(portal, "SMS_MFA")
    cognito.update_user_pool(UserPoolId=pool_id, DeviceConfiguration=configuration, MfaConfiguration="ON")
    user = portal.pool.add_user()
    with_phone(portal, user)
    person.sign_in(flow, user.username, user.password)
    person.send(person.form(id="sms-mfa"), code=last_code())
    if asks:
        assert person.path == "/remember-device/"
        person.send(person.form(id="remember-device"), remember="yes")
    assert person.path == "/account/"
    [name] = [name for name in person.client.cookies if "device-" in name]
    morsel = person.client.cookies[name]
    assert (morsel["httponly"], morsel["samesite"], bool(morsel["secure"])) == (
        True,
        "Lax",
        django_settings.SESSION_COOKIE_SECURE,
    )
    person.send(person.form(action="/sign-out/"))
    person.sign_in(flow, user.username, user.password)
    assert person.path == "/account/"
    person.send(person.form(action="/sign-out/"))
    for device in cognito.admin_list_devices(UserPoolId=pool_id, Username=user.username)["Devices"]:
        cognito.admin_forget_device(UserPoolId=pool_id, Username=user.username, DeviceKey=device["DeviceKey"])
    person.sign_in(flow, user.username, user.password)
    assert person.form(id="sms-mfa"), "T088: a forgotten device is asked as a new one"
    person.send(person.form(id="sms-mfa"), code=last_code())
    assert person.path in ("/account/", "/remember-device/")
