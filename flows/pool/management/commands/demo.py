"""``manage.py demo``: make the demo pool, or show it, or make it afresh.

It stands with the pool and not in ``flows.management``: without the embedded pool there is no demo.
"""

import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from flows.pool.demo import seed


class Command(BaseCommand):
    help = "Makes the demo pool, its app clients and users, unless they are there, and says how to use them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        choice = parser.add_mutually_exclusive_group()
        choice.add_argument("--reset", action="store_true", help="throw the demo away and make it afresh")
        choice.add_argument("--info", action="store_true", help="print what /demo/config.json says, secrets included")

    def handle(self, *, reset: bool, info: bool, verbosity: int, **_: Any) -> None:
        try:
            (seed.reset if reset else seed.install)()
        except DatabaseError as error:
            raise CommandError(f"The database is not ready ({error}). Run python manage.py migrate first.") from error
        if info:
            self.stdout.write(json.dumps(seed.config(), indent=2))
        elif verbosity:
            self.stdout.write(self._welcome(seed.config()))

    def _welcome(self, config: dict[str, Any]) -> str:
        width = max(len(user["username"]) for user in config["users"])
        lines = [
            f"The demo pool is {config['userPoolId']}.",
            "",
            f"Sign in at {self.style.MIGRATE_HEADING(settings.SITE_URL + '/')} as one of these:",
            *(f"  {user['username']:{width}}  {user['password']}  {user['about']}" for user in config["users"]),
            "",
            f"Messages that the pool would have sent: {settings.SITE_URL}/demo/outbox/",
            f"Everything another Cognito client needs: {settings.SITE_URL}/demo/config.json",
        ]
        return "\n".join(lines)
