"""Everything that can go wrong between us and the pool, as one exception.

Views catch ``CognitoError`` and nothing else; ``flows.signin.problems`` turns its code into words.
"""

from dataclasses import dataclass, field

from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectTimeoutError,
    EndpointConnectionError,
    NoCredentialsError,
    ParamValidationError,
    PartialCredentialsError,
    ProxyConnectionError,
    SSLError,
)
from botocore.parsers import ResponseParserError

UNREACHABLE = "Unreachable"  # not even sent
NO_ANSWER = "NoAnswer"  # sent, and no answer came, or none in time: the work may or may not have been done
BAD_ANSWER = "BadAnswer"  # an answer that says neither yes nor no
BAD_TOKEN = "BadToken"  # a token that does not prove what it must
NO_CREDENTIALS = "NoCredentials"
NO_POOL = "NoPool"  # there is no pool to ask, or not yet

# botocore's parser meets a body of JSON that is not the JSON it expects with whichever of these comes first.
BOTOCORE_FAULTS = (
    BotoCoreError,
    ClientError,
    ResponseParserError,
    AttributeError,
    KeyError,
    TypeError,
    ValueError,
)
_CODES: tuple[tuple[tuple[type[Exception], ...], str], ...] = (
    ((NoCredentialsError, PartialCredentialsError), NO_CREDENTIALS),
    ((ConnectTimeoutError, EndpointConnectionError, ProxyConnectionError, SSLError), UNREACHABLE),
    ((BotoCoreError,), NO_ANSWER),
)


@dataclass(eq=False)  # not frozen: Python itself sets attributes of exceptions
class CognitoError(Exception):
    """``code`` is Cognito's exception name or one of ours above.

    ``message`` is Cognito's text: for matching, not for logs, since it may repeat what a person typed (T154).
    ``status`` is HTTP's, 0 where nothing was answered.
    """

    code: str
    operation: str
    request_id: str = ""
    message: str = field(default="", repr=False)
    status: int = 0

    def __str__(self) -> str:
        return f"{self.operation}: {self.code} (request {self.request_id or '-'})"


def from_botocore(error: Exception, operation: str) -> CognitoError:
    """Translate. Raise the result ``from None``: botocore's own text of a rejected parameter repeats its value."""
    if isinstance(error, ClientError):
        details = error.response.get("Error", {})
        metadata = error.response.get("ResponseMetadata", {})
        return CognitoError(
            code=str(details.get("Code") or metadata.get("HTTPStatusCode") or BAD_ANSWER),
            operation=operation,
            request_id=str(metadata.get("RequestId", "")),
            message=str(details.get("Message") or ""),
            status=int(metadata.get("HTTPStatusCode", 0)),
        )
    if isinstance(error, ParamValidationError):
        return CognitoError("InvalidParameterException", operation, message="refused before it was sent")
    code = next((code for kinds, code in _CODES if isinstance(error, kinds)), BAD_ANSWER)
    return CognitoError(code, operation, message=type(error).__name__)
