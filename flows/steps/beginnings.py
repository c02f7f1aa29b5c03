"""Beginning a flow where that is more than one call, or happens from more than one place."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from flows.cognito import auth, connection
from flows.cognito import srp as cognito_srp
from flows.cognito.outcome import Challenge, Outcome
from flows.terms import AuthFlow, ChallengeName, FirstFactor

# What says, in flows that can begin in other ways too, that SRP_A is meant.
_WITH_SRP_A: Mapping[AuthFlow, Mapping[str, str]] = {
    AuthFlow.USER_AUTH: {"PREFERRED_CHALLENGE": FirstFactor.PASSWORD_SRP},
    AuthFlow.CUSTOM_AUTH: {"CHALLENGE_NAME": "SRP_A"},
}


def choice(username: str, *, preferred: str = "", device_key: str = "") -> Outcome:
    """USER_AUTH; with ``preferred`` its challenge at once, if the pool has it for this user."""
    wanted = {"PREFERRED_CHALLENGE": preferred} if preferred else {}
    return auth.initiate(AuthFlow.USER_AUTH, {"USERNAME": username, **wanted}, device_key=device_key)


def custom(flow: AuthFlow, username: str, *, device_key: str = "") -> Outcome:
    """CUSTOM_AUTH at its first question, as Amplify's CUSTOM_WITHOUT_SRP begins it."""
    return auth.initiate(flow, {"USERNAME": username}, device_key=device_key)


def srp(flow: AuthFlow, username: str, srp_a: str, *, device_key: str = "") -> Outcome:
    """Open SRP for a browser that keeps the private half to itself: a flow of its own, a factor of USER_AUTH, or the
    beginning of CUSTOM_AUTH, whose functions may ask for something else than its proof."""
    wanted = _WITH_SRP_A.get(flow, {})
    return auth.initiate(flow, {"USERNAME": username, **wanted, "SRP_A": srp_a}, device_key=device_key)


def srp_on_server(flow: AuthFlow, username: str, password: str, *, device_key: str = "") -> Outcome:
    """Both halves of SRP here: the password reaches this server but not Cognito."""
    ephemeral = cognito_srp.begin()
    asked = srp(flow, username, ephemeral.srp_a, device_key=device_key)
    if not isinstance(asked, Challenge) or asked.name != ChallengeName.PASSWORD_VERIFIER:
        return asked
    proof = cognito_srp.claim(
        ephemeral,
        password=password,
        pool_name=connection.current().pool_name,
        parameters=asked.parameters,
        now=datetime.now(UTC),
    )
    outcome = auth.respond(
        ChallengeName.PASSWORD_VERIFIER,
        {"USERNAME": asked.parameters.get("USER_ID_FOR_SRP", username), **proof},
        session=asked.session,
        device_key="" if asked.device_forgotten else device_key,
    )
    return replace(outcome, device_forgotten=outcome.device_forgotten or asked.device_forgotten)
