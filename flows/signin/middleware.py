"""Two things that hold for every answer: none is stored, and nobody stays signed in whom the pool has ended."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_vary_headers

from flows.signin import errors, renewal
from flows.signin.renewal import Standing

Handler = Callable[[HttpRequest], HttpResponse]
_BACKEND = "flows.signin.backend.CognitoBackend"


def no_store(get_response: Handler) -> Handler:
    """Dynamic answers stay out of every cache, the Back button's included (T064, T117)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        patch_vary_headers(response, ["HX-Request"])
        return response

    return middleware


def fresh_tokens(get_response: Handler) -> Handler:
    """Before a view sees somebody as signed in, make sure that the pool still does."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not _concerns_us(request):
            return get_response(request)
        standing = renewal.ensure(request)
        if standing is Standing.ENDED:
            return errors.session_ended(request)
        return errors.unavailable(request) if standing is Standing.UNKNOWN else get_response(request)

    return middleware


def _concerns_us(request: HttpRequest) -> bool:
    """Somebody whom our backend signed in; but whoever wants to leave may, without asking anyone."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or request.path == reverse("sign-out"):
        return False
    if request.path.startswith(tuple(settings.SESSION_FREE_PATHS)):
        return False
    return bool(request.session.get(BACKEND_SESSION_KEY) == _BACKEND)
