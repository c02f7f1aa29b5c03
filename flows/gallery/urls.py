"""Addresses of the gallery, below /flows/. Other rooms have pages there too, so only the slug of a card is one."""

import re

from django.urls import path, register_converter

from flows.gallery import views
from flows.gallery.cards import Card
from flows.gallery.catalog import CARDS


class CardConverter:
    """A card by its slug; what is none is not found."""

    regex = "|".join(re.escape(slug) for slug in CARDS)

    def to_python(self, value: str) -> Card:
        return CARDS[value]

    def to_url(self, value: Card | str) -> str:
        return value.slug if isinstance(value, Card) else value


register_converter(CardConverter, "card")

urlpatterns = [
    path("", views.gallery, name="gallery"),
    path("<card:card>/", views.flow, name="gallery-flow"),
    path("<card:card>/try/", views.try_it, name="gallery-try"),
    path("<card:card>/stage/", views.set_stage, name="gallery-stage"),
]
