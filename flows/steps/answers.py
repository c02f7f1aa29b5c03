"""Answering the pending challenge of an attempt, by the operation that the attempt began with."""

from collections.abc import Mapping

from flows.cognito import auth
from flows.cognito.outcome import Outcome
from flows.steps.pending import Pending
from flows.terms import ChallengeName


def answer(pending: Pending, responses: Mapping[str, str], *, device_key: str = "") -> Outcome:
    """RespondToAuthChallenge or its Admin twin, for the user that the pool named. Raises ``CognitoError``."""
    send = auth.admin_respond if pending.by_admin else auth.respond
    given = {"USERNAME": pending.user_id, **responses}
    return send(ChallengeName(pending.challenge), given, session=pending.session, device_key=device_key)
