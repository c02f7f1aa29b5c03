"""How far a long command has come: one line that is rewritten on a terminal, now and then a line elsewhere."""

import time
from types import TracebackType
from typing import Self

from django.core.management.base import OutputWrapper

_ON_A_TERMINAL, _ELSEWHERE = 0.2, 10.0  # seconds between two reports


class Progress:
    """``with Progress(self.stderr, total=...) as progress: progress.add(n)``. The last state is always shown."""

    def __init__(self, out: OutputWrapper, *, total: int) -> None:
        self._out, self._total, self._done = out, total, 0
        self._began = self._shown = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._show(last=True)

    def add(self, number: int) -> None:
        """``number`` more are done."""
        self._done += number
        if time.monotonic() - self._shown >= (_ON_A_TERMINAL if self._out.isatty() else _ELSEWHERE):
            self._show()

    def _show(self, *, last: bool = False) -> None:
        self._shown = time.monotonic()
        elapsed = max(self._shown - self._began, 0.001)
        rate = self._done / elapsed
        spent = f"in {_clock(elapsed)}" if last else f"{_clock((self._total - self._done) / max(rate, 0.001))} left"
        line = f"{self._done:,} of {self._total:,} ({self._done / self._total:.0%}), {rate:,.0f} a second, {spent}"
        rewritten = self._out.isatty()
        # On a terminal "\r" goes back to the start of the line and the blanks cover what stood there.
        self._out.write(
            f"\r{line:<70}" if rewritten else line, style_func=str, ending="" if rewritten and not last else "\n"
        )
        self._out.flush()


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02}"
