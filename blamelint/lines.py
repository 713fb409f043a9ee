"""Offsets to rows and columns and back. Lines end at \\n, \\r\\n and \\r only, as in LSP and in editors."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Literal

Encoding = Literal["utf-8", "utf-16", "utf-32"]

_LINE_END = re.compile(r"\r\n|\n|\r")


def _width(char: str, encoding: Encoding) -> int:
    if encoding == "utf-32":
        return 1
    return len(char.encode("utf-8")) if encoding == "utf-8" else 1 + (char > "\uffff")


class LineIndex:
    """The line structure of a source text; positions are 0-based (row, column) here, 1-based only in reports."""

    __slots__ = ("_starts", "source")

    def __init__(self, source: str) -> None:
        self.source = source
        self._starts = [0, *(m.end() for m in _LINE_END.finditer(source))]

    def __len__(self) -> int:
        return len(self._starts)

    def line(self, row: int) -> str:
        """The text of a 0-based row without its line end."""
        end = self._starts[row + 1] if row + 1 < len(self._starts) else len(self.source)
        return self.source[self._starts[row] : end].rstrip("\r\n")

    def start(self, row: int) -> int:
        """The offset at which a 0-based row begins."""
        return self._starts[row]

    def position(self, offset: int, encoding: Encoding = "utf-32") -> tuple[int, int]:
        """The 0-based (row, column) of a code-point offset; the column counts units of `encoding`."""
        row = bisect_right(self._starts, offset) - 1
        start = self._starts[row]
        if encoding == "utf-32":
            return row, offset - start
        return row, sum(_width(char, encoding) for char in self.source[start:offset])

    def offset(self, row: int, column: int, encoding: Encoding = "utf-32") -> int:
        """The code-point offset of a 0-based position; beyond the line's end it is the line's end."""
        if row >= len(self._starts):
            return len(self.source)
        start, line = self._starts[row], self.line(row)
        units = 0
        for index, char in enumerate(line):
            if units >= column:
                return start + index
            units += _width(char, encoding)
        return start + len(line)
