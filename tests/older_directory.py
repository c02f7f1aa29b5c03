"""Another directory than the pool, and a UserMigration function that looks into it."""

import secrets

from tests.lambda_api import Event, Function, Raises
from tests.pools import User

OLD = "old-horse"  # shorter than the pool's policy allows: it is the one that the user has


def somebody() -> User:
    """Whom no pool knows."""
    name = f"legacy-{secrets.token_hex(6)}"
    return User(username=name, password=OLD, email=f"{name}@example.com")


def directory(user: User, *, status: str = "CONFIRMED") -> Function:
    """Knows one user; shows that user to whoever has the password, or has forgotten it."""

    def migrate(event: Event) -> Event:
        if (event["userName"], event["request"].get("password", OLD)) != (user.username, user.password):
            raise Raises("The other directory knows nobody like that")
        event["response"] |= {
            "userAttributes": {"email": user.email, "email_verified": "true"},
            "finalUserStatus": status,
            "messageAction": "SUPPRESS",
        }
        return event

    return migrate
