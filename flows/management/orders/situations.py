"""A finite space of pools and users in which every rule of ``flows.pool.policy`` makes a difference somewhere.

Plain facts in Cognito's words; ``scratch`` makes rows of them, the tests make them by API.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, product
from typing import Literal

from flows.terms import ChallengeName as C

Mfa = Literal["OFF", "OPTIONAL", "ON"]
Passkey = Literal["", "SINGLE_FACTOR", "MULTI_FACTOR_WITH_USER_VERIFICATION"]
Device = Literal["", "not_remembered", "remembered", "spares"]
SECOND_FACTORS = (C.SMS_MFA, C.SOFTWARE_TOKEN_MFA, C.EMAIL_OTP)
_ONE: Passkey = "SINGLE_FACTOR"
_BOTH: Passkey = "MULTI_FACTOR_WITH_USER_VERIFICATION"
# A temporary password admits nothing but itself: a passkey makes no difference beside one.
_FIRST: tuple[tuple[bool, Passkey], ...] = ((False, ""), (True, ""), (False, _ONE), (False, _BOTH))
_SETTABLE = ((), (C.SOFTWARE_TOKEN_MFA,), (C.EMAIL_OTP,), (C.SOFTWARE_TOKEN_MFA, C.EMAIL_OTP))


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """A pool that allows every first factor it can, and a user with a password, a telephone and an e-mail address.

    ``mfa`` is MfaConfiguration. ``factors`` are the second factors that the user has turned on, ``preferred`` the one
    that they prefer; ``settable`` those that the pool offers besides and they could set up: with EMAIL_OTP among these
    they have no e-mail address. ``temporary``: their password is. ``passkey`` is the pool's FactorConfiguration where
    they have a passkey. ``device`` is what the browser is to the pool, ``spares`` for one that is remembered where that
    stands for the second factor; empty for one that the pool has not seen, or where it tracks none.
    """

    mfa: Mfa = "OFF"
    factors: tuple[C, ...] = ()
    preferred: C | None = None
    settable: tuple[C, ...] = ()
    temporary: bool = False
    passkey: Passkey = ""
    device: Device = ""

    @property
    def first_factors(self) -> tuple[str, ...]:
        """AllowedFirstAuthFactors. A pool that requires two factors cannot allow codes in first place."""
        return ("PASSWORD", "WEB_AUTHN") if self.mfa == "ON" else ("PASSWORD", "EMAIL_OTP", "SMS_OTP", "WEB_AUTHN")

    @property
    def factor_configuration(self) -> str:
        """WebAuthnConfiguration's. A pool that requires two factors must take a passkey for both."""
        return self.passkey or (_BOTH if self.mfa == "ON" else _ONE)


def every() -> Iterator[Situation]:
    """The plain ones first."""
    devices: tuple[Device, ...] = ("", "not_remembered", "remembered", "spares")
    for device, (temporary, passkey), (mfa, factors, preferred, settable) in product(devices, _FIRST, _second()):
        if mfa != "ON" or passkey != _ONE:
            yield Situation(
                mfa=mfa,
                factors=factors,
                preferred=preferred,
                settable=settable,
                temporary=temporary,
                passkey=passkey,
                device=device,
            )


def _second() -> Iterator[tuple[Mfa, tuple[C, ...], C | None, tuple[C, ...]]]:
    modes: tuple[Mfa, ...] = ("OFF", "OPTIONAL", "ON")
    for mfa, count in product(modes, range(len(SECOND_FACTORS) + 1)):
        for factors in combinations(SECOND_FACTORS, count):
            for preferred in (None, *factors[1:2]):  # of one factor it says nothing
                for settable in _SETTABLE if not factors else _SETTABLE[:1]:
                    if mfa != "ON" or factors or settable:  # else there is no way to sign in
                        yield mfa, factors, preferred, settable
