"""A pool's signing certificate: its ID token key, self-signed, valid for ten years from the key's making.

Nothing of it is stored: the signature (PKCS #1 v1.5) has no randomness and the serial number comes from the key's id,
so a key always has the same certificate.
"""

import base64
import hashlib
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from flows.pool.issuing import keys
from flows.pool.models import SigningKey, UserPool

_LIFETIME = timedelta(days=3650)
_SERIAL_BYTES = 19  # at most 20, and positive (RFC 5280 section 4.1.2.2)


def signing(pool: UserPool, *, now: datetime) -> str:
    """Base64 of the DER certificate, without the lines that PEM has around it."""
    kid, private = keys.signing_key(pool.pk, "id", now=now)
    issued_at = SigningKey.objects.get(kid=kid).created_at
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, pool.pk)])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(int.from_bytes(hashlib.sha256(kid.encode()).digest()[:_SERIAL_BYTES], "big"))
        .not_valid_before(issued_at)
        .not_valid_after(issued_at + _LIFETIME)
        .sign(private, SHA256())
    )
    return base64.b64encode(certificate.public_bytes(Encoding.DER)).decode()
