"""Completed sign-ins a second, beside moto and cognito-local in the same run: ``make bench``; results in results.md.

Every combination is run several times, in turns, so that whatever else the machine does meets all of them alike. Fails
when a single answer is wrong. ``--quick`` is for trying out: few users, no rivals, nothing written.
"""

import argparse
import base64
import json
import os
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import replace
from itertools import islice
from pathlib import Path

from benchmarks import load, report, servers
from benchmarks.servers import ROOT, Running
from benchmarks.standings import Cell, Contestant, Standing

CLIENTS = (1, 16)
ROUNDS, SECONDS = 3, 6.0
WARM_UP = 200  # sign-ins


CONTESTANTS = (
    Contestant("ours", servers.ours, 1_000),
    Contestant("ours", servers.ours, 100_000),
    Contestant("moto", servers.moto, 1_000),
    Contestant("cognito-local", servers.cognito_local, 1_000),
)
QUICK = (Contestant("ours", servers.ours, 200), Contestant("ours", servers.ours, 2_000))


class Wrong(Exception):
    """A server gave an answer that it must not give."""


def measure(contestants: tuple[Contestant, ...], rounds: int, seconds: float) -> tuple[list[Standing], str]:
    """Everything but the report: the standings, and what the profile of a sign-in says."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="authsite-bench-")))
        standings = []
        for number, contestant in enumerate(contestants):
            say(f"{contestant.name}: starting, with {contestant.users:,} users")
            own = folder / str(number)
            own.mkdir()
            running = stack.enter_context(contestant.server(own, contestant.users))
            require_refusal(running)
            standings.append(Standing(contestant, running, running.process.usage()))
        for number in range(rounds + 1):
            say(f"round {number} of {rounds}" if number else "warming up")
            for clients in CLIENTS:
                for standing in standings:
                    for flow in standing.running.flows:
                        one_round(standing, flow, clients, seconds, counts=number > 0)
        for standing in standings:
            standing.after = standing.running.process.usage()
        say("profile of a sign-in")
        return standings, profile(standings[0])


def one_round(standing: Standing, flow: str, clients: int, seconds: float, *, counts: bool) -> None:
    """One run, and its judgement."""
    target, process = standing.running.target, standing.running.process
    usernames = load.at_random(target.users, most=100_000 if counts else WARM_UP)
    before = process.usage()
    run = load.run(target, load.FLOWS[flow], usernames, clients=clients, seconds=seconds)
    spent = process.usage().cpu - before.cpu
    judge(run, standing)
    if counts:
        cell = standing.cells.setdefault((flow, clients), Cell())
        cell.rates.append(run.rate)
        cell.latencies += [1000 * each.seconds for each in run.completed]
        cell.cpu.append(1000 * spent / len(run.completed))


def judge(run: load.Run, standing: Standing) -> None:
    """Every answer holds tokens of the user who asked, and no token is given twice."""
    name = standing.contestant.name
    if run.errors or not run.completed:
        raise Wrong(f"{name}: {len(run.errors)} errors, the first: {run.errors[:1]}")
    tokens = set()
    for each in run.completed:
        token = json.loads(each.answer).get("AuthenticationResult", {}).get("AccessToken", "")
        if claim(token, "username") != each.username:
            raise Wrong(f"{name}: {each.username} got {each.answer[:200]!r}")
        tokens.add(token)
    if len(tokens) != len(run.completed):
        raise Wrong(f"{name}: one token was given to several sign-ins")


def claim(token: str, name: str) -> str | None:
    payload = token.partition(".")[2].partition(".")[0]
    return json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)) or b"{}").get(name)


def require_refusal(running: Running) -> None:
    """A wrong password signs nobody in; otherwise nothing that is counted here would mean anything."""
    run = load.run(
        replace(running.target, password="Wrong-password-1!"),
        load.user_password_auth,
        islice(load.at_random(running.target.users), 1),
        clients=1,
        seconds=5,
    )
    if run.completed or len(run.errors) != 1:
        raise Wrong(f"a wrong password was answered with {run.completed}")


def profile(standing: Standing) -> str:
    """What benchmarks.profile_sign_in prints, for the data of a server that has them still."""
    target = standing.running.target
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.profile_sign_in", str(target.users), target.password],
        cwd=ROOT,
        env=os.environ | standing.running.variables,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few users, no rivals, one short round, nothing written")
    quick = parser.parse_args().quick
    standings, profiled = measure(QUICK, 1, 2.0) if quick else measure(CONTESTANTS, ROUNDS, SECONDS)
    text = report.markdown(standings, json.loads(profiled))
    print(text)
    if not quick:
        report.write(text)


if __name__ == "__main__":
    try:
        main()
    except Wrong as wrong:
        sys.exit(f"A wrong answer: {wrong}")
