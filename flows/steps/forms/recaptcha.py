"""The form of a reCAPTCHA: static/flows/recaptcha.mjs fills in the token that Google's widget gives.

The widget is django-recaptcha's. Its own templates print an inline script, which our Content-Security-Policy refuses,
so the page draws it (templates/flows/steps/recaptcha.html) and the module does what those scripts would. The form only
passes the token on: Google verifies one once, and that is the pool's trigger's to ask for (T058).
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django import forms
from django_recaptcha.widgets import ReCaptchaBase, ReCaptchaV2Checkbox, ReCaptchaV2Invisible, ReCaptchaV3

from flows.steps import public
from flows.steps.forms.base import StepForm

TOKEN_MAX = 8192  # characters; Google names no limit, they have about 2,000
NOT_DONE = "The check was not made. Make it, then go on."
_WIDGETS: Mapping[str, type[ReCaptchaBase]] = {
    "v2_checkbox": ReCaptchaV2Checkbox,
    "v2_invisible": ReCaptchaV2Invisible,
    "v3": ReCaptchaV3,
}


class RecaptchaForm(StepForm):
    """The token of Google's widget."""

    answer = forms.RegexField(
        r"\A[!-~]+\Z",
        max_length=TOKEN_MAX,
        widget=forms.HiddenInput,
        error_messages={"required": NOT_DONE, "invalid": NOT_DONE, "max_length": NOT_DONE},
    )

    @property
    def widget(self) -> dict[str, Any]:
        """django-recaptcha's context for its template, with the address of Google's script (``api``), to be run by our
        module; empty where the pool's parameters are none of a reCAPTCHA."""
        asked = public.recaptcha(self.pending)
        if asked is None:
            return {}
        widget = _WIDGETS[asked.version](attrs={"data-sitekey": asked.site_key})
        context: dict[str, Any] = widget.get_context("answer", None, None)
        render = asked.site_key if asked.version == "v3" else "explicit"
        api = f"https://{context['recaptcha_domain']}/recaptcha/api.js?{urlencode({'render': render})}"
        return {**context, "version": asked.version, "action": asked.action, "api": api}

    def challenge_responses(self) -> dict[str, str]:
        return {"ANSWER": self.cleaned_data["answer"]}
