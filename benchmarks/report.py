"""What ``make bench`` writes into results.md: tables, with ratios, because the rates are those of one machine."""

import os
import platform
import re
import sqlite3
import subprocess
from collections.abc import Iterable
from datetime import UTC, datetime
from importlib.metadata import version

from benchmarks.servers import MOTO, ROOT
from benchmarks.standings import Cell, Standing

RESULTS = ROOT / "benchmarks" / "results.md"
POSTGRESQL = bool(os.environ.get("DATABASE_URL"))
TITLE = "## Sign-ins a second" + (", on PostgreSQL" if POSTGRESQL else "")
GOALS = {"USER_PASSWORD_AUTH": 400, "USER_SRP_AUTH": 200}  # a second, 16 clients, two cores, two workers
CROWD = 16
MEGABYTE = 1024 * 1024


def write(text: str) -> None:
    """Put ``text`` in the place of the section of its title; other sections stay as they are."""
    old = RESULTS.read_text(encoding="utf-8")
    section = re.compile(rf"^{re.escape(TITLE)}\n.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
    kept = section.sub("", old).rstrip("\n")
    RESULTS.write_text(f"{kept}\n\n{text.rstrip()}\n", encoding="utf-8")


def markdown(standings: list[Standing], profile: dict[str, dict[str, float]]) -> str:
    """The whole section. The first two of ``standings`` are ours, with few and with many users."""
    return "\n\n".join(
        [TITLE, _circumstances(), _speed(standings), _goals(standings), _footprint(standings), _profile(profile)]
    )


def _circumstances() -> str:
    database = "PostgreSQL" if POSTGRESQL else f"SQLite {sqlite3.sqlite_version}"
    ours = f"Django {version('django')}, gunicorn {version('gunicorn')} with two workers, {database}"
    started = f"`make bench{'-postgres' if POSTGRESQL else ''}`, {datetime.now(UTC):%-d %B %Y}"
    machine = f"{os.cpu_count()} cores that server and load share, load average {os.getloadavg()[2]:.1f} at the end"
    node = _output("node", "--version").removeprefix("v")
    return (
        f"{started}, {machine}, Python {platform.python_version()}. Ours: {ours}. moto {_moto()}, which closes the "
        f"connection after every answer; cognito-local 5.3.0 on Node.js {node}. Users are picked at random. Completed "
        "sign-ins a second (median of the rounds), then the milliseconds of the median and of the slowest hundredth. "
        "Every answer was checked; none was wrong."
    )


def _speed(standings: list[Standing]) -> str:
    few, many, *rivals = standings
    head = ["Flow, clients", *(_name(each) for each in standings[:2]), "growth"]
    for rival in rivals:
        head += [_name(rival), "ours : theirs"]
    rows = []
    for (flow, clients), cell in few.cells.items():
        row = [f"{flow}, {clients}", _cell(cell), _cell(many.cells[flow, clients])]
        row.append(f"{many.cells[flow, clients].rate / cell.rate:.2f}")
        for rival in rivals:
            theirs = rival.cells.get((flow, clients))
            row += [_cell(theirs), f"**{cell.rate / theirs.rate:.1f}**"] if theirs else ["cannot", ""]
        rows.append(row)
    return _table(head, rows)


def _goals(standings: list[Standing]) -> str:
    rows = []
    for flow, goal in GOALS.items():
        cells = [standing.cells[flow, CROWD] for standing in standings[:2]]
        rows.append([f"{flow}, {CROWD} clients", str(goal), *(f"{c.rate:.0f} ({c.rate / goal:.2f})" for c in cells)])
        cpu = [f"{cell.cpu_each:.1f} ms" for cell in cells]
        rows.append([f"{flow}, the server's processor time", "", *cpu])
    return _table(["", "Goal", *(_name(each) for each in standings[:2])], rows)


def _footprint(standings: list[Standing]) -> str:
    def seconds(what: str) -> list[str]:
        return [f"{each.running.seconds[what]:.1f} s" for each in standings]

    made = [f"{each.contestant.users / each.running.seconds['users']:,.0f}" for each in standings]
    rows = [
        ["First start to first answer", *seconds("first start")],
        ["Later start to first answer", *seconds("start")],
        ["Users made a second", *made],
        ["Memory, idle", *(f"{each.idle.memory // MEGABYTE} MB" for each in standings)],
        ["Memory, afterwards", *(f"{each.after.memory // MEGABYTE} MB" if each.after else "" for each in standings)],
    ]
    note = (
        "Memory is the resident set of all processes together"
        f"{', PostgreSQL left out' if POSTGRESQL else ''}. cognito-local's users are written into its file."
    )
    return f"{_table(['', *(_name(each) for each in standings)], rows)}\n\n{note}"


def _profile(profile: dict[str, dict[str, float]]) -> str:
    totals = {flow: sum(groups.values()) for flow, groups in profile.items()}
    rows = [
        [group, *(f"{profile[flow][group]:.2f} ms, {profile[flow][group] / totals[flow]:.0%}" for flow in profile)]
        for group in next(iter(profile.values()))
    ]
    rows.append(["**together**", *(f"**{total:.2f} ms**" for total in totals.values())])
    note = (
        "Where one sign-in's processor time goes, without the web server and its sockets (cProfile of the WSGI "
        "application in one process, `benchmarks/profile_sign_in.py`):"
    )
    return f"{note}\n\n{_table(['', *profile], rows)}"


def _name(standing: Standing) -> str:
    return f"{standing.contestant.name}, {standing.contestant.users:,} users"


def _cell(cell: Cell) -> str:
    return f"{cell.rate:.0f} · {cell.percentile(0.5):.1f} · {cell.percentile(0.99):.1f}"


def _table(head: list[str], rows: Iterable[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _moto() -> str:
    found = _output(
        str(MOTO.with_name("python")), "-c", "from importlib.metadata import version; print(version('moto'))"
    )
    return found or "(not installed)"


def _output(*command: str) -> str:
    try:
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
    except OSError:
        return ""
