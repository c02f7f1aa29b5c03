"""T053 in the portal: between the password and the second factor nothing opens that is not open to everybody."""

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.contrib.auth.models import User as SiteUser
from django.urls import URLPattern, URLResolver, get_resolver

from flows.signin.sessions import SessionStore
from tests import jwts
from tests.flows.person import Person
from tests.flows.pools import last_code, require_mfa, with_phone
from tests.flows.portal import Portal
from tests.pools import User

pytestmark = pytest.mark.django_db
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
# Whoever comes may see these; every other address leads to the sign-in. A new one belongs to the others by default.
OPEN = {
    "landing",
    "healthz",
    "sign-in",
    "passkey",
    "link",
    "step",
    "cancel",
    "another-way",
    "resend",
    "picture",
    "sound",
    "sign-out",
    "recover",
    "recover-code",
}
# The demonstration asks nobody to sign in: it shows flows and docs to everybody, runs to the browser that they are of,
# and the playground to whoever sits at the demo's machine.
OPEN_ROOMS = ("flows.gallery.", "flows.inspector.", "flows.playground.", "flows.reader.")
POOL = "flows.pool."  # is no page: it asks for a signature, an access token or a Session
_PART = re.compile(r"<\w+:(\w+)>")
VALUES = {"attempt": "{attempt}", "number": "1", "card": "user-srp-auth"}  # of parts of an address; else "something"


def addresses(patterns: list[URLPattern | URLResolver], before: str = "/") -> Iterator[tuple[URLPattern, str]]:
    """Every pattern of the site with an address that leads there; ``{attempt}`` stands for the attempt that waits."""
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, route)
            continue
        yield pattern, _PART.sub(lambda part: VALUES.get(part[1], "something"), route)


def is_open(pattern: URLPattern) -> bool:
    return pattern.name in OPEN or pattern.callback.__module__.startswith(OPEN_ROOMS)


ALL = [(pattern, route) for pattern, route in addresses(get_resolver().url_patterns)]
EVERYBODYS = [route for pattern, route in ALL if is_open(pattern)]
GUARDED = [route for pattern, route in ALL if not is_open(pattern) and POOL not in pattern.callback.__module__]


@pytest.fixture
def user(portal: Portal) -> User:
    require_mfa(portal, "SMS_MFA")
    user = portal.pool.add_user()
    with_phone(portal, user)
    return user


def halfway(person: Person, user: User) -> str:
    """To the question for the second factor; returns the attempt's id."""
    person.sign_in("USER_PASSWORD_AUTH", user.username, user.password, next="/account/")
    assert person.form(id="sms-mfa")
    return person.path.rstrip("/").rpartition("/")[2]


def call(person: Person, method: str, path: str) -> tuple[int, str]:
    """As a browser that has seen the page: with its cookie and its CSRF token. Returns status and where it leads."""
    token = person.client.cookies[settings.CSRF_COOKIE_NAME].value
    headers = {"X-CSRFToken": token, "Origin": "http://localhost"} | ({"HX-Request": "true"} if person.htmx else {})
    answer = person.client.generic(
        method, path, "remember=yes&everywhere=1", "application/x-www-form-urlencoded", headers=headers
    )
    text = "" if answer.streaming else answer.content.decode(errors="replace")
    assert not jwts.found(text + str(answer.headers)), "no token"
    return answer.status_code, answer.headers.get("HX-Redirect") or answer.headers.get("Location", "")


def is_signed_out(person: Person) -> bool:
    """Neither this browser nor the database knows of anybody who has signed in."""
    cookie = person.client.cookies.get(settings.SESSION_COOKIE_NAME)
    store = dict(SessionStore(cookie.value).items()) if cookie and cookie.value else {}
    known = store.keys() & {"_auth_user_id", "tokens"}
    return not known and not SiteUser.objects.exists() and not jwts.found(str(store))


def test_the_addresses_are_found() -> None:
    assert {"/", "/sign-in/{attempt}/resend/", "/recover/code/", "/flows/runs/something/1/"} <= set(EVERYBODYS)
    assert {
        "/account/",
        "/account/renew/",
        "/account/passkeys/something/delete/",
        "/account/mfa/app/",
        "/remember-device/",
    } <= set(GUARDED)
    assert len(GUARDED) + len(EVERYBODYS) > 20


@pytest.mark.parametrize("route", GUARDED)
def test_t053_with_the_second_factor_pending_it_leads_to_the_sign_in(user: User, person: Person, route: str) -> None:
    halfway(person, user)
    for method in METHODS:
        status, leads_to = call(person, method, route)
        assert status == (200 if person.htmx and leads_to else 303) or status == 405, (method, status)
        assert status == 405 or leads_to.partition("?")[0] == "/sign-in/", (method, leads_to)
        assert is_signed_out(person)
    person.send(person.form(id="sms-mfa"), code=last_code())
    assert person.path == "/account/", "and the sign-in goes on as if nothing had been tried"


@pytest.mark.parametrize("route", EVERYBODYS)
def test_t053_with_the_second_factor_pending_it_tells_and_gives_nobody_more(
    user: User, person: Person, route: str
) -> None:
    attempt = halfway(person, user)
    for method in METHODS:
        status, leads_to = call(person, method, route.format(attempt=attempt))
        assert status < 500
        assert not leads_to.startswith("/account"), (method, leads_to)
        assert is_signed_out(person)
    assert person.client.get("/account/").status_code == 303
