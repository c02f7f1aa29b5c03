"""Passwords and other answers against hashes in Django's format (``pbkdf2_sha256$…``), by Django's own hashers.

Those that need a library of their own (argon2, bcrypt) work when the bundle holds it.
"""

import logging

import flows.triggers.django_settings  # noqa: F401 - has to come before what reads them

# isort: split
from django.contrib.auth.hashers import check_password, make_password

logger = logging.getLogger(__name__)


def matches(password: str, encoded: str | None) -> bool:
    """Takes as long as for a real hash when there is none, so that nobody learns from the time who exists."""
    if not encoded:
        make_password(password)
        return False
    try:
        return check_password(password, encoded)
    except ValueError as error:  # a hasher whose library is not installed
        logger.error("A stored hash cannot be checked: %s", type(error).__name__)
        return False
