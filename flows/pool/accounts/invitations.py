"""The message that brings new users their temporary password."""

from collections.abc import Sequence
from typing import Literal

from flows.pool.delivery import messages
from flows.pool.delivery.messages import Draft
from flows.pool.directory.addresses import Address
from flows.pool.errors import invalid_parameter
from flows.pool.lambda_triggers.triggers import Origin
from flows.pool.models import PoolUser
from flows.pool.tools import Tools

# Cognito's own text, for both media; a pool may have others in AdminCreateUserConfig.InviteMessageTemplate.
_TEXT = "Your username is {username} and temporary password is {####}."
_SUBJECT = "Your temporary password"
# medium, the attribute that holds the address, the template's member
_MEDIA: tuple[tuple[Literal["sms", "email"], str, str], ...] = (
    ("sms", "phone_number", "SMSMessage"),
    ("email", "email", "EmailMessage"),
)


def deliver(
    user: PoolUser, password: str, *, name: str, media: Sequence[str] | None, origin: Origin, tools: Tools
) -> None:
    """Send ``password`` by each of ``media`` ("SMS", "EMAIL"), calling the user by ``name``, as at sign-in.

    Without ``media`` it is SMS, Cognito's default, or e-mail for a user who has no phone number: a pool that only
    demonstrates must not leave a user without the password.
    """
    wanted = list(media or ["SMS" if user.attributes.get("phone_number") else "EMAIL"])
    templates = user.pool.setting("AdminCreateUserConfig", "InviteMessageTemplate", default={})
    for medium, attribute, member in _MEDIA:
        destination = user.attributes.get(attribute)
        if medium.upper() not in wanted or not destination:
            continue
        draft = Draft(
            purpose="AdminCreateUser",
            address=Address(attribute=attribute, value=destination),
            text=templates.get(member, _TEXT),
            subject=templates.get("EmailSubject", _SUBJECT) if medium == "email" else "",
            code=password,
            name=name,
        )
        messages.send(user, draft, origin=origin, tools=tools)


def require_address(attributes: dict[str, str], media: Sequence[str] | None) -> None:
    """Raise InvalidParameterException when ``media`` names one for which the user has no address."""
    for medium, attribute, _ in _MEDIA:
        if medium.upper() in (media or []) and not attributes.get(attribute):
            raise invalid_parameter(f"User has no {attribute} to which the invitation can be delivered.")
