"""Typed readers of ChallengeParameters, which are strings whatever they mean.

They trust nothing: a parameter that is missing or malformed reads as empty, and the step says what it can without.
"""

import json

from flows.steps.pending import Pending
from flows.terms import ChallengeName

_PREFIX = "userAttributes."
# What can be set up in the middle of a sign-in. SMS_MFA may be listed, but there is no call that would set it up.
_SETTABLE = (ChallengeName.SOFTWARE_TOKEN_MFA, ChallengeName.EMAIL_OTP)


def missing_attributes(pending: Pending) -> tuple[str, ...]:
    """NEW_PASSWORD_REQUIRED's ``requiredAttributes``, a JSON list as text, without the ``userAttributes.`` prefix."""
    return tuple(name.removeprefix(_PREFIX) for name in _listed(pending, "requiredAttributes"))


def mfas_can_choose(pending: Pending) -> tuple[str, ...]:
    """SELECT_MFA_TYPE's offer. The developer guide calls it MFAS_CAN_SELECT; clients read MFAS_CAN_CHOOSE."""
    return _listed(pending, "MFAS_CAN_CHOOSE") or _listed(pending, "MFAS_CAN_SELECT")


def mfas_can_setup(pending: Pending) -> tuple[ChallengeName, ...]:
    """MFA_SETUP's offer, as far as it can be taken up."""
    listed = _listed(pending, "MFAS_CAN_SETUP")
    return tuple(name for name in _SETTABLE if name in listed)


def only(name: str) -> dict[str, str]:
    """MFAS_CAN_SETUP once ``name`` has been chosen of it."""
    return {"MFAS_CAN_SETUP": json.dumps([name])}


def destination(pending: Pending) -> str:
    """Where a code went, as masked by the pool."""
    return pending.parameters.get("CODE_DELIVERY_DESTINATION", "")


def attribute_response(name: str) -> str:
    """The ChallengeResponses key that carries the user attribute ``name``."""
    return _PREFIX + name


def _listed(pending: Pending, parameter: str) -> tuple[str, ...]:
    """A JSON list of strings."""
    try:
        names = json.loads(pending.parameters.get(parameter, "[]"))
    except ValueError:
        return ()
    return tuple(name for name in names if isinstance(name, str)) if isinstance(names, list) else ()
