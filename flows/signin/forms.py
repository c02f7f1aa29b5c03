"""Start forms: what each entry asks before Cognito can be asked anything."""

from typing import Any

from django import forms

from flows.fields import PasswordField, UsernameField
from flows.safe_next import safe_next
from flows.steps.forms.srp import NO_SCRIPT_RAN, SrpFields
from flows.terms import ChallengeName, FirstFactor


class StartForm(forms.Form):
    """The username, and the two things every start carries through: the entry's name and where to go afterwards."""

    username = UsernameField()
    flow = forms.CharField(required=False, widget=forms.HiddenInput)
    next = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial, auto_id="%s")

    def clean_next(self) -> str:
        """An address that is not ours is dropped, not complained about: the person did not type it."""
        return safe_next(self.cleaned_data["next"])

    def about_attempt(self) -> dict[str, Any]:
        """Fields of ``Pending`` that this form decides; call after ``is_valid``."""
        return {}


class PasswordStartForm(StartForm):
    """Username and password: both reach this server and, over TLS, Cognito."""

    password = PasswordField()


class SrpStartForm(SrpFields, StartForm):
    """Username and SRP_A; or, from a browser without JavaScript, username and password with ``srp=server``."""

    def clean(self) -> dict[str, Any]:
        if self.server_side:
            self.require_password()
        elif not self.cleaned_data.get("srp_a") and "srp_a" not in self.errors:
            self.add_error(None, NO_SCRIPT_RAN)
        return self.cleaned_data


class ChoiceStartForm(SrpFields, StartForm):
    """USER_AUTH: the username, and with a preferred password factor its proof.

    ``remember`` is the person's word that this browser may keep the username.
    """

    preferred = forms.CharField(required=False, widget=forms.HiddenInput)
    remember = forms.BooleanField(required=False, label="Remember my username in this browser")

    def clean_preferred(self) -> str:
        """Anything but a first factor means the choice: the person did not type it."""
        wanted: str = self.cleaned_data["preferred"]
        return wanted if wanted in tuple(FirstFactor) else ""

    def clean(self) -> dict[str, Any]:
        preferred = self.cleaned_data.get("preferred")
        if preferred == FirstFactor.PASSWORD or (preferred == FirstFactor.PASSWORD_SRP and self.server_side):
            self.require_password()
        elif preferred == FirstFactor.PASSWORD_SRP and not (self.cleaned_data.get("srp_a") or "srp_a" in self.errors):
            self.add_error(None, NO_SCRIPT_RAN)
        return self.cleaned_data

    def about_attempt(self) -> dict[str, Any]:
        preferred = self.cleaned_data["preferred"]
        return {
            "preferred": preferred,
            "remember": self.cleaned_data["remember"],
            "answered": (ChallengeName.PASSWORD,) if self.cleaned_data["password"] else (),
        }
