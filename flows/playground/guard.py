"""The playground changes a pool, and is for nobody but who sits at the machine of a demo."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse

from flows import demo

Parameters = ParamSpec("Parameters")
View = Callable[Concatenate[HttpRequest, Parameters], HttpResponse]


def demo_only(view: View[Parameters]) -> View[Parameters]:
    """404 for everybody else, as if there were nothing here (T049)."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: Parameters.args, **kwargs: Parameters.kwargs) -> HttpResponse:
        if not demo.is_at_its_machine(request):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded
