"""CustomMessage: the pool's messages in the site's own words.

Environment: ``SITE_NAME``; ``VERIFY_BY_LINK=on`` for pools that confirm accounts by link.
Event: ``request.codeParameter`` (``{####}``), ``request.linkParameter`` (``{##Click Here##}``) and
``request.usernameParameter``, which Cognito replaces by what it knows and we do not; ``response`` takes ``smsMessage``,
``emailSubject``, ``emailMessage``. Cognito refuses a message without its placeholders, and e-mail texts in pools that
send by its own address (``COGNITO_DEFAULT``). Source: developer guide, "Custom message Lambda trigger".
"""

import html
from dataclasses import dataclass

from flows.triggers import environment, site
from flows.triggers.events import Context, Event, respond


@dataclass(frozen=True, slots=True)
class _Message:
    subject: str
    sentence: str  # with {site}, {code} and, for invitations, {user}


_NEW_ADDRESS = _Message("Confirm your address", "Your code to confirm this address at {site} is {code}.")
_SIGN_UP = _Message("Confirm your account", "Your code to confirm your account at {site} is {code}.")
MESSAGES = {
    "CustomMessage_SignUp": _SIGN_UP,
    "CustomMessage_ResendCode": _SIGN_UP,
    "CustomMessage_AdminCreateUser": _Message(
        "Your new account", "You have an account at {site}. Your user name is {user}, your temporary password {code}"
    ),
    "CustomMessage_ForgotPassword": _Message(
        "Choose a new password", "Your code to choose a new password at {site} is {code}."
    ),
    "CustomMessage_UpdateUserAttribute": _NEW_ADDRESS,
    "CustomMessage_VerifyUserAttribute": _NEW_ADDRESS,
    "CustomMessage_Authentication": _Message("Your sign-in code", "Your code to sign in to {site} is {code}."),
}
BY_LINK = {"CustomMessage_SignUp", "CustomMessage_ResendCode"}
LONGEST_TEXT_MESSAGE = 140  # characters


def handler(event: Event, context: Context) -> Event:
    """A message for the source; one that is not in the table keeps the pool's own."""
    source, request = event["triggerSource"], event["request"]
    message = MESSAGES.get(source)
    if message is None:
        return event
    name = site.name()
    values = {"code": request["codeParameter"], "user": request.get("usernameParameter") or ""}
    sentence = html.escape(message.sentence.format(site=name, **values), quote=False)
    if source in BY_LINK and environment.switch("VERIFY_BY_LINK"):
        sentence = f"To confirm your account at {html.escape(name)}: {request['linkParameter']}"
    return respond(
        event,
        smsMessage=_short(message, name, values),
        emailSubject=f"{name}: {message.subject}",
        emailMessage=f"<p>{sentence}</p><p>If this was not you, ignore this message.</p>",
    )


def _short(message: _Message, name: str, values: dict[str, str]) -> str:
    """A long name of the site makes way for what Cognito has to put in."""
    text = message.sentence.format(site=name, **values)
    return text if len(text) <= LONGEST_TEXT_MESSAGE else message.sentence.format(site=site.UNNAMED, **values)
