"""The form of WEB_AUTHN: static/flows/webauthn.mjs asks the authenticator and fills it in."""

import json
from typing import Any

from django import forms

from flows.steps.forms.base import StepForm

CREDENTIAL_MAX = 32_768  # an assertion is about 1 kB; a large user handle or extension still fits
NO_PASSKEY = "No passkey was used. Try again, or choose another way."


class PasskeyForm(StepForm):
    """``credential`` is an AuthenticationResponseJSON (WebAuthn Level 3, 5.1.8.1); the pool is who judges it."""

    credential = forms.CharField(
        strip=False,
        max_length=CREDENTIAL_MAX,
        widget=forms.HiddenInput,
        error_messages={"required": NO_PASSKEY, "max_length": NO_PASSKEY},
    )

    @property
    def options(self) -> str:
        """What ``navigator.credentials.get`` is asked, as JSON."""
        return self.pending.parameters.get("CREDENTIAL_REQUEST_OPTIONS", "")

    def clean_credential(self) -> str:
        text: str = self.cleaned_data["credential"]
        try:
            parsed: Any = json.loads(text)
        except (ValueError, RecursionError):
            parsed = None
        if not isinstance(parsed, dict):
            raise forms.ValidationError(NO_PASSKEY)
        return text

    def challenge_responses(self) -> dict[str, str]:
        return {"CREDENTIAL": self.cleaned_data["credential"]}
