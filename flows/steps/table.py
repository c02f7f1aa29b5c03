"""The step table: what each question of Cognito looks like to a person.

Rows are ordered; the first whose challenge and ``when`` match wins. Template, docs page, address anchor and test id
derive from ``slug``, so they cannot disagree. A new challenge is one row, one form, one template, one docs page.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flows.cognito.outcome import Outcome
from flows.steps import automatic, exchanges, once_more, outside
from flows.steps.forms.base import StepForm
from flows.steps.forms.choices import FirstFactorForm, MfaSetupChoiceForm, MfaTypeForm
from flows.steps.forms.codes import EmailOtpForm, SmsMfaForm, SmsOtpForm, TotpMfaForm
from flows.steps.forms.custom import CaptchaForm, CustomForm, LinkForm, QuestionForm
from flows.steps.forms.passkeys import PasskeyForm
from flows.steps.forms.passwords import NewPasswordForm, PasswordForm
from flows.steps.forms.recaptcha import RecaptchaForm
from flows.steps.forms.setup import EmailSetupForm, TotpSetupForm
from flows.steps.forms.srp import PasswordSrpForm, PasswordVerifierForm
from flows.steps.matching import (
    always,
    has_link,
    has_picture,
    has_question,
    has_recaptcha,
    only_email,
    only_totp,
    several,
)
from flows.steps.outside import Outside
from flows.steps.pending import Pending
from flows.terms import ChallengeName as C
from flows.terms import SignInStep as S


class UnknownChallenge(Exception):
    """Cognito asked something that no row knows. The page names it; nobody guesses."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One row. ``sign_in_step`` is Amplify's name, ``None`` where it answers by itself or runs the ceremony.

    ``submit`` takes the pending attempt and the valid form; ``module`` is the browser module in ``static/flows/``.
    ``prepare`` fetches once what the page shows beyond the question. A row with ``automatic`` has no page: the server
    answers. ``outside`` is what the page loads from other hosts; such a page is always a whole one, because its policy
    holds from when it is loaded. ``once_more`` says what it means that an answer brought the same row once more.
    """

    slug: str
    challenge: C
    sign_in_step: S | None
    form: type[StepForm] = StepForm
    when: Callable[[Pending], bool] = always
    prepare: Callable[[Pending], Pending] | None = None
    submit: Callable[[Pending, Any], Outcome] = exchanges.respond
    automatic: Callable[[Pending], Outcome] | None = None
    module: str = ""
    outside: Callable[[Pending], Outside | None] = outside.nothing
    once_more: Callable[[Pending, Pending], str] = once_more.silence

    @property
    def template(self) -> str:
        return f"flows/steps/{self.slug}.html"

    @property
    def docs(self) -> str:
        return f"docs/steps/{self.slug}.md"


STEPS: tuple[Step, ...] = (
    # -- First factors of USER_AUTH
    Step(
        slug="first-factor",
        challenge=C.SELECT_CHALLENGE,
        sign_in_step=S.CONTINUE_SIGN_IN_WITH_FIRST_FACTOR_SELECTION,
        form=FirstFactorForm,
        submit=exchanges.choose_first_factor,
    ),
    Step(
        slug="password",
        challenge=C.PASSWORD,
        sign_in_step=S.CONFIRM_SIGN_IN_WITH_PASSWORD,
        form=PasswordForm,
        submit=exchanges.give_password,
    ),
    Step(
        slug="password-srp",
        challenge=C.PASSWORD_SRP,
        sign_in_step=S.CONFIRM_SIGN_IN_WITH_PASSWORD,
        form=PasswordSrpForm,
        submit=exchanges.give_srp_a,
        module="srp-form",
    ),
    Step(slug="passkey", challenge=C.WEB_AUTHN, sign_in_step=None, form=PasskeyForm, module="webauthn"),
    # -- Codes, and the proof of a password
    Step(
        slug="email-otp",
        challenge=C.EMAIL_OTP,
        sign_in_step=S.CONFIRM_SIGN_IN_WITH_EMAIL_CODE,
        form=EmailOtpForm,
        module="code",
    ),
    Step(
        slug="sms-otp",
        challenge=C.SMS_OTP,
        sign_in_step=S.CONFIRM_SIGN_IN_WITH_SMS_CODE,
        form=SmsOtpForm,
        module="code",
    ),
    Step(
        slug="password-verifier",
        challenge=C.PASSWORD_VERIFIER,
        sign_in_step=None,
        form=PasswordVerifierForm,
        submit=exchanges.verify_password,
        module="srp-form",
    ),
    # -- Second factors
    Step(
        slug="mfa-type",
        challenge=C.SELECT_MFA_TYPE,
        sign_in_step=S.CONTINUE_SIGN_IN_WITH_MFA_SELECTION,
        form=MfaTypeForm,
    ),
    Step(
        slug="sms-mfa",
        challenge=C.SMS_MFA,
        sign_in_step=S.CONFIRM_SIGN_IN_WITH_SMS_CODE,
        form=SmsMfaForm,
    ),
    Step(
        slug="totp-mfa",
        challenge=C.SOFTWARE_TOKEN_MFA,
        sign_in_step=S.CONFIRM_SIGN_IN_WITH_TOTP_CODE,
        form=TotpMfaForm,
    ),
    Step(
        slug="mfa-setup-choice",
        challenge=C.MFA_SETUP,
        when=several,
        sign_in_step=S.CONTINUE_SIGN_IN_WITH_MFA_SETUP_SELECTION,
        form=MfaSetupChoiceForm,
        submit=exchanges.choose_mfa_setup,
    ),
    Step(
        slug="totp-setup",
        challenge=C.MFA_SETUP,
        when=only_totp,
        sign_in_step=S.CONTINUE_SIGN_IN_WITH_TOTP_SETUP,
        form=TotpSetupForm,
        prepare=exchanges.associate,
        submit=exchanges.verify_then_respond,
    ),
    Step(
        slug="email-setup",
        challenge=C.MFA_SETUP,
        when=only_email,
        sign_in_step=S.CONTINUE_SIGN_IN_WITH_EMAIL_SETUP,
        form=EmailSetupForm,
    ),
    # -- A password of one's own
    Step(
        slug="new-password",
        challenge=C.NEW_PASSWORD_REQUIRED,
        sign_in_step=S.CONFIRM_SIGN_IN_WITH_NEW_PASSWORD_REQUIRED,
        form=NewPasswordForm,
    ),
    # -- What the pool's own functions ask: drawn by what their public parameters say
    Step(
        slug="captcha",
        challenge=C.CUSTOM_CHALLENGE,
        when=has_picture,
        sign_in_step=S.CONFIRM_SIGN_IN_WITH_CUSTOM_CHALLENGE,
        form=CaptchaForm,
        outside=outside.media,
        once_more=once_more.another,
    ),
    Step(
        slug="recaptcha",
        challenge=C.CUSTOM_CHALLENGE,
        when=has_recaptcha,
        sign_in_step=S.CONFIRM_SIGN_IN_WITH_CUSTOM_CHALLENGE,
        form=RecaptchaForm,
        module="recaptcha",
        outside=outside.google,
        once_more=once_more.check_again,
    ),
    Step(
        slug="question",
        challenge=C.CUSTOM_CHALLENGE,
        when=has_question,
        sign_in_step=S.CONFIRM_SIGN_IN_WITH_CUSTOM_CHALLENGE,
        form=QuestionForm,
        once_more=once_more.question_again,
    ),
    Step(
        slug="link",
        challenge=C.CUSTOM_CHALLENGE,
        when=has_link,
        sign_in_step=S.CONFIRM_SIGN_IN_WITH_CUSTOM_CHALLENGE,
        form=LinkForm,
        once_more=once_more.link_again,
    ),
    Step(
        slug="custom",
        challenge=C.CUSTOM_CHALLENGE,
        sign_in_step=S.CONFIRM_SIGN_IN_WITH_CUSTOM_CHALLENGE,
        form=CustomForm,
        once_more=once_more.round_again,
    ),
    # -- This browser's own proof
    Step(
        slug="device-srp",
        challenge=C.DEVICE_SRP_AUTH,
        sign_in_step=None,
        automatic=automatic.prove_device,
    ),
    Step(
        slug="device-verifier",
        challenge=C.DEVICE_PASSWORD_VERIFIER,
        sign_in_step=None,
        automatic=automatic.refuse_stray_proof,
    ),
)


def step_for(pending: Pending) -> Step:
    """The row for what Cognito asked. Raises ``UnknownChallenge``."""
    for step in STEPS:
        if step.challenge == pending.challenge and step.when(pending):
            return step
    raise UnknownChallenge(pending.challenge)


def row_of(challenge: str, slug: str = "") -> Step | None:
    """The row ``slug``; where it is not known which, the first of ``challenge``. None for what no row knows."""
    named = (step for step in STEPS if step.slug == slug)
    asked = (step for step in STEPS if step.challenge == challenge)
    return next(named, None) or next(asked, None)


def automatic_for(challenge: str) -> Callable[[Pending], Outcome] | None:
    """What answers ``challenge`` without asking anybody, if something does."""
    return next((step.automatic for step in STEPS if step.challenge == challenge and step.automatic), None)
