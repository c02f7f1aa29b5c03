"""Runs and what happened in them. Nothing here is a secret any more when it arrives (``masking.redact``)."""

import json
from typing import Any

from django.db import models


class OrderedJSONField(models.TextField):  # type: ignore[type-arg]
    """JSON whose members stay in the order in which they were sent: PostgreSQL's jsonb sorts them."""

    def from_db_value(self, value: str | None, *_: object) -> Any:
        return None if value is None else json.loads(value)

    def get_prep_value(self, value: Any) -> str:
        return json.dumps(value)


class Run(models.Model):
    """One sign-in in one browser, and what followed it there.

    ``owner`` is a hash of what the browser's cookie says, ``attempt`` the portal's id of the attempt, as it stands in
    the page's address. Runs that nobody keeps go after a day (``flows.inspector.runs``).
    """

    id = models.CharField(max_length=22, primary_key=True)
    owner = models.CharField(max_length=64)
    attempt = models.CharField(max_length=64, blank=True, default="")
    flow = models.CharField(max_length=64)  # what the call that began it is called (Call.flow)
    username = models.CharField(max_length=256, blank=True, default="")
    kept = models.BooleanField(default=False)
    name = models.CharField(max_length=100, blank=True, default="")  # a kept run's, given by a person
    began_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["owner", "-began_at"], name="inspector_run_of_owner"),
            models.Index(fields=["kept", "began_at"], name="inspector_run_to_purge"),
        ]

    def __str__(self) -> str:
        return self.id


class Entry(models.Model):
    """One call of a run: ``flows.inspector.entries.Call`` as JSON. ``number`` counts from 1 within the run; what a list
    of runs needs of a call stands beside it."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="entries")
    number = models.PositiveIntegerField()
    call = OrderedJSONField()
    begins = models.BooleanField(default=False)
    error = models.CharField(max_length=64, blank=True)
    asked = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="inspector_entry_number")]

    def __str__(self) -> str:
        return f"{self.run_id}/{self.number}"


class Handover(models.Model):
    """What an entry gave that a later call brings back (a Session, an access token), by fingerprint: it says which run
    that call belongs to."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="handovers")
    fingerprint = models.CharField(max_length=32, db_index=True)

    def __str__(self) -> str:
        return self.fingerprint
