"""Shows how far long work on the gazetteer has come: bars in a terminal, lines elsewhere."""

# ruff: noqa: PLC0415
# Imports stand where they are needed, so that --help does not wait for rich.

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from maps.cli.console import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.progress import Progress, TaskID

    Show = Callable[[str, int, int], None]

_TENTHS = 10
_LARGE = 10_000_000
"""Bytes from which a step has lines on its way, and not at its beginning alone."""


def readable(size: int) -> str:
    """Return a number of bytes as a person reads it: "31.7 kB", "412.3 MB"."""
    for unit, name in ((1e9, "GB"), (1e6, "MB"), (1e3, "kB")):
        if size >= unit:
            return f"{size / unit:.1f} {name}"
    return f"{size} B"


@contextmanager
def steps_shown() -> Iterator[Show]:
    """Give what shows a step, and how many of how many bytes of it are done (0: not known), on standard error."""
    if not sys.stderr.isatty():
        yield _Lines()
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    step, of = (TextColumn(text, markup=False) for text in ("{task.description}", "{task.fields[of]}"))
    columns = (step, BarColumn(), of, TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield _Bars(progress)


class _Bars:
    """One bar at a time, for the step that is under way."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._task: TaskID | None = None
        self._step = ""

    def __call__(self, step: str, done: int, total: int) -> None:
        of = f"{readable(done)} of {readable(total)}" if total else ""
        if self._task is None or step != self._step:
            if self._task is not None:
                self._progress.remove_task(self._task)
            self._step = step
            self._task = self._progress.add_task(step, total=total or None, completed=done, of=of)
        else:
            self._progress.update(self._task, total=total or None, completed=done, of=of)


class _Lines:
    """A line for each step, and for a large one a line for each tenth of it."""

    def __init__(self) -> None:
        self._step = ""
        self._tenth = 0

    def __call__(self, step: str, done: int, total: int) -> None:
        tenth = _TENTHS * done // total if total else 0
        if step != self._step:
            self._step, self._tenth = step, tenth
            say(step + (f" ({readable(total)})" if total else ""))
        elif tenth > self._tenth and total >= _LARGE:
            self._tenth = tenth
            say(f"{step}: {tenth * 100 // _TENTHS} % of {readable(total)}")
