"""CustomSMSSender: the pool's text messages by a way of one's own; here by Amazon SNS.

Environment: ``KEY_ARN`` (or ``SENDER_CODES``), ``SITE_NAME``.
Event: ``request.code``, encrypted; ``request.userAttributes``; ``response`` is empty, and nobody waits for it.
Source: developer guide, "Custom SMS sender Lambda trigger".
"""

from flows.triggers import messages, site
from flows.triggers.events import Context, Event, attributes_of
from flows.triggers.sender_codes import decrypt


def handler(event: Event, context: Context) -> Event:
    """Sends the code, where there is one."""
    code = event["request"].get("code")
    if code:
        text = f"Your code for {site.name()} is {decrypt(code)}."
        messages.send_text_message(attributes_of(event)["phone_number"], text=text)
    return event
