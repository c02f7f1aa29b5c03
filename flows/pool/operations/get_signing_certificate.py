"""GetSigningCertificate: what the other side of a SAML federation would check the pool's signatures by."""

from flows.pool import pools
from flows.pool.issuing import certificates
from flows.pool.protocol.call import Call, Request, Response

NAME = "GetSigningCertificate"


def perform(request: Request, call: Call) -> Response:
    return {"Certificate": certificates.signing(pools.get(request["UserPoolId"]), now=call.tools.now())}
