"""What a step does with a valid form: almost always one answer to Cognito, for a few steps something more.

Every public function here has the shape of ``Step.submit`` unless it says otherwise.
"""

from collections.abc import Mapping
from dataclasses import replace

from flows.cognito import software_token
from flows.cognito.outcome import Challenge, Outcome
from flows.steps import beginnings
from flows.steps.answers import answer
from flows.steps.forms.base import StepForm
from flows.steps.forms.choices import FirstFactorForm, MfaSetupChoiceForm
from flows.steps.forms.passwords import PasswordForm
from flows.steps.forms.setup import TotpSetupForm
from flows.steps.forms.srp import PasswordSrpForm, PasswordVerifierForm
from flows.steps.parameters import only
from flows.steps.pending import Pending
from flows.terms import ChallengeName, FirstFactor

# Chosen here and answered later: Cognito wants the choice and the proof in one answer, as Amplify sends them.
_WITH_PROOF = frozenset({FirstFactor.PASSWORD, FirstFactor.PASSWORD_SRP})


def respond(pending: Pending, form: StepForm) -> Outcome:
    """Answer the pending challenge, and no other: its name and the username are the server's own."""
    return answer(pending, form.challenge_responses())


# -- Passwords -----------------------------------------------------------------------------------------------------
def verify_password(pending: Pending, form: PasswordVerifierForm) -> Outcome:
    """Answer PASSWORD_VERIFIER; or, when the browser lost its half of SRP to a reload, begin SRP again."""
    if form.server_side:
        return beginnings.srp_on_server(
            pending.flow, pending.username, form.cleaned_data["password"], device_key=pending.device_key
        )
    if form.starts_again:
        return beginnings.srp(pending.flow, pending.username, form.cleaned_data["srp_a"], device_key=pending.device_key)
    return answer(pending, form.challenge_responses(), device_key=pending.device_key)


def give_password(pending: Pending, form: PasswordForm) -> Outcome:
    """PASSWORD, by the answer that both kinds of waiting take: the choice and its proof at once."""
    return _choose(pending, FirstFactor.PASSWORD, form.challenge_responses())


def give_srp_a(pending: Pending, form: PasswordSrpForm) -> Outcome:
    """PASSWORD_SRP; Cognito asks for the proof next."""
    if form.server_side:
        return beginnings.srp_on_server(
            pending.flow, pending.username, form.cleaned_data["password"], device_key=pending.device_key
        )
    return _choose(pending, FirstFactor.PASSWORD_SRP, form.challenge_responses())


# -- Choices -------------------------------------------------------------------------------------------------------
def choose_first_factor(pending: Pending, form: FirstFactorForm) -> Outcome:
    """On to the factor's step; Cognito is told at once, or together with the proof."""
    chosen = form.cleaned_data["answer"]
    if chosen in _WITH_PROOF:
        return _here(pending, chosen, pending.parameters)
    return answer(pending, form.challenge_responses())


def choose_mfa_setup(pending: Pending, form: MfaSetupChoiceForm) -> Outcome:
    """Narrow MFA_SETUP to what was chosen. Cognito is not told: the set-up itself says it."""
    return _here(pending, pending.challenge, {**pending.parameters, **only(form.cleaned_data["answer"])})


# -- Authenticator app ---------------------------------------------------------------------------------------------
def associate(pending: Pending) -> Pending:
    """``Step.prepare``: fetch the secret, once; a reload shows the same one."""
    token = software_token.associate(pending.session)
    return replace(pending, session=token.session, prepared={"secret": token.secret})


def verify_then_respond(pending: Pending, form: TotpSetupForm) -> Outcome:
    """Prove that the app has the secret, then answer MFA_SETUP with the Session that this brings."""
    session = software_token.verify(pending.session, form.cleaned_data["code"])
    return answer(replace(pending, session=session), form.challenge_responses())


def _choose(pending: Pending, factor: FirstFactor, proof: Mapping[str, str]) -> Outcome:
    waiting = replace(pending, challenge=ChallengeName.SELECT_CHALLENGE)
    return answer(waiting, {"ANSWER": factor, **proof}, device_key=pending.device_key)


def _here(pending: Pending, challenge: str, parameters: Mapping[str, str]) -> Challenge:
    """The next question, when it follows from the last one without a call: under the same Session."""
    return Challenge(name=challenge, parameters=parameters, session=pending.session, available=pending.available)
