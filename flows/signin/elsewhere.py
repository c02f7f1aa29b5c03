"""Sessions of the same person in other browsers, ended when a forgotten password has been replaced (T055).

ConfirmForgotPassword does not say whose password it was, so it happens at the sign-in that follows in this browser.
Django compares each session with a hash of its user's ``password`` column: a new value there ends all older sessions,
whatever the pool thinks of their tokens.
"""

from django.contrib.auth.models import User
from django.http import HttpRequest

_KEY = "recovered"  # session key: true until somebody signs in


def end_at_next_sign_in(request: HttpRequest) -> None:
    """The password has been replaced in this browser."""
    request.session[_KEY] = True


def settle(request: HttpRequest, user: User) -> None:
    """Somebody is about to be logged in; ``user`` changes in memory too, since ``login`` reads it."""
    if request.session.pop(_KEY, False):
        user.set_unusable_password()  # random, so different each time
        user.save(update_fields=["password"])
