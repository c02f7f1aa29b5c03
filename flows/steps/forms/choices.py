"""Forms that put a choice: one button for each thing on offer, and nothing else is taken (T054)."""

from collections.abc import Iterable
from typing import Any

from django import forms

from flows.steps import factors
from flows.steps.factors import Factor
from flows.steps.forms.base import StepForm
from flows.steps.parameters import mfas_can_choose, mfas_can_setup
from flows.steps.pending import Pending

NOT_OFFERED = "This is not on offer. Choose one of these."
_MISSING = "Choose one of these."


class ChoiceForm(StepForm):
    """Subclasses say which names are offered; of those, the ones that this site knows are shown."""

    answer = forms.CharField(error_messages={"required": _MISSING}, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, pending: Pending) -> None:
        super().__init__(data, pending=pending)
        self.options: tuple[Factor, ...] = factors.among(self.offered())

    def offered(self) -> Iterable[str]:
        raise NotImplementedError

    def clean_answer(self) -> str:
        answer: str = self.cleaned_data["answer"]
        if answer not in {option.name for option in self.options}:
            raise forms.ValidationError(NOT_OFFERED)
        return answer

    def challenge_responses(self) -> dict[str, str]:
        return {"ANSWER": self.cleaned_data["answer"]}


class FirstFactorForm(ChoiceForm):
    """SELECT_CHALLENGE."""

    def offered(self) -> Iterable[str]:
        return self.pending.available


class MfaTypeForm(ChoiceForm):
    """SELECT_MFA_TYPE."""

    def offered(self) -> Iterable[str]:
        return mfas_can_choose(self.pending)


class MfaSetupChoiceForm(ChoiceForm):
    """MFA_SETUP with several things to set up."""

    def offered(self) -> Iterable[str]:
        return mfas_can_setup(self.pending)
