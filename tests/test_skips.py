"""No test is skipped silently."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests import environment

SKIPPED = "import pytest\ndef test_it():\n    pytest.skip('no such thing here')\n"
SKIPPED_MODULE = "import pytest\npytest.skip('no such thing here', allow_module_level=True)\n"
MARKED_AWS = f"import pytest\npytestmark = pytest.mark.aws\n{SKIPPED}"


def run(folder: Path, test: str, **variables: str) -> subprocess.CompletedProcess[str]:
    (folder / "test_it.py").write_text(test)
    (folder / "test_that_runs.py").write_text("def test_it():\n    pass\n")
    without_ci = {name: value for name, value in environment.bare().items() if name != "CI"}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "tests.skips", "-p", "no:cacheprovider", "-c", "/dev/null", str(folder)],
        cwd=environment.ROOT,
        env=without_ci | variables,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize("test", [SKIPPED, SKIPPED_MODULE, MARKED_AWS], ids=["test", "module", "marked aws"])
def test_every_skipped_test_is_named_with_its_reason(tmp_path: Path, test: str) -> None:
    done = run(tmp_path, test)
    assert "tests that did not run" in done.stdout
    assert "test_it.py" in done.stdout
    assert "no such thing here" in done.stdout


@pytest.mark.parametrize(
    ("test", "passes"),
    [(SKIPPED, False), (SKIPPED_MODULE, False), (MARKED_AWS, True)],
    ids=["test", "module", "marked aws"],
)
def test_ci_accepts_only_tests_that_need_a_real_pool(tmp_path: Path, test: str, passes: bool) -> None:
    assert (run(tmp_path, test, CI="true").returncode == 0) is passes
