"""The Lambda Invoke API with functions of the tests behind it, as ``sam local start-lambda`` has those of a team.

A function is a Python function of the test: it fills ``event["response"]`` and returns the event, or whatever the test
wants to see go wrong. Every event is kept.
"""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from copy import deepcopy
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

ARN = "arn:aws:lambda:us-east-1:123456789012:function:"
Event = dict[str, Any]
Function = Callable[[Event], Any]


class Raises(Exception):
    """Raised by a function to report an error of its own."""


@dataclass
class Functions:
    """``functions.add(PreSignUp=...)`` returns a LambdaConfig."""

    url: str = ""
    by_name: dict[str, Function] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)

    def add(self, **functions: Function) -> dict[str, str]:
        self.by_name |= functions
        return {name: f"{ARN}{name}" for name in functions}

    @property
    def sources(self) -> list[str]:
        """In the order of the calls, without what stands behind the first word: ``DefineAuthChallenge`` ..."""
        return [event["triggerSource"] for event in self.events]

    def last(self, source: str) -> Event:
        """The newest event whose triggerSource begins like this."""
        return next(event for event in reversed(self.events) if event["triggerSource"].startswith(source))

    def invoke(self, name: str, event: Event) -> tuple[Any, bool]:
        """The answer, and whether it is an error of the function's."""
        self.events.append(deepcopy(event))
        try:
            return self.by_name[name](event), False
        except Raises as error:
            return {"errorMessage": str(error), "errorType": "Error"}, True


@contextmanager
def running() -> Iterator[Functions]:
    functions = Functions()

    class Invoke(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            event = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            name = self.path.split("/")[3]
            known = name in functions.by_name
            answer, failed = functions.invoke(name, event) if known else ({}, False)
            body = json.dumps(answer).encode()
            self.send_response(200 if known else 404)
            if failed:
                self.send_header("X-Amz-Function-Error", "Unhandled")
            if not known:
                self.send_header("x-amzn-errortype", "ResourceNotFoundException:")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            with suppress(ConnectionError):  # the caller's patience is over
                self.wfile.write(body)

        def log_message(self, *_: Any) -> None: ...

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 128  # a race must not be refused by the listening socket

    server = Server(("127.0.0.1", 0), Invoke)
    threading.Thread(target=server.serve_forever, daemon=True, kwargs={"poll_interval": 0.05}).start()
    functions.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield functions
    finally:
        server.shutdown()
        server.server_close()
