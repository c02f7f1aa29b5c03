"""The bundled triggers as the demo runs them: under which names, and with which environment variables.

On a laptop there is neither Amazon SES nor an older directory: the demo takes the e-mail into its outbox and writes the
directory itself. RECAPTCHA_* of our own environment reach the functions; without keys a picture stands in.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from flows.triggers.catalog import CATALOG

_PREFIX = "authsite-"  # a team's own function may be called "custom-message" too
HANDLERS = {f"{_PREFIX}{name}": handler for name, handler in CATALOG.items()}
TRIGGERS = {
    "DefineAuthChallenge": f"{_PREFIX}define-auth-challenge",
    "CreateAuthChallenge": f"{_PREFIX}create-auth-challenge",
    "VerifyAuthChallengeResponse": f"{_PREFIX}verify-auth-challenge-response",
    "UserMigration": f"{_PREFIX}user-migration",
}
# A picture, or reCAPTCHA where there are keys; then a link by e-mail, for a picture tells nobody who one is. No sum as
# an alternative: every robot can do sums, and would have messages sent.
_CHALLENGES = "recaptcha,link"


def environment(
    *, site_url: str, site_name: str, folder: Path, link_secret: str, aws: Mapping[str, str]
) -> dict[str, str]:
    """``folder`` is where the older directory is kept; ``aws`` the credentials and region that sign for the demo."""
    return {
        "CHALLENGES": _CHALLENGES,
        "SITE_NAME": site_name,
        "LINK_SECRET": link_secret,
        "LINK_URL": f"{site_url}/sign-in/link/",
        "MAIL_FROM": "demo@example.com",
        "AWS_ENDPOINT_URL_SESV2": f"{site_url}/demo/ses",
        "LEGACY_USERS_FILE": str(folder / "legacy_users.json"),
        "LEGACY_EMAILS_VERIFIED": "on",
        "RECAPTCHA_HOSTNAMES": str(urlsplit(site_url).hostname),
        **aws,
        **{name: value for name, value in os.environ.items() if name.startswith("RECAPTCHA_")},
    }
