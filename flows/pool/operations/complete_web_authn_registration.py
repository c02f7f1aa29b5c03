"""CompleteWebAuthnRegistration: keep the passkey that a browser made of StartWebAuthnRegistration's options."""

from flows.pool.errors.passkeys import passkeys_not_enabled
from flows.pool.protocol.call import Call, Request, Response
from flows.pool.webauthn import passkeys, registrations

NAME = "CompleteWebAuthnRegistration"


def perform(request: Request, call: Call) -> Response:
    access = passkeys.caller(request["AccessToken"], tools=call.tools)
    if not passkeys.are_enabled(access.user.pool):
        raise passkeys_not_enabled()
    registrations.complete(access, request["Credential"], tools=call.tools)
    return {}
