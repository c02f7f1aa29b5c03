"""The step table: what each question of Cognito looks like to a person.

Rows are ordered; the first whose challenge and ``when`` match wins. Template, docs page, address anchor and test id
derive from ``slug``, so they cannot disagree. A new challenge is one row, one form, one template, one docs page.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flows.cognito.outcome import Outcome
from flows.steps import exchanges
from flows.steps.forms.base import StepForm
from flows.steps.forms.passwords import NewPasswordForm
from flows.steps.forms.srp import PasswordVerifierForm
from flows.steps.matching import always
from flows.steps.pending import Pending
from flows.terms import ChallengeName as C
from flows.terms import SignInStep as S


class UnknownChallenge(Exception):
    """Cognito asked something that no row knows. The page names it; nobody guesses."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One row. ``sign_in_step`` is Amplify's name, ``None`` where Amplify answers without asking anybody.

    ``submit`` takes the pending attempt and the valid form; ``module`` is the browser module in ``static/flows/``.
    """

    slug: str
    challenge: C
    sign_in_step: S | None
    form: type[StepForm]
    when: Callable[[Pending], bool] = always
    submit: Callable[[Pending, Any], Outcome] = exchanges.respond
    module: str = ""

    @property
    def template(self) -> str:
        return f"flows/steps/{self.slug}.html"

    @property
    def docs(self) -> str:
        return f"docs/steps/{self.slug}.md"


STEPS: tuple[Step, ...] = (
    Step(
        slug="password-verifier",
        challenge=C.PASSWORD_VERIFIER,
        sign_in_step=None,
        form=PasswordVerifierForm,
        submit=exchanges.verify_password,
        module="srp-form",
    ),
    Step(
        slug="new-password",
        challenge=C.NEW_PASSWORD_REQUIRED,
        sign_in_step=S.CONFIRM_SIGN_IN_WITH_NEW_PASSWORD_REQUIRED,
        form=NewPasswordForm,
    ),
)


def step_for(pending: Pending) -> Step:
    """The row for what Cognito asked. Raises ``UnknownChallenge``."""
    for step in STEPS:
        if step.challenge == pending.challenge and step.when(pending):
            return step
    raise UnknownChallenge(pending.challenge)
