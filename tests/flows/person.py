"""A person in front of a browser, played through Django's test client: reads pages, fills in forms, follows redirects.

``htmx=True`` plays a browser with scripting: fragments replace #main, and SRP is done as srp-form.mjs does it, with
pycognito's arithmetic. ``htmx=False`` plays one with scripting off: whole pages and the forms in <noscript>.
CSRF checks are on, so what is posted is what the page had in it.
"""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpResponse
from django.test import Client
from pycognito.aws_srp import AWSSRP

SITE = "http://localhost"


@dataclass
class Form:
    """One <form>: where it goes, its named values, its data-* attributes."""

    attributes: dict[str, str]
    values: dict[str, str] = field(default_factory=dict)
    needs_script: bool = False
    in_noscript: bool = False

    @property
    def action(self) -> str:
        return self.attributes["action"]


class _Reader(HTMLParser):
    """Collects forms, links and text."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: dict[str, str] = {}
        self.text: list[str] = []
        self._open: Form | None = None
        self._noscript = False
        self._link: str | None = None
        self._silent = 0

    def handle_starttag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in pairs}
        if tag == "noscript":
            self._noscript = True
        if tag in ("style", "script"):
            self._silent += 1
        if tag == "a":
            self._link = attributes.get("href")
        if tag == "form":
            script = "needs-script" in attributes.get("class", "")
            self._open = Form(attributes, needs_script=script, in_noscript=self._noscript)
            self.forms.append(self._open)
        if tag in ("input", "button") and self._open and attributes.get("name"):
            self._open.values[attributes["name"]] = attributes.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "noscript":
            self._noscript = False
        if tag in ("style", "script"):
            self._silent -= 1
        if tag == "a":
            self._link = None
        if tag == "form":
            self._open = None

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        if words := " ".join(data.split()):
            self.text.append(words)
            if self._link is not None:
                self.links.setdefault(words, self._link)


class Person:
    """Knows nothing of the application but its pages."""

    def __init__(self, *, htmx: bool, client: Client | None = None) -> None:
        self.htmx = htmx
        self.client = client or Client(enforce_csrf_checks=True, SERVER_NAME="localhost")
        self.url = "/"
        self.answers: list[Any] = []
        self._srp: AWSSRP | None = None

    # -- Reading -----------------------------------------------------------------------------------------------
    @property
    def answer(self) -> HttpResponse:
        answer: HttpResponse = self.answers[-1]
        return answer

    @property
    def status(self) -> int:
        return self.answer.status_code

    @property
    def html(self) -> str:
        return self.answer.content.decode()

    @property
    def text(self) -> str:
        return " ".join(self._read().text)

    @property
    def path(self) -> str:
        return urlsplit(self.url).path

    def link(self, label: str) -> str:
        return self._read().links[label]

    def form(self, **wanted: str) -> Form:
        """The first form that this browser would show and whose attributes or values are as wanted."""
        for form in self._read().forms:
            seen = form.needs_script <= self.htmx and form.in_noscript <= (not self.htmx)
            if seen and all({**form.values, **form.attributes}.get(key) == value for key, value in wanted.items()):
                return form
        raise AssertionError(f"no form with {wanted} on {self.url}:\n{self.text}")

    # -- Acting ------------------------------------------------------------------------------------------------
    def open(self, url: str) -> "Person":
        """Type an address, follow a link, or reload: a whole page in either world."""
        self._arrive(self.client.get(url), url, asked_by_htmx=False)
        return self

    def send(self, form: Form, **values: str) -> "Person":
        """Submit the form with what was typed."""
        headers = {"HX-Request": "true", "HX-Current-URL": SITE + self.url} if self.htmx else {}
        by_htmx = self.htmx and "hx-post" in form.attributes
        data = form.values | values
        answer = self.client.post(form.action, data, headers=headers if by_htmx else {})
        self._arrive(answer, self.url if by_htmx else form.action, asked_by_htmx=by_htmx)
        return self

    def sign_in(self, flow: str, username: str, password: str, *, next: str = "") -> "Person":
        """Choose a way to sign in and fill in its form; with SRP also let the browser answer."""
        self.open(f"/sign-in/?flow={flow}&new=1&next={next}")
        if flow == "USER_SRP_AUTH" and self.htmx:
            return self.type_srp(self.form(**{"data-srp": "start"}), password, username=username)
        return self.send(self.form(flow=flow), username=username, password=password)

    def type_srp(self, form: Form, password: str, **values: str) -> "Person":
        """What srp-form.mjs does: post A, answer the verifier form that comes back from memory, forget."""
        self._srp = AWSSRP(username="-", password=password, pool_id="-_-", client_id="-", client=object())
        self.send(form, srp_a=self._srp.get_auth_params()["SRP_A"], **values)
        if 'data-srp="verifier"' in self.html and self._srp:
            self.send(self.form(**{"data-srp": "verifier"}), **self._proof())
        return self

    def _proof(self) -> dict[str, str]:
        asked, srp = self.form(**{"data-srp": "verifier"}).attributes, self._srp
        assert srp is not None
        self._srp = None
        srp.pool_id = f"-_{asked['data-pool-name']}"
        parameters = {
            "USERNAME": asked["data-user-id"],
            "USER_ID_FOR_SRP": asked["data-user-id"],
            "SALT": asked["data-salt"],
            "SRP_B": asked["data-srp-b"],
            "SECRET_BLOCK": asked["data-secret-block"],
        }
        answer = srp.process_challenge(parameters, {"USERNAME": asked["data-user-id"]})
        return {"password_claim_signature": answer["PASSWORD_CLAIM_SIGNATURE"], "timestamp": answer["TIMESTAMP"]}

    def _arrive(self, answer: Any, url: str, *, asked_by_htmx: bool) -> None:
        self.answers.append(answer)
        self.url = answer.headers.get("HX-Push-Url") or answer.headers.get("HX-Replace-Url") or url
        if answer.status_code in (301, 302, 303, 307, 308):
            assert answer.status_code == 303, "only 303 after a form (T066)"
            assert not asked_by_htmx, "XHR would follow this and swap a page into a page (T122)"
            self.open(answer.headers["Location"])
        elif "HX-Redirect" in answer.headers:
            self.open(answer.headers["HX-Redirect"])

    def _read(self) -> _Reader:
        reader = _Reader()
        reader.feed(self.html)
        return reader
