"""Entries as pages show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from flows.inspector.entries import Call, TriggerCall
from flows.inspector.models import Run
from flows.inspector.recording import ceremony
from flows.inspector.telling import documents, proofs
from flows.inspector.telling.documents import Document
from flows.inspector.telling.proofs import Proof
from flows.inspector.telling.trees import Node, nodes

_ON_THIS_SERVER = frozenset({"DEVICE_PASSWORD_VERIFIER"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTrigger:
    """A trigger call. ``session`` are the rounds so far, where the event has them; ``decides`` says that the function
    chose by them what comes next. A function hands the whole event back: ``echoes`` says that it changed nothing but
    ``response``, and ``answer`` is that alone."""

    call: TriggerCall
    event: tuple[Node, ...]
    answer: tuple[Node, ...]
    session: tuple[Mapping[str, Any], ...]
    decides: bool
    echoes: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCall:
    """An entry with its number. ``srp`` and ``passkey`` are what was done by the browser, or by the portal where
    ``by_portal`` says so; ``document`` is the page of the docs that speaks of it."""

    number: int
    call: Call
    request: tuple[Node, ...]
    answer: tuple[Node, ...]
    srp: Proof | None
    by_portal: bool
    passkey: Mapping[str, Any]
    flags: tuple[tuple[str, str, bool], ...]
    triggers: tuple[ShownTrigger, ...]
    document: Document
    code_url: str


def entries(run: Run, calls: Sequence[Call], *, after: int = 0) -> tuple[ShownCall, ...]:
    """The calls of ``run``, without the first ``after``."""
    return tuple(_shown(run, calls, at) for at in range(after, len(calls)))


def _shown(run: Run, calls: Sequence[Call], at: int) -> ShownCall:
    call, before = calls[at], calls[:at]
    passkey = call.browser.get("webauthn", {})
    return ShownCall(
        number=at + 1,
        call=call,
        request=nodes(call.request),
        answer=nodes(call.answer),
        srp=proofs.srp(call, before),
        by_portal=_by_portal(call, before),
        passkey=passkey,
        flags=_flags(passkey),
        triggers=tuple(_trigger(each) for each in call.triggers),
        document=documents.of(call),
        code_url=reverse("inspector-code", kwargs={"run": run.pk, "number": at + 1}),
    )


def _by_portal(call: Call, before: Sequence[Call]) -> bool:
    """A proof was made on this server when the request of the browser that brought it had also begun SRP."""
    asking = proofs.answered(call, before)
    begun_with_it = asking is not None and bool(call.via) and asking.via == call.via
    return begun_with_it or call.request.get("ChallengeName") in _ON_THIS_SERVER


def _flags(passkey: Mapping[str, Any]) -> tuple[tuple[str, str, bool], ...]:
    """Name, meaning and whether it is set."""
    if "flags" not in passkey:
        return ()
    return tuple((name, meaning, name in passkey["flags"]) for _, name, meaning in ceremony.FLAGS)


def _trigger(call: TriggerCall) -> ShownTrigger:
    session = ((call.event or {}).get("request") or {}).get("session") or ()
    echoes = isinstance(call.answer, dict) and _but_response(call.answer) == _but_response(call.event)
    return ShownTrigger(
        call=call,
        event=nodes(call.event),
        answer=nodes({"response": call.answer.get("response")} if echoes else call.answer),
        session=tuple(each for each in session if isinstance(each, dict)),
        decides=call.trigger == "DefineAuthChallenge",
        echoes=echoes,
    )


def _but_response(event: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in event.items() if name != "response"}
