"""Two workers share the connections (deploy/gunicorn.conf.py)."""

import socket
import time
from contextlib import ExitStack

import requests

from tests.live import Live

THREADS = 2 * 8  # of both workers, as deploy/gunicorn.conf.py sets them


def test_a_request_goes_where_a_thread_is_free(own_live: Live) -> None:
    """All but one thread wait for clients that connect and say nothing (T132)."""
    with ExitStack() as silent:
        for _ in range(THREADS - 1):
            silent.enter_context(socket.create_connection(("127.0.0.1", own_live.port)))
            time.sleep(0.01)  # one after another, so that the same worker is always the quicker one
        began = time.monotonic()
        assert requests.get(f"http://127.0.0.1:{own_live.port}/healthz", timeout=10).ok
        assert time.monotonic() - began < 3  # a thread gives a silent client five seconds
