"""Reading the rounds out of an event: what DefineAuthChallenge and CreateAuthChallenge have in common."""

from flows.triggers.events import Event, attributes_of, is_nobody, metadata_of
from flows.triggers.plan import Plan
from flows.triggers.progress import Ask, Failed, Passed, next_after

CHOICE = "challenge"  # key of ClientMetadata by which a client names the alternative it would like


def next_in(event: Event, plan: Plan) -> Ask | Passed | Failed:
    """What follows the rounds of this event."""
    return next_after(
        plan,
        event["request"].get("session") or [],
        wanted=metadata_of(event).get(CHOICE, ""),
        user_status=attributes_of(event).get("cognito:user_status", ""),
        exists=not is_nobody(event),
    )
