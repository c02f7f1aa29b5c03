"""AdminInitiateAuth: begin a sign-in from a server that signs its calls."""

from flows.pool import auth_flows, clients, engine, pools
from flows.pool.errors.sign_in import flow_not_supported
from flows.pool.protocol.call import Call, Request, Response
from flows.terms import AuthFlow

NAME = "AdminInitiateAuth"
IGNORED = frozenset({"AnalyticsMetadata", "ContextData"})


def perform(request: Request, call: Call) -> Response:
    pool = pools.get(request["UserPoolId"])
    client = clients.find(request["ClientId"], pool_id=pool.pk)
    auth_flow = AuthFlow(request["AuthFlow"])
    flow = auth_flows.ADMIN.get(auth_flow)
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
