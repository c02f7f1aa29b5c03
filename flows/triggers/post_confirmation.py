"""PostConfirmation: welcomes whoever has confirmed an account, and writes a line for the record.

Environment: ``WELCOME=on`` sends a message, from ``MAIL_FROM`` by Amazon SES; ``SITE_NAME``, ``SITE_URL``.
Event: ``request.userAttributes``; ``response`` is empty. Source: developer guide, "Post confirmation Lambda trigger".

Never raises for want of a message: the account is confirmed by now, and an error would say otherwise.
"""

import html

from flows.triggers import environment, messages, site
from flows.triggers.events import Context, Event, attributes_of
from flows.triggers.records import record


def handler(event: Event, context: Context) -> Event:
    """The event as it is."""
    attributes = attributes_of(event)
    record("confirmed", event)
    if (
        event["triggerSource"] == "PostConfirmation_ConfirmSignUp"
        and environment.switch("WELCOME")
        and attributes.get("email_verified") == "true"
    ):
        _welcome(attributes["email"], event)
    return event


def _welcome(address: str, event: Event) -> None:
    name, url = site.name(), environment.text("SITE_URL")
    try:
        messages.send_email(
            address,
            subject=f"Welcome to {name}",
            text=f"Your account at {name} is ready: {url}\n",
            html=f'<p>Your account at <a href="{html.escape(url)}">{html.escape(name)}</a> is ready.</p>',
        )
    except messages.NotSent as error:
        record("welcome not sent", event, error=str(error))
