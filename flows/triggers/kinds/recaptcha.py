"""Google reCAPTCHA: v2 checkbox, v2 invisible, v3. The answer is the token that Google's widget gave the page.

Verified by ``django_recaptcha.client.submit``, which asks Google and no more; what is checked of Google's words is
decided here: ``success`` must be true, the host name one of ours, and for v3 the action ours and the score high enough.
While Google does not answer, or answers what is no answer, nobody passes and no try is spent (``Refused``).

Environment: ``RECAPTCHA_PUBLIC_KEY``, ``RECAPTCHA_PRIVATE_KEY``, ``RECAPTCHA_VERSION`` (``v2_checkbox``),
``RECAPTCHA_HOSTNAMES`` (required), ``RECAPTCHA_ACTION`` (``sign_in``), ``RECAPTCHA_REQUIRED_SCORE`` (0.5),
``RECAPTCHA_DOMAIN``, ``RECAPTCHA_PROXY``, ``RECAPTCHA_VERIFY_REQUEST_TIMEOUT`` (2 seconds).
Source: developers.google.com/recaptcha/docs/verify and /docs/v3.
"""

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPException

import flows.triggers.django_settings  # noqa: F401 - has to come before what reads them

# isort: split
from django_recaptcha import client

from flows.triggers import environment
from flows.triggers.environment import SettingWrong
from flows.triggers.events import Refused
from flows.triggers.kinds import Challenge, Person

logger = logging.getLogger(__name__)

V2_CHECKBOX, V2_INVISIBLE, V3 = "v2_checkbox", "v2_invisible", "v3"
ACTION = re.compile(r"[A-Za-z0-9/_]{1,100}")  # what grecaptcha.execute takes
# Google's error codes that speak of us, not of the answer.
OUR_FAULT = {"missing-input-secret", "invalid-input-secret", "bad-request", "sitename-secret-mismatch"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Settings:
    version: str
    action: str
    hostnames: tuple[str, ...]
    required_score: float


def ask(person: Person) -> Challenge:
    """The same for everybody: the page fetches the riddle from Google."""
    settings = _read()
    public = {
        "recaptchaSiteKey": environment.text("RECAPTCHA_PUBLIC_KEY"),
        "recaptchaVersion": settings.version,
        "recaptchaAction": settings.action,
    }
    return Challenge(public=public, private={})


def check(answer: str, private: Mapping[str, str]) -> bool:
    """Google's verdict and ours. Raises ``Refused`` when there is none."""
    settings, private_key = _read(), environment.text("RECAPTCHA_PRIVATE_KEY")
    try:
        verdict = client.submit(recaptcha_response=answer, private_key=private_key, remoteip="")
        valid, codes = verdict.is_valid, set(verdict.error_codes)
    except (OSError, HTTPException, ValueError, KeyError, TypeError, AttributeError) as error:
        raise _unavailable(type(error).__name__) from None
    if not isinstance(valid, bool):
        raise _unavailable("success is neither true nor false")
    if not valid and codes & OUR_FAULT:
        raise _unavailable(", ".join(sorted(codes & OUR_FAULT)))
    return valid and _meant_for_us(verdict.extra_data, verdict.action, settings)


def _meant_for_us(data: Mapping[str, object], action: object, settings: _Settings) -> bool:
    """Tokens of other sites pass at Google too, when the key's domain check is off."""
    hostname, score = data.get("hostname"), data.get("score")
    if not isinstance(hostname, str) or hostname.lower() not in settings.hostnames:
        return False
    if settings.version != V3:
        return True
    good = isinstance(score, int | float) and not isinstance(score, bool) and settings.required_score <= score <= 1
    return good and action == settings.action


def _read() -> _Settings:
    settings = _Settings(
        version=environment.text("RECAPTCHA_VERSION", V2_CHECKBOX),
        action=environment.text("RECAPTCHA_ACTION", "sign_in"),
        hostnames=tuple(name.lower() for name in environment.words("RECAPTCHA_HOSTNAMES")),
        required_score=environment.fraction("RECAPTCHA_REQUIRED_SCORE", "0.5"),
    )
    if settings.version not in {V2_CHECKBOX, V2_INVISIBLE, V3}:
        raise SettingWrong(f"RECAPTCHA_VERSION is none of {V2_CHECKBOX}, {V2_INVISIBLE}, {V3}")
    if not ACTION.fullmatch(settings.action):
        raise SettingWrong("RECAPTCHA_ACTION may have letters, digits, slashes and underscores")
    if not settings.hostnames:
        raise SettingWrong("RECAPTCHA_HOSTNAMES does not name the sites whose answers count")
    return settings


def _unavailable(reason: str) -> Refused:
    logger.error("reCAPTCHA could not be verified: %s", reason)
    return Refused("reCAPTCHA cannot be checked at the moment. Please try again")
