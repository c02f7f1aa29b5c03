"""Typed readers of ChallengeParameters, which are strings whatever they mean.

They trust nothing: a parameter that is missing or malformed reads as empty, and the step says what it can without.
"""

import json

from flows.steps.pending import Pending

_PREFIX = "userAttributes."


def missing_attributes(pending: Pending) -> tuple[str, ...]:
    """NEW_PASSWORD_REQUIRED's ``requiredAttributes``, a JSON list as text, without the ``userAttributes.`` prefix."""
    try:
        names = json.loads(pending.parameters.get("requiredAttributes", "[]"))
    except ValueError:
        return ()
    if not isinstance(names, list):
        return ()
    return tuple(name.removeprefix(_PREFIX) for name in names if isinstance(name, str))


def attribute_response(name: str) -> str:
    """The ChallengeResponses key that carries the user attribute ``name``."""
    return _PREFIX + name
