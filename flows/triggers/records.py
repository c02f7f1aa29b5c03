"""Lines for the record: JSON on standard output, which Lambda keeps in CloudWatch Logs.

Who, by ``sub``, never by name or address: logs live longer than accounts, and are read by more people.
"""

import json
import sys

from flows.triggers.events import Event, attributes_of


def record(what: str, event: Event, **more: str | bool) -> None:
    """One line."""
    line = {
        "event": what,
        "source": event["triggerSource"],
        "pool": event["userPoolId"],
        "client": event["callerContext"]["clientId"],
        "sub": attributes_of(event).get("sub"),
        **more,
    }
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()
