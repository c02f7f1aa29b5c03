"""The legal orders of challenges as sign-ins to walk through: how each begins, where it happens, what it shows.

The orders come from ``flows.management.orders``, which asks the pool's policy for them; their pages stand here.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from flows.management.orders import walk
from flows.management.orders.situations import Situation
from flows.management.orders.walk import Beginning, Order
from flows.terms import ChallengeName as C

_PAGE = {
    C.SELECT_CHALLENGE: "first-factor",
    C.PASSWORD: "password",
    C.PASSWORD_SRP: "password-srp",
    C.WEB_AUTHN: "passkey",
    C.EMAIL_OTP: "email-otp",
    C.SMS_OTP: "sms-otp",
    C.NEW_PASSWORD_REQUIRED: "new-password",
    C.SELECT_MFA_TYPE: "mfa-type",
    C.SMS_MFA: "sms-mfa",
    C.SOFTWARE_TOKEN_MFA: "totp-mfa",
}
_COME_ALONG = frozenset({C.PASSWORD, C.PASSWORD_SRP})
_BY_THE_SERVER = frozenset({C.DEVICE_SRP_AUTH, C.DEVICE_PASSWORD_VERIFIER})


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """One legal order: how it begins and where it happens."""

    beginning: Beginning
    situation: Situation
    order: Order

    def __str__(self) -> str:
        preferred = f"({self.beginning.preferred})" if self.beginning.preferred else ""
        return f"{self.beginning.flow}{preferred}:{'-'.join(self.order)}"

    def chosen_at(self, challenge: C) -> C:
        """What to choose where there is a choice: what comes next. An app is set up and asked for nothing more."""
        following = self.order[self.order.index(challenge) + 1 :]
        if challenge == C.MFA_SETUP:
            return C.EMAIL_OTP if following[:1] == (C.EMAIL_OTP,) else C.SOFTWARE_TOKEN_MFA
        return following[0]

    @property
    def asked(self) -> list[str]:
        """The challenges that the pool puts. A password, and SRP_A, come along with the call that chooses them."""
        return [challenge for challenge in self.order if challenge not in _COME_ALONG]

    def pages(self, *, htmx: bool) -> list[str]:
        """The slugs of the steps that are shown on the way. A password is asked for by the start form where it comes
        first. Nobody sees the server answer for the device; nor for the browser, where that has no script for SRP."""
        shown = []
        for at, challenge in enumerate(self.order):
            if challenge == C.PASSWORD_VERIFIER:
                shown += ["password-verifier"] if htmx else []
            elif challenge == C.MFA_SETUP:
                shown += ["mfa-setup-choice"] if len(self.situation.settable) > 1 else []
                shown += ["email-setup"] if self.chosen_at(challenge) == C.EMAIL_OTP else ["totp-setup"]
            elif challenge not in _BY_THE_SERVER and (at > 0 or challenge not in _COME_ALONG):
                shown.append(_PAGE[challenge])
        return shown


def sign_ins(*, htmx: bool) -> Iterator[SignIn]:
    """Each legal order once; where several flows lead through it, they take turns, and so do they with and without
    htmx. There are no passkeys without a script."""
    for at, (order, ways) in enumerate(walk.legal().items()):
        beginning, situation = list(ways.items())[(at + htmx) % len(ways)]
        if htmx or C.WEB_AUTHN not in order:
            yield SignIn(beginning=beginning, situation=situation, order=order)


def covering() -> Iterator[SignIn]:
    """A few of these, the long ones first, which have every challenge and every flow in them."""
    seen: set[str] = set()
    for each in sorted(sign_ins(htmx=True), key=lambda each: -len(each.order)):
        parts = {*each.order, each.beginning.flow}
        if not parts <= seen:
            seen |= parts
            yield each


def chains() -> Iterator[tuple[SignIn, SignIn]]:
    """A first sign-in after which the browser is remembered in place of the second factor, and the one that follows:
    each way to go on from a first factor once, the flows in turn."""
    seen = set()
    for order, ways in walk.legal().items():
        first_factor, rest = _parted(order)
        beginning, situation = list(ways.items())[len(seen) % len(ways)]
        if situation.device or rest in seen:
            continue
        seen.add(rest)
        first = SignIn(beginning=beginning, situation=situation, order=order)
        later = _after(first)
        again = next(each for each in walk.everywhere()[beginning, later] if _parted(each)[0] == first_factor)
        yield first, SignIn(beginning=beginning, situation=later, order=again)


def _after(first: SignIn) -> Situation:
    """What has become of pool and user."""
    situation = replace(first.situation, temporary=False, settable=(), device="spares")
    return replace(situation, factors=(first.chosen_at(C.MFA_SETUP),)) if C.MFA_SETUP in first.order else situation


def _parted(order: Order) -> tuple[Order, Order]:
    """The first factor, with the choice of it, and the rest."""
    at = next(at for at, each in enumerate(order) if each not in (C.SELECT_CHALLENGE, C.PASSWORD_SRP)) + 1
    return order[:at], order[at:]
