"""Writing to the terminal, to pipes and to files."""

from __future__ import annotations

import os
import shutil
import sys
import traceback
from pathlib import Path

import click

from blamelint.errors import BlamelintError
from blamelint.report.style import Style, one_line

#: The width of text that goes to a file or a pipe.
_WIDTH = 100


TRACEBACK = "--traceback"


class PipeClosedError(Exception):
    """Who read the output has gone. Not an OSError, which click would end with its own exit code."""


def complain(message: str) -> None:
    """One line on the error stream."""
    try:
        click.echo(f"blamelint: {one_line(message)}", err=True)
    except BrokenPipeError as problem:
        raise PipeClosedError from problem


def bug(problem: Exception, tell_all: bool) -> str:
    """One line about an error that nobody foresaw; with `tell_all` its traceback goes before."""
    if tell_all:
        traceback.print_exception(problem)
    reason = one_line(str(problem))[:300]
    what = f"{type(problem).__name__}: {reason}" if reason else type(problem).__name__
    return f"{what}; this is a bug in blamelint; run with {TRACEBACK} to see where"


def write(text: str, file: Path | None = None) -> None:
    """The text to a file, or to the standard output; in UTF-8 where the stream lets us choose."""
    if file is not None:
        try:
            file.write_text(text, "utf-8", errors="backslashreplace", newline="")
        except OSError as problem:
            raise BlamelintError(f"can't be written: {problem.strerror or problem}", path=file) from problem
        return
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError as problem:
        raise PipeClosedError from problem


def write_machine(text: str, file: Path | None = None) -> None:
    """Output for programs: UTF-8 whatever the locale."""
    binary = getattr(sys.stdout, "buffer", None)
    if file is not None or binary is None:
        write(text, file)
        return
    try:
        sys.stdout.flush()
        binary.write(text.encode("utf-8", "backslashreplace"))
        binary.flush()
    except BrokenPipeError as problem:
        raise PipeClosedError from problem


def style_for(color: str, file: Path | None = None) -> Style:
    """The look of the output: `color` is auto, always or never."""
    terminal = file is None and sys.stdout.isatty()
    width = shutil.get_terminal_size((_WIDTH, 24)).columns if terminal else _WIDTH
    return Style(width=max(width, 40), color=_colored(color, terminal))


def _colored(color: str, terminal: bool) -> bool:
    if color != "auto":
        return color == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    return terminal and os.environ.get("TERM") != "dumb"
