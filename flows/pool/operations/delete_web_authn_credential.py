"""DeleteWebAuthnCredential: one of the user's own passkeys.

The last way in goes as well as any: nothing in the service's documents holds it back. The portal does (T108).
"""

from flows.pool.errors.passkeys import no_such_passkey
from flows.pool.protocol.call import Call, Request, Response
from flows.pool.webauthn import passkeys, webauthn_json

NAME = "DeleteWebAuthnCredential"


def perform(request: Request, call: Call) -> Response:
    user = passkeys.caller(request["AccessToken"], tools=call.tools).user
    try:
        credential_id = webauthn_json.decode(request["CredentialId"])
    except ValueError:
        raise no_such_passkey() from None
    if not user.passkeys.filter(credential_id=credential_id).delete()[0]:
        raise no_such_passkey()
    return {}
