"""Messages on the terminal, codes included: for trying things out without a browser."""

import sys

from flows.pool.tools import Message


def write(pool_id: str, message: Message) -> None:
    """One line on standard output."""
    text = " ".join(message.text.split())
    sys.stdout.write(f"[{pool_id}] {message.medium} to {message.destination} ({message.purpose}): {text}\n")
    sys.stdout.flush()
