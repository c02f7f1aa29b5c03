"""Before something changes that guards the account, whoever signed in long ago shows once more who they are (T038)."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse

from flows import htmx
from flows.signin import confirming

Parameters = ParamSpec("Parameters")
View = Callable[Concatenate[HttpRequest, Parameters], HttpResponse]


def to_change(view: View[Parameters]) -> View[Parameters]:
    """Everybody may look; POST needs a recent sign-in, and leads back to the same address, which must have a page."""
    return _guard(view, harmless=("GET", "HEAD"))


def always(view: View[Parameters]) -> View[Parameters]:
    """Whatever the method: for what already shows something to keep, a challenge or a secret. It goes on the function
    that shows it, not on the view, for a refused POST shows it too (T108)."""
    return _guard(view, harmless=())


def _guard(view: View[Parameters], *, harmless: tuple[str, ...]) -> View[Parameters]:
    @wraps(view)
    def guarded(request: HttpRequest, /, *args: Parameters.args, **kwargs: Parameters.kwargs) -> HttpResponse:
        if request.method in harmless or confirming.is_recent(request):
            return view(request, *args, **kwargs)
        return htmx.redirect(request, confirming.url(next=request.path))

    return guarded
