"""What a step does with a valid form: almost always one answer to Cognito, for a few steps something more.

Every function here has the shape of ``Step.submit``.
"""

from collections.abc import Mapping
from datetime import UTC, datetime

from flows.cognito import auth, connection, srp
from flows.cognito.outcome import Challenge, Outcome
from flows.steps.forms.base import StepForm
from flows.steps.forms.srp import PasswordVerifierForm
from flows.steps.pending import Pending
from flows.terms import AuthFlow, ChallengeName


def respond(pending: Pending, form: StepForm) -> Outcome:
    """Answer the pending challenge, and no other: its name and the username are the server's own."""
    return _answer(pending, form.challenge_responses())


def verify_password(pending: Pending, form: PasswordVerifierForm) -> Outcome:
    """Answer PASSWORD_VERIFIER; or, when the browser lost its half of SRP to a reload, begin SRP again."""
    if form.server_side:
        return srp_on_server(pending.flow, pending.username, form.cleaned_data["password"])
    if form.starts_again:
        return begin_srp(pending.flow, pending.username, form.cleaned_data["srp_a"])
    return respond(pending, form)


def begin_srp(flow: AuthFlow, username: str, srp_a: str) -> Outcome:
    """Open an SRP flow for a browser that keeps the private half to itself."""
    return auth.initiate(flow, {"USERNAME": username, "SRP_A": srp_a})


def srp_on_server(flow: AuthFlow, username: str, password: str) -> Outcome:
    """Both halves of SRP here: the password reaches this server but not Cognito."""
    ephemeral = srp.begin()
    asked = begin_srp(flow, username, ephemeral.srp_a)
    if not isinstance(asked, Challenge) or asked.name != ChallengeName.PASSWORD_VERIFIER:
        return asked
    proof = srp.claim(
        ephemeral,
        password=password,
        pool_name=connection.current().pool_name,
        parameters=asked.parameters,
        now=datetime.now(UTC),
    )
    user_id = asked.parameters.get("USER_ID_FOR_SRP", username)
    return auth.respond(ChallengeName.PASSWORD_VERIFIER, {"USERNAME": user_id, **proof}, session=asked.session)


def _answer(pending: Pending, responses: Mapping[str, str]) -> Outcome:
    send = auth.admin_respond if pending.by_admin else auth.respond
    name = ChallengeName(pending.challenge)
    return send(name, {"USERNAME": pending.user_id, **responses}, session=pending.session)
