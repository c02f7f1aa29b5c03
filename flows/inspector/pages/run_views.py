"""Pages of kept runs: the list, one run, its slides, and what one does with it. Only its owner finds them."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from flows import htmx
from flows.inspector import runs, switch
from flows.inspector.models import Run
from flows.inspector.pages import destinations, run_list, slides
from flows.inspector.pages.views import owners_only
from flows.inspector.telling import endings, maps, paths, sequences, shown

_CONFLICT, _UNPROCESSABLE = 409, 422
_SAID = {"deleted": "The run is deleted.", "kept": "The run is kept.", "let-go": "The run is not kept any more."}


class NameForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a person calls a run. Nothing is a name too."""

    class Meta:
        model = Run
        fields = ("name",)


@require_safe
def all_runs(request: HttpRequest) -> HttpResponse:
    """Every run of this browser."""
    if not switch.may_inspect(request):
        raise Http404
    return _list(request)


@require_safe
@owners_only
def one_run(request: HttpRequest, run: Run) -> HttpResponse:
    """One of them, whole."""
    return _run(request, run, NameForm(instance=run))


@require_safe
@owners_only
def slide(request: HttpRequest, run: Run, *, number: int) -> HttpResponse:
    """One call of it."""
    try:
        shows = slides.of(run, shown.entries(run, runs.calls(run)), number)
    except IndexError:
        raise Http404 from None
    return render(request, "flows/inspector/runs/slide.html", {"run": run, "slide": shows})


@require_POST
@owners_only
def keep(request: HttpRequest, run: Run) -> HttpResponse:
    """Keep it, under ``name`` if there is one, or with ``kept=0`` let it go."""
    if request.POST.get("kept") == "0":
        runs.let_go(run)
        return _back(request, run, "let-go")
    form = NameForm(request.POST if "name" in request.POST else {"name": run.name}, instance=run)
    if not form.is_valid():
        return _run(request, run, form, status=_UNPROCESSABLE)
    try:
        runs.keep(run, name=form.cleaned_data["name"])
    except runs.TooMany:
        problem = f"You keep {runs.MOST_KEPT} runs already. Let one go first."
        return _panel(request, run, problem) or _list(request, problem=problem, status=_CONFLICT)
    return _panel(request, run) or _back(request, run, "kept")


@require_http_methods(["GET", "HEAD", "POST"])
@owners_only
def delete(request: HttpRequest, run: Run) -> HttpResponse:
    """Ask first, then delete it with everything in it."""
    if request.method != "POST":
        return render(request, "flows/inspector/runs/delete.html", {"run": run, "count": runs.last_number(run)})
    run.delete()
    return htmx.redirect(request, f"{reverse('inspector-runs')}?said=deleted")


def _list(request: HttpRequest, *, problem: str = "", status: int = 200) -> HttpResponse:
    context = {
        "runs": run_list.of(switch.owner(request)),
        "inspects": switch.is_on(request),
        "problem": problem,
        "said": _SAID.get(request.GET.get("said", "")),
        "most_kept": runs.MOST_KEPT,
        "most_unkept": runs.MOST_UNKEPT,
    }
    return render(request, "flows/inspector/runs/list.html", context, status=status)


def _run(request: HttpRequest, run: Run, form: NameForm, *, status: int = 200) -> HttpResponse:
    calls = runs.calls(run)
    entries = shown.entries(run, calls)
    context: dict[str, Any] = {
        "run": run,
        "form": form,
        "entries": entries,
        "ending": endings.of(calls),
        "map": maps.of_run(run, paths.met(calls), lit=paths.standing(calls)),
        "drawing": (drawing := sequences.of(entries)),
        "sequence": drawing.svg(link="#entry-"),
        "others": [each for each in runs.all_of(run.owner) if each.pk != run.pk],
        "milliseconds": sum(call.milliseconds for call in calls),
        "said": _SAID.get(request.GET.get("said", "")),
    }
    return render(request, "flows/inspector/runs/run.html", context, status=status)


def _panel(request: HttpRequest, run: Run, problem: str = "") -> HttpResponse | None:
    """The panel's own links anew, for the panel: the page beside it may be in the middle of a sign-in, and stays."""
    if not htmx.is_htmx(request):
        return None
    context = {"inspector": {"run": run}, "not_kept": problem}
    return render(request, "flows/inspector/runs/panel_links.html", context)


def _back(request: HttpRequest, run: Run, said: str) -> HttpResponse:
    """To where the form stands, or to the run."""
    here = f"{reverse('inspector-run', args=[run.pk])}?said={said}"
    return htmx.redirect(request, destinations.asked_for(request, otherwise=here))
