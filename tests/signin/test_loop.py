"""The browser-facing loop where it is not the happy story: resuming, expiry, other tabs, odd requests."""

import json
import re
from dataclasses import replace

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.models import User
from django.db import connections
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse

from flows.pool.models import PoolUser
from flows.signin.sessions import SessionStore
from tests.cognito.stub import Answer, Stub, refusal
from tests.flows.person import Person
from tests.flows.portal import Portal

pytestmark = pytest.mark.django_db
CHALLENGE = Answer(
    body=json.dumps(
        {
            "ChallengeName": "NEW_PASSWORD_REQUIRED",
            "ChallengeParameters": {"USER_ID_FOR_SRP": "the-id", "requiredAttributes": "[]", "userAttributes": "{}"},
            "Session": "cognito-session-" + "s" * 20,
        }
    ).encode()
)

EXPIRED = refusal("NotAuthorizedException", "Invalid session for the user, session is expired.")
SPENT = refusal("NotAuthorizedException", "Invalid session for the user, session can only be used once.")


def session_of(person: Person) -> SessionStore:
    return SessionStore(person.client.cookies[django_settings.SESSION_COOKIE_NAME].value)


def attempts_in(store: SessionStore) -> list[str]:
    return [key for key, _ in store.items() if key.startswith("attempt:")]


@pytest.fixture
def waiting(stub: Stub, person: Person) -> Person:
    """Somebody who is asked for a new password."""
    stub.answers["InitiateAuth"] = CHALLENGE
    person.sign_in("USER_PASSWORD_AUTH", "alice", "temporary", next="/account/%3Fa=b")
    assert person.status == 200
    return person


# -- Which form ----------------------------------------------------------------------------------------------------
def test_the_first_offered_entry_is_the_default(person: Person, settings: object) -> None:
    person.open("/sign-in/")
    assert person.form(flow="USER_SRP_AUTH")
    settings.SIGN_IN_FLOWS = ["USER_PASSWORD_AUTH"]
    person.open("/sign-in/")
    assert person.form(flow="USER_PASSWORD_AUTH")
    assert "Other ways" not in person.text


@pytest.mark.parametrize("flow", ["NO_SUCH_FLOW", "ADMIN_USER_PASSWORD_AUTH", "USER_SRP_AUTH\x00", "<script>"])
def test_an_entry_that_is_not_offered_is_a_readable_404(person: Person, settings: object, flow: str) -> None:
    settings.SIGN_IN_FLOWS = ["USER_SRP_AUTH"]
    assert person.client.get("/sign-in/", {"flow": flow}).status_code == 404
    person.open("/sign-in/")
    person.send(person.form(), flow=flow, username="alice", srp_a="ab")
    assert person.status == 404
    assert "does not offer that way to sign in" in person.text


def test_t068_the_srp_form_has_no_field_that_could_carry_a_password() -> None:
    browser = Person(htmx=True).open("/sign-in/?flow=USER_SRP_AUTH")
    assert set(browser.form(**{"data-srp": "start"}).values) == {
        "csrfmiddlewaretoken",
        "flow",
        "next",
        "username",
        "srp_a",
    }


@pytest.mark.parametrize("page", ["/sign-in/?flow=USER_SRP_AUTH", "/sign-in/?flow=USER_PASSWORD_AUTH"])
def test_t127_password_managers_know_the_fields(person: Person, page: str) -> None:
    html = person.open(page).html
    assert 'autocomplete="username"' in html
    assert 'autocomplete="current-password"' in html


# -- Problems ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("answer", "status", "text"),
    [
        (refusal("NotAuthorizedException", "Incorrect username or password."), 422, "Incorrect username or password."),
        (refusal("NotAuthorizedException", "User is disabled."), 422, "switched off"),
        (refusal("PasswordResetRequiredException", "Password reset required for the user"), 422, "must be reset"),
        (refusal("UserNotConfirmedException", "User is not confirmed."), 422, "not confirmed yet"),
        (refusal("NotAuthorizedException", "Password attempts exceeded"), 429, "Too many attempts"),
        (refusal("TooManyRequestsException", "Rate exceeded"), 429, "Too many attempts"),
        (refusal("InvalidParameterException", "X flow not enabled for this client"), 422, "Choose another"),
        (refusal("ResourceNotFoundException", "User pool client x does not exist."), 503, "not set up correctly"),
        (refusal("InternalErrorException", status=500), 503, "not answering"),
        (Answer(status=502, body=b"<html>"), 503, "not answering"),
        (Answer(cut=True), 503, "may or may not"),
        (Answer(body=b""), 503, "do not trust"),
    ],
)  # fmt: skip
def test_t136_a_refusal_at_the_start(stub: Stub, person: Person, answer: Answer, status: int, text: str) -> None:
    stub.answers["InitiateAuth"] = answer
    person.sign_in("USER_PASSWORD_AUTH", "alice", "canary-password")
    assert person.status == status
    assert text in person.text
    assert ("Retry-After" in person.answer.headers) == (status in (429, 503))
    assert person.form(flow="USER_PASSWORD_AUTH").values["username"] == "alice"
    assert "canary-password" not in person.html
    assert stub.count("InitiateAuth") == 1
    assert not User.objects.exists()


def test_a_challenge_that_has_no_row_is_named_on_a_page(stub: Stub, person: Person) -> None:
    stub.answers["InitiateAuth"] = Answer(body=json.dumps({"ChallengeName": "TELEPATHY", "Session": "s" * 20}).encode())
    person.sign_in("USER_PASSWORD_AUTH", "alice", "pw")
    assert person.status == 503
    assert "TELEPATHY" in person.text
    person.open(person.link("Start again"))
    assert person.status == 200
    assert person.form(flow="USER_PASSWORD_AUTH")


def test_t119_what_cognito_says_and_what_was_typed_is_text(stub: Stub, person: Person) -> None:
    stub.answers["InitiateAuth"] = Answer(body=json.dumps({"ChallengeName": "<b>x</b>", "Session": "s" * 20}).encode())
    person.sign_in("USER_PASSWORD_AUTH", '"><img src=x onerror=alert(1)>', "pw")
    assert "<b>x" not in person.html
    stub.answers["InitiateAuth"] = refusal("UserLambdaValidationException", "PreAuth failed with error <img src=x>")
    person.open("/sign-in/?new=1")
    person.sign_in("USER_PASSWORD_AUTH", "<img src=y>", "pw")
    assert "<img" not in person.html


# -- The step ------------------------------------------------------------------------------------------------------
def test_nothing_of_the_attempt_reaches_the_page(waiting: Person) -> None:
    assert "cognito-session" not in waiting.html + waiting.url + str(waiting.client.cookies)
    assert "the-id" not in waiting.html


def test_the_answer_is_for_the_challenge_that_the_server_asked(stub: Stub, waiting: Person) -> None:
    """T005 from this side: neither challenge nor username come from the browser."""
    form = waiting.form(id="new-password")
    waiting.send(
        form, new_password=" NEW é ", ChallengeName="SMS_MFA", USERNAME="mallory", username="mallory", flow="X"
    )
    sent = next(body for name, body in stub.requests if name == "RespondToAuthChallenge")
    assert sent["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
    assert sent["ChallengeResponses"] == {"USERNAME": "the-id", "NEW_PASSWORD": " NEW é "}
    assert sent["Session"].startswith("cognito-session")


def test_an_admin_flow_is_answered_by_the_admin_operation(stub: Stub, person: Person) -> None:
    stub.answers["AdminInitiateAuth"] = stub.answers["AdminRespondToAuthChallenge"] = CHALLENGE
    person.sign_in("ADMIN_USER_PASSWORD_AUTH", "alice", "temporary")
    person.send(person.form(id="new-password"), new_password="NEW")
    (_, started), (operation, answered) = stub.requests
    assert operation == "AdminRespondToAuthChallenge"
    assert started["UserPoolId"] == answered["UserPoolId"]


def test_t060_an_expired_session_keeps_username_and_next(stub: Stub, waiting: Person) -> None:
    stub.answers["RespondToAuthChallenge"] = EXPIRED
    step = waiting.url
    waiting.send(waiting.form(id="new-password"), new_password="canary-password")
    assert waiting.status == 422
    assert "This step has expired" in waiting.text
    assert "canary" not in waiting.html
    assert "alice" not in waiting.link("Start again"), "names do not travel in addresses"
    waiting.open(waiting.link("Start again"))
    form = waiting.form(flow="USER_PASSWORD_AUTH")
    assert (form.values["username"], form.values["next"]) == ("alice", "/account/?a=b")
    assert waiting.open(step).status == 422, "and the old address stays dead"


def test_t060_an_attempt_that_was_left_lying(waiting: Person) -> None:
    store = session_of(waiting)
    [name] = attempts_in(store)
    store[name] = store[name] | {"expires": store[name]["expires"] - 16 * 60}
    store.save()
    step = waiting.url
    assert waiting.open("/sign-in/").form(flow="USER_SRP_AUTH")
    waiting.open(step)
    assert waiting.status == 422
    waiting.open(waiting.link("Start again"))
    assert waiting.form(flow="USER_PASSWORD_AUTH").values["username"] == "alice"


def test_t064_another_browser_does_not_find_the_attempt(waiting: Person) -> None:
    stranger = Person(htmx=False).open(waiting.url)
    assert stranger.status == 422
    assert "alice" not in stranger.html


def test_cancel_forgets_the_attempt(waiting: Person) -> None:
    step = waiting.path
    waiting.send(waiting.form(action=f"{step}cancel/"))
    assert waiting.path == "/sign-in/"
    assert not attempts_in(session_of(waiting))
    assert waiting.open(step).status == 422


def test_t134_a_time_out_keeps_the_step_and_says_so(stub: Stub, waiting: Person) -> None:
    stub.answers["RespondToAuthChallenge"] = Answer(cut=True)
    waiting.send(waiting.form(id="new-password"), new_password="NEW")
    assert waiting.status == 503
    assert "may or may not" in waiting.text
    assert stub.count("RespondToAuthChallenge") == 1
    assert waiting.form(id="new-password")


@pytest.mark.django_db(transaction=True)
def test_t065_the_slower_of_two_equal_posts_sees_where_the_faster_one_went(stub: Stub, waiting: Person) -> None:
    """By the time that Cognito refuses the slower one, the faster one has stored the next question."""

    def faster() -> None:
        store = session_of(waiting)
        [name] = attempts_in(store)
        asked = {"requiredAttributes": '["userAttributes.nickname"]'}
        store[name] = store[name] | {"session": "the-next-session", "parameters": asked}
        store.save()
        connections.close_all()

    stub.answers["RespondToAuthChallenge"] = replace(SPENT, meanwhile=faster)
    waiting.send(waiting.form(id="new-password"), new_password="NEW")
    assert waiting.status == 200
    assert "Nickname" in waiting.text


def test_t150_a_session_holds_a_handful_of_attempts(stub: Stub, person: Person) -> None:
    stub.answers["InitiateAuth"] = CHALLENGE
    for number in range(12):
        person.open("/sign-in/?flow=USER_PASSWORD_AUTH&new=1")
        person.send(person.form(flow="USER_PASSWORD_AUTH"), username=f"user-{number}", password="pw")
    assert len(attempts_in(session_of(person))) == 8
    assert "user-11" in person.text


# -- Tabs ----------------------------------------------------------------------------------------------------------
def test_t062_two_tabs_do_not_know_of_each_other(portal: Portal, person: Person) -> None:
    first, second = portal.pool.add_user(temporary=True), portal.pool.add_user(temporary=True)
    person.sign_in("USER_PASSWORD_AUTH", first.username, first.password)
    other = Person(htmx=person.htmx, client=person.client)
    other.open("/sign-in/?flow=ADMIN_USER_PASSWORD_AUTH&new=1&next=/account/%3Ftab=2")
    other.send(other.form(flow="ADMIN_USER_PASSWORD_AUTH"), username=second.username, password=second.password)
    assert first.username in person.open(person.url).text
    other.send(other.form(id="new-password"), new_password="Another-One-7!")
    assert other.url == "/account/?tab=2"
    assert second.email in other.text


def test_t063_an_older_form_after_signing_in_elsewhere(portal: Portal, person: Person) -> None:
    user = portal.pool.add_user()
    other = Person(htmx=person.htmx, client=person.client).open("/sign-in/?flow=USER_PASSWORD_AUTH")
    old = other.form(flow="USER_PASSWORD_AUTH")
    person.sign_in("USER_PASSWORD_AUTH", user.username, user.password)
    other.send(old, username="mallory", password="pw")
    assert other.status == 403
    assert "sign out first" in other.text


def test_t071_somebody_signed_in_is_asked_not_switched(portal: Portal, person: Person) -> None:
    user = portal.pool.add_user()
    person.sign_in("USER_PASSWORD_AUTH", user.username, user.password)
    person.open("/sign-in/?next=/account/%3Fx=1")
    assert person.status == 200
    assert "sign out first" in person.text
    assert person.link("Go on") == "/account/?x=1"
    form = person.form(action="/sign-out/")
    person.client.post("/sign-in/", form.values | {"flow": "USER_PASSWORD_AUTH", "username": "b", "password": "c"})
    assert user.email in person.open("/account/").text


def test_t069_the_session_id_changes_at_sign_in_and_the_old_one_is_dead(portal: Portal, person: Person) -> None:
    user = portal.pool.add_user(temporary=True)
    person.sign_in("USER_PASSWORD_AUTH", user.username, user.password)
    planted = person.client.cookies[django_settings.SESSION_COOKIE_NAME].value
    person.send(person.form(id="new-password"), new_password="Another-One-7!")
    assert person.path == "/account/"
    assert person.client.cookies[django_settings.SESSION_COOKIE_NAME].value != planted
    thief = Person(htmx=False)
    thief.client.cookies[django_settings.SESSION_COOKIE_NAME] = planted
    assert thief.open("/account/").path == "/sign-in/"


def test_t072_leaving_in_mid_flow(waiting: Person) -> None:
    step = waiting.url
    token = waiting.form(id="new-password").values["csrfmiddlewaretoken"]
    waiting.client.post("/sign-out/", {"csrfmiddlewaretoken": token})
    assert waiting.open(step).status == 422


def test_t073_disabled_in_mid_flow(portal: Portal, person: Person) -> None:
    user = portal.pool.add_user(temporary=True)
    person.sign_in("USER_PASSWORD_AUTH", user.username, user.password)
    PoolUser.objects.filter(username=user.username).update(enabled=False)
    person.send(person.form(id="new-password"), new_password="Another-One-7!")
    assert person.status == 422
    assert not User.objects.exists()


# -- Requests of odd kinds -----------------------------------------------------------------------------------------
def test_t113_a_form_without_the_pages_token_is_refused(person: Person) -> None:
    stale = person.open("/sign-in/?flow=USER_PASSWORD_AUTH").form(flow="USER_PASSWORD_AUTH")
    person.send(stale, csrfmiddlewaretoken="x" * 64, username="victim", password="pw")
    assert person.status == 403
    assert "open too long" in person.text
    assert "victim" not in person.html
    assert person.form().values["csrfmiddlewaretoken"], "a fresh form"
    stranger = Client(enforce_csrf_checks=True, SERVER_NAME="localhost")
    without = stranger.post("/sign-in/", {"flow": "USER_PASSWORD_AUTH", "username": "a", "password": "b"})
    assert without.status_code == 403
    assert "cookie" in without.content.decode()
    assert stranger.post("/sign-out/").status_code == 403


def test_t113_no_address_changes_anything_by_get(portal: Portal, person: Person) -> None:
    user = portal.pool.add_user()
    person.sign_in("USER_PASSWORD_AUTH", user.username, user.password)
    for name, arguments in [("sign-out", {}), ("cancel", {"attempt": "a"})]:
        for method in ("get", "head", "put", "delete", "options"):
            assert getattr(person.client, method)(reverse(name, kwargs=arguments)).status_code in (403, 405)
    assert user.email in person.open("/account/").text


def test_t122_a_fragment_request_without_a_session_leaves_by_hx_redirect() -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": "http://localhost/account/?tab=2"}
    answer = Client(SERVER_NAME="localhost").get("/account/", headers=headers)
    assert answer.status_code == 200
    assert answer.headers["HX-Redirect"] == "/sign-in/?next=%2Faccount%2F%3Ftab%3D2"
    elsewhere = headers | {"HX-Current-URL": "https://evil.example/account/"}
    answer = Client(SERVER_NAME="localhost").get("/account/", headers=elsewhere)
    assert answer.headers["HX-Redirect"] == "/sign-in/?next="


@pytest.mark.parametrize("path", ["/", "/sign-in/", "/sign-in/nope/", "/account/", "/no/such/page", "/healthz"])
def test_t115_t117_headers_of_every_answer(path: str, settings: object) -> None:
    settings.DEMO_CONFIG = ""
    answer = Client(SERVER_NAME="localhost").get(path)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "HX-Request" in answer.headers["Vary"]
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


def test_t117_a_fragment_is_a_fragment_and_a_page_a_page() -> None:
    client = Client(SERVER_NAME="localhost")
    assert "<html" in client.get("/sign-in/").content.decode()
    assert "<html" not in client.get("/sign-in/", headers={"HX-Request": "true"}).content.decode()
    restored = client.get("/sign-in/", headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert "<html" in restored.content.decode()


def test_t118_cookies(waiting: Person) -> None:
    for morsel in waiting.client.cookies.values():
        assert morsel["httponly"]
        assert morsel["samesite"] == "Lax"
        assert not morsel["domain"]
        assert len(morsel.OutputString()) < 4096


@pytest.mark.parametrize("name", ["username", "password", "next", "flow"])
def test_t128_ten_thousand_characters(stub: Stub, person: Person, name: str) -> None:
    person.open("/sign-in/?flow=USER_PASSWORD_AUTH")
    given = {"username": "alice", "password": "pw", name: "/" + "x" * 10_000}
    stub.answers["InitiateAuth"] = refusal("NotAuthorizedException", "Incorrect username or password.")
    person.send(person.form(flow="USER_PASSWORD_AUTH"), **given)
    assert person.status == (404 if name == "flow" else 422)
    assert ("InitiateAuth" in dict(stub.requests)) == (name == "next"), "a long next is dropped, the rest is not sent"


def test_t131_bytes_that_are_no_text(stub: Stub) -> None:
    body = b"flow=USER_PASSWORD_AUTH&username=alice&password=%ED%A0%80%FF"
    answer = Client(SERVER_NAME="localhost").post("/sign-in/", body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 422
    assert stub.requests == []


def test_error_pages_are_readable(person: Person) -> None:
    assert person.open("/no/such/page").status == 404
    assert "nothing at this address" in person.text
    assert Client(SERVER_NAME="evil.example").get("/").status_code == 400


def test_the_front_door_shows_the_cast_to_whom_it_is_meant_for(settings: object) -> None:
    settings.DEMO_CONFIG = f"{__name__}.demo_config"
    settings.COGNITO_CONNECTION = f"{__name__}.demo_connection"
    here = Client(SERVER_NAME="localhost")
    assert "canary-cast" in here.get("/").content.decode()
    assert "canary-cast" not in here.get("/", REMOTE_ADDR="192.0.2.7").content.decode()


def demo_config(request: HttpRequest) -> dict[str, object] | None:
    if request.META["REMOTE_ADDR"] != "127.0.0.1":
        return None
    users = [{"username": "alice", "password": "canary-cast", "about": "-"}]
    return {"users": users, "endpoint": "http://localhost/x", "region": "us-east-1", "userPoolId": "us-east-1_X"}


def demo_connection() -> dict[str, object]:
    return {
        "user_pool_id": "us-east-1_X",
        "client_id": "c",
        "region": "us-east-1",
        "issuer": "http://localhost/x/us-east-1_X",
        "jwks_uri": "http://localhost/x/us-east-1_X/.well-known/jwks.json",
    }


def test_texts_about_where_one_comes_from_are_ours(person: Person) -> None:
    assert "You have been signed out" in person.open("/sign-in/?said=ended").text
    assert "evil" not in person.open("/sign-in/?said=evil").text
    assert re.search("Other devices may still", person.open("/?said=here-only").text)
