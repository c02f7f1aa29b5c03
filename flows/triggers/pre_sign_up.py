"""PreSignUp: only addresses of certain e-mail domains may sign up.

Environment: ``SIGN_UP_EMAIL_DOMAINS`` (``example.com,example.org``; without it, every domain).
Event: ``request.userAttributes``; ``response`` takes ``autoConfirmUser``, ``autoVerifyEmail``, ``autoVerifyPhone``,
which stay as they are: a domain that is allowed is no proof of an address. Source: developer guide, "Pre sign-up Lambda
trigger".

``PreSignUp_AdminCreateUser`` passes: administrators know what they do, and Cognito calls it for users that the
migration trigger brings along too.
"""

from flows.triggers import environment
from flows.triggers.events import Context, Event, Refused, attributes_of

BY_THEMSELVES = {"PreSignUp_SignUp", "PreSignUp_ExternalProvider"}


def handler(event: Event, context: Context) -> Event:
    """The event as it is. Raises ``Refused``."""
    allowed = {domain.lower() for domain in environment.words("SIGN_UP_EMAIL_DOMAINS")}
    if allowed and event["triggerSource"] in BY_THEMSELVES:
        _, at, domain = attributes_of(event).get("email", "").strip().rpartition("@")
        if not at or domain.lower().rstrip(".") not in allowed:
            raise Refused("Please sign up with an e-mail address of your organisation")
    return event
