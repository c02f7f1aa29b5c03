"""Typed readers of a custom challenge's publicChallengeParameters, which a Lambda function of anybody's made.

What is not of the form that a page can show safely reads as absent, and the step shows the parameters as text instead.
"""

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from flows.steps.pending import Pending

PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})  # not SVG, which can run scripts
SOUNDS = frozenset({"audio/wav", "audio/x-wav", "audio/mpeg", "audio/ogg", "audio/webm", "audio/mp4"})
LONGEST = 131_072  # characters; botocore: StringType, a value of ChallengeParameters
LONGEST_URL = 2048
RECAPTCHA_VERSIONS = ("v2_checkbox", "v2_invisible", "v3")
_DATA = re.compile(r"data:([a-z]+/[a-z0-9.+-]+);base64,([A-Za-z0-9+/]+={0,2})")
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]{1,5})?")  # goes into a header: nothing else may
_URL = re.compile(r"https://[!-~]+")
_SITE_KEY = re.compile(r"[A-Za-z0-9_-]{1,128}")
_ACTION = re.compile(r"[A-Za-z0-9/_]{1,100}")  # what grecaptcha.execute takes


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """A picture or a sound: its bytes, or where it is (``url``, on ``host``)."""

    content_type: str = ""
    content: bytes = field(default=b"", repr=False)
    url: str = ""
    host: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recaptcha:
    """What Google's widget is made with; ``action`` may be empty."""

    site_key: str
    version: str
    action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Where a link was sent to (masked), and which run of the sign-in it is for."""

    destination: str
    attempt: str


def picture(pending: Pending) -> Media | None:
    """``captchaUrl``."""
    return _media(pending.parameters.get("captchaUrl", ""), PICTURES)


def sound(pending: Pending) -> Media | None:
    """``captchaAudioUrl``."""
    return _media(pending.parameters.get("captchaAudioUrl", ""), SOUNDS)


def recaptcha(pending: Pending) -> Recaptcha | None:
    """``recaptchaSiteKey``, ``recaptchaVersion`` (a checkbox if it says nothing), ``recaptchaAction``."""
    key = pending.parameters.get("recaptchaSiteKey", "")
    version = pending.parameters.get("recaptchaVersion", RECAPTCHA_VERSIONS[0])
    action = pending.parameters.get("recaptchaAction", "")
    if not _SITE_KEY.fullmatch(key) or version not in RECAPTCHA_VERSIONS:
        return None
    return Recaptcha(site_key=key, version=version, action=action if _ACTION.fullmatch(action) else "")


def question(pending: Pending) -> str:
    """``question``."""
    return pending.parameters.get("question", "").strip()


def link(pending: Pending) -> Link | None:
    """``linkAttempt`` and, as far as it is told, ``linkDestination``."""
    attempt = pending.parameters.get("linkAttempt", "")
    return Link(destination=pending.parameters.get("linkDestination", ""), attempt=attempt) if attempt else None


def everything(pending: Pending) -> Mapping[str, str]:
    """What the function made public; USERNAME is Cognito's own addition."""
    return {name: value for name, value in pending.parameters.items() if name != "USERNAME"}


def _media(address: str, types: frozenset[str]) -> Media | None:
    """No other scheme than these two: a ``javascript:`` runs, ``http:`` is read by everybody on the way."""
    if address.startswith("data:"):
        return _inline(address, types)
    if len(address) > LONGEST_URL or not _URL.fullmatch(address):
        return None
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return None
    host = parts.netloc.lower()
    return Media(url=address, host=host) if _HOST.fullmatch(host) else None


def _inline(address: str, types: frozenset[str]) -> Media | None:
    found = _DATA.fullmatch(address) if len(address) <= LONGEST else None
    if found is None or found[1] not in types:
        return None
    try:
        content = base64.b64decode(found[2], validate=True)
    except ValueError:
        return None
    return Media(content_type=found[1], content=content)
