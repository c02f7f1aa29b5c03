"""The playground: look, change one thing, go back. Nothing changes but by POST, and nobody but the demo's own may."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.module_loading import import_string
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from flows import htmx
from flows.cognito import connection as connections
from flows.cognito.errors import CognitoError
from flows.playground import changes, forms, going_back, knobs, pages, users
from flows.playground.changes import Call
from flows.playground.guard import demo_only
from flows.playground.pages import PAGE, News
from flows.playground.refusals import Refusal, refusal
from flows.playground.turns import turn

_SO_ALREADY = "It was so already: nothing was changed."
_NO_CHOICE = Refusal("That is none of the choices. Nothing was changed.")


@demo_only
@require_safe
def playground(request: HttpRequest) -> HttpResponse:
    """Every knob and user as they are now, and what was said on the way here."""
    said = list(messages.get_messages(request))
    of = next((message.extra_tags for message in said), "")
    return pages.show(request, News(of=of, told=tuple(str(each) for each in said if each.extra_tags == of)))


@demo_only
@require_POST
def change(request: HttpRequest, slug: str) -> HttpResponse:
    """One knob."""
    knob = knobs.BY_SLUG.get(slug)
    if knob is None:
        raise Http404
    read = forms.read(knob, request.POST)
    if read.faults:
        return pages.show(request, News(of=slug, values=read.posted.chosen, faults=read.faults))
    try:
        told = changes.make(knob, read.posted, connection=connections.current())
    except CognitoError as error:
        return pages.show(request, News(of=slug, refusal=refusal(error), values=read.posted.chosen))
    return _done(request, slug, told or [_SO_ALREADY])


@demo_only
@require_POST
def change_user(request: HttpRequest, username: str, what: str) -> HttpResponse:
    """One state of a user of the demo."""
    ask, of = _ASKED.get(what), f"user-{username}"
    try:
        connection, passwords = connections.current(), pages.passwords(request)
        if ask is None or username not in passwords:
            raise Http404
        call = ask(username, request.POST, passwords[username], connection.user_pool_id)
        if call is None:
            return pages.show(request, News(of=of, refusal=_NO_CHOICE))
        own = (user := users.read(username, connection=connection)) and pages.is_self(request, user)
        users.make(call, connection=connection)
    except CognitoError as error:
        return pages.show(request, News(of=of, refusal=refusal(error)))
    return _done(
        request, of, [_meaning(username, call), *([_OWN_SESSION] if own and call.operation in _ENDING else [])]
    )


@demo_only
@require_POST
def back(request: HttpRequest) -> HttpResponse:
    """Settings and users' states as the demo was made; passwords stay."""
    try:
        faults = going_back.go_back(pages.passwords(request), connection=connections.current())
    except CognitoError as error:
        return pages.show(request, News(of=PAGE, refusal=refusal(error)))
    return _done(request, PAGE, ["The settings and the users' states are the demo's again.", *faults])


@demo_only
@require_http_methods(["GET", "HEAD", "POST"])
def new_demo(request: HttpRequest) -> HttpResponse:
    """Ask first; then what ``manage.py demo --reset`` does."""
    if request.method != "POST":
        return htmx.show(request, "flows/playground/new_demo.html")
    with turn():
        import_string(settings.DEMO_RESET)()
    logout(request)  # the pool that knew this session is gone
    return _done(request, PAGE, ["This is a new demo: other passwords, and everybody is signed out."])


def _done(request: HttpRequest, of: str, told: list[str]) -> HttpResponse:
    """With htmx the form in its new state; else the page, where a reload sends nothing again."""
    if htmx.is_htmx(request) and of != PAGE:
        return pages.show(request, News(of=of, told=tuple(told)))
    for sentence in told:
        messages.success(request, sentence, extra_tags=of)
    url = reverse("playground")
    return htmx.redirect(request, url if of == PAGE else f"{url}#{of}")


# -- Users: what a form asks for, as a request; None for what no form of ours says ---------------------------------
Ask = Callable[[str, QueryDict, str, str], Call | None]


def _enabled(username: str, data: QueryDict, _: str, pool_id: str) -> Call | None:
    wanted = {"yes": True, "no": False}.get(data.get("enabled", ""))
    return None if wanted is None else users.enabling(username, enabled=wanted, pool_id=pool_id)


def _status(username: str, data: QueryDict, password: str, pool_id: str) -> Call | None:
    status = data.get("status", "")
    if status not in {choice.value for choice in users.STATUSES}:
        return None
    return users.standing(username, status=status, password=password, pool_id=pool_id)


def _factors(username: str, data: QueryDict, _: str, pool_id: str) -> Call | None:
    factors, seen = tuple(data.getlist("factors")), tuple(data.getlist(f"{forms.SEEN}factors"))
    preferred = data.get("preferred", users.NONE)
    known = {choice.value for choice in users.FACTORS}
    if not (set(factors) <= known and preferred in {*known, users.NONE}):
        return None
    before = (seen, data.get(f"{forms.SEEN}preferred", ""))
    return users.second_factors(username, factors=factors, preferred=preferred, pool_id=pool_id, but_for=before)


_ASKED: dict[str, Ask] = {"enabled": _enabled, "status": _status, "factors": _factors}

# -- What it means -------------------------------------------------------------------------------------------------
_ENDING = {"AdminDisableUser", "AdminResetUserPassword"}
_OWN_SESSION = "You were signed in by that name: your session has ended."
_MEANINGS = {
    "AdminEnableUser": "{} can sign in. Tokens from before stay revoked.",
    "AdminDisableUser": "{} cannot sign in, and refresh tokens are refused. Access tokens that are out count until "
    "they expire, unless whoever accepts them asks the pool.",
    "AdminResetUserPassword": "{} must choose another password; the code is in the outbox.",
    "AdminSetUserMFAPreference": "The second factors of {} are as you set them.",
}


def _meaning(username: str, call: Call) -> str:
    if call.operation != "AdminSetUserPassword":
        return _MEANINGS[call.operation].format(username)
    if call.request["Permanent"]:
        return f"{username} signs in with the demo's password."
    return f"{username} signs in with the demo's password once and then must choose another (NEW_PASSWORD_REQUIRED)."
