"""``manage.py purge_runs``: throw away runs whose time is over, and those that nobody can find any more."""

from typing import Any

from django.core.management.base import BaseCommand

from flows.inspector import runs, switch


class Command(BaseCommand):
    help = (
        "Throws away the inspector's runs that are older than a day and that nobody kept; in front of a real pool also "
        "every run of users whom INSPECTOR_USERS names no more. Run it daily; manage.py serve does it when it starts."
    )

    def handle(self, **options: Any) -> None:
        count = runs.purge(owners=switch.named_owners())
        if options["verbosity"]:
            self.stdout.write(f"{count} run{'' if count == 1 else 's'} removed.")
