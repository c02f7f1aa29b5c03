"""Lambda functions that behave well, badly and not at all. Named in settings.LAMBDA_HANDLERS by dotted path."""

import itertools
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

_calls = itertools.count(1)
_may_fork = itertools.chain([True], itertools.repeat(False))


def echo(event: Any, context: Any) -> Any:
    return event


def about(event: Any, context: Any) -> Any:
    """What a function can see of its surroundings."""
    return {
        "pid": os.getpid(),
        "calls": next(_calls),
        "variables": dict(os.environ),
        "name": context.function_name,
        "left": context.get_remaining_time_in_millis(),
    }


def raises(event: Any, context: Any) -> Any:
    raise ValueError("no luck today")


def raises_its_number(event: Any, context: Any) -> Any:
    raise ValueError(os.getpid())


def hangs(event: Any, context: Any) -> Any:
    subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    time.sleep(600)


def crashes(event: Any, context: Any) -> Any:
    os.abort()


def leaves(event: Any, context: Any) -> Any:
    sys.exit(3)


def prints(event: Any, context: Any) -> Any:
    print('{"result": "a lie"}', flush=True)  # noqa: T201 - the point of it
    return "the truth"


def returns_junk(event: Any, context: Any) -> Any:
    return {"set": {1, 2}}


def returns_a_lot(event: Any, context: Any) -> Any:
    return "x" * (7 * 1024 * 1024)


def meets(event: Any, context: Any) -> Any:
    """Stays until so many as ``all`` says have come to ``place``, a folder."""
    place = Path(event["place"])
    (place / str(os.getpid())).touch()
    while len(list(place.iterdir())) < event["all"]:
        time.sleep(0.02)
    return os.getpid()


def raises_strange_words(event: Any, context: Any) -> Any:
    raise ValueError("\ud83d\0 and so on" + "!" * 10_000)


def returns_half_an_emoji(event: Any, context: Any) -> Any:
    return {"response": {"userAttributes": {"name": "\ud83d"}}}


def returns_nul(event: Any, context: Any) -> Any:
    return {"response": {"userAttributes": {"name": "\0"}}}


def returns_nan(event: Any, context: Any) -> Any:
    return {"response": float("nan")}


def returns_duplicates(event: Any, context: Any) -> Any:
    return {1: "one", "1": "another"}


def returns_depths(event: Any, context: Any) -> Any:
    depths: list[Any] = []
    for _ in range(100):
        depths = [depths]
    return depths


def forks(event: Any, context: Any) -> Any:
    """Once: from then on two processes are one environment."""
    if next(_may_fork):
        os.fork()
    return event
