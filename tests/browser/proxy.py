"""A proxy between a portal and a pool that lives elsewhere, which overhears what it carries."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import requests

from tests.browser.tap import Told

_NOT_CARRIED = {"connection", "content-encoding", "content-length", "transfer-encoding", "date", "server"}


@dataclass
class Proxy:
    """``url`` is where the portal finds it, ``pool_url`` what it stands in front of."""

    url: str
    pool_url: str = ""
    _told: list[Told] = field(default_factory=list)

    @property
    def calls(self) -> list[Told]:
        return list(self._told)

    def begin(self) -> None:
        """Forget what was heard before."""
        self._told.clear()

    def carry(self, request: BaseHTTPRequestHandler) -> requests.Response:
        """The pool's answer. Its signature is for the name that the caller knows, which is the proxy's."""
        body = request.rfile.read(int(request.headers.get("Content-Length", 0)))
        headers = {**dict(request.headers), "Accept-Encoding": "identity"}
        answer = requests.request(
            request.command, self.pool_url + request.path, headers=headers, data=body, timeout=30, allow_redirects=False
        )
        if target := request.headers.get("X-Amz-Target"):
            told = Told(
                operation=target.rpartition(".")[2],
                signed="Authorization" in request.headers,
                status=answer.status_code,
                request=json.loads(body),
                answer=json.loads(answer.content or b"{}"),
            )
            self._told.append(told)
        return answer


@contextmanager
def running() -> Iterator[Proxy]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._carry()

        def do_POST(self) -> None:
            self._carry()

        def _carry(self) -> None:
            answer = proxy.carry(self)
            self.send_response(answer.status_code)
            for name, value in answer.headers.items():
                if name.lower() not in _NOT_CARRIED:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.content)))
            self.end_headers()
            self.wfile.write(answer.content)

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    proxy = Proxy(url=f"http://127.0.0.1:{server.server_port}")
    threading.Thread(target=server.serve_forever, daemon=True, kwargs={"poll_interval": 0.05}).start()
    try:
        yield proxy
    finally:
        server.shutdown()
        server.server_close()
