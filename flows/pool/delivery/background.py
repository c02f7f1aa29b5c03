"""Sending from threads of our own, after the answer has been given."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import BoundedSemaphore

logger = logging.getLogger(__name__)

MOST_WAITING = 1000  # messages in memory; beyond that the mail server is down, and people will ask for another code


class Queue:
    """Threads for one way of sending, so that one which hangs does not hold up the others."""

    def __init__(self, name: str, *, threads: int, most: int = MOST_WAITING) -> None:
        self._most, self._room = most, BoundedSemaphore(most)
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix=name)  # a process that ends sends what waits

    def soon(self, send: Callable[[], None], *, what: str) -> None:
        """Have ``send`` called soon; ``what`` it sends is for the log. Returns at once, and raises nothing."""
        if not self._room.acquire(blocking=False):
            logger.error("%s not sent: %d messages wait.", what, self._most)
            return
        try:
            self._threads.submit(self._send, send, what)
        except RuntimeError:  # the process is ending
            self._room.release()
            logger.error("%s not sent: the server is stopping.", what)

    def _send(self, send: Callable[[], None], what: str) -> None:
        try:
            send()
        except Exception as error:
            # Only the kind of failure: the text of an SMTP refusal holds the address, a traceback may hold the code
            # (T154).
            logger.error("%s not sent: %s", what, type(error).__name__)
        finally:
            self._room.release()


DELIVERY = Queue("delivery", threads=2)
CUSTOM_SENDERS = Queue("custom-senders", threads=4)
