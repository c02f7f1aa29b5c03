"""Questions that the server answers by itself, because what they ask for is its own: the device's proofs."""

from datetime import UTC, datetime

from flows.cognito import devices
from flows.cognito.errors import BAD_ANSWER, CognitoError
from flows.cognito.outcome import Outcome
from flows.steps.pending import Pending


def prove_device(pending: Pending) -> Outcome:
    """DEVICE_SRP_AUTH and the verifier after it. Raises ``CognitoError``."""
    if pending.device is None:
        raise CognitoError(BAD_ANSWER, "DEVICE_SRP_AUTH", message="asked of a device that was not named")
    return devices.prove(
        pending.device,
        user_id=pending.user_id,
        session=pending.session,
        by_admin=pending.by_admin,
        now=datetime.now(UTC),
    )


def refuse_stray_proof(pending: Pending) -> Outcome:
    """DEVICE_PASSWORD_VERIFIER only ever follows our SRP_A, and ``prove_device`` answers it then and there."""
    raise CognitoError(BAD_ANSWER, "DEVICE_PASSWORD_VERIFIER", message="nothing was begun that this could verify")
