"""Forms of CUSTOM_CHALLENGE: one answer, which the pool's own functions judge.

What was typed goes to the pool and nowhere else: a form that comes back is empty (T057).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from flows.fields import transmissible
from flows.steps import public
from flows.steps.forms.base import StepForm
from flows.steps.pending import Pending
from flows.steps.public import Link, Media

ANSWER_MAX = 2048  # characters; a signed link has a few hundred
SHORT = 160  # characters that are shown as they are
SHOWN = 4000  # characters of a longer one; what is an image as text is of no use to anybody
MOST = 50  # parameters
LONGEST_QUESTION = 2000  # characters


class AnswerInput(forms.TextInput):
    """Never filled in by the server."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return super().get_context(name, None, attrs)


def answer_field(label: str, *, strip: bool = True, **attributes: str) -> forms.CharField:
    """The one field; ``attributes`` of the control may say what keyboard it wants."""
    about = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false", "autofocus": True, **attributes}
    return forms.CharField(
        label=label, strip=strip, max_length=ANSWER_MAX, validators=[transmissible], widget=AnswerInput(attrs=about)
    )


class AnswerForm(StepForm):
    """The answer as it was typed."""

    answer = answer_field("Your answer", strip=False)

    def challenge_responses(self) -> dict[str, str]:
        return {"ANSWER": self.cleaned_data["answer"]}


class CaptchaForm(AnswerForm):
    """Characters of a picture, or as spoken."""

    answer = answer_field("What you read or hear")

    @property
    def picture(self) -> Media | None:
        return public.picture(self.pending)

    @property
    def sound(self) -> Media | None:
        return public.sound(self.pending)

    @property
    def round(self) -> int:
        """How often this attempt has answered: a picture at the address of the one before it would not be loaded."""
        return len(self.pending.answered)


class QuestionForm(AnswerForm):
    """A question in words, which is what the field is called: who comes to it by ear hears what is asked."""

    answer = answer_field("Your answer")

    def __init__(self, data: Any = None, *, pending: Pending) -> None:
        super().__init__(data, pending=pending)
        self.fields["answer"].label = public.question(pending)[:LONGEST_QUESTION]


class LinkForm(AnswerForm):
    """The code of a message; or the token of its link, as static/flows/link.mjs sends it or a person pastes it."""

    answer = answer_field("Code from the e-mail", autocomplete="one-time-code")

    @property
    def link(self) -> Link | None:
        return public.link(self.pending)

    def clean_answer(self) -> str:
        """Of a whole link only what stands behind the #."""
        answer: str = self.cleaned_data["answer"]
        return answer.rpartition("#")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A public parameter as text. ``start`` is there when ``text`` is long; ``left_out`` counts what is not shown."""

    name: str
    text: str
    start: str = ""
    length: int = 0
    left_out: int = 0


class CustomForm(AnswerForm):
    """A challenge of functions that this site has never seen."""

    def __init__(self, data: Any = None, *, pending: Pending) -> None:
        super().__init__(data, pending=pending)
        told = public.everything(pending)
        self.parameters: Sequence[Parameter] = [_parameter(*pair) for pair in list(told.items())[:MOST]]
        self.further = max(0, len(told) - MOST)


def _parameter(name: str, value: str) -> Parameter:
    if len(value) <= SHORT:
        return Parameter(name=name, text=value)
    return Parameter(
        name=name,
        text=value[:SHOWN],
        start=value[: SHORT // 2],
        length=len(value),
        left_out=max(0, len(value) - SHOWN),
    )
