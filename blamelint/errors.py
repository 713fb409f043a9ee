"""Everything that can go wrong and is the user's to know: one clear line, an exit code, no traceback."""

from __future__ import annotations

from pathlib import Path


class BlamelintError(Exception):
    """Base of all errors that blamelint reports in one line and ends with `exit_code`."""

    exit_code = 2

    def __init__(
        self,
        message: str,
        *,
        path: Path | str | None = None,
        line: int | None = None,
        column: int | None = None,
        hint: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message, self.path, self.line, self.column, self.hint = message, path, line, column, hint

    def __str__(self) -> str:
        """`path:line:column: message (hint)`, leaving out what is not known. Lines and columns are 1-based."""
        place = "" if self.path is None else f"{self.path}"
        if place and self.line is not None:
            place += f":{self.line}" + (f":{self.column}" if self.column is not None else "")
        text = f"{place}: {self.message}" if place else self.message
        return f"{text} ({self.hint})" if self.hint else text


class ConfigError(BlamelintError):
    """The configuration can't be read or means nothing."""


class RuleError(BlamelintError):
    """A rule file or a rule pack is broken."""


class InputError(BlamelintError):
    """A document can't be read: missing, binary, in an unknown encoding, too large."""


class ModelError(BlamelintError):
    """The language model is missing, damaged or unsuitable."""
