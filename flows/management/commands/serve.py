"""``manage.py serve``: get everything ready, say where to go, and become gunicorn. This is what ``make run`` runs.

One process, because starting Django anew for migrate, demo and collectstatic takes longer than their work.
"""

import errno
import io
import json
import os
import signal
import socket
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from authsite import static_files

# A browser that resolves "localhost" to ::1 first must find us too, not whoever else listens there.
LOOPBACK = ("127.0.0.1", "::1")


class Command(BaseCommand):
    help = "Migrates, prepares the demo pool and the static files, and serves with gunicorn."
    requires_system_checks = ()  # migrate runs them

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"))
        parser.add_argument("--reload", action="store_true", help="Django's own server, which reloads (make dev).")

    def handle(self, *, host: str, reload: bool, **_: Any) -> None:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C while getting ready ends us without a traceback
        addresses = listening_addresses(host, settings.PORT)
        call_command("migrate", interactive=False, verbosity=0)
        if settings.EMBEDDED_POOL:
            call_command("demo", verbosity=0)
            call_command("purge_pool", verbosity=0)
        if settings.INSPECTOR:
            call_command("purge_runs", verbosity=0)
        if not reload:
            static_files.collect()
        self.announce()
        self.stdout.flush()
        os.chdir(settings.BASE_DIR)
        server = runserver(addresses) if reload else gunicorn(addresses)
        os.execv(sys.executable, [sys.executable, *server])  # noqa: S606 - no shell is wanted

    def announce(self) -> None:
        """Say where to go and who can sign in."""
        lines = ["", f"  Open {self.style.MIGRATE_HEADING(settings.SITE_URL + '/')} in a browser."]
        if settings.EMBEDDED_POOL:
            info = io.StringIO()
            call_command("demo", "--info", stdout=info)
            users = json.loads(info.getvalue())["users"]
            width = max(len(user["username"]) for user in users)
            lines += ["", "  Who can sign in (these passwords were made for this machine):"]
            lines += [f"    {user['username']:{width}}  {user['password']}  {user['about']}" for user in users]
            lines += ["", f"  Other clients: {settings.SITE_URL}/demo/config.json tells them all they need."]
        lines += ["  Ctrl-C stops the server. Everything is kept in " + f"{settings.DATA_DIR}.", ""]
        self.stdout.write("\n".join(lines))


def gunicorn(addresses: list[str]) -> list[str]:
    """Arguments for Python to serve as in production."""
    binds = [f"--bind={_host_and_port(address)}" for address in addresses]
    return ["-m", "gunicorn", "--config=deploy/gunicorn.conf.py", *binds, "authsite.wsgi"]


def runserver(addresses: list[str]) -> list[str]:
    """Arguments for Python to serve while somebody edits. It binds one address only."""
    return ["manage.py", "runserver", _host_and_port(addresses[0])]


def listening_addresses(host: str, port: int) -> list[str]:
    """The addresses to bind for ``host``. Raises CommandError when somebody else has the port."""
    if port not in range(1, 65536):
        raise CommandError(f"{port} is no port. Choose one between 1024 and 65535: make run PORT=8000")
    wanted = LOOPBACK if host in {"localhost", "127.0.0.1"} else (host,)
    addresses = [address for address in wanted if _is_free(address, port)]
    if not addresses:
        raise CommandError(f"Cannot listen on {host}: this machine has no such address. Choose another with HOST=.")
    return addresses


def _host_and_port(address: str) -> str:
    return f"[{address}]:{settings.PORT}" if ":" in address else f"{address}:{settings.PORT}"


def _is_free(address: str, port: int) -> bool:
    """Whether ``address`` can be bound; False when this machine has no such address (IPv6 may be switched off)."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((address, port))
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise CommandError(
                f"Port {port} is taken by another program. Choose another one: make run PORT={port + 1}"
            ) from None
        if error.errno == errno.EACCES:
            raise CommandError(f"Port {port} needs root. Choose one above 1023: make run PORT=8000") from None
        return False
    return True
