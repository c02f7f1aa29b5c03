"""Setting an authenticator app up while signing in: AssociateSoftwareToken and VerifySoftwareToken by Session.

The seed stands in the Session itself, so that two sign-ins at once, or two in a row, never meet (T052). Each step gives
a new Session and ends the one before.
"""

import hmac
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from flows.pool import sessions
from flows.pool.errors.factors import no_software_token, software_token_mfa_off
from flows.pool.errors.sign_in import invalid_session, user_disabled
from flows.pool.factors import mfa, mfa_preferences, software_tokens, totp
from flows.pool.models import PoolUser
from flows.pool.outcomes import Ask
from flows.pool.proofs import replacement
from flows.pool.sessions import Pending
from flows.pool.tools import Tools
from flows.terms import ChallengeName

_SEED, _PROVED = "seed", "proved"


def offer(session: str, *, tools: Tools) -> tuple[bytes, str]:
    """A new seed for the user who signs in, and the Session to prove it with. Raises NotAuthorizedException."""
    pending, user = _find(session, tools)
    seed = totp.make_seed(tools=tools)
    with transaction.atomic():
        require_setting_up(user, password=pending.attempt.password)
        # No new life: or who knows the password only could wait for the owner, and hold the door open (T052, T060).
        session = _go_on(pending, {_SEED: totp.to_secret_code(seed)}, tools, expires_at=pending.expires_at)
        return seed, session


def prove(session: str, code: str, *, name: str, tools: Tools) -> str:
    """Register the Session's seed by one of its codes; returns the Session that answers MFA_SETUP.

    Raises EnableSoftwareTokenMFAException for a wrong code, which leaves the Session alive.
    """
    pending, user = _find(session, tools)
    seed = _seed_in(pending.private)
    if seed is None:
        raise no_software_token()
    step = software_tokens.first_step(seed, code, tools=tools)
    with transaction.atomic():
        require_setting_up(user, password=pending.attempt.password)
        software_tokens.register(user, seed, step=step, name=name)
        return _go_on(pending, {_SEED: pending.private[_SEED], _PROVED: True}, tools)


def is_proved(private: Mapping[str, Any]) -> bool:
    """Has the app that the Session is about been registered?"""
    return bool(private.get(_PROVED))


def finish(user: PoolUser, private: Mapping[str, Any], *, tools: Tools) -> None:
    """Turn the registered app on and prefer it; in the transaction that ends the Session.

    Not if it has been deleted or replaced since: that is another's decision, and later.
    """
    seed, registered = _seed_in(private), software_tokens.seed_of(user)
    if seed is None or registered is None or not hmac.compare_digest(seed, registered):
        raise invalid_session()
    mfa_preferences.prefer(user, mfa.TOKEN, tools=tools)


def _find(session: str, tools: Tools) -> tuple[Pending, PoolUser]:
    client = sessions.client_of(session)
    if not mfa.is_on(client.pool, mfa.TOKEN):
        raise software_token_mfa_off()
    pending = sessions.find(session, client=client, challenges={ChallengeName.MFA_SETUP}, tools=tools)
    user = pending.attempt.user
    if user is None:
        raise invalid_session()
    if not user.enabled:
        raise user_disabled()
    return pending, user


def require_setting_up(user: PoolUser, *, password: str) -> None:
    """Who begins to sign in may set up a first second factor, never replace one or add to it: another attempt, or an
    administrator, may have been faster (T052). Nor may they when the password has been replaced since (T055)."""
    held = PoolUser.objects.select_for_update().select_related("pool").filter(pk=user.pk).first()
    if held is None or mfa.choices(held):
        raise invalid_session()
    replacement.require_same(password, held)


def _go_on(pending: Pending, private: Mapping[str, Any], tools: Tools, *, expires_at: datetime | None = None) -> str:
    pending.use_up()
    asked = Ask(challenge=ChallengeName.MFA_SETUP, parameters={}, private=private)
    return sessions.mint(pending.attempt, asked, tools=tools, expires_at=expires_at)


def _seed_in(private: Mapping[str, Any]) -> bytes | None:
    text = private.get(_SEED)
    return totp.from_secret_code(text) if text else None
