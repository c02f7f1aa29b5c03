"""A PostgreSQL for one command: ``python -m tests.postgres COMMAND...`` runs it with ``DATABASE_URL`` set.

The cluster is made in a temporary folder, listens on a free port of the loopback address only, and is gone afterwards.
PostgreSQL refuses to run as root; as root it runs as the user ``postgres`` that its package made.
"""

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from tests import machine


@contextmanager
def postgresql() -> Iterator[str]:
    """The DATABASE_URL of a server that lives as long as the block. Raises machine.Missing."""
    programs = machine.postgresql()
    folder = Path(tempfile.mkdtemp(prefix="authsite-postgres-"))
    password_file = folder / "password"
    password_file.write_text(secrets.token_urlsafe(24))
    if os.geteuid() == 0:
        owner = pwd.getpwnam("postgres")
        for path in (folder, password_file):
            os.chown(path, owner.pw_uid, owner.pw_gid)
    data = folder / "data"
    try:
        _run(programs / "initdb", "--pgdata", data, "--username", "tests", "--auth", "scram-sha-256",
             "--pwfile", password_file, "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync")  # fmt: skip
        port = _free_port()  # not before now: somebody else might take it meanwhile
        # fsync off: what these tests kill is our own processes, never the database server
        options = f"-h 127.0.0.1 -p {port} -k {folder} -c fsync=off -c max_connections=200"
        _run(programs / "pg_ctl", "start", "--wait", "--pgdata", data, "--log", folder / "log", "--options", options)
        try:
            yield f"postgres://tests:{password_file.read_text()}@127.0.0.1:{port}/postgres"
        finally:
            _run(programs / "pg_ctl", "stop", "--wait", "--mode", "immediate", "--pgdata", data)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def fresh_database(url: str) -> str:
    """The URL of a new, empty database on the server of ``url``: servers under test must not share one."""
    name = f"live_{secrets.token_hex(6)}"
    with psycopg.connect(url.replace("postgres://", "postgresql://", 1), autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    return urlsplit(url)._replace(path=f"/{name}").geturl()


def _run(*command: str | Path) -> None:
    user = "postgres" if os.geteuid() == 0 else None
    done = subprocess.run(
        [str(part) for part in command],
        check=False,
        user=user,
        cwd="/",
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    if done.returncode:
        raise RuntimeError(f"{Path(command[0]).name} failed: {done.stderr.strip()}")


def _free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main(command: Sequence[str]) -> int:
    try:
        with postgresql() as url:
            return subprocess.run(command, env=os.environ | {"DATABASE_URL": url}, check=False).returncode
    except machine.Missing as missing:
        print(missing, file=sys.stderr)  # noqa: T201 - a command's own message
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
