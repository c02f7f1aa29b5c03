"""How messages reach users: ``deliver`` is what ``Tools.deliver`` is outside of tests.

``settings.POOL_DELIVERY`` names a way for e-mail and one for text messages: a name of this table, or the dotted path of
a function that takes the pool's id and the message. Who exists must not show in how long a message takes, and a slow
mail server must not hold a sign-in: messages leave after the transaction, from threads of their own. The outbox is the
exception, a table of the same database.
"""

from collections.abc import Callable, Mapping
from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from flows.pool.delivery import background
from flows.pool.tools import Message

Way = Callable[[str, Message], None]
OUTBOX = "outbox"
_HERE = "flows.pool.delivery"
_ANY = {OUTBOX: f"{_HERE}.outbox.keep", "console": f"{_HERE}.console.write"}
WAYS: Mapping[str, Mapping[str, str]] = {
    "email": {**_ANY, "mail": f"{_HERE}.mail.send"},
    "sms": {**_ANY, "sns": f"{_HERE}.sns.send"},
}


def deliver(pool_id: str, message: Message) -> None:
    """Send ``message`` as the settings say. Never fails for a reason of the mail server's: that is logged."""
    way = settings.POOL_DELIVERY[message.medium]
    send = find(message.medium, way)
    if way == OUTBOX:
        send(pool_id, message)
    else:
        what = f"{message.purpose} by {message.medium} of pool {pool_id}"
        transaction.on_commit(partial(background.DELIVERY.soon, partial(send, pool_id, message), what=what))


def find(medium: str, way: str) -> Way:
    """The function that is meant. Raises ImportError when there is none."""
    found: Way = import_string(WAYS[medium].get(way, way))
    return found
