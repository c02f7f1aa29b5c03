"""A magic link by e-mail: ``linkAttempt`` tells which sign-in it is for.

The link is ``LINK_URL#<token>``: a fragment reaches neither servers' logs nor Referer headers, and a scanner that
fetches links uses nothing up. The answer is the whole token, or the code of eight digits that the page shows when it
was opened on another device. Valid once, for this attempt, until it expires: once because Cognito's Session is, which
no round but the attempt's own can answer. A wrong answer does not send another message: the round after it takes the
same link and code.

Only to an address that is verified. Whoever has none, and somebody who does not exist, sees the same and waits as long,
and no answer is right. Where the message goes is not said, not even masked: CreateAuthChallenge cannot make up an
address that is like those of the people who exist.

Environment: ``LINK_SECRET`` (32 characters or more), ``LINK_URL``, ``MAIL_FROM``, ``LINK_SECONDS`` (900, the longest
AuthSessionValidity), ``LINK_ANSWER_SECONDS`` (1: how long asking takes at least, with or without a message),
``SITE_NAME``.
"""

import hmac
import html
import logging
import re
import secrets
import time
from collections.abc import Mapping

from flows.triggers import environment, messages, site
from flows.triggers.answers import plain
from flows.triggers.kinds import Challenge, Person
from flows.triggers.link_tokens import Kept, Opened, digest, digest_of_no_code, seal, unseal

logger = logging.getLogger(__name__)

CODE_DIGITS = 8
CODE = re.compile(r"[0-9]{8}")
SHORTEST_SECRET = 32
WARNING = (
    "Never give the code or the link to anybody, whoever asks for it: with it they sign in as you. "
    "If you are not signing in, ignore this message: nothing happens without it."
)


def ask(person: Person) -> Challenge:
    """Sends the message, unless an earlier round of the attempt has."""
    key = environment.secret("LINK_SECRET", shortest=SHORTEST_SECRET)
    kept = Kept.read(person.earlier) if person.earlier else None
    if kept is None or kept.exp <= time.time():
        kept = _begin(person, key)
    return Challenge(
        public={"linkAttempt": kept.attempt},
        private={"attempt": kept.attempt, "exp": str(kept.exp), "digest": kept.digest},
        detail=str(kept),
    )


def check(answer: str, private: Mapping[str, str]) -> bool:
    key = environment.secret("LINK_SECRET", shortest=SHORTEST_SECRET)
    attempt, exp = private["attempt"], int(private["exp"])
    code = plain(answer).replace("-", "")
    if not CODE.fullmatch(code):
        opened = unseal(answer.strip(), key)
        if opened is None or opened.attempt != attempt or opened.exp != exp:
            return False
        code = opened.code
    return hmac.compare_digest(digest(Opened(attempt, code, exp), key), private["digest"]) and time.time() < exp


def _begin(person: Person, key: bytes) -> Kept:
    began = time.monotonic()
    url, _ = environment.text("LINK_URL"), environment.text("MAIL_FROM")  # what is missing is missing for everybody
    code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
    exp = int(time.time()) + environment.whole("LINK_SECONDS", 900, least=1)
    opened = Opened(secrets.token_urlsafe(16), code, exp)
    kept = Kept(opened.attempt, opened.exp, digest_of_no_code())
    address = person.attributes.get("email", "")
    if person.exists and address and person.attributes.get("email_verified") == "true":
        kept = Kept(opened.attempt, opened.exp, digest(opened, key))
        _send(address, link=f"{url}#{seal(opened, key)}", code=code)
    shortest = environment.whole("LINK_ANSWER_SECONDS", 1)
    time.sleep(max(0.0, shortest - (time.monotonic() - began)))
    return kept


def _send(address: str, *, link: str, code: str) -> None:
    """A message that cannot be sent is a line in the log: an error would tell that the address exists."""
    name = site.name()
    spaced = f"{code[:4]} {code[4:]}"
    text = (
        f"Open this link to sign in to {name}:\n\n{link}\n\n"
        f"Or type this code where you are signing in: {spaced}\n\n"
        f"{WARNING}\n"
    )
    page = (
        f'<p><a href="{html.escape(link)}">Sign in to {html.escape(name)}</a></p>'
        f"<p>Or type this code where you are signing in: <strong>{spaced}</strong></p>"
        f"<p>{WARNING}</p>"
    )
    try:
        messages.send_email(address, subject=f"Sign in to {name}", text=text, html=page)
    except messages.NotSent as error:
        logger.error("A sign-in link could not be sent: %s", error)
