"""The inspector's tables go, with what is in them: docs/deploy.md says so to whoever names nobody any more."""

from pathlib import Path

from tests.commands import manage

FILL = """
from django.utils import timezone
from flows.inspector.models import Run
run = Run.objects.create(pk="r", owner="o", flow="USER_SRP_AUTH", began_at=timezone.now())
run.entries.create(number=1, call={"operation": "InitiateAuth"}, begins=True)
print(Run.objects.count(), "run")
"""


def test_the_tables_go_and_come_back(tmp_path: Path) -> None:
    manage(tmp_path, "migrate", "--no-input")
    assert "1 run" in manage(tmp_path, "shell", "--no-imports", "-c", FILL)
    manage(tmp_path, "migrate", "inspector", "zero")
    manage(tmp_path, "migrate", "--no-input")
    assert "1 run" in manage(tmp_path, "shell", "--no-imports", "-c", FILL)
