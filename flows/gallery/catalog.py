"""Every card, in the order of the page."""

from dataclasses import dataclass

from flows.gallery.cards import Card, by_slug
from flows.gallery.choices import CHOICES
from flows.gallery.sign_ins import REFRESH, SIGN_INS
from flows.gallery.what_follows import WHAT_FOLLOWS


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Cards under one heading."""

    slug: str
    title: str
    about: str
    cards: tuple[Card, ...]


GROUPS = (
    Group(
        slug="sign-in",
        title="Ways to sign in",
        about="Your app says which, before anybody is asked anything.",
        cards=SIGN_INS,
    ),
    Group(
        slug="choice",
        title="By choice: USER_AUTH",
        about="One flow, and the person chooses; or your app names the first factor that it would like.",
        cards=CHOICES,
    ),
    Group(
        slug="stay",
        title="Staying signed in",
        about="Tokens run out. What comes then is a flow too.",
        cards=(REFRESH,),
    ),
    Group(
        slug="follow",
        title="What may follow",
        about="After the first factor the pool may ask for more, or say no.",
        cards=WHAT_FOLLOWS,
    ),
)
COMPARED = (*SIGN_INS, *CHOICES, REFRESH)
CARDS = by_slug(*(group.cards for group in GROUPS))
