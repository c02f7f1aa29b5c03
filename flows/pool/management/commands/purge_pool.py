"""``manage.py purge_pool``: throw away expired Sessions, tokens and counters of the embedded pool."""

from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand

from flows.pool.purge import purge


class Command(BaseCommand):
    help = "Throws away what has expired in the embedded pool. Run it daily; manage.py serve does it when it starts."

    def handle(self, **options: Any) -> None:
        count = purge(now=datetime.now(UTC))
        if options["verbosity"]:
            self.stdout.write(f"{count} expired rows removed.")
