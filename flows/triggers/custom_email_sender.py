"""CustomEmailSender: the pool's e-mail by a way of one's own; here by Amazon SES.

Environment: ``KEY_ARN`` (or ``SENDER_CODES``), ``MAIL_FROM``, ``SITE_NAME``.
Event: ``request.code``, encrypted; ``request.userAttributes``; ``response`` is empty, and nobody waits for it.
Source: developer guide, "Custom email sender Lambda trigger".
"""

import html

from flows.triggers import messages, site
from flows.triggers.events import Context, Event, attributes_of
from flows.triggers.sender_codes import decrypt

SUBJECTS = {
    "CustomEmailSender_SignUp": "Confirm your account",
    "CustomEmailSender_ResendCode": "Confirm your account",
    "CustomEmailSender_ForgotPassword": "Choose a new password",
    "CustomEmailSender_UpdateUserAttribute": "Confirm your address",
    "CustomEmailSender_VerifyUserAttribute": "Confirm your address",
    "CustomEmailSender_AdminCreateUser": "Your temporary password",
    "CustomEmailSender_Authentication": "Your sign-in code",
    "CustomEmailSender_AccountTakeOverNotification": "A sign-in that was not like you",
}


def handler(event: Event, context: Context) -> Event:
    """Sends the code, where there is one (a notification has none)."""
    name = site.name()
    subject = SUBJECTS.get(event["triggerSource"], "A message")
    code = event["request"].get("code")
    text = f"Your code for {name} is {decrypt(code)}." if code else f"Please look at your account at {name}."
    messages.send_email(
        attributes_of(event)["email"], subject=f"{name}: {subject}", text=text, html=f"<p>{html.escape(text)}</p>"
    )
    return event
