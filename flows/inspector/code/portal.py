"""This project's own code for a step: the row of its table, the form, the function that answers, and the view; or the
function that makes the call, and what wants it.
"""

import inspect
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from flows.inspector.code.situation import Situation
from flows.inspector.code.sources import Excerpt, definition, named_in_row, row
from flows.inspector.code.tab import Tab
from flows.inspector.entries import REFRESHES
from flows.steps.table import Step, row_of
from flows.terms import AuthFlow, ChallengeName

_TABLE = "flows/steps/table.py"
_ENTRIES = "flows/signin/entries.py"
_PACKAGES = Path(__file__).resolve().parents[3]

Place = tuple[str, str]  # a file, and a name in it

# What an entry of flows/signin/entries.py calls to begin, besides its own function there.
_BEGINNINGS: Mapping[str, Place] = {
    AuthFlow.USER_SRP_AUTH: ("flows/steps/beginnings.py", "srp"),
    AuthFlow.USER_AUTH: ("flows/steps/beginnings.py", "choice"),
    AuthFlow.USER_PASSWORD_AUTH: ("flows/cognito/auth.py", "initiate"),
    AuthFlow.ADMIN_USER_PASSWORD_AUTH: ("flows/cognito/auth.py", "admin_initiate"),
    "CUSTOM_WITHOUT_SRP": ("flows/steps/beginnings.py", "custom"),
    "CUSTOM_WITH_SRP": ("flows/steps/beginnings.py", "srp"),
}
# Of USER_AUTH, where the request carries the preferred factor's proof: what its entry calls instead of the above.
_WITH_PROOF: Mapping[str, tuple[Place, Place]] = {
    "PASSWORD": ((_ENTRIES, "_password_factor"), ("flows/cognito/auth.py", "initiate")),
    "SRP_A": ((_ENTRIES, "_srp"), ("flows/steps/beginnings.py", "srp")),
}
_VIEW: Place = ("flows/signin/views.py", "step")
_START_VIEW: tuple[Place, ...] = (("flows/signin/views.py", "start"), ("flows/signin/views.py", "_begin"))
_LOOP: Place = ("flows/signin/progress.py", "go_on")
_RENEWAL: Place = ("flows/signin/renewal.py", "_refresh")
_SIGN_OUT: tuple[Place, ...] = (("flows/signin/leaving.py", "_tell_pool"), ("flows/signin/views.py", "sign_out"))
_OPERATIONS: Mapping[str, tuple[Place, ...]] = {
    "GetTokensFromRefreshToken": (("flows/cognito/refresh.py", "_get_tokens"), _RENEWAL),
    "GetUser": (("flows/cognito/account.py", "get_user"), ("flows/signin/renewal.py", "_recheck")),
    "GlobalSignOut": (("flows/cognito/account.py", "global_sign_out"), *_SIGN_OUT),
    "ConfirmDevice": (("flows/cognito/devices.py", "confirm"), ("flows/signin/this_device.py", "settle")),
    "UpdateDeviceStatus": (
        ("flows/cognito/own_devices.py", "set_remembered"),
        ("flows/account/devices.py", "overview"),
    ),
    "ForgetDevice": (("flows/cognito/own_devices.py", "forget"), ("flows/account/devices.py", "forget")),
    "ListDevices": (("flows/cognito/own_devices.py", "all_of"), ("flows/account/devices.py", "_list")),
    "StartWebAuthnRegistration": (("flows/cognito/passkeys.py", "begin"), ("flows/account/passkeys.py", "_begin")),
    "CompleteWebAuthnRegistration": (("flows/cognito/passkeys.py", "complete"), ("flows/account/passkeys.py", "add")),
    "ListWebAuthnCredentials": (("flows/cognito/passkeys.py", "all_of"), ("flows/account/passkeys.py", "_list")),
    "DeleteWebAuthnCredential": (("flows/cognito/passkeys.py", "delete"), ("flows/account/passkeys.py", "delete")),
    "SetUserMFAPreference": (("flows/cognito/factors.py", "prefer"), ("flows/account/mfa.py", "overview")),
    "GetUserAuthFactors": (("flows/cognito/factors.py", "factors_of"), ("flows/account/mfa.py", "_list")),
    "ForgotPassword": (("flows/cognito/recovery.py", "send_code"), ("flows/account/recovery.py", "start")),
    "ConfirmForgotPassword": (
        ("flows/cognito/recovery.py", "choose_password"),
        ("flows/account/recovery.py", "code"),
    ),
}
# The two that are a part of a sign-in (with a Session), or happen on a page of the account (with a token).
_SOFTWARE_TOKEN: Mapping[str, Mapping[bool, tuple[Place, ...]]] = {
    "AssociateSoftwareToken": {
        True: (
            ("flows/cognito/software_token.py", "associate"),
            ("flows/steps/exchanges.py", "associate"),
            ("flows/signin/progress.py", "show"),
        ),
        False: (("flows/cognito/factors.py", "associate"), ("flows/account/authenticator_app.py", "_begin")),
    },
    "VerifySoftwareToken": {
        True: (
            ("flows/cognito/software_token.py", "verify"),
            ("flows/steps/exchanges.py", "verify_then_respond"),
            _VIEW,
        ),
        False: (("flows/cognito/factors.py", "verify"), ("flows/account/authenticator_app.py", "_adopt")),
    },
}
# Tokens are ended for three reasons, by where the browser was: (the beginning of a route, what wants it there).
_REVOKE: Place = ("flows/cognito/account.py", "revoke_token")
_REVOKED: tuple[tuple[str, tuple[Place, ...]], ...] = (
    ("flows/", (("flows/signin/leaving.py", "_tell_pool"), ("flows/signin/hint.py", "sign_in_as"))),
    ("sign-in/", (("flows/signin/confirming.py", "done"),)),
    ("", _SIGN_OUT),
)
_SAME = "The view is the same for every step."
_SAME_START = "The view is the same for every way to begin."
_NO_VIEW = "Nobody is asked: go_on() answers by itself, whatever view brought the question."


def written(situation: Situation) -> Tab:
    """Excerpts of the files as they are now, each under its place."""
    name = situation.call.operation.removeprefix("Admin")
    excerpts, note = _KINDS.get(name, _operation)(situation)
    return Tab(
        slug="portal",
        label="This site",
        language="python",
        text="\n\n".join(str(each) for each in excerpts),
        note=note,
        excerpts=tuple(excerpts),
    )


def _begin(situation: Situation) -> tuple[list[Excerpt], str]:
    entry = situation.call.flow
    if entry in REFRESHES:
        return [definition("flows/cognito/refresh.py", "_refresh_token_auth"), definition(*_RENEWAL)], ""
    if entry not in _BEGINNINGS:
        return [definition("flows/cognito/auth.py", "_initiate")], ""
    start = named_in_row(_ENTRIES, "Entry", "start", name=entry)
    form = named_in_row(_ENTRIES, "Entry", "form", name=entry)
    found = [
        row(_ENTRIES, "Entry", name=entry),
        definition("flows/signin/forms.py", form),
        definition(_ENTRIES, start),
        *(definition(*place) for place in _begins(entry, situation)),
        *(definition(*place) for place in _START_VIEW),
    ]
    return found, _SAME_START


def _begins(entry: str, situation: Situation) -> tuple[Place, ...]:
    if entry == AuthFlow.USER_AUTH:
        given = situation.request.get("AuthParameters") or {}
        return next((places for proof, places in _WITH_PROOF.items() if proof in given), (_BEGINNINGS[entry],))
    return (_BEGINNINGS[entry],)


def _answer(situation: Situation) -> tuple[list[Excerpt], str]:
    step = _step(situation)
    if step is None:
        return [definition("flows/steps/answers.py", "answer"), definition(*_VIEW)], _SAME
    found = row(_TABLE, "Step", slug=step.slug)
    if step.automatic:
        return [found, _source(step.automatic), definition(*_LOOP)], _NO_VIEW
    return [found, _source(step.form), _source(step.submit), definition(*_VIEW)], _SAME


def _operation(situation: Situation) -> tuple[list[Excerpt], str]:
    name = situation.call.operation
    known = _SOFTWARE_TOKEN.get(name, {}).get("Session" in situation.request) or _OPERATIONS.get(name)
    return [definition(*place) for place in known or (("flows/cognito/exchange.py", "perform"),)], ""


def _revoke(situation: Situation) -> tuple[list[Excerpt], str]:
    route = str(situation.call.via.get("route", ""))
    places = next(places for beginning, places in _REVOKED if route.startswith(beginning))
    return [definition(*place) for place in (_REVOKE, *places)], ""


def _step(situation: Situation) -> Step | None:
    """The row whose page this call came from: by what it answers with, where one challenge is several rows."""
    request = situation.request
    challenge, given = request.get("ChallengeName", ""), request.get("ChallengeResponses") or {}
    slug = situation.asked.step if situation.asked else ""
    if challenge == ChallengeName.SELECT_CHALLENGE:
        slug = "password" if "PASSWORD" in given else "password-srp" if "SRP_A" in given else "first-factor"
    elif challenge == ChallengeName.MFA_SETUP:
        slug = "email-setup" if "EMAIL" in given else "totp-setup"
    return row_of(challenge, slug)


def _source(found: Callable[..., Any]) -> Excerpt:
    lines, first = inspect.getsourcelines(found)
    path = Path(inspect.getsourcefile(found) or "").resolve().relative_to(_PACKAGES)
    return Excerpt(path=path.as_posix(), line=first, name=found.__name__, text="".join(lines).rstrip())


_KINDS: Mapping[str, Callable[[Situation], tuple[list[Excerpt], str]]] = {
    "InitiateAuth": _begin,
    "RespondToAuthChallenge": _answer,
    "RevokeToken": _revoke,
}
