"""The wire over HTTP: what ``flows.pool.wire`` answers, as a Django view for clients outside this process."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from flows.pool import wire
from flows.pool.errors.protocol import too_large
from flows.pool.protocol import answers, guard


@csrf_exempt  # no cookie counts here: callers prove themselves with tokens or signatures
@guard.allowed_peers
def cognito_idp(request: HttpRequest, below: str = "") -> HttpResponse:
    """Any request at or below POOL_ENDPOINT. No session is read or made."""
    if _announced_length(request) > wire.MAXIMUM_BODY:  # refused before a byte of it is read
        return _response(answers.refusal(too_large()))
    return _response(
        wire.handle(
            method=request.method or "",
            url=request.build_absolute_uri(request.get_full_path()),
            headers=request.headers,
            body=request.body,
        )
    )


def ahead_of_pages(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware that answers operations at once: no session, no compression, no policy that only a page could break.

    A sign-in spends a tenth of its time in what stands below this.
    """
    endpoint = urlsplit(settings.POOL_ENDPOINT).path.rstrip("/")

    def middleware(request: HttpRequest) -> HttpResponse:
        at_endpoint = request.path_info in (endpoint, f"{endpoint}/")
        return cognito_idp(request) if at_endpoint else get_response(request)

    return middleware


def _announced_length(request: HttpRequest) -> int:
    text = request.headers.get("Content-Length") or "0"
    return int(text) if text.isascii() and text.isdigit() else 0


def _response(answer: answers.Answer) -> HttpResponse:
    status, headers, body = answer
    # The server sets Date itself; two of them would be malformed. It would send a body of unknown length in chunks.
    kept = {name: value for name, value in headers.items() if name != "Date"}
    return HttpResponse(body, status=status, headers=kept | {"Content-Length": str(len(body))})
