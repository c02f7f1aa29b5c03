"""Where the time of one sign-in goes: prints, for each flow, milliseconds of processor time by group as JSON.

Runs on the demo pool of the environment (DATA_DIR or DATABASE_URL), whose seeded users have the password given:
``DEMO=1 python -m benchmarks.profile_sign_in USERS PASSWORD``. Requests go into the WSGI application in this process,
so what the web server and its sockets cost is not in it.

The profiler slows Python code down but not the arithmetic in C. Its times are therefore only used to share out, among
the other groups, the time that was measured without it.
"""

import cProfile
import io
import json
import pstats
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from authsite.wsgi import application
from benchmarks import load
from flows.pool.demo import seed

SIGN_INS, WARM_UP = 200, 30
REST = "everything else"
# What spends time -> where that is: part of "file:function", the first that fits. A function in C that fits none
# counts to its caller.
GROUPS = {
    "modular powers": ("gmpy2.powmod",),
    "RSA signatures": ("RSAPrivateKey",),
    "database": ("/django/db/", "sqlite3", "SQLiteCursor", "/authsite/sqlite/", "/pool/lookup.py", "psycopg"),
    "JSON and validation": (
        *(
            "/json/",
            "_json",
            "/pool/protocol/strict_json.py",
            "/pool/protocol/validation.py",
            "/pool/protocol/constraints.py",
        ),
        *("/pool/protocol/service_model.py", "/pool/protocol/answers.py", "/botocore/"),
    ),
    "routing and middleware": (
        *("/django/core/", "/django/http/", "/django/urls/", "/django/middleware/", "/django/dispatch/"),
        *("/django/utils/", "/django/views/", "/asgiref/", "/pool/http.py", "/pool/protocol/guard.py", "/ipaddress.py"),
    ),
    "sealing and hashing": ("AESGCM", "_hashlib", "/hmac.py", "/pool/sealing.py"),
}
IN_C = ("modular powers", "RSA signatures")


class Timer:
    """Adds up processor time, with the two methods that a profiler has too."""

    def __init__(self) -> None:
        self.elapsed = 0.0

    def enable(self) -> None:
        self._began = time.process_time()

    def disable(self) -> None:
        self.elapsed += time.process_time() - self._began


def spent(target: load.Target, flow: load.Flow, usernames: Iterator[str]) -> dict[str, float]:
    """Group -> milliseconds in one sign-in; together what it took without a profiler."""
    timer, profiler = Timer(), cProfile.Profile(time.process_time)
    sign_in(target, flow, usernames, WARM_UP, Timer())
    sign_in(target, flow, usernames, SIGN_INS, timer)
    sign_in(target, flow, usernames, SIGN_INS, profiler)
    total = 1000 * timer.elapsed / SIGN_INS
    groups = {name: 1000 * seconds / SIGN_INS for name, seconds in grouped(profiler).items()}
    in_c = sum(groups[name] for name in IN_C)
    shrink = (total - in_c) / (sum(groups.values()) - in_c)
    return {name: each if name in IN_C else each * shrink for name, each in groups.items()}


def grouped(profiler: cProfile.Profile) -> dict[str, float]:
    """Group -> seconds in its own functions and in what they call in C."""
    times: dict[str, float] = defaultdict(float)
    for function, (_, _, own, _, callers) in pstats.Stats(profiler).stats.items():  # type: ignore[attr-defined]
        group = group_of(function)
        if group or function[0] != "~" or not callers:
            times[group or REST] += own
        else:
            for caller, (_, _, share, _) in callers.items():
                times[group_of(caller) or REST] += share
    return {name: times[name] for name in (*GROUPS, REST)}


def group_of(function: tuple[str, int, str]) -> str | None:
    place = f"{function[0]}:{function[2]}"
    return next((name for name, parts in GROUPS.items() if any(part in place for part in parts)), None)


def sign_in(
    target: load.Target, flow: load.Flow, usernames: Iterator[str], count: int, watch: Timer | cProfile.Profile
) -> None:
    """So many sign-ins, watched while the server's side of them runs."""
    for _ in range(count):
        steps = flow(target, next(usernames))
        request: tuple[str, dict[str, Any]] | None = next(steps)
        while request:
            environ = environment(*request, target.port)
            watch.enable()
            answer = b"".join(application(environ, start_response))
            watch.disable()
            try:
                request = steps.send(answer)
            except StopIteration:
                request = None


def start_response(status: str, headers: list[tuple[str, str]], *_: object) -> Callable[[bytes], object]:
    if not status.startswith("200"):
        raise RuntimeError(status)
    return lambda _: None


def environment(operation: str, content: dict[str, Any], port: int) -> dict[str, Any]:
    body = json.dumps(content).encode()
    return {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/cognito-idp/",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": load.HOST,
        "HTTP_HOST": f"localhost:{port}",
        "HTTP_X_AMZ_TARGET": f"AWSCognitoIdentityProviderService.{operation}",
        "CONTENT_TYPE": "application/x-amz-json-1.1",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
        "wsgi.url_scheme": "http",
        "wsgi.errors": sys.stderr,
    }


def main(users: int, password: str) -> None:
    demo = seed.get()
    target = load.Target(
        port=8000, path="", pool_id=demo.pool_id, client_id=demo.main_client_id, password=password, users=users
    )
    print(json.dumps({name: spent(target, flow, load.at_random(users)) for name, flow in load.FLOWS.items()}))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
