"""Sending from threads of our own, after the answer has been given."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import BoundedSemaphore

logger = logging.getLogger(__name__)

MOST_WAITING = 1000  # messages in memory; beyond that the mail server is down, and people will ask for another code
_room = BoundedSemaphore(MOST_WAITING)
_threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="delivery")  # a process that ends sends what waits


def soon(send: Callable[[], None], *, what: str) -> None:
    """Have ``send`` called soon; ``what`` it sends is for the log. Returns at once, and raises nothing."""
    if not _room.acquire(blocking=False):
        logger.error("%s not sent: %d messages wait.", what, MOST_WAITING)
        return
    try:
        _threads.submit(_send, send, what)
    except RuntimeError:  # the process is ending
        _room.release()
        logger.error("%s not sent: the server is stopping.", what)


def _send(send: Callable[[], None], what: str) -> None:
    try:
        send()
    except Exception as error:
        # Only the kind of failure: the text of an SMTP refusal holds the address, a traceback may hold the code (T154).
        logger.error("%s not sent: %s", what, type(error).__name__)
    finally:
        _room.release()
