"""What the claims of Cognito's tokens mean, in plain words (developer guide, "Understanding JSON web tokens")."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

TIMES = frozenset({"auth_time", "iat", "exp", "nbf"})
ABOUT = {
    "sub": "Your id in this user pool. It never changes and is never given to anybody else.",
    "iss": "The user pool that vouches for this token.",
    "aud": "The app client that this token is for.",
    "client_id": "The app client that this token is for.",
    "token_use": "Which of the two tokens this is.",
    "auth_time": "When you signed in. A refresh does not change it.",
    "iat": "When this token was made.",
    "exp": "When this token stops counting.",
    "jti": "The id of this token.",
    "origin_jti": "The id that all tokens of this sign-in share: revoking it ends them together.",
    "event_id": "The id of this sign-in in the pool's own records.",
    "scope": "What this token may be used for. This one lets you read and change your own account.",
    "username": "Your username in this pool.",
    "cognito:username": "Your username in this pool.",
    "cognito:groups": "The groups you are in. This site gives you the Django groups of the same names.",
    "cognito:roles": "The AWS roles that your groups bring.",
    "cognito:preferred_role": "The AWS role that counts first.",
    "email": "Your e-mail address.",
    "email_verified": "Whether you have shown that the e-mail address is yours.",
    "phone_number": "Your phone number.",
    "phone_number_verified": "Whether you have shown that the phone number is yours.",
    "name": "Your name.",
    "given_name": "Your given name.",
    "family_name": "Your family name.",
    "preferred_username": "The name you like to be called by.",
    "device_key": "The device that you signed in with.",
    "version": "The version of this token's form.",
}
_CUSTOM = "An attribute that this user pool added."
_OTHER = "A standard attribute of your profile."


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One row: ``at`` is set, in UTC, when the value is a time."""

    name: str
    value: str
    about: str
    at: datetime | None = None


def explained(claims: Mapping[str, Any]) -> list[Claim]:
    """Every claim in the order of ``ABOUT``, then those that it does not know."""
    order = {name: position for position, name in enumerate(ABOUT)}
    return [_claim(name, claims[name]) for name in sorted(claims, key=lambda name: (order.get(name, len(order)), name))]


def _claim(name: str, value: Any) -> Claim:
    about = ABOUT.get(name, _CUSTOM if name.startswith("custom:") else _OTHER)
    at = datetime.fromtimestamp(value, UTC) if name in TIMES and isinstance(value, int | float) else None
    return Claim(name=name, value=_text(value), about=about, at=at)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ", ".join(value)
    return value if isinstance(value, str) else json.dumps(value)
