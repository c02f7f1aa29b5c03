"""Every step leads to its page of the docs, where they are."""

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import NoReverseMatch, reverse
from pytest_django import Settings

from authsite import urls
from flows.steps.table import STEPS, Step
from tests.reader.markup import get, parse
from tests.steps.test_table import PARAMETERS, pending

pytestmark = pytest.mark.usefixtures("portal")  # the page of a proof names the pool
WITH_PAGE = [pytest.param(step, id=step.slug) for step in STEPS if not step.automatic]


def shown(step: Step) -> str:
    waiting = pending(step.challenge, **PARAMETERS.get(step.slug, {}))
    context = {"step": step, "form": step.form(pending=waiting), "username": "alice", "step_url": "/sign-in/a/"}
    return render_to_string(step.template, context, RequestFactory().get("/sign-in/a/"))


@pytest.mark.parametrize("step", WITH_PAGE)
def test_a_step_links_to_its_page(step: Step) -> None:
    address = f"/docs/steps/{step.slug}"
    assert address in parse(shown(step)).all("href", "a")
    assert f"{step.slug} · Documentation" in get(address).text


@pytest.mark.parametrize("step", WITH_PAGE)
def test_without_the_demonstration_nothing_is_linked(step: Step, settings: Settings) -> None:
    settings.ROOT_URLCONF = tuple(each for each in urls.urlpatterns if not str(each.pattern).startswith("docs/"))
    with pytest.raises(NoReverseMatch):
        reverse("docs")
    assert not [address for address in parse(shown(step)).all("href", "a") if address.startswith("/docs/steps")]
