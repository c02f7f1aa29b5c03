"""CompleteWebAuthnRegistration: keep the passkey that a browser made of StartWebAuthnRegistration's options."""

from flows.pool import errors, passkeys, webauthn_registrations
from flows.pool.operations.call import Call, Request, Response

NAME = "CompleteWebAuthnRegistration"


def perform(request: Request, call: Call) -> Response:
    access = passkeys.caller(request["AccessToken"], tools=call.tools)
    if not passkeys.are_enabled(access.user.pool):
        raise errors.passkeys_not_enabled()
    webauthn_registrations.complete(access, request["Credential"], tools=call.tools)
    return {}
