"""A run as a file to take along."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from flows.inspector import runs
from flows.inspector.exporting import export, transcript
from flows.inspector.models import Run
from flows.inspector.pages.views import owners_only
from flows.inspector.telling import sequences, shown


@require_safe
@owners_only
def as_json(request: HttpRequest, run: Run) -> HttpResponse:
    """For programs: see ``export.document``."""
    document = export.document(run, runs.calls(run))
    response = JsonResponse(document, json_dumps_params={"indent": 2})
    return _attached(response, export.file_name(run, "json"))


@require_safe
@owners_only
def as_markdown(request: HttpRequest, run: Run) -> HttpResponse:
    """For people."""
    text = transcript.of(run, shown.entries(run, runs.calls(run)))
    response = HttpResponse(text, content_type="text/markdown; charset=utf-8")
    return _attached(response, export.file_name(run, "md"))


@require_safe
@owners_only
def as_svg(request: HttpRequest, run: Run) -> HttpResponse:
    """Its sequence diagram, as a file for documentation."""
    drawing = sequences.of(shown.entries(run, runs.calls(run)))
    title = f"{run.name or run.flow}: who said what"
    response = HttpResponse(drawing.file(title=title), content_type="image/svg+xml; charset=utf-8")
    return _attached(response, export.file_name(run, "svg"))


def _attached(response: HttpResponse, name: str) -> HttpResponse:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
