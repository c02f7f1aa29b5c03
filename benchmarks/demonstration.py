"""What the demonstration costs: ``make bench-demo``; results in demonstration.md.

Side by side in one run: the site as it was before there was a demonstration, the site with it off, with it on, and with
it on in a browser that inspects. Sign-ins through the portal's pages and, without the portal, by the pool's API. They
take turns, so that whatever else the machine does meets all alike; what counts is the ratio to the first in the same
round. ``--quick`` is for trying out: one short round, nothing written.
"""

import argparse
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import requests

from benchmarks import load
from benchmarks.load import Target
from benchmarks.processes import Process, free_port
from benchmarks.servers import PASSWORD, ROOT

BEFORE = "d68ccf8"  # the last commit without a demonstration
RESULTS = Path(__file__).with_name("demonstration.md")
USERS, ROUNDS = 50, 15
PORTAL, POOL = 16, 60  # sign-ins of a round, each flow
FLOWS = ("USER_PASSWORD_AUTH", "USER_SRP_AUTH")
_CSRF = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A state of the site that is served."""

    root: Path
    process: Process
    target: Target
    variables: dict[str, str]

    @property
    def url(self) -> str:
        return f"http://localhost:{self.target.port}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A row of the table."""

    name: str
    site: Site
    inspects: bool = False


@dataclass(slots=True)
class Cell:
    """All rounds of one case and one kind of sign-in, in milliseconds a sign-in."""

    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)


Cells = dict[tuple[str, str], Cell]  # by the kind of sign-in and the case's name


@contextmanager
def worktree(folder: Path) -> Iterator[Path]:
    """The project as it was before."""
    git = ["git", "-C", str(ROOT), "worktree"]
    subprocess.run([*git, "add", "--quiet", "--detach", str(folder), BEFORE], check=True)
    try:
        yield folder
    finally:
        subprocess.run([*git, "remove", "--force", str(folder)], check=True)


@contextmanager
def serving(root: Path, data: Path, **more: str) -> Iterator[Site]:
    """The site of ``root``, with so many users."""
    data.mkdir()
    port = free_port()
    variables = {"DEMO": "1", "DATA_DIR": str(data), "PORT": str(port), "WEB_CONCURRENCY": "1", **more}
    command = [sys.executable, "manage.py", "serve"]
    with Process(command, port=port, folder=root, variables=variables, log=data / "log") as process:
        config = requests.get(f"http://localhost:{port}/demo/config.json", timeout=30).json()
        seed = [sys.executable, "manage.py", "seed_users", "--count", str(USERS), "--password", PASSWORD]
        subprocess.run(seed, cwd=root, env=os.environ | variables, stdout=subprocess.DEVNULL, check=True)
        target = Target(
            port=port,
            path="/cognito-idp/",
            pool_id=config["userPoolId"],
            client_id=config["clients"][0]["clientId"],
            password=PASSWORD,
            users=USERS,
        )
        yield Site(root=root, process=process, target=target, variables=variables)


# -- Signing in ----------------------------------------------------------------------------------------------------
def through_pages(case: Case, flow: str, count: int) -> None:
    """From the sign-in page to the account page, each time with no cookie but the inspector's."""
    browser = requests.Session()
    if case.inspects:
        token = _token(browser.get(f"{case.site.url}/sign-in/", timeout=30))
        browser.post(f"{case.site.url}/flows/inspector/", {"on": "1", "csrfmiddlewaretoken": token}, timeout=30)
    kept = {name: value for name, value in browser.cookies.items() if name == "inspector"}
    if bool(kept) != case.inspects:
        raise SystemExit(f"{case.name}: the cookie of the inspector is wrong")
    for username in load.at_random(USERS, most=count):
        browser.cookies.clear()
        browser.cookies.update(kept)
        page = browser.get(f"{case.site.url}/sign-in/?flow={flow}&new=1", timeout=30)
        form = {"flow": flow, "next": "", "username": username, "password": PASSWORD, "srp": "server"}
        answer = browser.post(f"{case.site.url}/sign-in/", form | {"csrfmiddlewaretoken": _token(page)}, timeout=30)
        if answer.url != f"{case.site.url}/account/" or (b'class="inspector"' in answer.content) != case.inspects:
            raise SystemExit(f"{case.name}: {flow} ends at {answer.url}")


def by_api(case: Case, flow: str, count: int) -> None:
    run = load.run(case.site.target, load.FLOWS[flow], load.at_random(USERS, most=count), clients=1, seconds=60)
    if run.errors or len(run.completed) != count:
        raise SystemExit(f"{case.name}: {run.errors[:1]}")


def _token(page: requests.Response) -> str:
    found = _CSRF.search(page.text)
    return found[1] if found else ""


KINDS: dict[str, tuple[Callable[[Case, str, int], None], int]] = {
    "through the pages": (through_pages, PORTAL),
    "by the API": (by_api, POOL),
}


# -- Measuring -----------------------------------------------------------------------------------------------------
def measure(cases: list[Case], rounds: int) -> Cells:
    """The first round warms up and does not count."""
    cells: Cells = {}
    for number in range(rounds + 1):
        print(f"round {number} of {rounds}" if number else "warming up", file=sys.stderr, flush=True)
        for kind, (sign_in, count) in KINDS.items():
            for flow in FLOWS:
                for case in random.sample(cases, len(cases)):
                    if case.inspects and sign_in is by_api:  # it is a browser that inspects
                        continue
                    cell = cells.setdefault((f"{flow} {kind}", case.name), Cell())
                    before, began = case.site.process.usage().cpu, time.perf_counter()
                    sign_in(case, flow, count if number else 3)
                    wall, cpu = time.perf_counter() - began, case.site.process.usage().cpu - before
                    if number:
                        cell.cpu.append(1000 * cpu / count)
                        cell.wall.append(1000 * wall / count)
    return cells


def queries(case: Case) -> dict[str, int]:
    """SQL statements of one sign-in through the pages, by flow."""
    done = subprocess.run(
        [sys.executable, "-P", str(ROOT / "benchmarks" / "queries.py"), *(["--inspect"] if case.inspects else [])],
        cwd=case.site.root,
        env=os.environ | case.site.variables | {"PYTHONPATH": str(case.site.root)},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return {flow: len(asked) for flow, asked in json.loads(done.stdout).items()}


# -- Telling -------------------------------------------------------------------------------------------------------
def markdown(cases: list[Case], cells: Cells, asked: dict[str, dict[str, int]], rounds: int) -> str:
    first, today = cases[0].name, time.strftime("%-d %B %Y")
    lines = [
        "# What the demonstration costs",
        "",
        f"`make bench-demo`, {today}: {os.cpu_count()} cores, SQLite, one worker process,",
        f"{rounds} rounds in turns, each of {PORTAL} sign-ins through the pages and {POOL} by the API for each flow.",
        f"Ratios to the commit before ({BEFORE}) in the same round: the median, in brackets the middle half of them.",
        "*Once more* is that commit measured twice: how far from 1.00 chance alone leads. Processor time is the",
        "server's alone; wall time is what one client waits, and is at the mercy of whatever else the machine does.",
        "",
        "| Sign-in | Site | Processor time | Wall time | SQL statements |",
        "|---|---|---|---|---|",
    ]
    for kind in dict.fromkeys(kind for kind, _ in cells):
        for case in (case for case in cases[1:] if (kind, case.name) in cells):
            ours, theirs = cells[kind, case.name], cells[kind, first]
            cpu, wall = _ratio(ours.cpu, theirs.cpu), _ratio(ours.wall, theirs.wall)
            statements = str(asked[case.name][kind.split()[0]]) if "pages" in kind else ""
            lines.append(f"| {kind} | {case.name} | {cpu} | {wall} | {statements} |")
    return "\n".join(lines) + "\n"


def _ratio(ours: list[float], theirs: list[float]) -> str:
    each = sorted(one / other for one, other in zip(ours, theirs, strict=True))
    quarter = len(each) // 4
    return f"{statistics.median(each):.2f} ({each[quarter]:.2f}-{each[-1 - quarter]:.2f})"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one round, nothing written")
    quick = parser.parse_args().quick
    rounds = 1 if quick else ROUNDS
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="authsite-bench-")))
        older = stack.enter_context(worktree(folder / "before"))
        before = stack.enter_context(serving(older, folder / "data-before"))
        off = stack.enter_context(serving(ROOT, folder / "data-off", DEMONSTRATION="0"))
        on = stack.enter_context(serving(ROOT, folder / "data-on", DEMONSTRATION="1"))
        cases = [
            Case(name="before", site=before),
            Case(name="before, once more", site=before),
            Case(name="off", site=off),
            Case(name="on", site=on),
            Case(name="inspecting", site=on, inspects=True),
        ]
        cells = measure(cases, rounds)
        text = markdown(cases, cells, {case.name: queries(case) for case in cases}, rounds)
    print(text)
    if not quick:
        RESULTS.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
