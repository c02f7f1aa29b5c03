"""Two runs of this browser side by side."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from flows.inspector import runs, switch
from flows.inspector.comparing import compared, comparison
from flows.inspector.models import Run
from flows.inspector.telling import endings

_BAD_REQUEST, _NOT_FOUND = 400, 404


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """``a`` against ``b``. What cannot be compared says why, and lets one choose again."""
    owner = switch.owner(request)
    if not owner:
        raise Http404
    one, other = request.GET.get("a", ""), request.GET.get("b", "")
    left, right = runs.of(owner, one), runs.of(owner, other)
    context: dict[str, Any] = {"left": left, "right": right, "runs": runs.all_of(owner)}
    problem, status = _problem(one, other, left, right)
    if not left or not right or problem:
        return render(request, "flows/inspector/runs/compare.html", context | {"problem": problem}, status=status)
    calls = runs.calls(left), runs.calls(right)
    rows = comparison.rows(*calls, same_user=left.username == right.username)
    context |= {
        "rows": rows,
        "summary": compared.sentences(left, right, rows),
        "endings": [endings.of(each) for each in calls],
    }
    return render(request, "flows/inspector/runs/compare.html", context)


def _problem(one: str, other: str, left: Run | None, right: Run | None) -> tuple[str, int]:
    if not one or not other:
        return "Choose two runs to compare.", _BAD_REQUEST
    if left is None or right is None:
        return (
            "One of these runs is not here: deleted, gone after a day, or another browser's.",
            _NOT_FOUND,
        )
    return ("This is the same run twice. Choose another one.", _BAD_REQUEST) if one == other else ("", 200)
