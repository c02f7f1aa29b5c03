"""GetUserPoolMfaConfig: what SetUserPoolMfaConfig left."""

from flows.pool import pools
from flows.pool.control_plane import describe
from flows.pool.protocol.call import Call, Request, Response

NAME = "GetUserPoolMfaConfig"


def perform(request: Request, call: Call) -> Response:
    return describe.mfa_configuration(pools.get(request["UserPoolId"]))
