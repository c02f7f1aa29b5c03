"""The playground changes a pool, and is for nobody but who sits at the machine of a demo."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.module_loading import import_string

Parameters = ParamSpec("Parameters")
View = Callable[Concatenate[HttpRequest, Parameters], HttpResponse]


def is_for(request: HttpRequest) -> bool:
    """Does this browser sit at the machine of a demo (``settings.DEMO_GUARD``)?"""
    return bool(settings.DEMO_GUARD and import_string(settings.DEMO_GUARD)(request))


def demo_only(view: View[Parameters]) -> View[Parameters]:
    """404 for everybody else, as if there were nothing here (T049)."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: Parameters.args, **kwargs: Parameters.kwargs) -> HttpResponse:
        if not is_for(request):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded
