"""InitiateAuth: begin a sign-in, or refresh one, without AWS credentials."""

from flows.pool import auth_flows, clients, engine
from flows.pool.errors.sign_in import flow_not_supported
from flows.pool.protocol.call import Call, Request, Response
from flows.terms import AuthFlow

NAME = "InitiateAuth"
IGNORED = frozenset({"AnalyticsMetadata", "UserContextData"})


def perform(request: Request, call: Call) -> Response:
    client = clients.find(request["ClientId"])
    auth_flow = AuthFlow(request["AuthFlow"])
    flow = auth_flows.PUBLIC.get(auth_flow)
    if flow is None:
        raise flow_not_supported()
    return engine.begin(
        flow,
        client,
        auth_flow,
        request.get("AuthParameters", {}),
        session=request.get("Session"),
        client_metadata=request.get("ClientMetadata", {}),
        tools=call.tools,
    )
