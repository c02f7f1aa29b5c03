"""What the page shows: every knob as the pool has it now, every user, and what was just said."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from flows import demo, htmx
from flows.addresses import reverse_if_there
from flows.cognito import connection as connections
from flows.cognito.errors import CognitoError
from flows.playground import commands, snippets, state, users
from flows.playground.knob import Knob
from flows.playground.knobs import KNOBS
from flows.playground.particulars import UNITS
from flows.playground.refusals import Refusal, refusal
from flows.playground.settings import Choice, Setting, Values
from flows.playground.snippets import Snippet
from flows.playground.state import State
from flows.playground.users import User


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A setting in a form: ``values`` as they are shown, ``seen`` as the pool has them."""

    setting: Setting
    values: Values
    seen: Values
    fault: str = ""

    @property
    def options(self) -> list[tuple[Choice, bool]]:
        """Every choice, and whether it is chosen; also what somebody set elsewhere that is none of them."""
        known = {choice.value for choice in self.setting.choices}
        elsewhere = [Choice(value, "Set elsewhere.") for value in self.seen if value not in known]
        return [(choice, choice.value in self.values) for choice in (*self.setting.choices, *elsewhere)]

    @property
    def units(self) -> list[tuple[str, bool]]:
        return [(unit, unit == self.values[-1]) for unit in UNITS]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A knob on the page. ``told`` is what its change meant, ``refusal`` why there was none."""

    knob: Knob
    fields: tuple[Field, ...]
    now: str
    snippets: tuple[Snippet, ...]
    told: tuple[str, ...] = ()
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownUser:
    """A user of the demo on the page; ``user`` is None for who is not in the pool."""

    username: str
    user: User | None
    snippets: tuple[Snippet, ...] = ()
    told: tuple[str, ...] = ()
    refusal: Refusal | None = None

    @property
    def statuses(self) -> list[tuple[Choice, bool]]:
        return [(choice, bool(self.user and choice.value == self.user.status)) for choice in users.STATUSES]

    @property
    def factors(self) -> list[tuple[Choice, bool]]:
        return [(choice, bool(self.user and choice.value in self.user.factors)) for choice in users.FACTORS]

    @property
    def preferences(self) -> list[tuple[str, bool]]:
        preferred = (self.user.preferred if self.user else "") or users.NONE
        return [(name, name == preferred) for name in (users.NONE, *(choice.value for choice in users.FACTORS))]


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What an answer has to say about one knob or user, ``of`` its id on the page."""

    of: str
    told: tuple[str, ...] = ()
    refusal: Refusal | None = None
    values: Mapping[str, Values] | None = None  # as they were typed, where they were refused
    faults: Mapping[str, str] | None = None


NONE = News(of="")
PAGE = "page"  # where news are about all of it


def passwords(request: HttpRequest) -> dict[str, str]:
    """The demo's users and their passwords; nobody without a demo."""
    return {user["username"]: user["password"] for user in (demo.config(request) or {}).get("users", ())}


def show(request: HttpRequest, news: News = NONE) -> HttpResponse:
    """The whole page, or for htmx the form that was sent and whatever else has changed by it."""
    status = 422 if news.refusal or news.faults else 200
    try:
        now = state.read(connections.current())
        knobs = [_shown(knob, now, news) for knob in KNOBS]
        people = [_shown_user(name, now, news) for name in passwords(request)]
    except CognitoError as error:
        return htmx.show(request, "flows/playground/no_pool.html", {"refusal": refusal(error)}, status=503)
    context = {
        "knobs": knobs,
        "of_client": [each for each in knobs if each.knob.is_of_client],
        "of_pool": [each for each in knobs if not each.knob.is_of_client],
        "users": people,
        "changed": next((each for each in knobs if each.knob.slug == news.of), None),
        "changed_user": next((each for each in people if f"user-{each.username}" == news.of), None),
        "said": news.told if news.of == PAGE else (),
        "refusal": news.refusal if news.of == PAGE else None,
        "connection": now.connection,
        "environment": commands.environment(now.connection),
        "gallery_url": reverse_if_there("gallery"),
        "sign_in_url": f"{reverse('sign-in')}?new=1",
        "signed_in_as": next((each.username for each in people if each.user and is_self(request, each.user)), ""),
    }
    partial = htmx.is_htmx(request) and (context["changed"] or context["changed_user"])
    template = "flows/playground/changed.html" if partial else "flows/playground/page.html"
    return htmx.show(request, template, context, status=status)


def is_self(request: HttpRequest, user: User) -> bool:
    """Is this who is signed in here? The portal's name for a person is their ``sub``."""
    return request.user.is_authenticated and request.user.get_username() == user.sub


def _shown(knob: Knob, now: State, news: News) -> Shown:
    mine = news.of == knob.slug
    typed = (news.values or {}) if mine else {}
    faults = (news.faults or {}) if mine else {}
    fields = tuple(
        Field(
            setting=setting,
            seen=(seen := setting.where.read(now)),
            values=typed.get(setting.name, seen),
            fault=faults.get(setting.name, ""),
        )
        for setting in knob.settings
    )
    return Shown(
        knob=knob,
        fields=fields,
        now=knob.now(now),
        snippets=snippets.of_knob(knob, now),
        told=news.told if mine else (),
        refusal=news.refusal if mine else None,
    )


def _shown_user(username: str, now: State, news: News) -> ShownUser:
    user = users.read(username, connection=now.connection)
    mine = news.of == f"user-{username}"
    return ShownUser(
        username=username,
        user=user,
        snippets=snippets.of_user(user, pool_id=now.connection.user_pool_id) if user else (),
        told=news.told if mine else (),
        refusal=news.refusal if mine else None,
    )
