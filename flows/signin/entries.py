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
from flows.signin.forms import PasswordStartForm, SrpStartForm, StartForm
from flows.steps import exchanges
from flows.terms import AuthFlow


class UnknownEntry(Exception):
    """No such way to sign in, or not on this site."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """``label`` and ``sentence`` are for people, ``seen_by`` says who gets to see the password.

    ``start`` takes the AuthFlow and the valid form. ``module`` is the browser module in ``static/flows/``.
    """

    name: str
    flow: AuthFlow
    label: str
    sentence: str
    seen_by: str
    form: type[StartForm]
    start: Callable[[AuthFlow, Any], Outcome]
    slug: str
    module: str = ""

    @property
    def template(self) -> str:
        return f"flows/start/{self.slug}.html"


def _srp(flow: AuthFlow, form: SrpStartForm) -> Outcome:
    given = form.cleaned_data
    if form.server_side:
        return exchanges.srp_on_server(flow, given["username"], given["password"])
    return exchanges.begin_srp(flow, given["username"], given["srp_a"])


def _password(flow: AuthFlow, form: PasswordStartForm) -> Outcome:
    return auth.initiate(flow, _credentials(form))


def _admin_password(flow: AuthFlow, form: PasswordStartForm) -> Outcome:
    return auth.admin_initiate(flow, _credentials(form))


def _credentials(form: PasswordStartForm) -> dict[str, str]:
    return {"USERNAME": form.cleaned_data["username"], "PASSWORD": form.cleaned_data["password"]}


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
        module="srp-form",
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
