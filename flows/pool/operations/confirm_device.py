"""ConfirmDevice: make the device that the tokens were given to one of the user's, by its SRP verifier."""

from flows.pool.device_tracking import device_records
from flows.pool.issuing import access_tokens
from flows.pool.protocol.call import Call, Request, Response

NAME = "ConfirmDevice"


def perform(request: Request, call: Call) -> Response:
    access = access_tokens.verify(request["AccessToken"], tools=call.tools)
    remembered = device_records.confirm(
        access,
        request["DeviceKey"],
        name=request.get("DeviceName", ""),
        config=request.get("DeviceSecretVerifierConfig", {}),
        tools=call.tools,
    )
    return {"UserConfirmationNecessary": not remembered}
