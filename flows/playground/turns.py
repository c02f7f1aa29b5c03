"""One change at a time on this machine: two tabs that read, change and write back would lose one of the changes.

Cognito has no conditional update, so a lock is ours to bring. It stands between processes and threads alike; whoever
changes the pool from elsewhere, by the AWS CLI say, knows nothing of it, and the last one wins.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings


@contextmanager
def turn() -> Iterator[None]:
    """Wait for the turn; it ends with the block."""
    file = os.open(settings.DATA_DIR / "playground-queue", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
    finally:
        os.close(file)  # and with it the lock
