"""A pytest plugin: a skipped test is never silent, and in CI (``CI=true``) it fails the run.

Only tests marked ``aws``, which need a real user pool, may be skipped there.
"""

import os

import pytest

ACCEPTED = "aws"


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    terminal = session.config.pluginmanager.get_plugin("terminalreporter")
    if terminal and session.exitstatus == pytest.ExitCode.OK and _run_fails(terminal):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if skipped := _skipped(terminalreporter):
        terminalreporter.section("tests that did not run")
        for test, reason, _ in skipped:
            terminalreporter.write_line(f"{test}: {reason}")
        if _run_fails(terminalreporter):
            terminalreporter.write_line(
                f"CI=true: a skipped test that is not marked {ACCEPTED} fails the run.", red=True
            )


def _skipped(terminal: pytest.TerminalReporter) -> list[tuple[str, str, bool]]:
    """(test, reason, whether CI accepts it) for every skipped test, or module."""
    found = []
    for report in terminal.stats.get("skipped", []):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        accepted = ACCEPTED in getattr(report, "keywords", ())  # a module that is skipped whole has none
        found.append((report.nodeid, reason.removeprefix("Skipped: "), accepted))
    return found


def _run_fails(terminal: pytest.TerminalReporter) -> bool:
    return os.environ.get("CI") == "true" and any(not accepted for _, _, accepted in _skipped(terminal))
