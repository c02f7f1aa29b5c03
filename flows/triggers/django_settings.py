"""Django without a project: the settings that django-recaptcha and Django's password hashers read, and no others.

Import this before either: django_recaptcha reads settings as soon as it is imported. Inside a project that has settings
already, those stand.
"""

from django.conf import settings

from flows.triggers import environment

if not settings.configured:
    settings.configure(
        # Per step (name look-up, connection, answer). Cognito gives the whole function five seconds and then calls it
        # again, when Google takes the token for a replay; django-recaptcha's own ten would always be too late.
        RECAPTCHA_VERIFY_REQUEST_TIMEOUT=environment.whole("RECAPTCHA_VERIFY_REQUEST_TIMEOUT", 2, least=1),
        RECAPTCHA_DOMAIN=environment.text("RECAPTCHA_DOMAIN", "www.google.com"),
        RECAPTCHA_PROXY=environment.pairs("RECAPTCHA_PROXY"),
    )
