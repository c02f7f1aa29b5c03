"""What a step's page loads from other hosts than ours, which its Content-Security-Policy must then allow.

Every function here has the shape of ``Step.outside``. All other pages load nothing from anywhere else.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.conf import settings

from flows.steps import public
from flows.steps.pending import Pending


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """``host`` is told to the person; ``directives`` are additions to the page's policy."""

    host: str
    directives: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def nothing(_pending: Pending) -> Outside | None:
    return None


def google(_pending: Pending) -> Outside | None:
    """reCAPTCHA's hosts (developers.google.com/recaptcha/docs/faq, "content-security-policy"), each with its path.

    Its riddles come as markup with style attributes, which no nonce can allow (github.com/google/recaptcha/issues/107).
    """
    domain = settings.RECAPTCHA_DOMAIN
    here = f"https://{domain}/recaptcha/"
    return Outside(
        host=domain,
        directives={
            "script-src": (here, "https://www.gstatic.com/recaptcha/"),
            "frame-src": (here, "https://recaptcha.google.com/recaptcha/"),
            "connect-src": (here,),
            "style-src-attr": ("'unsafe-inline'",),
        },
    )


def media(pending: Pending) -> Outside | None:
    """A picture or a sound that the pool keeps at an address of its own. Inline ones come from us."""
    places = {"img-src": public.picture(pending), "media-src": public.sound(pending)}
    hosts = {directive: place.host for directive, place in places.items() if place and place.host}
    if not hosts:
        return None
    named = " and ".join(dict.fromkeys(hosts.values()))
    return Outside(host=named, directives={directive: (f"https://{host}",) for directive, host in hosts.items()})
