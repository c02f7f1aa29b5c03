"""One call to Cognito in other words: the code that does the same, stack by stack, with the values of this run.

``STACKS`` is the table; a stack is one file with ``written(situation) -> Tab``. Values that the inspector does not keep
are blanks: ``<PASSWORD>``, or ``<Session 3f9a12bc>`` with the fingerprint that the panel shows (``blanks``).
"""

from collections.abc import Callable, Sequence

from flows.inspector.code import amplify_js, aws_cli, boto3_client, portal
from flows.inspector.code.situation import Situation
from flows.inspector.code.tab import Tab
from flows.inspector.entries import Call

STACKS: tuple[Callable[[Situation], Tab], ...] = (
    amplify_js.written,
    boto3_client.written,
    aws_cli.written,
    portal.written,
)


def tabs(call: Call, *, before: Sequence[Call] = ()) -> tuple[Tab, ...]:
    """One tab a stack for ``call``, an entry as the inspector keeps it.

    ``before`` are the entries of the same run before it, oldest first: Amplify's functions build on one another.
    """
    situation = Situation(call=call, before=tuple(before))
    return tuple(write(situation) for write in STACKS)
