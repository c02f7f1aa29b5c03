"""CORS for browser clients: Amplify posts to the pool from the page's own origin (section 1.4 of the protocol notes).

Any origin may call, as on AWS: public operations need no ambient authority (no cookie, no network secret), and the
others need a signature. What keeps web pages from reaching the pool of a laptop by another name is the Host check.
"""

from collections.abc import Mapping

_MAXIMUM_AGE = "172800"
_USUAL_HEADERS = (
    "content-type, x-amz-target, x-amz-user-agent, cache-control, amz-sdk-request, amz-sdk-invocation-id, authorization"
)

# On every answer, refusals included: without them Amplify reports a network failure.
ANSWER_HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date",
}


def preflight_headers(headers: Mapping[str, str], *, methods: str) -> dict[str, str]:
    """The answer to ``OPTIONS``; ``headers`` have lower-case names."""
    return {
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Allow-Methods": methods,
        "Access-Control-Allow-Headers": headers.get("access-control-request-headers", _USUAL_HEADERS),
        "Access-Control-Max-Age": _MAXIMUM_AGE,
    }
