"""Remember this device? Asked where the pool wants the person's word (DeviceOnlyRememberedOnUserPrompt).

Only ConfirmDevice tells that, so it is asked after the sign-in: whoever just walks on is signed in all the same, and
the device stays one that is not remembered. The page may stay open for hours: by then, yes needs another sign-in, as
the same change does on the page of all devices (T038).
"""

import logging

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from flows import htmx
from flows.cognito import devices
from flows.cognito.errors import CognitoError
from flows.signin import confirming, kept
from flows.signin.guard import signed_in_only
from flows.signin.problems import problem_for

_KEY = "device_consent"  # session key: {"device_key": ..., "next": a path that safe_next has passed}
logger = logging.getLogger(__name__)


def ask(request: HttpRequest, *, device_key: str, next: str) -> str:
    """Keep the question for the page; returns that page's address."""
    request.session[_KEY] = {"device_key": device_key, "next": next}
    return reverse("remember-device")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def remember_device(request: HttpRequest) -> HttpResponse:
    """The question; its answer goes to the pool."""
    question = request.session.get(_KEY)
    if question is None:
        return htmx.redirect(request, reverse("account"))
    if request.method != "POST":
        return htmx.show(request, "flows/remember_device.html")
    if request.POST.get("remember"):
        if not confirming.is_recent(request):
            return htmx.redirect(request, confirming.url(next=request.path))
        try:
            devices.remember(question["device_key"], access_token=kept.require(request).access_token)
        except CognitoError as error:
            logger.warning("This device was not remembered: %s", error)
            problem = problem_for(error)
            return htmx.show(request, "flows/remember_device.html", {"problem": problem}, status=problem.status)
    del request.session[_KEY]
    return htmx.redirect(request, question["next"])
