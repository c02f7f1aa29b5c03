"""Where a user can be reached, and how much of that is told."""

from dataclasses import dataclass, field
from typing import Literal

from flows.pool.directory.aliases import VERIFIED_FLAG
from flows.pool.models import PoolUser

Medium = Literal["email", "sms"]
MEDIA: dict[str, Medium] = {"email": "email", "phone_number": "sms"}
_DIGITS_SHOWN = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """``attribute`` is ``email`` or ``phone_number``."""

    attribute: str
    value: str = field(repr=False)

    @property
    def medium(self) -> Medium:
        return MEDIA[self.attribute]

    @property
    def masked(self) -> str:
        """``f***@e***`` or ``+*******1234``, as live answers show them (section 3.6 of the protocol notes)."""
        if self.medium == "email":
            name, _, domain = self.value.partition("@")
            return f"{name[:1]}***@{domain[:1]}***"
        return f"+{'*' * (len(self.value) - 1 - _DIGITS_SHOWN)}{self.value[-_DIGITS_SHOWN:]}"

    @property
    def details(self) -> dict[str, str]:
        """CodeDeliveryDetailsType."""
        return {"Destination": self.masked, "DeliveryMedium": self.medium.upper(), "AttributeName": self.attribute}


def of(user: PoolUser, attribute: str) -> Address | None:
    """The user's e-mail address or phone number, verified or not."""
    value = user.attributes.get(attribute)
    return Address(attribute=attribute, value=value) if value else None


def verified(user: PoolUser, attribute: str) -> Address | None:
    return of(user, attribute) if user.attributes.get(VERIFIED_FLAG[attribute]) == "true" else None
