"""Identity in Django: verified tokens become a user, so that ``@login_required`` and permissions work as ever."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.http import HttpRequest

from flows.cognito.tokens import Claims

# Django's field: the claim, and how much of it the column takes.
_PERSON = {"first_name": ("given_name", 150), "last_name": ("family_name", 150), "email": ("email", 254)}


class CognitoBackend(ModelBackend):
    """Permissions as Django's own backend; identity from Cognito only, so a password gets nobody in."""

    def authenticate(self, request: HttpRequest | None, *, claims: Claims | None = None, **_: Any) -> User | None:  # type: ignore[override]
        """The user whose username is the ``sub``, made or brought up to date; ``None`` if switched off in Django.

        ``sub`` is the one claim that never changes and is never given to somebody else (developer guide,
        "Working with user attributes").
        """
        if claims is None:
            return None
        with transaction.atomic():
            user, _created = User.objects.update_or_create(
                username=claims.sub,
                defaults=_person(claims),
                create_defaults={**_person(claims), "password": "!"},  # "!" can never match: Django's own mark
            )
            mirror_groups(user, claims)
        return user if self.user_can_authenticate(user) else None


def mirror_groups(user: User, claims: Claims) -> None:
    """Make the user's Django groups those of ``cognito:groups``, no more and no less (T085)."""
    wanted = set(claims.groups)
    if wanted == set(user.groups.values_list("name", flat=True)):
        return
    user.groups.set([Group.objects.get_or_create(name=name)[0] for name in sorted(wanted)])


def _person(claims: Claims) -> dict[str, str]:
    return {name: str(claims.identity.get(claim, ""))[:longest] for name, (claim, longest) in _PERSON.items()}
