"""GetUserPoolMfaConfig: what SetUserPoolMfaConfig left."""

from flows.pool import describe, pools
from flows.pool.operations.call import Call, Request, Response

NAME = "GetUserPoolMfaConfig"


def perform(request: Request, call: Call) -> Response:
    return describe.mfa_configuration(pools.get(request["UserPoolId"]))
