"""The picture and the sound of a CAPTCHA that came with the question, at addresses of ours.

So the page's policy allows no ``data:`` addresses, a page weighs what it weighs without them, and nobody but the
browser that the question was put to can load them.
"""

import re

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from flows.signin import attempts
from flows.steps import public
from flows.steps.pending import Pending
from flows.steps.public import Media

_RANGE = re.compile(r"bytes=([0-9]{0,15})-([0-9]{0,15})")


@require_safe
@attempts.waiting
def picture(request: HttpRequest, found: Pending) -> HttpResponse:
    """The picture that the attempt waits for an answer to."""
    return _serve(request, public.picture(found))


@require_safe
@attempts.waiting
def sound(request: HttpRequest, found: Pending) -> HttpResponse:
    """The same characters, spoken."""
    return _serve(request, public.sound(found))


def _serve(request: HttpRequest, media: Media | None) -> HttpResponse:
    """Safari plays only what it can have in parts (RFC 9110, section 14). ``no_store`` keeps it out of every cache."""
    if media is None or not media.content:
        return HttpResponse(status=404)
    whole = media.content
    headers = {"Content-Disposition": "inline", "Accept-Ranges": "bytes"}
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    if asked is None or asked.groups() == ("", ""):
        return HttpResponse(whole, content_type=media.content_type, headers=headers)
    first, last = _part(*asked.groups(), size=len(whole))
    if first > last:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{len(whole)}"})
    headers["Content-Range"] = f"bytes {first}-{last}/{len(whole)}"
    return HttpResponse(whole[first : last + 1], status=206, content_type=media.content_type, headers=headers)


def _part(first: str, last: str, *, size: int) -> tuple[int, int]:
    """The first and last byte of ``first-last``, ``first-`` or ``-how_many``."""
    if not first:
        return max(0, size - int(last)), size - 1
    return int(first), min(int(last), size - 1) if last else size - 1
