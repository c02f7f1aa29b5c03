"""PostAuthentication: a line for the record of every sign-in that succeeded.

Environment: none.
Event: ``request.newDeviceUsed``, which means something in pools that track devices only; ``response`` is empty.
Source: developer guide, "Post authentication Lambda trigger".
"""

from flows.triggers.events import Context, Event
from flows.triggers.records import record


def handler(event: Event, context: Context) -> Event:
    """The event as it is."""
    record("signed in", event, newDevice=event["request"].get("newDeviceUsed") is True)
    return event
