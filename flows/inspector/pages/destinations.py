"""Where a form leads back to: the page that it says it stands on, if that is one of ours."""

from django.http import HttpRequest

from flows.safe_next import safe_next


def asked_for(request: HttpRequest, *, otherwise: str) -> str:
    """The posted ``next`` when it is a path of this site, else ``otherwise``."""
    return safe_next(request.POST.get("next", "")) or otherwise
