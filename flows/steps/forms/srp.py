"""Forms of Secure Remote Password: what travels is a proof, and the password field has no name.

Browser side: static/flows/srp-form.mjs. Without JavaScript a second form posts ``srp=server`` and the password, and
the server does the browser's part.
"""

from typing import Any

from django import forms
from django.core.validators import RegexValidator

from flows.cognito import connection
from flows.fields import PasswordField
from flows.steps.forms.base import StepForm

ON_SERVER = "server"
SRP_A_MAX = 1024  # 3072 bits are 768 hex digits; some clients prefix zeros

is_hex = RegexValidator(r"\A[0-9A-Fa-f]+\Z", "This is not a number that SRP uses.")
is_signature = RegexValidator(r"\A[A-Za-z0-9+/]{43}=\Z", "This is not a proof that SRP makes.")
is_timestamp = RegexValidator(
    r"\A(Mon|Tue|Wed|Thu|Fri|Sat|Sun) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) "
    r"[1-3]?[0-9] [0-2][0-9]:[0-5][0-9]:[0-6][0-9] UTC [0-9]{4}\Z",
    "This is not a time as SRP writes it.",
)
NO_SCRIPT_RAN = "Your browser did not run the script that keeps your password in it. Reload the page and try again."


def hidden(*, max_length: int, validator: RegexValidator) -> forms.CharField:
    """A field that the browser module fills in."""
    return forms.CharField(
        required=False, max_length=max_length, validators=[validator], widget=forms.HiddenInput, strip=False
    )


class SrpFields(forms.Form):
    """Shared by the start form and the verifier form: either ``srp_a`` or, with ``srp=server``, the password."""

    srp_a = hidden(max_length=SRP_A_MAX, validator=is_hex)
    srp = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)
    password = PasswordField(required=False)

    @property
    def server_side(self) -> bool:
        """Whether the server is asked to do the browser's part."""
        return self.data.get("srp") == ON_SERVER

    def require_password(self) -> None:
        if not self.cleaned_data.get("password") and "password" not in self.errors:
            self.add_error("password", forms.Field.default_error_messages["required"])


class PasswordSrpForm(SrpFields, StepForm):
    """PASSWORD_SRP, a first factor of USER_AUTH: SRP_A, or with ``srp=server`` the password."""

    def clean(self) -> dict[str, Any]:
        if self.server_side:
            self.require_password()
        elif not self.cleaned_data.get("srp_a") and "srp_a" not in self.errors:
            self.add_error(None, NO_SCRIPT_RAN)
        return self.cleaned_data

    def challenge_responses(self) -> dict[str, str]:
        return {"SRP_A": self.cleaned_data["srp_a"]}


class PasswordVerifierForm(SrpFields, StepForm):
    """PASSWORD_VERIFIER: the proof; or a fresh SRP_A when a reload made the browser forget its half."""

    password_claim_signature = hidden(max_length=44, validator=is_signature)
    timestamp = hidden(max_length=28, validator=is_timestamp)

    def clean(self) -> dict[str, Any]:
        if self.server_side:
            self.require_password()
        elif not (self.errors or self.starts_again or self._has_proof()):
            self.add_error(None, NO_SCRIPT_RAN)
        return self.cleaned_data

    def _has_proof(self) -> bool:
        return bool(self.cleaned_data["password_claim_signature"] and self.cleaned_data["timestamp"])

    @property
    def starts_again(self) -> bool:
        return bool(self.cleaned_data.get("srp_a")) and not self.cleaned_data.get("password_claim_signature")

    @property
    def challenge(self) -> dict[str, str]:
        """What the browser module needs to sign: the ``data-*`` values of the form."""
        names = self.pending.parameters
        return {
            "pool_name": connection.current().pool_name,
            "user_id": names.get("USER_ID_FOR_SRP", ""),
            "salt": names.get("SALT", ""),
            "srp_b": names.get("SRP_B", ""),
            "secret_block": names.get("SECRET_BLOCK", ""),
        }

    def challenge_responses(self) -> dict[str, str]:
        return {
            "PASSWORD_CLAIM_SECRET_BLOCK": self.pending.parameters.get("SECRET_BLOCK", ""),  # ours, not the browser's
            "PASSWORD_CLAIM_SIGNATURE": self.cleaned_data["password_claim_signature"],
            "TIMESTAMP": self.cleaned_data["timestamp"],
        }
