"""Devices by names that people recognise: a browser is known to the pool by its User-Agent, as Amplify has it."""

from django import template

register = template.Library()

# What a User-Agent says, the more particular word first: Edge calls itself Chrome too, and Chrome Safari.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)


@register.filter
def device_name(name: str) -> str:
    """``Firefox on Windows`` for a User-Agent, any other name as it is."""
    if not name.startswith("Mozilla/5.0 ("):
        return name or "A device without a name"
    browser, system = (next((said for word, said in known if word in name), "") for known in (_BROWSERS, _SYSTEMS))
    return f"{browser or 'A browser'} on {system}" if system else browser or "A browser"
