"""AdminRespondToAuthChallenge: the same from a server that signs its calls."""

from flows.pool import clients, engine, pools
from flows.pool.protocol.call import Call, Request, Response
from flows.terms import ChallengeName

NAME = "AdminRespondToAuthChallenge"
IGNORED = frozenset({"AnalyticsMetadata", "ContextData"})


def perform(request: Request, call: Call) -> Response:
    pool = pools.get(request["UserPoolId"])
    return engine.answer(
        clients.find(request["ClientId"], pool_id=pool.pk),
        ChallengeName(request["ChallengeName"]),
        request.get("ChallengeResponses", {}),
        request.get("Session"),
        client_metadata=request.get("ClientMetadata", {}),
        tools=call.tools,
    )
