"""DeleteUserAttributes: by the user, as far as the app client may write; those that the pool requires stay."""

from functools import partial

from flows.pool.accounts import verification
from flows.pool.directory import attributes
from flows.pool.issuing import access_tokens
from flows.pool.lambda_triggers.triggers import Origin
from flows.pool.protocol.call import Call, Request, Response

NAME = "DeleteUserAttributes"


def perform(request: Request, call: Call) -> Response:
    access = access_tokens.verify(request["AccessToken"], tools=call.tools)
    removed = dict.fromkeys(request["UserAttributeNames"], "")
    rule = partial(attributes.for_client_update, access.client)
    verification.update(access.user, removed, rule=rule, origin=Origin.of(request, access.client), tools=call.tools)
    return {}
