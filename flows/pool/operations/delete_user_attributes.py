"""DeleteUserAttributes: by the user, as far as the app client may write; those that the pool requires stay."""

from functools import partial

from flows.pool import access_tokens, attributes, verification
from flows.pool.operations.call import Call, Request, Response
from flows.pool.triggers import Origin

NAME = "DeleteUserAttributes"


def perform(request: Request, call: Call) -> Response:
    access = access_tokens.verify(request["AccessToken"], tools=call.tools)
    removed = dict.fromkeys(request["UserAttributeNames"], "")
    rule = partial(attributes.for_client_update, access.client)
    verification.update(access.user, removed, rule=rule, origin=Origin.of(request, access.client), tools=call.tools)
    return {}
