"""Who may reach the embedded pool over HTTP: this machine, and the networks that POOL_ALLOWED_NETWORKS names (T152).

Django's ALLOWED_HOSTS keeps out pages that reach us under another name (DNS rebinding); it is asked here too, so that
the guard does not depend on which middleware runs. A forwarding proxy makes every stranger look like loopback,
therefore its headers are refused unless TRUSTED_PROXY says that a proxy is meant to stand there.
"""

import functools
import ipaddress
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from flows.pool.errors.protocol import forbidden
from flows.pool.protocol import answers

View = Callable[..., HttpResponse]

_FORWARDED = ("X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Forwarded", "Via")
_LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})


def allowed_peers(view: View) -> View:
    """Answer 403 ForbiddenException, Cognito's word for a web firewall's refusal, to everyone else."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        request.get_host()  # raises DisallowedHost
        if not _is_allowed(request):
            status, headers, body = answers.refusal(forbidden())
            return HttpResponse(body, status=status, headers=headers)
        return view(request, *args, **kwargs)

    return guarded


def demo_only(view: View) -> View:
    """Answer 404 unless this is a demo, asked for from this very machine by its own name (T049)."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not may_see_demo(request):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def may_see_demo(request: HttpRequest) -> bool:
    """Whether this is a demo, and asked for from this very machine. Behind a proxy nobody can tell that."""
    return bool(settings.LOCAL and not settings.TRUSTED_PROXY and _is_loopback(request))


def _is_allowed(request: HttpRequest) -> bool:
    networks = [ipaddress.ip_network(text) for text in settings.POOL_ALLOWED_NETWORKS]
    addresses = [_peer(request)]
    if _is_forwarded(request):
        if not settings.TRUSTED_PROXY:
            return False
        addresses.append(_forwarded_for(request))
    return all(address and any(address in network for network in networks) for address in addresses)


def _is_loopback(request: HttpRequest) -> bool:
    peer, name = _peer(request), urlsplit(f"//{request.get_host()}").hostname
    return bool(peer and peer.is_loopback and not _is_forwarded(request) and name in _LOOPBACK_NAMES)


def _is_forwarded(request: HttpRequest) -> bool:
    return any(name in request.headers for name in _FORWARDED)


def _peer(request: HttpRequest) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    return _address(request.META.get("REMOTE_ADDR", ""))


def _forwarded_for(request: HttpRequest) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The hop that our own proxy saw: the last entry; what stands before it is whatever the client wrote."""
    return _address(request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip())


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
