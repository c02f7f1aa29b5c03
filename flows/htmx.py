"""One view, two worlds: a whole page for the browser, a fragment of the same page for htmx."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django_htmx.http import HttpResponseClientRedirect, push_url, replace_url


class SeeOther(HttpResponseRedirect):
    """303: the browser must GET the next address, whatever it sent to this one (RFC 9700 section 4.12)."""

    status_code = 303


def is_htmx(request: HttpRequest) -> bool:
    """Whether htmx asks for a fragment. Error pages may be wanted before HtmxMiddleware has run, hence getattr."""
    htmx = getattr(request, "htmx", None)
    return bool(htmx) and not getattr(htmx, "history_restore_request", False)


def page(request: HttpRequest) -> dict[str, str]:
    """Context processor: ``base_template`` is what every page template extends."""
    return {"base_template": "fragment.html" if is_htmx(request) else "base.html"}


def redirect(request: HttpRequest, url: str) -> HttpResponse:
    """Leave for ``url`` with a fresh page load: 303, or HX-Redirect because XHR would swallow a 303 (T122)."""
    return HttpResponseClientRedirect(url) if is_htmx(request) else SeeOther(url)


def show(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None, *, status: int = 200, url: str = ""
) -> HttpResponse:
    """Render ``template`` as page or fragment.

    ``url`` is the fragment's own address. A refusal takes the place of what was there, anything else is a step on.
    """
    response = render(request, template, context, status=status)
    if url and is_htmx(request):
        file_under = replace_url if status >= 400 else push_url
        file_under(response, url)
    return response
