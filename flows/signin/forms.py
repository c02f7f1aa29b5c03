"""Start forms: what each entry asks before Cognito can be asked anything."""

from typing import Any

from django import forms

from flows.fields import PasswordField, UsernameField
from flows.signin.safe_next import safe_next
from flows.steps.forms.srp import NO_SCRIPT_RAN, SrpFields


class StartForm(forms.Form):
    """The username, and the two things every start carries through: the entry's name and where to go afterwards."""

    username = UsernameField()
    flow = forms.CharField(required=False, widget=forms.HiddenInput)
    next = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)

    def __init__(self, data: Any = None, *, initial: dict[str, str] | None = None) -> None:
        super().__init__(data, initial=initial, auto_id="%s")

    def clean_next(self) -> str:
        """An address that is not ours is dropped, not complained about: the person did not type it."""
        return safe_next(self.cleaned_data["next"])


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
