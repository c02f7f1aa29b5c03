"""SECRET_HASH: proof that a request comes from the app client that knows its secret."""

import base64
import hashlib
import hmac


def secret_hash(*, username: str, client_id: str, client_secret: str) -> str:
    """Base64 HMAC-SHA256 over username + client id, 44 characters (developer guide, "Computing secret hash values").

    ``username`` must be the USERNAME of the *same* request, so after the first answer the pool's id of the user.
    """
    digest = hmac.new(client_secret.encode(), (username + client_id).encode(), hashlib.sha256).digest()
    return base64.b64encode(digest).decode()
