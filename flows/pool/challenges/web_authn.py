"""WEB_AUTHN: an assertion by a passkey, as a first factor of USER_AUTH (section 3.4 of the protocol notes).

A refused assertion leaves the Session alive, for somebody to find the right device; it will be refused again. The one
that is accepted ends it, so the challenge is good for one sign-in (T094).
"""

import json
import logging
from collections.abc import Mapping
from functools import partial
from typing import Any

from flows.pool.attempt import Attempt
from flows.pool.challenges.recovery import refuse as recover
from flows.pool.directory import phantoms
from flows.pool.errors import missing_parameter
from flows.pool.errors.passkeys import passkey_not_accepted
from flows.pool.outcomes import Ask, Onward, Outcome, Passed
from flows.pool.tools import Tools
from flows.pool.webauthn import ceremonies, passkeys
from flows.pool.webauthn.passkeys import Descriptor
from flows.pool.webauthn.webauthn_json import Refused, encode
from flows.terms import ChallengeName

logger = logging.getLogger(__name__)

NAME = ChallengeName.WEB_AUTHN
TIMEOUT = 180_000  # milliseconds; live answers give as long as a Session lasts by default
_CHALLENGE = "challenge"

__all__ = ["NAME", "ask", "check", "recover"]


def ask(attempt: Attempt, tools: Tools) -> Onward:
    """CREDENTIAL_REQUEST_OPTIONS: PublicKeyCredentialRequestOptionsJSON as text.

    A user without a passkey and one who does not exist are shown some that nobody has, always the same (T106).
    """
    challenge = tools.token_bytes(passkeys.CHALLENGE_BYTES)
    party = passkeys.relying_party(attempt.pool)
    options = {
        "challenge": encode(challenge),
        "timeout": TIMEOUT,
        "rpId": party.id,
        "allowCredentials": _own(attempt) or _invented(attempt),
        "userVerification": passkeys.user_verification(party),
    }
    return Ask(
        challenge=NAME,
        parameters={"CREDENTIAL_REQUEST_OPTIONS": json.dumps(options)},
        private={_CHALLENGE: challenge.hex()},
    )


def check(attempt: Attempt, private: Mapping[str, Any], responses: Mapping[str, str], tools: Tools) -> Outcome:
    """One refusal for everything that can be wrong with it, and for those who are not there to be right."""
    if not responses.get("CREDENTIAL"):
        raise missing_parameter("CREDENTIAL")
    try:
        answer = ceremonies.read_assertion(responses["CREDENTIAL"])
        credential, seen = passkeys.verify(attempt.user, answer, challenge=bytes.fromhex(private[_CHALLENGE]))
    except Refused as refused:
        logger.info("An assertion is refused: %s", refused)
        raise passkey_not_accepted() from None
    return Passed(NAME, effect=partial(passkeys.record_use, credential, seen))


def waits(private: Mapping[str, Any]) -> bool:
    """Is this what a Session of ours keeps?"""
    return _CHALLENGE in private


def _own(attempt: Attempt) -> list[Descriptor]:
    held = passkeys.usable(attempt.user) if attempt.user else ()
    return [passkeys.descriptor(each.credential_id, each.transports) for each in held]


def _invented(attempt: Attempt) -> list[Descriptor]:
    return [passkeys.descriptor(*each) for each in phantoms.passkeys(attempt.pool, attempt.typed_name)]
