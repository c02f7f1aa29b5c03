"""What every step's form is: fields for a person, ChallengeResponses for Cognito."""

from typing import Any

from django import forms

from flows.steps.pending import Pending


class StepForm(forms.Form):
    """Made from the pending attempt, so that a form may show what Cognito sent. Subclasses answer."""

    use_required_attribute = True

    def __init__(self, data: Any = None, *, pending: Pending) -> None:
        super().__init__(data, auto_id="field-%s")  # the form itself has the step's slug, which may be "password" too
        self.pending = pending

    def challenge_responses(self) -> dict[str, str]:
        """ChallengeResponses without USERNAME and SECRET_HASH; call after ``is_valid``."""
        raise NotImplementedError
