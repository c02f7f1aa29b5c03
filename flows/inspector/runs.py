"""Where runs are kept: which run a call belongs to, and how many there may be."""

import re
import secrets
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from flows.inspector.entries import Call
from flows.inspector.models import Entry, Handover, Run

UNKEPT = timedelta(days=1)
_NEVER_STORED = re.compile("[\x00\ud800-\udfff]")
_ASKS = ("Get", "List")  # operations that change nothing; of those with tokens in the answer no two are alike
RECENT = timedelta(hours=1)  # a call that nothing ties to a run belongs to the latest one, for this long
MOST_UNKEPT, MOST_KEPT, MOST_ENTRIES = 30, 30, 200  # of one browser; of one run
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")  # of runs, and the portal's of attempts


class TooMany(Exception):
    """This browser keeps as many runs as it may."""


def of(owner: str, run_id: str) -> Run | None:
    """The run, if it is this browser's. An id that is none is not looked for: PostgreSQL refuses some characters."""
    return Run.objects.filter(owner=owner, pk=run_id).first() if _ID.fullmatch(run_id) else None


def all_of(owner: str) -> list[Run]:
    """Every run of this browser, the newest first."""
    return list(Run.objects.filter(owner=owner).order_by("-began_at", "-pk"))


def of_attempt(owner: str, attempt: str) -> Run | None:
    """The run of the portal's attempt."""
    if not _ID.fullmatch(attempt):
        return None
    return Run.objects.filter(owner=owner, attempt=attempt).order_by("-began_at").first()


def latest(owner: str) -> Run | None:
    """The newest run, while it is fresh."""
    return Run.objects.filter(owner=owner, began_at__gt=timezone.now() - RECENT).order_by("-began_at").first()


def calls(run: Run) -> list[Call]:
    """What happened in it, in order."""
    return [Call.from_json(entry.call) for entry in run.entries.order_by("number")]


def run_for(owner: str, call: Call, *, brought: Iterable[str], attempt: str) -> Run:
    """The run that ``call`` goes on with, or a new one. ``brought`` are fingerprints of what an earlier answer gave:
    they tie calls together as the protocol does; ``attempt`` is the portal's, where the address names one."""
    brought = list(brought)
    tied = Run.objects.filter(owner=owner, handovers__fingerprint__in=brought).order_by("-began_at").first()
    known = tied or of_attempt(owner, attempt)
    if known is None and not call.begins and not brought:
        known = latest(owner)
        known = None if known and _is_about_somebody_else(known, call) else known
    if known is None:
        known = _begin(owner, call, attempt)
        # What it goes on with came before the inspector was on, or in a run that was deleted: of no other run, anyway.
        Handover.objects.bulk_create(Handover(run=known, fingerprint=each) for each in brought)
    return known


def _is_about_somebody_else(run: Run, call: Call) -> bool:
    """Such as ForgotPassword for another user, while a sign-in waits in another tab."""
    return bool(run.username) and call.request.get("Username", run.username) != run.username


def append(run: Run, call: Call, *, gave: Iterable[str]) -> None:
    """Add ``call``; a call that is like the one before it counts up there, and a full run takes no more."""
    with transaction.atomic():
        Run.objects.select_for_update().get(pk=run.pk)  # two tabs of one run number their entries one after the other
        last = run.entries.order_by("-number").first()
        if last is not None and _alike(before := Call.from_json(last.call), call):
            last.call = _storable(replace(call, times=before.times + 1).to_json())
            last.save(update_fields=["call"])
            return
        number = (last.number if last else 0) + 1
        Handover.objects.bulk_create(Handover(run=run, fingerprint=each) for each in gave)  # of a full one, too
        if number <= MOST_ENTRIES:
            Entry.objects.create(run=run, number=number, call=_storable(call.to_json()), **_listed(call))


def _listed(call: Call) -> dict[str, Any]:
    """What stands beside it, no longer than the columns; a pool may answer anything."""
    told = {"error": call.error, "asked": call.asked}
    return {"begins": call.begins} | {name: str(_storable(text))[:64] for name, text in told.items()}


def _storable(tree: Any) -> Any:
    """With halves of characters and zeros, which answers may have, spelt out: no page and no PostgreSQL takes them."""
    if isinstance(tree, dict):
        return {_storable(name): _storable(value) for name, value in tree.items()}
    if isinstance(tree, list | tuple):
        return [_storable(value) for value in tree]
    return _NEVER_STORED.sub(lambda found: f"\\u{ord(found[0]):04x}", tree) if isinstance(tree, str) else tree


def tie(run: Run, attempt: str) -> None:
    """Remember that ``run`` is this attempt of the portal."""
    if _ID.fullmatch(attempt) and run.attempt != attempt:
        run.attempt = attempt
        _write(run, "attempt")


def hand_over(run: Run, *, to: str) -> None:
    """It is another's from now on, with what was kept before it. What else its owner has is dropped: nobody knows who
    typed it."""
    Run.objects.filter(owner=run.owner, kept=False).exclude(pk=run.pk).delete()
    Run.objects.filter(owner=run.owner).update(owner=to)
    kept = Run.objects.filter(owner=to, kept=True).order_by("-began_at").values_list("pk", flat=True)
    Run.objects.filter(pk__in=list(kept[MOST_KEPT:])).update(kept=False)
    _trim(to, MOST_UNKEPT)


def keep(run: Run, *, name: str) -> None:
    """Keep it until somebody lets it go. Raises ``TooMany``."""
    if not run.kept and Run.objects.filter(owner=run.owner, kept=True).count() >= MOST_KEPT:
        raise TooMany
    run.kept, run.name = True, name
    _write(run, "kept", "name")


def let_go(run: Run) -> None:
    """It goes like every other run, and keeps its name until then."""
    run.kept = False
    _write(run, "kept")


def _write(run: Run, *fields: str) -> None:
    """Unlike ``save``, at peace with another tab that has deleted it meanwhile."""
    Run.objects.filter(pk=run.pk).update(**{name: getattr(run, name) for name in fields})


def _begin(owner: str, call: Call, attempt: str) -> Run:
    _make_room(owner)
    request = call.request
    username = (request.get("AuthParameters") or {}).get("USERNAME") or request.get("Username")
    return Run.objects.create(
        pk=secrets.token_urlsafe(16),
        owner=owner,
        attempt=attempt if _ID.fullmatch(attempt) else "",
        flow=call.flow,
        username=username[:256] if isinstance(username, str) else "",
        began_at=timezone.now(),
    )


def purge(*, owners: Collection[str] | None = None) -> int:
    """Delete what is a day old and was not kept; where ``owners`` are given, also every run of anybody else that is.
    Returns how many runs there were."""
    old = Run.objects.filter(began_at__lt=timezone.now() - UNKEPT)
    gone = old.filter(kept=False) if owners is None else old.exclude(kept=True, owner__in=owners)
    return gone.delete()[1].get(Run._meta.label, 0)


def _make_room(owner: str) -> None:
    """For one more (T150). Old runs of everybody go, too."""
    purge()
    _trim(owner, MOST_UNKEPT - 1)


def _trim(owner: str, most: int) -> None:
    mine = Run.objects.filter(owner=owner, kept=False).order_by("-began_at").values_list("pk", flat=True)
    Run.objects.filter(pk__in=list(mine[most:])).delete()


def _alike(before: Call, now: Call) -> bool:
    """The same question with the same answer; what differs each time (when, how long) does not count. Only of what
    asks: two wrong codes look alike once they are masked, and are two all the same."""
    asks = now.operation.startswith(_ASKS) and not (now.inside or before.inside)
    return asks and _essence(before) == _essence(now)


def _essence(call: Call) -> tuple[object, ...]:
    return call.operation, call.signed, call.request, call.answer, call.error, call.message


def last_number(run: Run) -> int:
    """The number of its newest entry; 0 where there is none."""
    return int(run.entries.aggregate(last=Max("number"))["last"] or 0)
