"""The step table, and that every row has all that belongs to it."""

from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

from flows.steps.forms.base import StepForm
from flows.steps.pending import Pending
from flows.steps.table import STEPS, Step, UnknownChallenge, automatic_for, step_for
from flows.terms import AuthFlow, ChallengeName, SignInStep

BY_SLUG = [pytest.param(step, id=step.slug) for step in STEPS]


def pending(challenge: str, **parameters: str) -> Pending:
    return Pending(
        attempt="a",
        entry="USER_SRP_AUTH",
        flow=AuthFlow.USER_SRP_AUTH,
        username="alice",
        expires=0,
        challenge=challenge,
        parameters=parameters,
    )


@pytest.mark.parametrize("step", BY_SLUG)
def test_every_row_has_template_docs_form_and_browser_module(step: Step) -> None:
    if not step.automatic:
        source = Path(get_template(step.template).origin.name).read_text(encoding="utf-8")
        assert '{% extends "flows/signin.html" %}' in source
    docs = (settings.BASE_DIR / step.docs).read_text(encoding="utf-8")
    assert docs.startswith(f"# {step.slug}\n")
    assert step.challenge in docs
    assert step.sign_in_step is None or step.sign_in_step in docs
    assert issubclass(step.form, StepForm)
    assert not step.module or (settings.BASE_DIR / "static" / "flows" / f"{step.module}.mjs").exists()


PARAMETERS = {
    "mfa-setup-choice": {"MFAS_CAN_SETUP": '["SMS_MFA", "SOFTWARE_TOKEN_MFA", "EMAIL_OTP"]'},
    "totp-setup": {"MFAS_CAN_SETUP": '["SOFTWARE_TOKEN_MFA"]'},
    "email-setup": {"MFAS_CAN_SETUP": '["EMAIL_OTP", "SMS_MFA"]'},
    "captcha": {"captchaUrl": "data:image/png;base64,iVBORw0KGgo="},
    "recaptcha": {"recaptchaSiteKey": "a-site-key"},
    "question": {"question": "What is two plus three?"},
    "link": {"linkAttempt": "an-attempt"},
}


@pytest.mark.parametrize("step", BY_SLUG)
def test_every_row_can_be_reached_and_shown(step: Step) -> None:
    waiting = pending(step.challenge, **PARAMETERS.get(step.slug, {}))
    assert step_for(waiting) is step
    assert automatic_for(step.challenge) is step.automatic
    assert step.automatic or step.form(pending=waiting).as_p()


@pytest.mark.parametrize("offer", ["[]", '["SMS_MFA"]', "{", "7", '["TELEPATHY"]'])
def test_nothing_that_could_be_set_up_is_named_not_guessed(offer: str) -> None:
    with pytest.raises(UnknownChallenge):
        step_for(pending("MFA_SETUP", MFAS_CAN_SETUP=offer))


def test_every_challenge_has_a_row_but_one_that_no_pool_asks() -> None:
    assert {step.challenge for step in STEPS} == set(ChallengeName) - {ChallengeName.ADMIN_NO_SRP_AUTH}


def test_every_sign_in_step_of_a_challenge_has_a_row() -> None:
    """Amplify's others are no challenges: DONE is tokens, two are rows of problems.py."""
    others = {SignInStep.DONE, SignInStep.CONFIRM_SIGN_UP, SignInStep.RESET_PASSWORD}
    assert {step.sign_in_step for step in STEPS} - {None} == set(SignInStep) - others


def test_slugs_are_addresses_and_belong_to_one_row_each() -> None:
    slugs = [step.slug for step in STEPS]
    assert len(set(slugs)) == len(slugs)
    assert all(slug.replace("-", "").isalnum() and slug == slug.lower() for slug in slugs)


def test_rows_of_this_release() -> None:
    rows = {(step.slug, step.challenge, step.sign_in_step) for step in STEPS}
    assert ("password-verifier", ChallengeName.PASSWORD_VERIFIER, None) in rows
    named = SignInStep.CONFIRM_SIGN_IN_WITH_NEW_PASSWORD_REQUIRED
    assert ("new-password", ChallengeName.NEW_PASSWORD_REQUIRED, named) in rows


@pytest.mark.parametrize("challenge", ["TELEPATHY", "", "password_verifier", "ADMIN_NO_SRP_AUTH"])
def test_an_unknown_challenge_is_named_not_guessed(challenge: str) -> None:
    with pytest.raises(UnknownChallenge) as raised:
        step_for(pending(challenge))
    assert raised.value.name == challenge


def test_docs_and_templates_without_a_row() -> None:
    """What is left behind when a row goes."""
    slugs = {step.slug for step in STEPS}
    assert {path.stem for path in (settings.BASE_DIR / "docs" / "steps").glob("*.md")} <= slugs | {"index", "README"}
