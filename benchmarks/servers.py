"""The servers that are measured: ours as ``make run`` serves it, moto and cognito-local. Each with its users in it.

Only what a server can do is asked of it: moto checks no SRP proof and cognito-local knows no SRP.
"""

import http.client
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks import load
from benchmarks.load import HOST, Target
from benchmarks.processes import Process, free_port
from tests import postgres

ROOT = Path(__file__).resolve().parent.parent
MOTO = ROOT / ".venv-bench" / "bin" / "moto_server"
COGNITO_LOCAL = ROOT / "benchmarks" / "rivals" / "node_modules" / "cognito-local" / "lib" / "bin" / "start.js"
PASSWORD = "Seeded-users-1!"  # of users who exist while this runs
SECONDS_FOR_USERS = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A server with its users. ``seconds`` says how long what took, ``variables`` are its environment."""

    process: Process
    target: Target
    flows: tuple[str, ...]
    seconds: dict[str, float]
    variables: dict[str, str] = field(default_factory=dict)


Server = Callable[[Path, int], AbstractContextManager[Running]]  # (folder for its data, users)


@contextmanager
def ours(folder: Path, users: int) -> Iterator[Running]:
    """Our site with the demo pool. Its first start makes the database, the keys and the demo."""
    port = free_port()
    variables = {"DEMO": "1", "DATA_DIR": str(folder), "PORT": str(port)} | _database()
    serve = [sys.executable, "manage.py", "serve"]
    with Process(serve, port=port, folder=ROOT, variables=variables, log=folder / "log") as first:
        config = _get(port, "/demo/config.json")
    began = time.monotonic()
    seed = [sys.executable, "manage.py", "seed_users", "--count", str(users), "--password", PASSWORD]
    subprocess.run(seed, cwd=ROOT, env=os.environ | variables, stdout=subprocess.DEVNULL, check=True)
    seconds = {"first start": first.startup, "users": time.monotonic() - began}
    with Process(serve, port=port, folder=ROOT, variables=variables, log=folder / "log") as process:
        target = Target(
            port=port,
            path="/cognito-idp/",
            pool_id=config["userPoolId"],
            client_id=config["clients"][0]["clientId"],
            password=PASSWORD,
            users=users,
        )
        seconds["start"] = process.startup
        yield Running(process=process, target=target, flows=tuple(load.FLOWS), seconds=seconds, variables=variables)


@contextmanager
def moto(folder: Path, users: int) -> Iterator[Running]:
    """moto's server, which keeps everything in memory: its users come by API."""
    port = free_port()
    command = [str(MOTO), "--host", HOST, "--port", str(port)]
    with Process(command, port=port, folder=folder, variables={}, log=folder / "log") as process:
        pool_id, client_id = _make_pool(port)
        began = time.monotonic()
        for username in usernames(users):
            _make_user(port, pool_id, username)
            if time.monotonic() - began > SECONDS_FOR_USERS:
                raise RuntimeError(f"moto took more than {SECONDS_FOR_USERS} seconds for {users} users")
        seconds = {"first start": process.startup, "users": time.monotonic() - began, "start": process.startup}
        yield _password_only(process, port, pool_id, client_id, users, seconds)


@contextmanager
def cognito_local(folder: Path, users: int) -> Iterator[Running]:
    """cognito-local, which keeps a pool in one file: its users are written into that."""
    port = free_port()
    settings = folder / ".cognito"
    settings.mkdir()
    (settings / "config.json").write_text(json.dumps({"UserPoolDefaults": {"UsernameAttributes": []}}))
    command, variables = ["node", str(COGNITO_LOCAL)], {"PORT": str(port), "HOST": HOST}
    with Process(command, port=port, folder=folder, variables=variables, log=folder / "log") as first:
        pool_id, client_id = _make_pool(port)
        _make_user(port, pool_id, "user-000001")
    began = time.monotonic()
    file = settings / "db" / f"{pool_id}.json"
    content = json.loads(file.read_text())
    (model,) = content["Users"].values()
    content["Users"] = {name: _like(model, name) for name in usernames(users)}
    file.write_text(json.dumps(content))
    seconds = {"first start": first.startup, "users": time.monotonic() - began}
    with Process(command, port=port, folder=folder, variables=variables, log=folder / "log") as process:
        seconds["start"] = process.startup
        yield _password_only(process, port, pool_id, client_id, users, seconds)


def usernames(users: int) -> list[str]:
    """As ``manage.py seed_users`` names them."""
    return [f"user-{number:06}" for number in range(1, users + 1)]


def _password_only(
    process: Process, port: int, pool_id: str, client_id: str, users: int, seconds: dict[str, float]
) -> Running:
    target = Target(port=port, path="/", pool_id=pool_id, client_id=client_id, password=PASSWORD, users=users)
    return Running(process=process, target=target, flows=("USER_PASSWORD_AUTH",), seconds=seconds)


def _like(model: dict[str, Any], username: str) -> dict[str, Any]:
    """A copy of cognito-local's record of a user, with an identity of its own."""
    attributes = [a if a["Name"] != "sub" else {"Name": "sub", "Value": username} for a in model["Attributes"]]
    return model | {"Username": username, "Attributes": attributes}


def _database() -> dict[str, str]:
    """A database of its own on the PostgreSQL that DATABASE_URL names; none on SQLite, which has a file in DATA_DIR."""
    url = os.environ.get("DATABASE_URL", "")
    return {"DATABASE_URL": postgres.fresh_database(url)} if url else {}


def _make_pool(port: int) -> tuple[str, str]:
    pool_id = _call(port, "CreateUserPool", PoolName="bench")["UserPool"]["Id"]
    flows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
    client = _call(port, "CreateUserPoolClient", UserPoolId=pool_id, ClientName="bench", ExplicitAuthFlows=flows)
    return pool_id, client["UserPoolClient"]["ClientId"]


def _make_user(port: int, pool_id: str, username: str) -> None:
    _call(port, "AdminCreateUser", UserPoolId=pool_id, Username=username, MessageAction="SUPPRESS")
    _call(port, "AdminSetUserPassword", UserPoolId=pool_id, Username=username, Password=PASSWORD, Permanent=True)


def _call(port: int, operation: str, **content: Any) -> dict[str, Any]:
    return _exchange(port, "POST", "/", json.dumps(content), load.headers(operation))


def _get(port: int, path: str) -> dict[str, Any]:
    return _exchange(port, "GET", path, None, {})


def _exchange(port: int, method: str, path: str, body: str | None, headers: dict[str, str]) -> dict[str, Any]:
    connection = http.client.HTTPConnection(HOST, port, timeout=30)
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        content = answer.read()
    finally:
        connection.close()
    if answer.status != 200:
        raise RuntimeError(f"{headers.get('X-Amz-Target', path)}: {answer.status} {content[:500]!r}")
    return dict(json.loads(content or b"{}"))
