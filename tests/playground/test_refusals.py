"""What the pool does not take: said in plain words beside the knob, with nothing lost and nothing changed."""

import pytest

from tests.playground.browser import URL, Browser
from tests.playground.conftest import Demo

SMS, APP = "SmsMfaConfiguration", "SoftwareTokenMfaConfiguration"


@pytest.mark.parametrize(
    ("slug", "values", "words", "answer"),
    [
        (
            "mfa",
            {"MfaConfiguration": ["ON"]},
            "A code cannot be the first factor and the second.",
            "InvalidParameterException: Only PASSWORD and WEB_AUTHN",
        ),
        ("mfa", {"factors": []}, "at least one of them must be there", "InvalidParameterException: Invalid MFA"),
        (
            "tokens",
            {"AccessTokenValidity": ["4"], "AccessTokenValidity-unit": ["minutes"]},
            "A token cannot last that long, or not that short",
            "InvalidParameterException: Invalid range for token validity.",
        ),
        ("first-factors", {"AllowedFirstAuthFactors": []}, "one must be chosen at least", "InvalidParameterException"),
    ],
)
def test_a_refusal_is_told_in_plain_words_and_in_cognitos_own(
    browser: Browser, demo: Demo, slug: str, values: dict[str, list[str]], words: str, answer: str
) -> None:
    before = demo.settings
    browser.send(f"settings/{slug}/", **values)

    assert browser.answer.status_code == 422
    assert words in browser.part(f"form-{slug}")
    assert answer in browser.part(f"form-{slug}")
    assert demo.settings == before
    kept = browser.form(f"settings/{slug}/").data
    assert all(kept.get(name, []) == value for name, value in values.items())


def test_a_passkey_may_not_get_past_the_second_factor(browser: Browser, demo: Demo) -> None:
    browser.send("settings/first-factors/", AllowedFirstAuthFactors=["PASSWORD", "WEB_AUTHN"])
    browser.open().send("settings/mfa/", MfaConfiguration=["ON"])
    assert browser.answer.status_code == 422
    assert "A passkey alone would get past the second factor." in browser.part("form-mfa")

    browser.open().send("settings/passkeys/", FactorConfiguration=["MULTI_FACTOR_WITH_USER_VERIFICATION"])
    browser.open().send("settings/mfa/", MfaConfiguration=["ON"])
    assert demo.mfa["MfaConfiguration"] == "ON"
    browser.open().send("settings/first-factors/", AllowedFirstAuthFactors=["PASSWORD", "WEB_AUTHN", "EMAIL_OTP"])
    assert "A code cannot be the first factor and the second." in browser.part("form-first-factors")


@pytest.mark.parametrize("typed", ["2", "16", "", "ten", "3.5", "٣", "-3", "9" * 11])
def test_a_number_outside_its_limits_is_refused_at_the_field(demo: Demo, typed: str) -> None:
    browser = Browser().send("settings/session/", AuthSessionValidity=[typed])
    assert browser.answer.status_code == 422
    assert "a whole number from 3 to 15" in browser.part("session-AuthSessionValidity-fault")
    assert browser.form("settings/session/").data["AuthSessionValidity"] == [typed]
    assert demo.client["AuthSessionValidity"] == 3


@pytest.mark.parametrize(
    ("slug", "values"),
    [
        ("flows", {"ExplicitAuthFlows": ["ALLOW_EVERYTHING"]}),
        ("triggers", {"LambdaConfig": ["PreSignUp"]}),
        ("mfa", {"factors": ["WebAuthnConfiguration"]}),
        ("mfa", {"MfaConfiguration": ["SOMETIMES"]}),
        ("devices", {"remembered": ["Never"]}),
        ("tokens", {"IdTokenValidity": ["1"], "IdTokenValidity-unit": ["years"]}),
    ],
)
def test_what_no_form_of_ours_says_is_refused(demo: Demo, slug: str, values: dict[str, list[str]]) -> None:
    before = demo.settings
    browser = Browser().send(f"settings/{slug}/", **values)
    assert browser.answer.status_code == 422
    assert demo.settings == before


@pytest.mark.parametrize("typed", ["", "x", "٣", "9" * 5000])
def test_what_a_page_says_to_have_shown_is_no_reason_to_believe_it(demo: Demo, typed: str) -> None:
    before = demo.settings
    names = {"AccessTokenValidity": [typed], "seen-AccessTokenValidity": [typed], "AccessTokenValidity-unit": [typed]}
    assert Browser().send("settings/tokens/", **names).answer.status_code == 422
    assert demo.settings == before


def test_an_empty_post_changes_nothing(browser: Browser, demo: Demo) -> None:
    before = demo.settings
    form = browser.form("settings/flows/")
    for slug in ("flows", "mfa", "devices", "tokens", "triggers"):
        form.action = f"{URL}settings/{slug}/"
        form.data = {"csrfmiddlewaretoken": form.data["csrfmiddlewaretoken"]}
        assert browser.send_form(form).answer.status_code == 200
    assert demo.settings == before


def test_without_a_pool_the_page_offers_to_make_one(browser: Browser, demo: Demo) -> None:
    form = browser.form("settings/session/")
    demo.cognito.delete_user_pool(UserPoolId=demo.pool_id)
    assert browser.open().answer.status_code == 503
    assert "There is no demo pool." in browser.text
    browser.send_form(form, AuthSessionValidity=["5"])
    assert browser.answer.status_code == 503
    browser.open(f"{URL}new-demo/").send("new-demo/")
    assert browser.open().answer.status_code == 200
