"""Addresses of pages that not every site has."""

from django.urls import NoReverseMatch, reverse


def reverse_if_there(name: str, **kwargs: str) -> str:
    """The address of the page; ``""`` where this site does not have it."""
    try:
        return reverse(name, kwargs=kwargs)
    except NoReverseMatch:
        return ""
