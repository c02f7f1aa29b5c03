"""RespondToAuthChallenge: answer what InitiateAuth or an earlier answer asked."""

from flows.pool import clients, engine
from flows.pool.protocol.call import Call, Request, Response
from flows.terms import ChallengeName

NAME = "RespondToAuthChallenge"
IGNORED = frozenset({"AnalyticsMetadata", "UserContextData"})


def perform(request: Request, call: Call) -> Response:
    return engine.answer(
        clients.find(request["ClientId"]),
        ChallengeName(request["ChallengeName"]),
        request.get("ChallengeResponses", {}),
        request.get("Session"),
        client_metadata=request.get("ClientMetadata", {}),
        tools=call.tools,
    )
