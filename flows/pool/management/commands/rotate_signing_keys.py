"""``manage.py rotate_signing_keys``: new keys for the tokens of a pool; the old ones go on verifying."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from flows.pool import wire
from flows.pool.issuing import keys
from flows.pool.models import UserPool


class Command(BaseCommand):
    help = "Gives a pool new signing keys. Tokens that are signed already stay valid; retired keys stay in the key set."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("pool", nargs="?", help="id of the pool; needed when there are several")

    def handle(self, *, pool: str | None, **options: Any) -> None:
        pools = UserPool.objects.filter(pk=pool) if pool else UserPool.objects.all()
        if len(pools) != 1:
            raise CommandError("Name one pool: " + ", ".join(UserPool.objects.values_list("pk", flat=True)))
        with transaction.atomic():
            keys.make_signing_keys(pools[0], tools=wire.default_tools())
        self.stdout.write(f"{pools[0].pk} signs with new keys; running servers follow within a minute.")
