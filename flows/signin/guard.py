"""Views for whoever is signed in."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from flows import htmx
from flows.signin.errors import way_back

Parameters = ParamSpec("Parameters")
View = Callable[Concatenate[HttpRequest, Parameters], HttpResponse]


def signed_in_only(view: View[Parameters]) -> View[Parameters]:
    """Django's ``login_required`` for both worlds: a fragment request leaves by HX-Redirect instead of swapping the
    sign-in page into a page (T122), and the redirect is a 303."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: Parameters.args, **kwargs: Parameters.kwargs) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        return htmx.redirect(request, f"{reverse('sign-in')}?{urlencode({'next': way_back(request)})}")

    return guarded
