"""The bundled triggers as the demo runs them: under which names, and with which environment variables.

On a laptop there is neither Amazon SES nor an older directory: the demo takes the e-mail into its outbox and writes the
directory itself. Without keys for reCAPTCHA a picture stands in.
"""

from collections.abc import Mapping
from pathlib import Path

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
    *,
    site_url: str,
    site_name: str,
    directory: Path | None,
    link_secret: str,
    recaptcha: Mapping[str, str],
    aws: Mapping[str, str],
) -> dict[str, str]:
    """``directory`` is the older one, if the demo has its own; ``recaptcha`` the variables of that name, an empty one
    being none; ``aws`` the credentials and region that sign for the demo."""
    return {
        "CHALLENGES": _CHALLENGES,
        "SITE_NAME": site_name,
        "LINK_SECRET": link_secret,
        "LINK_URL": f"{site_url}/sign-in/link/",
        "MAIL_FROM": "demo@example.com",
        "AWS_ENDPOINT_URL_SESV2": f"{site_url}/demo/ses",
        **({"LEGACY_USERS_FILE": str(directory), "LEGACY_EMAILS_VERIFIED": "on"} if directory else {}),
        **recaptcha,
        **aws,
    }
