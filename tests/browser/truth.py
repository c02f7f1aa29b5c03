"""The inspector before the judge: what its panel shows, held against the wire and what functions were told."""

import json
import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

import requests
from playwright.sync_api import Page

from tests.browser import panel
from tests.browser.panel import Panel
from tests.browser.site import Site
from tests.browser.tap import Function, Overheard, Told
from tests.inspector import canaries
from tests.inspector.leaves import Ledger, payload

# What nobody may see, by the names that the API has for it; an ANSWER is one where a function asked.
SECRET = frozenset(
    {
        *("PASSWORD", "NEW_PASSWORD", "Password", "PreviousPassword", "ProposedPassword", "password"),
        *("SMS_MFA_CODE", "SOFTWARE_TOKEN_MFA_CODE", "EMAIL_OTP_CODE", "SMS_OTP_CODE", "UserCode", "ConfirmationCode"),
        *("SecretCode", "Session", "SECRET_BLOCK", "PASSWORD_CLAIM_SECRET_BLOCK", "SECRET_HASH", "SecretHash"),
        *("AccessToken", "IdToken", "RefreshToken", "Token", "REFRESH_TOKEN"),
        *("CREDENTIAL", "PasswordVerifier", "Salt"),
        *("captchaUrl", "captchaAudioUrl", "linkAttempt", "challengeAnswer", "answer", "digest", "attempt"),
    }
)
_OF_A_CREDENTIAL = ("clientDataJSON", "authenticatorData", "signature", "userHandle", "attestationObject")
_RUN = re.compile(r"/flows/runs/([\w-]{22})/")
_PATIENCE = 5_000  # ms


@dataclass
class Witness:
    """Follows one browser. ``know`` takes secrets that no call carries under a name of theirs."""

    page: Page
    site: Site
    tap: Overheard
    inside: bool = True  # of the pool, where it is ours
    ledger: Ledger = field(default_factory=Ledger)
    secrets: set[str] = field(default_factory=set)
    _log_from: int = 0  # the demo says its passwords when it starts

    def begin(self) -> "Witness":
        panel.switch_on(self.page, self.site.url)
        self.tap.begin()
        self._log_from = len(self.site.live.log)
        self.secrets.add(self.site.live.config["secretAccessKey"])
        return self

    def know(self, *secrets: str) -> None:
        self.secrets.update(secrets)

    def check(self, *, lit: str | None = None, path: tuple[str, ...] | None = None) -> Panel:
        """Everything that the page shows now. ``lit``: the node, where it is not what the wire asked last; ``path``:
        every node on the way to the end, where every page of the run is looked at too."""
        shown = self._arrived()
        told = self.tap.calls
        for entry, call in zip(shown.calls, told, strict=True):
            self._compare(entry, call)
        pending = lit if lit is not None else next(each.asked for each in reversed(told) if each.asked)
        assert shown.lit == ((pending,) if pending else ()), f"{shown.lit} is lit, {pending} is pending"
        if path is not None:
            assert shown.taken == set(path), sorted(shown.taken)
        self._find_no_secret(told, everywhere=path is not None)
        return shown

    def _arrived(self) -> Panel:
        """The answer to the last form brings the page's part and the panel's: both are there, or neither."""
        expected = [each.operation for each in self.tap.calls]
        shown = panel.read(self.page)
        for _ in range(_PATIENCE // 50):
            if shown.operations == expected:
                break
            self.page.wait_for_timeout(50)
            expected = [each.operation for each in self.tap.calls]
            shown = panel.read(self.page)
        assert shown.operations == expected, f"{shown.operations}, but on the wire {expected}"
        return shown

    def _compare(self, entry: Mapping[str, Any], told: Told) -> None:
        assert entry["access"] == ("signed" if told.signed else "public")
        assert entry["facts"].split()[1] == f"{told.status},"
        self.ledger.compare(entry["request"], told.request)
        assert entry["refusal"] == told.refused
        assert entry["outcome"] == (told.refused or told.asked or "done")
        if told.refused:
            assert entry["message"] == f"{told.refused} {told.answer['message']}" or "•••" in entry["message"]
        else:
            self.ledger.compare(entry["answer"], told.answer)
        assert len(entry["triggers"]) == len(told.functions)
        for seen, function in zip(entry["triggers"], told.functions, strict=True):
            self._compare_function(seen, function)
        if told.asked and self.inside:
            assert entry["decisions"][-1][0] == told.asked
            assert len(entry["decisions"][-1][1]) > len(f"Why {told.asked}? ")

    def _compare_function(self, seen: Mapping[str, Any], function: Function) -> None:
        assert function.source.startswith(seen["trigger"])
        assert seen["facts"].split()[0] == f"{function.source},"
        self.ledger.compare(seen["event"], function.event)
        if function.answer is None:
            assert seen["refusal"]
        elif seen["echoes"]:
            self.ledger.compare(seen["answer"], {"response": function.answer["response"]})
            assert {**function.answer, "response": None} == {**function.event, "response": None}
        else:
            self.ledger.compare(seen["answer"], function.answer)
        rounds = function.event["request"].get("session", [])
        assert [row[:2] for row in seen["session"]] == [
            [each["challengeName"], json.dumps(each["challengeResult"])] for each in rounds
        ]
        for row, each in zip(seen["session"], rounds, strict=True):
            assert row[2] in (json.dumps(each["challengeMetadata"]).strip('"'), "••••••")

    # -- Secrets -------------------------------------------------------------------------------------------------------
    def _find_no_secret(self, told: list[Told], *, everywhere: bool) -> None:
        """Nor one of what was told before the tap began anew."""
        self.secrets.update(each for call in told for each in _secrets_of(call))
        places = {
            "page": canaries.on_page(self.page.content()),
            "log": self.site.live.log[self._log_from :],
            **database(self.site),
            **(self._pages_of_the_run() if everywhere else {}),
        }
        found = canaries.found(self.secrets, places)
        assert not found, found

    def _pages_of_the_run(self) -> dict[str, str]:
        """And its files, and it beside every other run of this browser."""
        run = str(self.page.locator("#inspector-run").get_attribute("data-run"))
        entries = len(json.loads(self._read(f"/flows/runs/{run}.json"))["entries"])
        others = set(_RUN.findall(self._read("/flows/runs/"))) - {run}
        return {each: self._read(each) for each in canaries.addresses(run, entries=entries, others=others)}

    def _read(self, address: str) -> str:
        """Of a pool of ours by the inspector's cookie alone: with a session the portal would ask who that is."""
        cookies = {each["name"]: each["value"] for each in self.page.context.cookies()}
        wanted = {"inspector": cookies["inspector"]} if self.inside else cookies
        answer = requests.get(self.site.url + address, cookies=wanted, timeout=10)
        answer.raise_for_status()
        return answer.text


def database(site: Site) -> dict[str, str]:
    """Every table, as the file has them."""
    with closing(sqlite3.connect(f"file:{site.live.data_dir}/db.sqlite3?mode=ro", uri=True)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        assert "inspector_entry" in tables
        return canaries.columns(connection.cursor(), tables)


def _secrets_of(call: Told) -> Iterator[str]:
    yield from _named(call.request, asked_by_function=call.request.get("ChallengeName") == "CUSTOM_CHALLENGE")
    yield from _named(call.answer)
    for function in call.functions:
        yield from _named(function.event)
        yield from _named(function.answer or {})


def _named(tree: Any, *, asked_by_function: bool = False) -> Iterator[str]:
    if isinstance(tree, list):
        for each in tree:
            yield from _named(each, asked_by_function=asked_by_function)
    if not isinstance(tree, dict):
        return
    for name, value in tree.items():
        if not isinstance(value, str):
            yield from _named(value, asked_by_function=asked_by_function)
        elif name in SECRET or (name == "ANSWER" and asked_by_function):
            yield from _parts(name, value)


def _parts(name: str, value: str) -> Iterator[str]:
    """A credential is public in parts, and a token's claims are shown."""
    if name == "CREDENTIAL":
        response = json.loads(value)["response"]
        yield from (response[part] for part in _OF_A_CREDENTIAL if response.get(part))
    elif name in ("AccessToken", "IdToken"):
        assert payload(value)
        yield from (value, value.rpartition(".")[2])
    elif value:
        yield value
