"""The tables of reStructuredText: grids, simple tables and list tables, cut into cells by columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

Range = tuple[int, int]

_BORDER = re.compile(r"\+(?:[-=]+\+)+\s*\Z")
_SIMPLE = re.compile(r"=+(?:[ \t]+=+)+[ \t]*\Z")
_UNDERLINE = re.compile(r"-+(?:[ \t]+-+)*[ \t]*\Z")
_RULE = re.compile(r"[-=+| ]+\Z")


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row, each with the ranges of its lines; whether it is a header."""

    cells: list[list[Range]]
    header: bool


def is_grid_border(line: str) -> bool:
    """Whether a grid table begins here."""
    return bool(_BORDER.match(line))


def is_simple_border(line: str) -> bool:
    """Whether a simple table begins here."""
    return bool(_SIMPLE.match(line))


def _trimmed(source: str, start: int, end: int) -> Range | None:
    text = source[start:end]
    inner = text.strip()
    if not inner or _RULE.match(inner):
        return None
    start += len(text) - len(text.lstrip())
    return start, start + len(inner)


def grid_rows(source: str, lines: list[Range]) -> Iterator[Row]:
    """The rows of a grid table; a cell that spans columns counts as the first of them."""
    edges = [index for index, char in enumerate(source[lines[0][0] : lines[0][1]]) if char == "+"]
    starts = {edge: column for column, edge in enumerate(edges)}
    borders = [number for number, (a, b) in enumerate(lines) if is_grid_border(source[a:b])]
    head = next((number for number in borders if "=" in source[slice(*lines[number])]), 0)
    for above, below in pairwise(borders):
        cells: list[list[Range]] = [[] for _ in edges[:-1]]
        for start, end in lines[above + 1 : below]:
            text = source[start:end]
            bars = [index for index, char in enumerate(text) if char == "|" and index in starts]
            for low, high in pairwise(bars):
                if found := _trimmed(source, start + low + 1, start + high):
                    cells[starts[low]].append(found)
        if any(cells):
            yield Row(cells, below <= head)


def simple_rows(source: str, lines: list[Range]) -> Iterator[Row]:
    """The rows of a simple table; a line without a first cell goes on with the row before."""
    columns = [match.start() for match in re.finditer("=+", source[slice(*lines[0])])]
    borders = [number for number, (a, b) in enumerate(lines) if is_simple_border(source[a:b])]
    head = borders[1] if len(borders) > 2 else 0
    row: list[list[Range]] | None = None
    header = False
    for number, (start, end) in enumerate(lines):
        text = source[start:end]
        if number in (0, head) or is_simple_border(text) or _UNDERLINE.match(text):
            if row is not None:
                yield Row(row, header)
            row = None
            continue
        first = bool(text[: columns[1]].strip())
        if row is not None and first:
            yield Row(row, header)
            row = None
        if row is None:
            row, header = [[] for _ in columns], number < head
        for column, low in enumerate(columns):
            high = columns[column + 1] if column + 1 < len(columns) else len(text)
            if found := _trimmed(source, start + min(low, len(text)), start + min(high, len(text))):
                row[column].append(found)
    if row is not None:
        yield Row(row, header)
