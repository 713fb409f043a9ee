"""A progress bar on the error stream, for people who would otherwise wait longer than two seconds."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import rich.progress

_PATIENCE = 2.0


class Progress:
    """A bar that appears when the work takes long, and only on a terminal."""

    def __init__(self, total: int) -> None:
        self.total, self.done = total, 0
        self.wanted = total > 1 and sys.stderr.isatty()
        self.start = time.monotonic()
        self.bar: rich.progress.Progress | None = None

    def __enter__(self) -> Progress:
        return self

    def advance(self) -> None:
        """One more document is done."""
        self.done += 1
        if self.bar is None and self.wanted and time.monotonic() - self.start > _PATIENCE:
            import rich.console
            import rich.progress

            self.bar = rich.progress.Progress(console=rich.console.Console(stderr=True), transient=True)
            self.bar.start()
            self.bar.add_task("Reading postmortems", total=self.total)
        if self.bar is not None:
            self.bar.update(self.bar.task_ids[0], completed=self.done)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self.bar is not None:
            self.bar.stop()
