"""For challenges whose answer names its Session and nothing else: without a Session there is nothing to answer."""

from collections.abc import Mapping

from flows.pool.errors import missing_parameter
from flows.pool.models import AppClient
from flows.pool.sessions import Pending
from flows.pool.tools import Tools


def refuse(client: AppClient, responses: Mapping[str, str], tools: Tools) -> Pending:
    raise missing_parameter("Session")
