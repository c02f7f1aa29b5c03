"""AWS Signature Version 4: the proof that a caller holds the pool's key pair.

botocore itself recomputes the signature, so what boto3, the AWS CLI and the SDKs sign is what is checked. The error
names are those of AWS's front end (section 1.2 of the protocol notes); the texts are AWS's general ones.
"""

import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from flows.pool.errors import PoolError
from flows.pool.protocol.service_model import SERVICE

MAXIMUM_SKEW = timedelta(minutes=5)

_ALGORITHM = "AWS4-HMAC-SHA256"
_TIMESTAMP = "%Y%m%dT%H%M%SZ"
_AUTHORIZATION = re.compile(
    _ALGORITHM + r" +Credential=(?P<key_id>[^/,\s]+)/(?P<date>\d{8})/(?P<region>[a-z0-9-]{1,32})/(?P<service>[^/,\s]+)"
    r"/aws4_request, *SignedHeaders=(?P<signed>[a-z0-9;-]+), *Signature=(?P<signature>[0-9a-f]{64})",
    re.ASCII,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyPair:
    """The access key that signs for the pool."""

    key_id: str
    secret: str = field(repr=False)


def verify(
    *,
    method: str,
    url: str,
    headers: Mapping[str, str],
    body: bytes,
    key_pair: KeyPair,
    now: datetime,
    service: str = SERVICE,
) -> str:
    """Check the signature of a request to ``service`` and return the region of its credential scope.

    ``headers`` have lower-case names. ``now`` is this machine's clock, not the pool's: a signature is about the
    transport, and both of its ends live in real time. Raises the front end's errors.
    """
    if "authorization" not in headers:
        raise PoolError("MissingAuthenticationTokenException", "Missing Authentication Token")
    scope = _AUTHORIZATION.fullmatch(headers["authorization"].strip())
    if scope is None:
        raise PoolError("IncompleteSignatureException", "Authorization header is not an AWS Signature Version 4.")
    if not _equal(scope["key_id"], key_pair.key_id):
        raise PoolError("UnrecognizedClientException", "The security token included in the request is invalid.")
    if scope["service"] != service:
        raise _invalid(f"Credential should be scoped to correct service: '{service}'.")
    timestamp = headers.get("x-amz-date", "").encode("ascii", "replace").decode()
    _require_fresh(timestamp, scope["date"], now)
    signed = scope["signed"].split(";")
    if "host" not in signed or any(name.startswith("x-amz-") and name not in signed for name in headers):
        raise _invalid("'Host' and every 'X-Amz-' header must be a signed header.")
    # botocore takes this header, where there is one, for the hash of the body.
    if not _equal(headers.get("x-amz-content-sha256", body_hash := hashlib.sha256(body).hexdigest()), body_hash):
        raise _invalid("The provided 'x-amz-content-sha256' header does not match what was computed.")
    region = scope["region"]
    expected = _signature(method, url, headers, body, signed, timestamp, region, key_pair, service)
    if not _equal(scope["signature"], expected):
        raise _invalid(
            "The request signature we calculated does not match the signature you provided. "
            "Check your AWS Secret Access Key and signing method."
        )
    return region


def _signature(
    method: str,
    url: str,
    headers: Mapping[str, str],
    body: bytes,
    signed: list[str],
    timestamp: str,
    region: str,
    key_pair: KeyPair,
    service: str,
) -> str:
    # Given the signed headers alone, botocore signs exactly those (and adds Host, which in-process requests lack).
    request = AWSRequest(method=method, url=url, data=body, headers={n: v for n, v in headers.items() if n in signed})
    request.context["timestamp"] = timestamp
    signer = SigV4Auth(Credentials(key_pair.key_id, key_pair.secret), service, region)
    return str(signer.signature(signer.string_to_sign(request, signer.canonical_request(request)), request))


def _require_fresh(timestamp: str, date: str, now: datetime) -> None:
    try:
        signed_at = datetime.strptime(timestamp, _TIMESTAMP).replace(tzinfo=UTC)
    except ValueError as error:
        raise PoolError("IncompleteSignatureException", "X-Amz-Date is missing or malformed.") from error
    if not timestamp.startswith(date):
        raise _invalid("Date in Credential scope does not match the date of X-Amz-Date.")
    if abs(now - signed_at) > MAXIMUM_SKEW:
        raise _invalid(f"Signature expired: {timestamp} is more than 5 minutes from {now:{_TIMESTAMP}}.")


def _equal(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), expected.encode())


def _invalid(message: str) -> PoolError:
    return PoolError("InvalidSignatureException", message)
