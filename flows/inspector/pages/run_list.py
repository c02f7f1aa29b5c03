"""This browser's runs at a glance, by two queries however many there are."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from flows.inspector import runs
from flows.inspector.models import Entry, Run
from flows.inspector.telling import endings
from flows.inspector.telling.endings import Came, Ending


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """``goes_at`` is when it may go, None while it is kept; ``overdue`` says that it goes when the next run begins."""

    run: Run
    calls: int
    ending: Ending
    goes_at: datetime | None
    overdue: bool


def of(owner: str) -> list[Listed]:
    """Every run of this browser, the newest first."""
    came = defaultdict(list)
    rows = Entry.objects.filter(run__owner=owner).order_by("run_id", "number")
    for run, begins, error, asked in rows.values_list("run_id", "begins", "error", "asked"):
        came[run].append(Came(begins=begins, error=error, asked=asked))
    return [_listed(run, came[run.pk]) for run in runs.all_of(owner)]


def _listed(run: Run, came: list[Came]) -> Listed:
    goes_at = None if run.kept else run.began_at + runs.UNKEPT
    return Listed(
        run=run,
        calls=len(came),
        ending=endings.told_by(came),
        goes_at=goes_at,
        overdue=goes_at is not None and goes_at < timezone.now(),
    )
