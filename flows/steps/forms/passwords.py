"""Forms whose answer is a password."""

from typing import Any

from django import forms

from flows.fields import ATTRIBUTE_MAX, PasswordField, transmissible
from flows.steps.forms.base import StepForm
from flows.steps.parameters import attribute_response, missing_attributes
from flows.steps.pending import Pending

# What a browser may fill in by itself, for the standard attributes that a pool can require.
AUTOCOMPLETE = {
    "email": "email",
    "phone_number": "tel",
    "name": "name",
    "given_name": "given-name",
    "middle_name": "additional-name",
    "family_name": "family-name",
    "nickname": "nickname",
    "birthdate": "bday",
    "gender": "sex",
    "address": "street-address",
    "website": "url",
    "locale": "language",
}
_WIDGETS: dict[str, type[forms.TextInput] | type[forms.EmailInput] | type[forms.URLInput]] = {
    "email": forms.EmailInput,
    "phone_number": forms.TextInput,
    "website": forms.URLInput,
}
_HELP = {"phone_number": "With country code, such as +41446681800.", "birthdate": "As 1990-12-31."}


class NewPasswordForm(StepForm):
    """NEW_PASSWORD_REQUIRED: a password of one's own, and whatever attributes the pool still misses."""

    new_password = PasswordField(label="New password", autocomplete="new-password")

    def __init__(self, data: Any = None, *, pending: Pending) -> None:
        super().__init__(data, pending=pending)
        self.attributes = missing_attributes(pending)
        for name in self.attributes:
            self.fields[attribute_response(name)] = _attribute_field(name)

    def challenge_responses(self) -> dict[str, str]:
        names = [attribute_response(name) for name in self.attributes]
        return {"NEW_PASSWORD": self.cleaned_data["new_password"]} | {name: self.cleaned_data[name] for name in names}


class PasswordForm(StepForm):
    """PASSWORD, a first factor of USER_AUTH: the password goes to this site and to Cognito."""

    password = PasswordField(autofocus=True)

    def challenge_responses(self) -> dict[str, str]:
        return {"PASSWORD": self.cleaned_data["password"]}


def _attribute_field(name: str) -> forms.CharField:
    attributes = {"autocomplete": AUTOCOMPLETE.get(name, "off")}
    return forms.CharField(
        label=name.removeprefix("custom:").replace("_", " ").capitalize(),
        max_length=ATTRIBUTE_MAX,
        help_text=_HELP.get(name, ""),
        widget=_WIDGETS.get(name, forms.TextInput)(attrs=attributes),
        validators=[transmissible],
    )
