"""USER_SRP_AUTH: the client proves the password without sending it."""

from collections.abc import Mapping

from flows.pool import clients
from flows.pool.attempt import Attempt
from flows.pool.challenges import password_verifier
from flows.pool.errors.users import user_does_not_exist
from flows.pool.outcomes import Outcome
from flows.pool.proofs import secret_blocks
from flows.pool.tools import Tools

CLIENT_SETTING = "ALLOW_USER_SRP_AUTH"
NOT_ENABLED = "USER_SRP_AUTH is not enabled for the client."
REQUIRED = ("USERNAME", "SRP_A")


def start(attempt: Attempt, parameters: Mapping[str, str], tools: Tools) -> Outcome:
    """PASSWORD_VERIFIER for whoever is named. A client with LEGACY errors is told at once that nobody is."""
    public = secret_blocks.read_public_value(parameters)
    if attempt.user is None and not clients.hides_user_existence(attempt.client):
        raise user_does_not_exist()
    return password_verifier.ask_for_proof(attempt, public, tools, with_session=False)
