"""Who is measured, and what came of it."""

import statistics
from dataclasses import dataclass, field

from benchmarks.processes import Usage
from benchmarks.servers import Running, Server


@dataclass(frozen=True, slots=True)
class Contestant:
    """A server with so many users."""

    name: str
    server: Server
    users: int


@dataclass(slots=True)
class Cell:
    """All rounds of one contestant, flow and number of clients."""

    rates: list[float] = field(default_factory=list)  # completed sign-ins a second
    latencies: list[float] = field(default_factory=list)  # milliseconds
    cpu: list[float] = field(default_factory=list)  # the server's processor time a sign-in, in milliseconds

    @property
    def rate(self) -> float:
        return statistics.median(self.rates)

    @property
    def cpu_each(self) -> float:
        return statistics.median(self.cpu)

    def percentile(self, share: float) -> float:
        return sorted(self.latencies)[int(len(self.latencies) * share)]


@dataclass(slots=True)
class Standing:
    """What came of a contestant."""

    contestant: Contestant
    running: Running
    idle: Usage
    cells: dict[tuple[str, int], Cell] = field(default_factory=dict)  # by flow and clients
    after: Usage | None = None
