"""Every request of a browser that inspects is recorded; of any other, one cookie is looked for. To look at runs adds
nothing to them, though whoever is signed in may be asked for at the pool meanwhile."""

import logging
from collections.abc import Callable
from urllib.parse import urlsplit

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve, reverse

from flows.inspector import runs, switch
from flows.inspector.recording import recorder

logger = logging.getLogger(__name__)
Handler = Callable[[HttpRequest], HttpResponse]
_WHERE_NEXT = ("HX-Push-Url", "HX-Replace-Url", "Location")


def recorded(get_response: Handler) -> Handler:
    """The outer half of ``recorder``."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if switch.COOKIE not in request.COOKIES or _is_about_runs(request) or not switch.is_on(request):
            return get_response(request)
        with recorder.recording(request, owner=switch.owner(request)) as recording:
            response = get_response(request)
        try:
            _finish(request, response, recording)
        except DatabaseError as error:  # whoever watches must not change what happens
            logger.error("A run was not finished: %s", type(error).__name__)
        return response

    return middleware


def _finish(request: HttpRequest, response: HttpResponse, recording: recorder.Recording) -> None:
    if switch.is_of_somebody_else(request):  # who signed in was not the one for whom it is on
        switch.drop(response)
        if recording.run is not None:
            recording.run.delete()
    elif recording.run is not None:
        runs.tie(recording.run, recording.attempt or _attempt_in(response))
        if recording.owner == switch.before_signing_in(request):
            runs.hand_over(recording.run, to=switch.owner(request))


def _is_about_runs(request: HttpRequest) -> bool:
    return request.path.startswith(reverse("inspector-runs"))


def _attempt_in(response: HttpResponse) -> str:
    """The attempt whose page comes next: the start form's own address names none yet."""
    for header in _WHERE_NEXT:
        if header in response:
            try:
                return str(resolve(urlsplit(response[header]).path).kwargs.get("attempt", ""))
            except Resolver404:
                return ""
    return ""
