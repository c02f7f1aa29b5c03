"""Forms of MFA_SETUP: the second factor is set up in the middle of the sign-in."""

from django import forms

from flows.cognito import otpauth
from flows.fields import CodeField, transmissible
from flows.steps.forms.base import StepForm

EMAIL_MAX = 320  # RFC 3696 erratum 1690: 64 before the @, 255 after it


class TotpSetupForm(StepForm):
    """A code that proves that the app has the secret. The answer to MFA_SETUP itself is empty."""

    code = CodeField(label="Code that the app shows")

    @property
    def secret(self) -> str:
        """As fetched by ``exchanges.associate``; empty before."""
        return self.pending.prepared.get("secret", "")

    @property
    def groups(self) -> list[str]:
        """The secret as one types it from a screen."""
        return otpauth.groups(self.secret)

    @property
    def uri(self) -> str:
        return otpauth.uri(self.secret, username=self.pending.username)

    @property
    def picture(self) -> str:
        """A QR code as inline SVG, made here and of nothing else's text."""
        return otpauth.qr(self.uri)

    def challenge_responses(self) -> dict[str, str]:
        return {}


class EmailSetupForm(StepForm):
    """The address that codes are to be sent to."""

    email = forms.EmailField(
        label="E-mail address",
        max_length=EMAIL_MAX,
        validators=[transmissible],
        widget=forms.EmailInput(attrs={"autocomplete": "email", "autofocus": True}),
    )

    def challenge_responses(self) -> dict[str, str]:
        return {"EMAIL": self.cleaned_data["email"]}
