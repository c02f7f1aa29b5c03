"""/account/devices/: the devices that the pool tracks, and which of them it should know again."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from flows.account import pages, recent
from flows.account.problems import GONE
from flows.cognito import own_devices
from flows.cognito.errors import CognitoError
from flows.cognito.own_devices import OwnDevice
from flows.signin import kept
from flows.signin.guard import signed_in_only
from flows.signin.problems import Problem

STATUS = {"remembered": True, "not_remembered": False}  # UpdateDeviceStatus's words


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
@recent.to_change
def overview(request: HttpRequest) -> HttpResponse:
    """All devices; remember one, or no longer."""
    remembered = STATUS.get(request.POST.get("status", ""))
    key = request.POST.get("device", "")
    if request.method != "POST" or remembered is None or not key:
        return _list(request)
    try:
        own_devices.set_remembered(kept.require(request).access_token, key, remembered=remembered)
    except CognitoError as error:
        return pages.refused(request, error, lambda problem: _list(request, problem))
    return pages.done(request, "devices", "device-changed")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
@recent.to_change
def forget(request: HttpRequest, key: str) -> HttpResponse:
    """Ask whether this device is to be forgotten; forget it."""
    tokens = kept.require(request)
    try:
        if request.method == "POST":
            own_devices.forget(tokens.access_token, key)
            return pages.done(request, "devices", "device-forgotten")
        device = next((each for each in own_devices.all_of(tokens.access_token) if each.key == key), None)
    except CognitoError as error:
        return pages.refused(request, error, lambda problem: _list(request, problem))
    if device is None:
        return _list(request, GONE)
    context = {"device": device, "this_one": key == tokens.device_key}
    return pages.show(request, "flows/account/device-forget.html", context, section="devices")


def _list(request: HttpRequest, problem: Problem | None = None) -> HttpResponse:
    try:
        there = own_devices.all_of(kept.require(request).access_token)
    except CognitoError as error:
        return pages.refused(request, error, lambda found: _page(request, None, problem or found))
    return _page(request, there, problem)


def _page(request: HttpRequest, there: list[OwnDevice] | None, problem: Problem | None) -> HttpResponse:
    context = {"devices": there, "this_one": kept.require(request).device_key}
    return pages.show(request, "flows/account/devices.html", context, section="devices", problem=problem)
