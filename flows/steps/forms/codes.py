"""Forms whose answer is a one-time code. They differ in nothing but the key that the answer goes under."""

from typing import ClassVar

from flows.fields import CodeField
from flows.steps.forms.base import StepForm
from flows.steps.parameters import destination


class CodeForm(StepForm):
    """``KEY`` is the code's name in ChallengeResponses."""

    KEY: ClassVar[str]
    code = CodeField()

    @property
    def destination(self) -> str:
        return destination(self.pending)

    def challenge_responses(self) -> dict[str, str]:
        return {self.KEY: self.cleaned_data["code"]}


class EmailOtpForm(CodeForm):
    KEY = "EMAIL_OTP_CODE"


class SmsOtpForm(CodeForm):
    KEY = "SMS_OTP_CODE"


class SmsMfaForm(CodeForm):
    KEY = "SMS_MFA_CODE"


class TotpMfaForm(CodeForm):
    KEY = "SOFTWARE_TOKEN_MFA_CODE"
