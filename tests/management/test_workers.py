"""Two workers share the connections (authsite/worker.py)."""

import re
import socket
import time
from contextlib import ExitStack

import requests

from tests.live import Live

THREADS = 2 * 8  # of both workers, as deploy/gunicorn.conf.py sets them
PIPELINED = 300


def test_a_request_goes_where_a_thread_is_free(own_live: Live) -> None:
    """All but one thread wait for clients that ask for much and read none of it."""
    site = f"http://127.0.0.1:{own_live.port}"
    script = max(
        re.findall(r'src="(/static/[^"]+)"', requests.get(f"{site}/", timeout=10).text),
        key=lambda path: len(requests.get(site + path, timeout=10).content),
    )
    with ExitStack() as unread:
        for _ in range(THREADS - 1):
            client = unread.enter_context(socket.socket())
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            client.connect(("127.0.0.1", own_live.port))
            client.sendall(f"GET {script} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode() * PIPELINED)
            time.sleep(0.2)
        for _ in range(10):
            began = time.monotonic()
            assert requests.get(f"{site}/healthz", timeout=10).ok
            assert time.monotonic() - began < 3
