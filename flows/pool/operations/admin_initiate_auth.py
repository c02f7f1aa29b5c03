"""AdminInitiateAuth: begin a sign-in from a server that signs its calls."""

from flows.pool import auth_flows, clients, engine, errors, pools
from flows.pool.operations.call import Call, Request, Response
from flows.terms import AuthFlow

NAME = "AdminInitiateAuth"
IGNORED = frozenset({"AnalyticsMetadata", "ClientMetadata", "ContextData"})


def perform(request: Request, call: Call) -> Response:
    pool = pools.get(request["UserPoolId"])
    client = clients.find(request["ClientId"], pool_id=pool.pk)
    auth_flow = AuthFlow(request["AuthFlow"])
    flow = auth_flows.ADMIN.get(auth_flow)
    if flow is None:
        raise errors.flow_not_supported()
    parameters = request.get("AuthParameters", {})
    return engine.begin(flow, client, auth_flow, parameters, session=request.get("Session"), tools=call.tools)
