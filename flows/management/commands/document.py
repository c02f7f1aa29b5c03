"""``manage.py document``: write what is generated from the code; with ``--check``, only say which are out of date."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from flows.management.documents import DOCUMENTS


class Command(BaseCommand):
    help = (
        "Write what is generated from the code: reference pages in docs/, and the orders that flow maps are drawn from."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; fail if a file is out of date")

    def handle(self, *, check: bool, **options: Any) -> None:
        stale = []
        for document in DOCUMENTS:
            path, text = settings.BASE_DIR / document.PATH, document.text()
            if path.exists() and path.read_text(encoding="utf-8") == text:
                continue
            stale.append(document.PATH)
            if not check:
                path.write_text(text, encoding="utf-8")
                self.stdout.write(f"{document.PATH} written")
        if check and stale:
            raise CommandError(f"Out of date: {', '.join(stale)}. Run: make docs")
        if check:
            self.stdout.write("What is generated is up to date.")
