"""AdminGetUser: a user with every attribute, and the second factors."""

from flows.pool import describe, mfa, pools, users
from flows.pool.operations.call import Call, Request, Response

NAME = "AdminGetUser"


def perform(request: Request, call: Call) -> Response:
    user = users.get(pools.get(request["UserPoolId"]), request["Username"])
    return {**describe.user(user, attributes_member="UserAttributes"), **mfa.described(user)}
