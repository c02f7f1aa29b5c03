"""One file per ChallengeName; this list is the whole of what the pool can ask.

A module has ``NAME``, ``ask(attempt, tools) -> Onward``, ``check(attempt, private, responses, tools) -> Outcome`` and
``recover(client, responses, tools) -> Pending`` for an answer that came without a Session.
"""

from collections.abc import Mapping
from typing import Any, Protocol, cast

from flows.pool.attempt import Attempt
from flows.pool.challenges import (
    custom_challenge,
    device_password_verifier,
    device_srp_auth,
    email_otp,
    mfa_setup,
    new_password_required,
    password,
    password_srp,
    password_verifier,
    select_challenge,
    select_mfa_type,
    sms_mfa,
    sms_otp,
    software_token_mfa,
    web_authn,
)
from flows.pool.errors import invalid_parameter
from flows.pool.models import AppClient
from flows.pool.outcomes import Onward, Outcome
from flows.pool.sessions import Pending
from flows.pool.tools import Tools
from flows.terms import ChallengeName


class ChallengeModule(Protocol):
    NAME: ChallengeName

    def ask(self, attempt: Attempt, tools: Tools) -> Onward: ...

    def check(
        self, attempt: Attempt, private: Mapping[str, Any], responses: Mapping[str, str], tools: Tools
    ) -> Outcome: ...

    def recover(self, client: AppClient, responses: Mapping[str, str], tools: Tools) -> Pending: ...


_MODULES = (
    custom_challenge,
    device_password_verifier,
    device_srp_auth,
    email_otp,
    mfa_setup,
    new_password_required,
    password,
    password_srp,
    password_verifier,
    select_challenge,
    web_authn,
    select_mfa_type,
    sms_mfa,
    sms_otp,
    software_token_mfa,
)
CHALLENGES = {module.NAME: module for module in cast(tuple[ChallengeModule, ...], _MODULES)}

# Answered by a short code that can be guessed: a Session stands only so many tries (T042).
GUESSABLE = frozenset(
    {ChallengeName.EMAIL_OTP, ChallengeName.SMS_OTP, ChallengeName.SMS_MFA, ChallengeName.SOFTWARE_TOKEN_MFA}
)

# One answer, right or wrong: the Session is spent before a function looks at the answer, so that it looks once. What
# must be there for that: a slip of the client's costs nothing.
SPENT_UNSEEN: Mapping[ChallengeName, str] = {ChallengeName.CUSTOM_CHALLENGE: custom_challenge.ANSWER}

# pycognito sends none here; InitiateAuth has had it, and what follows is bound to that.
WITHOUT_SECRET_HASH = frozenset({ChallengeName.DEVICE_SRP_AUTH})


def get(name: ChallengeName) -> ChallengeModule:
    module = CHALLENGES.get(name)
    if module is None:
        raise invalid_parameter(f"The embedded pool does not ask {name} yet.")
    return module


def answered_by(name: ChallengeName) -> frozenset[ChallengeName]:
    """The pending challenges that an answer under this name may be meant for."""
    return frozenset({name}) | (select_challenge.ALSO_ANSWERS if name == select_challenge.NAME else frozenset())
