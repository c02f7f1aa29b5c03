"""The rooms of ``flows.pool``: each is in the table that a newcomer reads first, and they know each other one way."""

import ast
import re
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

POOL = Path(__file__).resolve().parents[2] / "flows" / "pool"
ROOMS = {path.parent.name for path in POOL.glob("*/__init__.py")}
MOST_AT_THE_TOP = 25  # modules; a list that is longer is read by nobody

# A token is bound to a device, and a device that is forgotten ends its tokens.
BOTH_WAYS = {("device_tracking", "issuing")}


def rooms_known_to(room: str) -> Iterator[str]:
    """The other rooms that a module in this one imports from."""
    for path in (POOL / room).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module and f"{node.module}.".startswith("flows.pool."):
                inner = node.module.split(".")[2:3] or [alias.name for alias in node.names]
                yield from ROOMS.intersection(inner) - {room}


def docstring(path: Path) -> str:
    return ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""


def test_every_room_is_in_the_table() -> None:
    table = re.findall(r"^``(\w+)``  +\S", docstring(POOL / "__init__.py"), re.MULTILINE)
    assert table == sorted(ROOMS)


def test_the_top_stays_short() -> None:
    assert len([path for path in POOL.glob("*.py") if path.name != "__init__.py"]) <= MOST_AT_THE_TOP


def test_rooms_know_each_other_in_one_direction() -> None:
    known = {room: {each for each in rooms_known_to(room) if (room, each) not in BOTH_WAYS} for room in ROOMS}
    assert known["operations"] >= {"accounts", "directory", "issuing"}  # the reader of the imports works
    list(TopologicalSorter(known).static_order())  # raises CycleError with the rooms in it
