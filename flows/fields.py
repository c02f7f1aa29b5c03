"""Form fields that more than one form uses. They refuse early what a pool would refuse late (T030, T031, T128)."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

USERNAME_MAX = 128  # botocore: UsernameType
PASSWORD_MAX = 256  # botocore: PasswordType
ATTRIBUTE_MAX = 2048  # botocore: AttributeValueType
CODE_TYPED_MAX = 32  # a code with the blanks and dashes that people paste along

UNSENDABLE = ValidationError("This contains a character that cannot be sent.", code="character")


def transmissible(text: str) -> None:
    """Refuse text that is not what was typed.

    A lone surrogate cannot be encoded, and Django turns bytes that are not UTF-8 into U+FFFD: sending either on
    would mean a different password than the person's.
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        raise UNSENDABLE from None
    if "\ufffd" in text:
        raise UNSENDABLE


class UsernameField(forms.CharField):
    """A username, or whatever else the pool takes for one (e-mail, phone)."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(
            attrs={
                "autocomplete": "username",
                "autocapitalize": "none",
                "spellcheck": "false",
                "autofocus": True,
            }
        )
        defaults: dict[str, Any] = {
            "label": "Username",
            "max_length": USERNAME_MAX,
            "widget": widget,
            "validators": [transmissible],
        }
        super().__init__(**(defaults | options))


class PasswordField(forms.CharField):
    """A password, byte for byte as typed: never stripped, never sent back to the page."""

    def __init__(self, *, autocomplete: str = "current-password", autofocus: bool = False, **options: Any) -> None:
        attributes = {"autocomplete": autocomplete, "autofocus": autofocus}
        widget = forms.PasswordInput(attrs=attributes, render_value=False)
        defaults: dict[str, Any] = {
            "label": "Password",
            "strip": False,
            "max_length": PASSWORD_MAX,
            "widget": widget,
            "validators": [transmissible],
        }
        super().__init__(**(defaults | options))


class CodeField(forms.CharField):
    """A one-time code: six to eight ASCII digits; how many a challenge wants is the pool's to judge (T048).

    Blanks and dashes come along when a code is pasted as it was written, and count for nothing. Digits of other scripts
    are refused: they look right and would be compared as something else.
    """

    _LAYOUT = re.compile(r"[ \t\r\n\u00a0\u202f-]+")
    _CODE = re.compile(r"[0-9]{6,8}")

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "autocapitalize": "none",
                "spellcheck": "false",
                "autofocus": True,
            }
        )
        defaults: dict[str, Any] = {"label": "Code", "max_length": CODE_TYPED_MAX, "widget": widget}
        super().__init__(**(defaults | options))

    def clean(self, value: Any) -> str:
        code = self._LAYOUT.sub("", super().clean(value))
        if code and not self._CODE.fullmatch(code):
            raise ValidationError("A code has six to eight digits, 0 to 9.", code="code")
        return code
