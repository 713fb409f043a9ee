"""Byte offsets to code points: one table for a whole source, built in one pass."""

from __future__ import annotations

import re
from bisect import bisect_right

_RUNS = re.compile("[\x80-\u07ff]+|[\u0800-\uffff]+|[\U00010000-\U0010ffff]+")


class ByteMap:
    """The runs of characters of equal width; everything between them is one byte wide."""

    __slots__ = ("_bytes", "_chars", "_ends", "_widths")

    def __init__(self, source: str) -> None:
        self._bytes, self._chars, self._ends, self._widths = [0], [0], [0], [1]
        if source.isascii():
            return
        extra = 0
        for match in _RUNS.finditer(source):
            start, end = match.span()
            first = source[start]
            width = 2 if first < "\u0800" else 3 if first < "\U00010000" else 4
            self._bytes.append(start + extra)
            self._chars.append(start)
            self._widths.append(width)
            extra += (end - start) * (width - 1)
            self._ends.append(end + extra)

    def char(self, byte: int) -> int:
        """The code point at that byte; inside of a character it is that character."""
        run = bisect_right(self._bytes, byte) - 1
        end = self._ends[run]
        if byte < end:
            return self._chars[run] + (byte - self._bytes[run]) // self._widths[run]
        chars = (end - self._bytes[run]) // self._widths[run]
        return self._chars[run] + chars + byte - end
