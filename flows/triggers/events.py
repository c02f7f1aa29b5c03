"""The shape of Cognito's events (developer guide, "Customizing user pool workflows with Lambda triggers")."""

from typing import Any

Event = dict[str, Any]
Context = object  # Lambda's context object; no trigger here needs it

CUSTOM_CHALLENGE = "CUSTOM_CHALLENGE"


class Refused(Exception):
    """The trigger says no. Cognito shows its words to the client, after "<Trigger> failed with error "."""


def respond(event: Event, **values: Any) -> Event:
    """The event with these members of its ``response`` filled in: a trigger returns the whole event."""
    event["response"] = {**(event.get("response") or {}), **values}
    return event


def attributes_of(event: Event) -> dict[str, str]:
    """The user's attributes; none for somebody who does not exist."""
    return dict(event["request"].get("userAttributes") or {})


def metadata_of(event: Event) -> dict[str, str]:
    """ClientMetadata, which is whatever the client likes: never to be trusted."""
    return dict(event["request"].get("clientMetadata") or {})


def is_nobody(event: Event) -> bool:
    """A name without a user, at an app client that does not tell (PreventUserExistenceErrors: ENABLED)."""
    return bool(event["request"].get("userNotFound"))
