"""Predicates for the ``when`` column of the step table."""

from flows.steps import public
from flows.steps.parameters import mfas_can_setup
from flows.steps.pending import Pending
from flows.terms import ChallengeName


def always(_pending: Pending) -> bool:
    """The challenge name decides alone."""
    return True


def only_totp(pending: Pending) -> bool:
    """MFA_SETUP where an authenticator app is all there is to set up, or what was chosen."""
    return mfas_can_setup(pending) == (ChallengeName.SOFTWARE_TOKEN_MFA,)


def only_email(pending: Pending) -> bool:
    """The same with an e-mail address."""
    return mfas_can_setup(pending) == (ChallengeName.EMAIL_OTP,)


def several(pending: Pending) -> bool:
    """MFA_SETUP with a choice."""
    return len(mfas_can_setup(pending)) > 1


# -- Custom challenges: by the public parameters that there are -----------------------------------------------------
def has_picture(pending: Pending) -> bool:
    return public.picture(pending) is not None


def has_recaptcha(pending: Pending) -> bool:
    return public.recaptcha(pending) is not None


def has_question(pending: Pending) -> bool:
    return bool(public.question(pending))


def has_link(pending: Pending) -> bool:
    return public.link(pending) is not None
