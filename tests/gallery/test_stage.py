"""What a card needs first: said above the button, set by one button and set back by another."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from flows.gallery.catalog import CARDS
from flows.pool.demo import seed
from tests import boto
from tests.flows import overheard
from tests.flows.person import Form
from tests.gallery.conftest import Demo, Visitor, by_proof

pytestmark = pytest.mark.django_db
WITH_CHANGES = [slug for slug, card in CARDS.items() if card.trying.first]
WITH_USER = [slug for slug, card in CARDS.items() if card.trying.afresh]


def settings_of(demo: Demo) -> list[dict[str, Any]]:
    """All that can be described of the pool, without when it was."""
    cognito: Any = boto.in_process()
    pool = cognito.describe_user_pool(UserPoolId=demo.pool_id)["UserPool"]
    mfa = cognito.get_user_pool_mfa_config(UserPoolId=demo.pool_id)
    ignored = ("LastModifiedDate", "ResponseMetadata")
    return [{name: value for name, value in each.items() if name not in ignored} for each in (pool, mfa)]


def stage_form(visitor: Visitor, slug: str) -> Form:
    return visitor.form(action=f"/flows/{slug}/stage/")


def buttons(visitor: Visitor, slug: str) -> tuple[str, str]:
    """What the stage's form would set, and the classes of "Try it"."""
    trying = visitor.html.partition(f'action="/flows/{slug}/try/"')[2].partition("<button class=")[2]
    return stage_form(visitor, slug).values.get("set", ""), trying.partition('"')[2].partition('"')[0]


@pytest.mark.parametrize("at", ["", "gallery"])
@pytest.mark.parametrize("slug", WITH_CHANGES)
def test_it_is_set_so_and_set_back_by_one_button_each(demo: Demo, visitor: Visitor, slug: str, at: str) -> None:
    before, url = settings_of(demo), "/flows/" if at else f"/flows/{slug}/"
    visitor.open(url)
    assert CARDS[slug].trying.first[0].text in visitor.text
    assert buttons(visitor, slug) == ("so", "button quiet"), "first things first"
    assert visitor.html.index(f"/flows/{slug}/stage/") < visitor.html.index(f"/flows/{slug}/try/")

    visitor.send(stage_form(visitor, slug))
    assert visitor.url == (f"/flows/#card-{slug}" if at else url)
    assert settings_of(demo) != before
    assert "The pool is set for this" in visitor.text
    assert buttons(visitor, slug) == ("back", "button")

    visitor.send(stage_form(visitor, slug))
    assert settings_of(demo) == before
    assert buttons(visitor, slug) == ("so", "button quiet")


def test_the_present_state_is_told(demo: Demo, visitor: Visitor) -> None:
    assert "No device is remembered." in visitor.open("/flows/remembered-device/").text
    visitor.send(stage_form(visitor, "remembered-device"))
    assert "in place of the second factor." in visitor.text.partition("The pool is set for this")[2]


def test_what_was_set_elsewhere_stays(demo: Demo, visitor: Visitor) -> None:
    cognito: Any = boto.in_process()
    kept = {**settings_of(demo)[0]}
    cognito.update_user_pool(
        UserPoolId=demo.pool_id,
        UserPoolTags={"whose": "theirs"},
        **{name: kept[name] for name in ("Policies", "AutoVerifiedAttributes", "EmailConfiguration", "LambdaConfig")},
    )
    visitor.open("/flows/remembered-device/")
    for _ in range(2):
        visitor.send(stage_form(visitor, "remembered-device"))
    assert settings_of(demo)[0]["UserPoolTags"] == {"whose": "theirs"}


@pytest.mark.parametrize("slug", [slug for slug in WITH_USER if slug not in WITH_CHANGES])
def test_a_card_whose_user_is_as_made_asks_nothing_first(demo: Demo, visitor: Visitor, slug: str) -> None:
    assert "/stage/" not in visitor.open(f"/flows/{slug}/").html


def test_a_user_who_is_not_as_made_is_brought_back(demo: Demo, visitor: Visitor) -> None:
    """The demo's password counts again, which somebody had replaced."""
    cognito: Any = boto.in_process()
    cognito.admin_set_user_password(
        UserPoolId=demo.pool_id, Username="erin", Password="Her-own-1-password!", Permanent=True
    )
    visitor.open("/flows/reset-password/")
    assert "let erin be as the demo was made. Now: erin is CONFIRMED, enabled." in visitor.text
    visitor.send(stage_form(visitor, "reset-password"))
    assert "/stage/" not in visitor.html
    visitor.send(visitor.form(action="/flows/reset-password/try/"))
    by_proof(visitor, demo.password_of("erin"))
    assert "Your password must be reset" in visitor.text


def test_a_refusal_is_told_beside_the_button(demo: Demo, visitor: Visitor) -> None:
    """A mailbox that resets passwords alone may not be the second factor, too; and nothing is left half set."""
    cognito: Any = boto.in_process()
    kept = settings_of(demo)[0]
    cognito.set_user_pool_mfa_config(UserPoolId=demo.pool_id, MfaConfiguration="OFF")
    cognito.update_user_pool(
        UserPoolId=demo.pool_id,
        AccountRecoverySetting={"RecoveryMechanisms": [{"Name": "verified_email", "Priority": 1}]},
        EmailConfiguration=kept["EmailConfiguration"],
    )
    before = settings_of(demo)
    visitor.open("/flows/email-mfa-setup/")
    visitor.send(stage_form(visitor, "email-mfa-setup"))
    assert visitor.status == 422
    assert "Email MFA needs another way to recover an account" in visitor.text
    assert "Set it so" in visitor.text, "it can be tried again"
    assert settings_of(demo) == before, "the first factors, which were set before it, are as they were"
    assert visitor.client.get(visitor.url).headers["Location"] == "/flows/email-mfa-setup/", "loaded again"


def test_what_is_half_set_can_be_set_back(demo: Demo, visitor: Visitor) -> None:
    only_first_factors(demo, "PASSWORD")
    visitor.open("/flows/remembered-device/")
    assert "Set it back" not in visitor.text, "nothing of this card is set"
    visitor.open("/flows/mfa-setup/")
    assert "Set it so" in visitor.text
    assert "Set it back" in visitor.text
    visitor.send(stage_form(visitor, "mfa-setup"), set="back")
    assert first_factors(demo) == ["PASSWORD", "EMAIL_OTP", "SMS_OTP", "WEB_AUTHN"]
    assert "Set it back" not in visitor.text


# -- What else was set ---------------------------------------------------------------------------------------------
AS_MADE = "The pool is not as the demo was made"


def first_factors(demo: Demo) -> list[str]:
    return list(settings_of(demo)[0]["Policies"]["SignInPolicy"]["AllowedFirstAuthFactors"])


def only_first_factors(demo: Demo, *factors: str) -> None:
    cognito: Any = boto.in_process()
    kept = settings_of(demo)[0]
    cognito.update_user_pool(
        UserPoolId=demo.pool_id,
        **{name: kept[name] for name in ("AutoVerifiedAttributes", "EmailConfiguration", "LambdaConfig")},
        Policies={**kept["Policies"], "SignInPolicy": {"AllowedFirstAuthFactors": list(factors)}},
    )


def test_a_card_says_what_another_one_has_set(demo: Demo, visitor: Visitor) -> None:
    assert AS_MADE not in visitor.open("/flows/").text
    visitor.open("/flows/mfa-setup/")
    visitor.send(stage_form(visitor, "mfa-setup"))
    assert AS_MADE not in visitor.text, "it is what this card asks for"
    visitor.open("/flows/user-auth-email-otp/")
    assert f"{AS_MADE} , so this may go otherwise: First factors, Second factors." in visitor.text
    assert visitor.link("Start over") == "/flows/playground/#again"
    visitor.open("/flows/remembered-device/")
    visitor.send(stage_form(visitor, "remembered-device"))
    assert AS_MADE in visitor.text
    assert "The pool is set for this" not in visitor.text
    assert "What this asks for is set" in visitor.text
    assert visitor.open("/flows/").text.count(AS_MADE) == len(CARDS)


def with_another_tab(**request: Any) -> tuple[int, dict[str, str], bytes]:
    """Once all was read that a request begins with, another tab brings a second first factor."""
    answer = overheard.handle(**request)
    if len(overheard.exchanges("GetUserPoolMfaConfig")) == 1 and request["headers"]["X-Amz-Target"].endswith("Config"):
        demo = seed.get()
        only_first_factors(Demo(pool_id=demo.pool_id, client_id="", users={}), "PASSWORD", "WEB_AUTHN")
    return answer


def test_what_is_set_is_so_whatever_another_tab_sets_meanwhile(
    demo: Demo, visitor: Visitor, settings: Settings
) -> None:
    only_first_factors(demo, "PASSWORD")
    visitor.open("/flows/mfa-setup/")
    form = stage_form(visitor, "mfa-setup")
    settings.COGNITO_TRANSPORT = f"{__name__}.with_another_tab"
    overheard.begin()
    visitor.send(form, set="so")
    assert overheard.exchanges("UpdateUserPool"), "there was something to change by then"
    assert first_factors(demo) == ["PASSWORD"]


# -- What is asked of the pool -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("url", "users"), [("/flows/", 5), ("/flows/user-srp-auth/", 0), ("/flows/remembered-device/", 0)]
)
def test_a_page_reads_the_settings_once_and_users_where_a_card_needs_one(
    demo: Demo, visitor: Visitor, url: str, users: int
) -> None:
    overheard.begin()
    visitor.open(url)
    asked = sorted(each.operation for each in overheard.exchanges())
    settings = ["DescribeUserPool", "DescribeUserPoolClient", "GetUserPoolMfaConfig"]
    assert asked == ["AdminGetUser"] * users + settings


def without_users(**request: Any) -> tuple[int, dict[str, str], bytes]:
    """A pool that says nothing of its users: another tab has just made a new demo."""
    if request["headers"]["X-Amz-Target"].endswith("AdminGetUser"):
        return 400, {}, b'{"__type": "ResourceNotFoundException", "message": "User pool does not exist."}'
    return overheard.handle(**request)


def test_a_pool_that_stops_answering_takes_no_page_away(demo: Demo, visitor: Visitor, settings: Settings) -> None:
    visitor.open("/flows/mfa-setup/")
    form, before = stage_form(visitor, "mfa-setup"), settings_of(demo)
    settings.COGNITO_TRANSPORT = f"{__name__}.without_users"
    for url in ("/flows/", "/flows/mfa-setup/", "/flows/reset-password/"):
        assert visitor.open(url).status == 200
        assert "Set it so" not in visitor.html.partition('id="card-remembered-device"')[0]
    visitor.send(form)
    assert visitor.status == 422
    assert "ResourceNotFoundException" in visitor.text
    assert settings_of(demo) == before


# -- Whom it is about ----------------------------------------------------------------------------------------------
def test_a_user_who_was_deleted_is_missed(demo: Demo, visitor: Visitor) -> None:
    cognito: Any = boto.in_process()
    cognito.admin_delete_user(UserPoolId=demo.pool_id, Username="mona")
    before = settings_of(demo)
    assert "mona is not in the pool any more." in visitor.open("/flows/email-mfa-setup/").text
    visitor.send(stage_form(visitor, "email-mfa-setup"))
    assert visitor.status == 422
    assert "mona is not in the pool any more. Make a new demo in the playground." in visitor.text
    assert settings_of(demo) == before


def test_whoever_is_signed_in_as_that_user_is_signed_out_and_told_so_before(demo: Demo, visitor: Visitor) -> None:
    cognito: Any = boto.in_process()
    visitor.sign_in("USER_SRP_AUTH", "alice", demo.password_of("alice"), next="/account/")
    assert visitor.path == "/account/"
    cognito.admin_set_user_mfa_preference(
        UserPoolId=demo.pool_id, Username="alice", EmailMfaSettings={"Enabled": True, "PreferredMfa": True}
    )
    visitor.open("/flows/mfa-setup/")
    first = visitor.html.partition("/flows/mfa-setup/stage/")[2].partition("</form>")[0]
    assert "(signs out <bdi>alice@example.com</bdi>)" in first
    overheard.begin()
    visitor.send(stage_form(visitor, "mfa-setup"))
    assert overheard.exchanges("RevokeToken"), "the tokens end where they were made"
    assert "signs out" not in visitor.text


def test_a_page_of_the_demo_before_works_on_the_new_one(demo: Demo, visitor: Visitor) -> None:
    """Another tab has made a new demo meanwhile."""
    visitor.open("/flows/mfa-setup/")
    form = stage_form(visitor, "mfa-setup")
    seed.reset()
    visitor.send(form)
    assert "The pool is set for this" in visitor.text


# -- Refused -------------------------------------------------------------------------------------------------------
def test_only_a_form_of_this_site_can_do_it(demo: Demo, visitor: Visitor) -> None:
    before = settings_of(demo)
    visitor.open("/flows/remembered-device/")
    values = stage_form(visitor, "remembered-device").values
    assert visitor.client.get("/flows/remembered-device/stage/").headers["Location"] == "/flows/remembered-device/"
    assert visitor.client.post("/flows/remembered-device/stage/", {"set": "so"}).status_code == 403
    for path, changed in (
        ("/flows/remembered-device/stage/", {"set": "perhaps"}),
        ("/flows/remembered-device/stage/", {"set": ""}),
        ("/flows/user-srp-auth/stage/", {"set": "so"}),
        ("/flows/nothing-of-that-name/stage/", {"set": "so"}),
    ):
        assert visitor.client.post(path, values | changed).status_code == 404
    assert settings_of(demo) == before


@pytest.mark.parametrize("stranger", [{"REMOTE_ADDR": "192.0.2.7"}, {"HTTP_X_FORWARDED_FOR": "192.0.2.7"}])
def test_a_browser_that_may_not_see_the_demo_changes_nothing(demo: Demo, stranger: dict[str, str]) -> None:
    before = settings_of(demo)
    visitor = Visitor(htmx=False, client=Client(enforce_csrf_checks=True, SERVER_NAME="localhost", **stranger))  # type: ignore[arg-type]
    assert "/stage/" not in visitor.open("/flows/").html
    token = visitor.open("/sign-in/").form(action="/sign-in/").values["csrfmiddlewaretoken"]
    posted = {"csrfmiddlewaretoken": token, "set": "so"}
    assert visitor.client.post("/flows/remembered-device/stage/", posted).status_code == 404
    assert settings_of(demo) == before


def test_where_nothing_can_be_set_the_playground_is_named(demo: Demo, visitor: Visitor, settings: Settings) -> None:
    settings.DEMO_STAGE = ""
    visitor.open("/flows/mfa-setup/")
    assert "/stage/" not in visitor.html
    assert visitor.link("leave PASSWORD as the only first factor") == "/flows/playground/#first-factors"
    assert visitor.link("require MFA by authenticator app alone") == "/flows/playground/#mfa"
