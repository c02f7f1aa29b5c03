"""AdminDisableUser: the user cannot sign in, and every token of theirs is dead for good."""

from django.db import transaction

from flows.pool import pools
from flows.pool.directory import users
from flows.pool.issuing import refresh
from flows.pool.protocol.call import Call, Request, Response

NAME = "AdminDisableUser"


def perform(request: Request, call: Call) -> Response:
    user = users.get(pools.get(request["UserPoolId"]), request["Username"])
    with transaction.atomic():
        user.enabled = False
        user.modified_at = call.tools.now()
        user.save(update_fields=["enabled", "modified_at"])
        refresh.revoke_all(user, now=call.tools.now())
    return {}
