"""A browser as a device: what it keeps, for whom, for how long, and what becomes of it when something is wrong."""

import base64
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings as django_settings
from pytest_django import Settings

from flows.signin import cookies, kept, sealing
from flows.signin.sessions import SessionStore
from tests.flows import overheard
from tests.flows.person import Person
from tests.flows.pools import SMS, last_code, with_phone
from tests.flows.portal import Portal
from tests.pools import User, new_password

pytestmark = pytest.mark.django_db
PURPOSE = "flows.signin.device"
NEW_KEY = "another-secret-key-of-more-than-fifty-characters-0123456789"


@pytest.fixture
def tracking(portal: Portal, settings: Settings) -> Iterator[Portal]:
    """A pool that requires a second factor, and lets a remembered device stand for it."""
    settings.COGNITO_TRANSPORT = overheard.TRANSPORT
    pool = portal.pool
    device = {"ChallengeRequiredOnNewDevice": True, "DeviceOnlyRememberedOnUserPrompt": False}
    pool.cognito.update_user_pool(UserPoolId=pool.pool_id, DeviceConfiguration=device)
    pool.cognito.set_user_pool_mfa_config(UserPoolId=pool.pool_id, MfaConfiguration="ON", SmsMfaConfiguration=SMS)
    return portal


def somebody(portal: Portal) -> User:
    user = portal.pool.add_user()
    with_phone(portal, user)
    return user


def sign_in(person: Person, user: User) -> bool:
    """Sign in and out; returns whether the second factor was asked."""
    person.sign_in("USER_PASSWORD_AUTH", user.username, user.password)
    if asked := 'id="sms-mfa"' in person.html:
        person.send(person.form(id="sms-mfa"), code=last_code())
    assert person.path == "/account/", person.text
    person.send(person.form(action="/sign-out/"))
    return asked


def device_cookies(person: Person) -> dict[str, str]:
    """Those that the browser still has."""
    start = cookies.named("device-")
    return {name: each.value for name, each in person.client.cookies.items() if name.startswith(start) and each.value}


def put(person: Person, name: str, value: Any) -> None:
    """A cookie that this site might have sealed."""
    person.client.cookies[name] = base64.urlsafe_b64encode(sealing.seal(PURPOSE, value)).decode()


def contents(text: str) -> Any:
    return sealing.unseal(PURPOSE, base64.urlsafe_b64decode(text))


def test_a_cookie_that_no_script_and_no_other_site_gets_at(tracking: Portal, person: Person) -> None:
    user = somebody(tracking)
    assert sign_in(person, user)
    [name] = device_cookies(person)
    morsel = person.client.cookies[name]
    assert (morsel["httponly"], morsel["samesite"]) == (True, "Lax")
    assert bool(morsel["secure"]) == django_settings.SESSION_COOKIE_SECURE
    assert int(morsel["max-age"]) > 300 * 24 * 60 * 60
    assert user.username not in name + morsel.value
    assert not sign_in(person, user)


def test_t088_a_device_that_was_forgotten_is_asked_as_a_new_one(tracking: Portal, person: Person) -> None:
    user = somebody(tracking)
    sign_in(person, user)
    assert not sign_in(person, user)
    cognito, whose = tracking.pool.cognito, {"UserPoolId": tracking.pool.pool_id, "Username": user.username}
    for device in cognito.admin_list_devices(**whose)["Devices"]:
        cognito.admin_forget_device(**whose, DeviceKey=device["DeviceKey"])
    assert sign_in(person, user)
    assert not sign_in(person, user), "and is remembered anew"


def test_t088_after_a_reset_of_the_password_it_is_asked_as_a_new_one(tracking: Portal, person: Person) -> None:
    user, password = somebody(tracking), new_password()
    sign_in(person, user)
    whose = {"ClientId": tracking.app.client_id, "Username": user.username}
    tracking.pool.cognito.forgot_password(**whose)
    tracking.pool.cognito.confirm_forgot_password(**whose, ConfirmationCode=last_code(), Password=password)
    assert sign_in(person, replace(user, password=password))


def test_t088_another_persons_device_spares_nothing(tracking: Portal, person: Person) -> None:
    mine, theirs = somebody(tracking), somebody(tracking)
    sign_in(person, mine)
    [(_, value)] = device_cookies(person).items()
    other = Person(htmx=person.htmx)
    sign_in(other, theirs)
    [(name, own)] = device_cookies(other).items()
    other.client.cookies[name] = value
    assert sign_in(other, theirs)
    assert device_cookies(other)[name] not in (value, own), "a device of their own instead"


@pytest.mark.parametrize("value", ["", "x", "%%%", "e30=", "A" * 4000])
def test_t088_a_cookie_that_is_not_ours_spares_nothing(tracking: Portal, person: Person, value: str) -> None:
    user = somebody(tracking)
    sign_in(person, user)
    [name] = device_cookies(person)
    person.client.cookies[name] = value
    assert sign_in(person, user)


def test_t088_a_refused_proof_is_told_and_the_next_sign_in_asks_for_everything(
    tracking: Portal, person: Person
) -> None:
    user = somebody(tracking)
    sign_in(person, user)
    [(name, value)] = device_cookies(person).items()
    put(person, name, contents(value) | {"secret": "wrong"})
    person.sign_in("USER_PASSWORD_AUTH", user.username, user.password, next="/account/%3Fa=b")
    assert person.status == 422
    assert "no longer recognise" in person.text
    form = person.form(flow="USER_PASSWORD_AUTH")
    assert (form.values["username"], form.values["next"]) == (user.username, "/account/?a=b")
    assert not device_cookies(person)
    assert "_auth_user_id" not in person.client.session
    assert sign_in(person, user)


def test_four_people_are_remembered_and_who_was_away_longest_is_not(tracking: Portal, person: Person) -> None:
    """What cannot be read is older than everything."""
    now = int(time.time())
    older = {f"{cookies.named('device-')}{at}": at for at in range(1, 6)}
    for name, at in older.items():
        put(person, name, {"key": "k", "group": "g", "secret": "s", "at": now - 1000 * at})
    person.client.cookies[cookies.named("device-broken")] = "broken"
    user = somebody(tracking)
    sign_in(person, user)
    left = device_cookies(person)
    assert {name for name in left if name in older} == set(list(older)[:3])
    assert len(left) == 4
    assert not sign_in(person, user)


def test_a_new_secret_key_forgets_no_device_while_the_old_one_is_a_fallback(
    tracking: Portal, person: Person, settings: Settings
) -> None:
    user, other = somebody(tracking), somebody(tracking)
    sign_in(person, user)
    sign_in(person, other)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], NEW_KEY
    assert not sign_in(person, user)
    assert len(device_cookies(person)) == 2, "one each, not one more"
    settings.SECRET_KEY_FALLBACKS = []
    assert not sign_in(person, user), "sealed anew when it was used"
    assert sign_in(person, other)


def test_a_new_secret_key_in_the_middle_of_a_sign_in(tracking: Portal, person: Person, settings: Settings) -> None:
    user = somebody(tracking)
    person.sign_in("USER_PASSWORD_AUTH", user.username, user.password)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], NEW_KEY
    person.open(person.url)
    person.send(person.form(id="sms-mfa"), code=last_code())
    assert person.path == "/account/"
    settings.SECRET_KEY_FALLBACKS = []
    assert person.open("/account/").path == "/account/", "what was sealed anew needs no fallback"


def test_a_secret_key_that_is_gone_costs_a_new_start(tracking: Portal, person: Person, settings: Settings) -> None:
    user = somebody(tracking)
    person.sign_in("USER_PASSWORD_AUTH", user.username, user.password)
    settings.SECRET_KEY = NEW_KEY
    assert person.open(person.url).status == 422
    assert sign_in(person, user)


def test_a_refresh_names_the_device_and_ends_with_it(tracking: Portal, person: Person) -> None:
    user = somebody(tracking)
    person.sign_in("USER_PASSWORD_AUTH", user.username, user.password)
    person.send(person.form(id="sms-mfa"), code=last_code())
    [device] = tracking.pool.cognito.admin_list_devices(UserPoolId=tracking.pool.pool_id, Username=user.username)[
        "Devices"
    ]

    def due() -> None:
        store = SessionStore(person.client.cookies[django_settings.SESSION_COOKIE_NAME].value)
        store[kept.KEY] = store[kept.KEY] | {"expires_at": time.time() - 1}
        store.save()

    due()
    overheard.begin()
    assert person.open("/account/").path == "/account/"
    [refresh] = overheard.exchanges("GetTokensFromRefreshToken")
    assert refresh.request["DeviceKey"] == device["DeviceKey"]
    tracking.pool.cognito.admin_forget_device(
        UserPoolId=tracking.pool.pool_id, Username=user.username, DeviceKey=device["DeviceKey"]
    )
    due()
    assert person.open("/account/").path == "/sign-in/"
