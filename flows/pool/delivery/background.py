"""Sending from threads of our own, after the answer has been given."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import BoundedSemaphore

from flows.pool.tools import Message

logger = logging.getLogger(__name__)

MOST_WAITING = 1000  # messages in memory; beyond that the mail server is down, and people will ask for another code
_room = BoundedSemaphore(MOST_WAITING)
_threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="delivery")  # a process that ends sends what waits


def hand_over(send: Callable[[str, Message], None], pool_id: str, message: Message) -> None:
    """Have ``message`` sent soon. Returns at once, and raises nothing."""
    if not _room.acquire(blocking=False):
        logger.error("%s by %s not sent: %d messages wait.", message.purpose, message.medium, MOST_WAITING)
        return
    try:
        _threads.submit(_send, send, pool_id, message)
    except RuntimeError:  # the process is ending
        _room.release()
        logger.error("%s by %s not sent: the server is stopping.", message.purpose, message.medium)


def _send(send: Callable[[str, Message], None], pool_id: str, message: Message) -> None:
    try:
        send(pool_id, message)
    except Exception as error:
        # Only the kind of failure: the text of an SMTP refusal holds the address, a traceback may hold the code (T154).
        logger.error("%s by %s not sent, pool %s: %s", message.purpose, message.medium, pool_id, type(error).__name__)
    finally:
        _room.release()
