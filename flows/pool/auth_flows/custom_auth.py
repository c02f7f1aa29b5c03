"""CUSTOM_AUTH: three Lambda functions decide what is asked and when it is enough.

With ``CHALLENGE_NAME: SRP_A`` the client's SRP_A comes first, and DefineAuthChallenge finds it as the first entry of
its ``session``: it may ask for the password's proof next, or for anything else.
"""

from collections.abc import Mapping

from flows.pool import clients
from flows.pool.attempt import SRP_A, Attempt, Round
from flows.pool.errors.triggers import custom_auth_not_configured
from flows.pool.errors.users import user_does_not_exist
from flows.pool.lambda_triggers import triggers
from flows.pool.outcomes import Judged, Outcome
from flows.pool.proofs import secret_blocks
from flows.pool.tools import Tools
from flows.terms import Trigger

CLIENT_SETTING = "ALLOW_CUSTOM_AUTH"
NOT_ENABLED = "CUSTOM_AUTH is not enabled for the client."
REQUIRED = ("USERNAME",)


def start(attempt: Attempt, parameters: Mapping[str, str], tools: Tools) -> Outcome:
    """On to DefineAuthChallenge, for a name that nobody has as well; only a client with LEGACY errors is told."""
    if not triggers.is_configured(attempt.pool, Trigger.DEFINE_AUTH_CHALLENGE):
        raise custom_auth_not_configured()
    if attempt.user is None and not clients.hides_user_existence(attempt.client):
        raise user_does_not_exist()
    if parameters.get("CHALLENGE_NAME") != SRP_A:
        return Judged(None)
    secret_blocks.read_public_value(parameters)
    return Judged(Round(SRP_A, passed=True))
