"""Prose under construction: what is read off the markup, and where each character of it stands in the source."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from blamelint.block import Mark, Piece
from blamelint.span import Span

LINE_END = re.compile(r"\r\n|\n|\r")


def lines_of(source: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """The (start, end) ranges of the lines between two offsets, without their line ends."""
    stop = len(source) if end is None else end
    lines: list[tuple[int, int]] = []
    at = start
    for match in LINE_END.finditer(source, start, stop):
        lines.append((at, match.start()))
        at = match.end()
    lines.append((at, stop))
    return lines


class Fragment:
    """Lines cut out of the source, joined by newlines: what an inline reader sees, without quote markers or indents."""

    __slots__ = ("_sources", "_starts", "text")

    def __init__(self, source: str, lines: Iterable[tuple[int, int]]) -> None:
        parts: list[str] = []
        self._starts: list[int] = []
        self._sources: list[int] = []
        at = 0
        for start, end in lines:
            self._starts.append(at)
            self._sources.append(start)
            parts.append(source[start:end])
            at += end - start + 1
        self.text = "\n".join(parts)

    def at(self, offset: int) -> int:
        """The source offset of an offset in the text; that of a newline is the end of its line."""
        line = bisect_right(self._starts, offset) - 1 if len(self._starts) > 1 else 0
        return self._sources[line] + offset - self._starts[line]


@dataclass(frozen=True, slots=True)
class Text:
    """Finished prose: the text and piece, mark and line tables of a block."""

    text: str
    pieces: tuple[Piece, ...]
    marks: tuple[Mark, ...] = ()
    line_starts: tuple[int, ...] = ()

    def cut(self, start: int, end: int) -> Text:
        """The part between two offsets, its blanks trimmed."""
        inner = self.text[start:end]
        start += len(inner) - len(inner.lstrip())
        end = start + len(inner.strip())
        if (start, end) == (0, len(self.text)):
            return self
        pieces: list[Piece] = []
        for piece in self.pieces:
            low, high = max(piece.text, start), min(piece.text + piece.length, end)
            if low >= high:
                continue
            if piece.length == piece.source_length:
                pieces.append(Piece(low - start, high - low, piece.source + low - piece.text, high - low))
            else:
                pieces.append(Piece(low - start, high - low, piece.source, piece.source_length))
        marks: list[Mark] = []
        for mark in self.marks:
            low, high = max(mark.span.start, start), min(mark.span.end, end)
            if low < high:
                marks.append(Mark(mark.kind, Span(low - start, high - start), mark.target))
        lines = tuple(line - start for line in self.line_starts if start < line < end)
        return Text(self.text[start:end], tuple(pieces), tuple(marks), lines)

    def lines(self) -> list[tuple[int, int]]:
        """The ranges of the lines as the author wrote them, soft-wrapped or hard."""
        hard = [index + 1 for index, char in enumerate(self.text) if char == "\n"] if "\n" in self.text else []
        starts = [0, *sorted({*self.line_starts, *hard})]
        return list(zip(starts, [*starts[1:], len(self.text)], strict=True))


class Prose:
    """Builds a Text from left to right."""

    __slots__ = ("_growing", "_line_starts", "_marks", "_parts", "_pieces", "length")

    def __init__(self) -> None:
        self.length = 0
        self._growing = False
        self._parts: list[str] = []
        self._pieces: list[tuple[int, int, int, int]] = []
        self._marks: list[Mark] = []
        self._line_starts: list[int] = []

    def copy(self, text: str, source: int) -> None:
        """Characters that stand in the source as they are."""
        size = len(text)
        if not size:
            return
        if self._growing and sum(self._pieces[-1][2:]) == source:
            at, length, start, _ = self._pieces[-1]
            self._pieces[-1] = (at, length + size, start, length + size)
        else:
            self._pieces.append((self.length, size, source, size))
        self._growing = True
        self._parts.append(text)
        self.length += size

    def put(self, text: str, start: int, end: int) -> None:
        """Characters that stand for a whole range of the source: an entity, a line break."""
        # Of equal length by chance, it would read as one to one: two pieces of unequal lengths say what it is.
        if len(text) == end - start > 1:
            self.put(text[:-1], start, start + 1)
            text, start = text[-1:], start + 1
        if text:
            self._pieces.append((self.length, len(text), start, end - start))
            self._growing = False
            self._parts.append(text)
            self.length += len(text)

    def soft(self, start: int, end: int) -> None:
        """A line break that reads as a blank."""
        self.put(" ", start, end)
        self._line_starts.append(self.length)

    def mark(self, kind: str, start: int, target: str = "", end: int | None = None) -> None:
        """What was added since the text was `start` long is of that kind."""
        stop = self.length if end is None else end
        if start < stop:
            self._marks.append(Mark(kind, Span(start, stop), target))

    def ends_blank(self) -> bool:
        """Whether there is nothing yet, or a blank at the end."""
        return not self._parts or self._parts[-1][-1].isspace()

    def finish(self) -> Text | None:
        """The trimmed text, or None where nothing is left."""
        text = "".join(self._parts)
        if not text.strip():
            return None
        marks = tuple(sorted(self._marks, key=lambda mark: mark.span))
        whole = Text(text, tuple(Piece(*piece) for piece in self._pieces), marks, tuple(self._line_starts))
        return whole.cut(0, len(text))
