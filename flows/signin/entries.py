"""The entry table: the ways to begin, one row per AuthFlow that a person can choose.

``name`` is what Amplify calls ``authFlowType`` (later rows share an AuthFlow), or the admin flow's own name. Which
rows a site offers is settings.SIGN_IN_FLOWS; the first of them is the default.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from flows.cognito import auth
from flows.cognito.outcome import Outcome
from flows.safe_next import safe_next
from flows.signin.forms import ChoiceStartForm, PasswordStartForm, SrpStartForm, StartForm
from flows.signin.preference import Preference
from flows.steps import beginnings
from flows.steps.pending import Pending
from flows.terms import AuthFlow, ChallengeName, FirstFactor


class UnknownEntry(Exception):
    """No such way to sign in, or not on this site."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """``label`` and ``sentence`` are for people, ``seen_by`` says who gets to see the password.

    ``start`` takes the AuthFlow, the valid form and the device key of this browser, if it has one for that username.
    ``modules`` are the browser modules in ``static/flows/`` that this entry's own steps need besides ``srp-form``.
    ``asks`` is the challenge that a refusal of the start is about, where that is not a name and its password.
    """

    name: str
    flow: AuthFlow
    label: str
    sentence: str
    seen_by: str
    form: type[StartForm]
    start: Callable[[AuthFlow, Any, str], Outcome]
    slug: str
    modules: tuple[str, ...] = ()
    asks: ChallengeName | None = None

    @property
    def template(self) -> str:
        return f"flows/start/{self.slug}.html"


def _srp(flow: AuthFlow, form: SrpStartForm | ChoiceStartForm, device_key: str) -> Outcome:
    given = form.cleaned_data
    if form.server_side:
        return beginnings.srp_on_server(flow, given["username"], given["password"], device_key=device_key)
    return beginnings.srp(flow, given["username"], given["srp_a"], device_key=device_key)


def _password(flow: AuthFlow, form: PasswordStartForm, device_key: str) -> Outcome:
    return auth.initiate(flow, _credentials(form), device_key=device_key)


def _admin_password(flow: AuthFlow, form: PasswordStartForm, device_key: str) -> Outcome:
    return auth.admin_initiate(flow, _credentials(form), device_key=device_key)


def _custom(flow: AuthFlow, form: StartForm, device_key: str) -> Outcome:
    return beginnings.custom(flow, form.cleaned_data["username"], device_key=device_key)


def _choice(flow: AuthFlow, form: ChoiceStartForm, device_key: str) -> Outcome:
    """The preferred factor, with its proof where the form brings one along; or the choice."""
    preferred = form.cleaned_data["preferred"]
    begin = _WITH_PROOF.get(preferred)
    if begin:
        return begin(flow, form, device_key)
    return beginnings.choice(form.cleaned_data["username"], preferred=preferred, device_key=device_key)


def _password_factor(flow: AuthFlow, form: ChoiceStartForm, device_key: str) -> Outcome:
    wanted = {"PREFERRED_CHALLENGE": FirstFactor.PASSWORD}
    return auth.initiate(flow, _credentials(form) | wanted, device_key=device_key)


def _credentials(form: PasswordStartForm | ChoiceStartForm) -> dict[str, str]:
    return {"USERNAME": form.cleaned_data["username"], "PASSWORD": form.cleaned_data["password"]}


_WITH_PROOF: dict[str, Callable[[AuthFlow, Any, str], Outcome]] = {
    FirstFactor.PASSWORD: _password_factor,
    FirstFactor.PASSWORD_SRP: _srp,
}

ENTRIES: tuple[Entry, ...] = (
    Entry(
        name="USER_SRP_AUTH",
        flow=AuthFlow.USER_SRP_AUTH,
        label="Secure Remote Password",
        sentence="Your browser proves that it knows the password and never sends it.",
        seen_by="Nobody but this browser sees your password.",
        form=SrpStartForm,
        start=_srp,
        slug="srp",
    ),
    Entry(
        name="USER_AUTH",
        flow=AuthFlow.USER_AUTH,
        label="Choose how to sign in",
        sentence="By passkey, password or a code, whichever you have.",
        seen_by="You decide after entering your username.",
        form=ChoiceStartForm,
        start=_choice,
        slug="choice",
        modules=("webauthn", "code"),
    ),
    Entry(
        name="USER_PASSWORD_AUTH",
        flow=AuthFlow.USER_PASSWORD_AUTH,
        label="Password",
        sentence="Username and password go to Cognito as they are, over TLS.",
        seen_by="This site and Cognito see your password.",
        form=PasswordStartForm,
        start=_password,
        slug="password",
    ),
    Entry(
        name="ADMIN_USER_PASSWORD_AUTH",
        flow=AuthFlow.ADMIN_USER_PASSWORD_AUTH,
        label="Password, through the server",
        sentence="This site asks Cognito with AWS credentials of its own; a browser could not.",
        seen_by="This site and Cognito see your password.",
        form=PasswordStartForm,
        start=_admin_password,
        slug="password",
    ),
    Entry(
        name="CUSTOM_WITHOUT_SRP",
        flow=AuthFlow.CUSTOM_AUTH,
        label="By questions, without a password",
        sentence="You say who you are, then answer what this site asks: a picture, a question, a link by e-mail.",
        seen_by="There is no password that anybody could see.",
        form=StartForm,
        start=_custom,
        slug="custom",
        asks=ChallengeName.CUSTOM_CHALLENGE,
    ),
    Entry(
        name="CUSTOM_WITH_SRP",
        flow=AuthFlow.CUSTOM_AUTH,
        label="Secure Remote Password, then questions",
        sentence="Your browser proves that it knows the password, then you answer what this site asks.",
        seen_by="Nobody but this browser sees your password.",
        form=SrpStartForm,
        start=_srp,
        slug="srp",
    ),
)


def offered() -> tuple[Entry, ...]:
    """The rows that this site offers, in the order of settings.SIGN_IN_FLOWS."""
    return tuple(entry for name in settings.SIGN_IN_FLOWS for entry in ENTRIES if entry.name == name)


def entry_for(name: str) -> Entry:
    """The offered entry of this name; the default for ``""``. Raises ``UnknownEntry``."""
    for entry in offered():
        if name in ("", entry.name):
            return entry
    raise UnknownEntry(name)


def offers(name: str) -> bool:
    """Whether this site has the entry."""
    return any(entry.name == name for entry in offered())


def last_used(remembered: Preference | None) -> str:
    """The entry to begin with in a browser that last signed in by choice; ``""`` for the site's default."""
    return AuthFlow.USER_AUTH if remembered and offers(AuthFlow.USER_AUTH) else ""


# -- What a start form is filled with ------------------------------------------------------------------------------
def initial(before: Pending) -> dict[str, Any]:
    """From an attempt that is over: nobody types a username twice."""
    return {
        "flow": before.entry,
        "next": before.next,
        "username": before.username,
        "preferred": before.preferred,
        "remember": before.remember,
    }


def remembered(preference: Preference | None, *, next: str) -> dict[str, Any]:
    """From what the browser remembers."""
    kept = preference or Preference()
    return {
        "next": safe_next(next),
        "username": kept.username,
        "preferred": kept.factor,
        "remember": bool(kept.username),
    }


def wanted(preferred: str | None) -> dict[str, str]:
    """From the address: ``?preferred=`` a first factor at once, or anything else for the choice (as preferredChallenge
    of Amplify). Without it, what was there before stays."""
    if preferred is None:
        return {}
    return {"preferred": preferred if preferred in tuple(FirstFactor) else ""}
