"""PreAuthentication: who may not sign in at the moment, however right the password.

Environment: ``SIGN_IN_CLOSED`` (a text such as "We are back at 18:00": nobody signs in, and reads why);
``BLOCKED_EMAIL_DOMAINS``; ``BLOCKED_SUBS`` (users by ``sub``).
Event: ``request.userAttributes``, ``request.userNotFound``; ``response`` is empty. Source: developer guide, "Pre
authentication Lambda trigger".

It runs before the password is checked, so its words must not tell who exists: whoever is blocked reads what somebody
with a wrong password reads.
"""

from flows.triggers import environment
from flows.triggers.events import Context, Event, Refused, attributes_of


def handler(event: Event, context: Context) -> Event:
    """The event as it is. Raises ``Refused``."""
    closed = environment.text("SIGN_IN_CLOSED", "")
    if closed:
        raise Refused(closed)
    attributes = attributes_of(event)
    domain = attributes.get("email", "").rpartition("@")[2].lower()
    blocked_domains = {name.lower() for name in environment.words("BLOCKED_EMAIL_DOMAINS")}
    if domain in blocked_domains or attributes.get("sub") in environment.words("BLOCKED_SUBS"):
        raise Refused("Incorrect username or password")
    return event
