"""The source lines around a range, cropped to the terminal, with carets at the exact place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from blamelint.lines import LineIndex
from blamelint.report.style import visible
from blamelint.span import Span

_TAB = 4
_MARKER = re.compile(r"[\s>]*")

#: More rows than this of one range are left out in the middle.
_MOST_ROWS = 6


@dataclass(frozen=True, slots=True)
class Row:
    """One line to show: its 1-based number (0: it goes on from the line above), text, and place of the carets."""

    number: int
    text: str
    indent: int
    carets: int


def excerpt(lines: LineIndex, span: Span, width: int) -> list[Row]:
    """The rows of a range, each at most `width` cells wide; a row with number -1 stands for those left out."""
    rows = list(_rows(lines, span, width))
    if len(rows) > _MOST_ROWS:
        rows = [*rows[: _MOST_ROWS - 2], Row(-1, "...", 0, 0), rows[-1]]
    return rows


def _rows(lines: LineIndex, span: Span, width: int) -> Iterator[Row]:
    first, last = lines.position(span.start)[0], lines.position(max(span.end - 1, span.start))[0]
    for row in range(first, last + 1):
        # most of a range of a thousand lines is never shown
        if row - first >= _MOST_ROWS and row < last - 1:
            continue
        line, base = lines.line(row), lines.start(row)
        start = max(span.start - base, 0)
        end = min(span.end - base, len(line))
        if row > first:  # the indent and quote marks of a later line are no part of what is said
            start = max(start, _MARKER.match(line).end())  # type: ignore[union-attr]
        end = start + len(line[start:end].rstrip()) or end
        if start < end or row == first:
            yield from _fit(row + 1, line, start, max(end, start), width)


def _fit(number: int, line: str, start: int, end: int, width: int) -> Iterator[Row]:
    """The line, or what of it fits: the range in the middle, or the range wrapped where it is too wide itself."""
    # a line of a megabyte is not measured as a whole
    low, high = max(start - 4 * width, 0), min(end + 4 * width, len(line))
    cells = _cells(line[low:high])
    at = [0]
    for cell in cells:
        at.append(at[-1] + len(cell))
    text, a, b = "".join(cells), at[start - low], at[end - low]
    left, right = low > 0, high < len(line)
    if not (left or right) and cell_len(text) <= width:
        yield _row(number, text, a, b, 0, len(text), False, False)
    elif cell_len(text[a:b]) <= width - 4:
        c, d = _window(text, a, b, width)
        yield _row(number, text, a, b, c, d, left or c > 0, right or d < len(text))
    else:
        pieces = _wrap(text, a, b, width - 4)
        for index, (c, d) in enumerate(pieces):
            before = index == 0 and bool(left or text[:c].strip())
            after = index == len(pieces) - 1 and bool(right or text[d:].strip())
            yield _row(number if index == 0 else 0, text, a, b, c, d, before, after)


def _row(number: int, text: str, a: int, b: int, c: int, d: int, before: bool, after: bool) -> Row:
    """The part [c, d) of the text with carets under [a, b)."""
    lead = "… " if before else ""
    a, b = max(a, c), max(min(b, d), c)
    shown = lead + text[c:d].rstrip() + (" …" if after else "")
    indent = cell_len(lead + text[c:a])
    carets = cell_len(lead + text[c:b]) - indent
    return Row(number, shown, indent, max(carets, 1))


def _cells(line: str) -> list[str]:
    """What is shown for each character: tabs as blanks, control characters as symbols."""
    shown: list[str] = []
    column = 0
    for char in line:
        cell = " " * (_TAB - column % _TAB) if char == "\t" else visible(char)
        column += cell_len(cell)
        shown.append(cell)
    return shown


def _window(text: str, a: int, b: int, width: int) -> tuple[int, int]:
    """The bounds of what fits around [a, b), at words' ends where one is near."""
    room = width - 4 - cell_len(text[a:b])
    left, right = cell_len(text[:a]), cell_len(text[b:])
    before = min(left, max(room // 2, room - right))
    c = _back(text, a, before)
    d = _forth(text, b, room - before)
    if c > 0 and (space := text.find(" ", c, a)) != -1 and space - c < 16:
        c = space + 1
    if d < len(text) and (space := text.rfind(" ", b, d)) != -1 and d - space < 16:
        d = space
    return c, d


def _wrap(text: str, a: int, b: int, width: int) -> Sequence[tuple[int, int]]:
    """[a, b) in pieces that fit, broken at blanks where there are any."""
    pieces: list[tuple[int, int]] = []
    while a < b and len(pieces) <= _MOST_ROWS:
        end = min(_forth(text, a, width), b)
        if end < b and (space := text.rfind(" ", a, end + 1)) > a:
            end = space
        pieces.append((a, max(end, a + 1)))
        a = max(end, a + 1)
        while a < b and text[a] == " ":
            a += 1
    if a < b:  # the middle will be left out, so the end need only be the end
        start = _back(text, b, width)
        space = text.find(" ", start, b - 1)
        pieces.append((max(start if space == -1 or space - start >= 16 else space + 1, a), b))
    return pieces


def _forth(text: str, at: int, room: int) -> int:
    """The furthest offset from `at` on that fits in `room` cells, never inside a cluster of combining characters."""
    used = 0
    while at < len(text) and used + cell_len(text[at]) <= room:
        used += cell_len(text[at])
        at += 1
    return at


def _back(text: str, at: int, room: int) -> int:
    used = 0
    while at > 0 and used + cell_len(text[at - 1]) <= room:
        used += cell_len(text[at - 1])
        at -= 1
    while 0 < at < len(text) and cell_len(text[at]) == 0:
        at += 1
    return at
