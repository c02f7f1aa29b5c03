"""``manage.py purge_runs``: personal data does not outlive its purpose."""

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import User as DjangoUser
from django.core.management import call_command
from django.utils import timezone
from pytest_django import Settings

from flows.inspector.models import Run
from tests.flows.person import Person
from tests.flows.portal import Portal
from tests.inspector.watching import begin_to_inspect

pytestmark = pytest.mark.django_db


@pytest.fixture
def runs(portal: Portal) -> list[str]:
    """Ids: one of today, an old one, and an old one that was kept."""
    for _ in range(3):
        begin_to_inspect(Person(htmx=False)).sign_in("USER_PASSWORD_AUTH", "nobody", "Not the one 7!")
    today, old, kept = Run.objects.values_list("pk", flat=True).order_by("began_at")
    Run.objects.filter(pk__in=[old, kept]).update(began_at=timezone.now() - timedelta(days=1, minutes=1))
    Run.objects.filter(pk=kept).update(kept=True)
    return [today, old, kept]


def purged() -> str:
    told = StringIO()
    call_command("purge_runs", stdout=told)
    return told.getvalue().strip()


def left() -> set[str]:
    return set(Run.objects.values_list("pk", flat=True))


def test_what_nobody_kept_goes_after_a_day(runs: list[str]) -> None:
    today, _, kept = runs
    assert (purged(), left()) == ("1 run removed.", {today, kept})
    assert purged() == "0 runs removed."


def test_t152_in_front_of_a_real_pool_what_nobody_can_find_any_more_goes_too(
    runs: list[str], settings: Settings
) -> None:
    today, _, _ = runs
    settings.DEMO_GUARD, settings.INSPECTOR_USERS = "", ["who-is-named"]
    assert (purged(), left()) == ("2 runs removed.", {today})


def test_a_named_users_kept_run_stays_for_as_long_as_they_are_named(portal: Portal, settings: Settings) -> None:
    user, person = portal.pool.add_user(), Person(htmx=False)
    person.sign_in("USER_PASSWORD_AUTH", user.username, user.password, next="/account/")
    settings.DEMO_GUARD, settings.INSPECTOR_USERS = "", [DjangoUser.objects.get(email=user.email).username]
    person.open("/account/").send(person.form(action="/flows/inspector/"), on="1")
    run = Run.objects.get()
    person.open(f"/flows/runs/{run.pk}/").send(person.form(action=f"/flows/runs/{run.pk}/keep/"))
    Run.objects.update(began_at=timezone.now() - timedelta(days=400))
    assert (purged(), left()) == ("0 runs removed.", {run.pk})
    settings.INSPECTOR_USERS = ["somebody-else"]
    assert (purged(), left()) == ("1 run removed.", set())
