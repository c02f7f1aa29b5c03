"""Where a form leads back to: the page that it says it stands on, if that is one of ours."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def asked_for(request: HttpRequest, *, otherwise: str) -> str:
    """The posted ``next`` when it is a path of this site, else ``otherwise``."""
    path = request.POST.get("next", "")
    is_ours = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if is_ours else otherwise
