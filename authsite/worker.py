"""gunicorn's threaded worker, changed so that a slow client costs a place in a list and not a thread.

gunicorn gives a connection to a thread with the first byte, so sixteen clients that send a request byte by byte stop
the site for everybody else. Here the main thread collects each request. A thread parses what was collected and cannot
read more, so it never waits for a client to send.
"""

import socket
import sys
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from itertools import takewhile
from selectors import EVENT_READ
from typing import Any

from django.conf import settings
from gunicorn import http, util
from gunicorn.http.errors import LimitRequestHeaders
from gunicorn.workers.gthread import TConn, ThreadWorker

from authsite.arrived import Arrived, Stage

REQUEST_SECONDS = 10  # from the first piece of a request to the last
PARTING_SECONDS = 2
CHUNK = 64 * 1024


class Worker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """Hands whole requests to its threads, and accepts no connection while all of them are busy.

    The latter leaves the connection to another worker. gunicorn's own accepts whenever it can: of many clients that
    came at once one worker often got all, and kept them for as long as they kept their connections.

    Everything but ``handle_request`` runs in the main thread. With TLS of gunicorn's own, all is as gunicorn does it:
    what comes from the socket is no HTTP yet.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.busy = 0  # threads
        # Connections and when the time of each is over. All get the same time, so the first come is the first to go.
        self.half_sent: dict[TConn, float] = {}
        self.parting: dict[TConn, float] = {}
        self.steps: dict[Stage, Callable[[TConn], None]] = {
            Stage.NOTHING: self.rest,
            Stage.HEAD: self.wait,
            Stage.BODY: self.wait_for_body,
            Stage.WHOLE: self.hand_over,
            Stage.TOO_LONG: self.refuse_head,
        }

    # -- A connection is accepted, or has something to say -------------------------------------------------------
    def init_process(self) -> None:
        """Linux shows us a connection with its first bytes, or after a second: only then can it make a thread busy."""
        for listener in self.sockets:
            if sys.platform == "linux" and listener.FAMILY in {socket.AF_INET, socket.AF_INET6}:
                listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_DEFER_ACCEPT, 1)
        super().init_process()

    def set_accept_enabled(self, enabled: bool) -> None:
        super().set_accept_enabled(enabled and self.busy < self.cfg.threads)

    def enqueue_req(self, conn: TConn) -> None:
        """Where gunicorn hands a connection to a thread: new, or readable, or with a second request read already."""
        if self.cfg.is_ssl:
            self.hand_over(conn)
            return
        if conn.parser is None:
            conn.parser = http.get_parser(self.cfg, conn.sock, conn.client)
            conn.parser.unreader = Arrived(maximum_body=settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
            conn.data_ready = True
        arrived = conn.parser.unreader
        if arrived.stage() is Stage.WHOLE or self.receive(conn):
            self.steps[arrived.stage()](conn)
        else:
            self.close(conn)

    def receive(self, conn: TConn) -> bool:
        """Take what is there; False when the client has gone."""
        try:
            data = conn.sock.recv(CHUNK, socket.MSG_DONTWAIT)
        except BlockingIOError:
            return True
        except OSError:
            return False
        conn.parser.unreader.add(data)
        return bool(data)

    def rest(self, conn: TConn) -> None:
        """As gunicorn lets a connection rest between two requests: until the client sends, or ``keepalive`` is over."""
        conn.set_timeout()
        self.keepalived_conns.append(conn)
        self.poller.register(conn.sock, EVENT_READ, partial(self.on_client_socket_readable, conn))

    def wait(self, conn: TConn) -> None:
        self.half_sent.setdefault(conn, time.monotonic() + REQUEST_SECONDS)
        self.poller.register(conn.sock, EVENT_READ, partial(self.on_half_sent_readable, conn))

    def wait_for_body(self, conn: TConn) -> None:
        if conn.parser.unreader.take_expectation():
            with suppress(OSError):
                conn.sock.send(b"HTTP/1.1 100 Continue\r\n\r\n", socket.MSG_DONTWAIT)
        self.wait(conn)

    def on_half_sent_readable(self, conn: TConn, client: socket.socket) -> None:
        self.poller.unregister(client)
        self.enqueue_req(conn)

    # -- A thread works on it ------------------------------------------------------------------------------------
    def hand_over(self, conn: TConn) -> None:
        self.half_sent.pop(conn, None)
        self.busy += 1
        super().enqueue_req(conn)
        self.set_accept_enabled(self._accepting)

    def handle_request(self, req: Any, conn: TConn) -> bool:
        """Say ``Connection: close`` when the body was not waited for: where the next request begins is unknown."""
        if not self.cfg.is_ssl and getattr(req.body.reader, "length", float("inf")) > conn.parser.unreader.size():
            req.force_close()
        return bool(super().handle_request(req, conn))

    def finish_request(self, conn: TConn, fs: "Future[Any]") -> None:
        self.busy -= 1
        if self.cfg.is_ssl or fs.cancelled() or fs.exception() or fs.result():
            super().finish_request(conn, fs)
        else:
            self.part(conn)

    # -- It ends -------------------------------------------------------------------------------------------------
    def refuse_head(self, conn: TConn) -> None:
        self.handle_error(None, conn.sock, conn.client, LimitRequestHeaders("the head is too long"))
        self.part(conn)

    def murder_pending(self) -> None:
        """gunicorn calls this in every round of its loop, at least once a second."""
        super().murder_pending()
        for conn in _overdue(self.half_sent):
            self.poller.unregister(conn.sock)
            with suppress(OSError):
                util.write_error(conn.sock, 408, "Request Timeout", "")
            self.part(conn)
        for conn in _overdue(self.parting):
            self.poller.unregister(conn.sock)
            self.close(conn)

    def part(self, conn: TConn) -> None:
        """Close when the client has: what it still sends to a closed connection would destroy our answer on its way.

        gunicorn waits for that in its main thread, which meanwhile serves nobody.
        """
        self.half_sent.pop(conn, None)
        try:
            conn.sock.setblocking(False)
            conn.sock.shutdown(socket.SHUT_WR)
        except OSError:
            self.close(conn)
        else:
            self.parting[conn] = time.monotonic() + PARTING_SECONDS
            self.poller.register(conn.sock, EVENT_READ, partial(self.on_parting_readable, conn))

    def on_parting_readable(self, conn: TConn, client: socket.socket) -> None:
        with suppress(OSError):
            if client.recv(CHUNK):
                return
        self.poller.unregister(client)
        self.close(conn)

    def close(self, conn: TConn) -> None:
        self.half_sent.pop(conn, None)
        self.parting.pop(conn, None)
        self.nr_conns -= 1
        conn.close()


def _overdue(deadlines: dict[TConn, float]) -> list[TConn]:
    now = time.monotonic()
    return list(takewhile(lambda conn: deadlines[conn] < now, deadlines))
