"""reStructuredText to blocks, by lines and their indents.

tree-sitter-rst knows neither tables nor what is in a directive, and needs quadratic time for unclosed inlines, so
the block structure is read here: bodies are worked off a stack, not by recursion.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from blamelint.block import BlockKind
from blamelint.markup import rst_tables
from blamelint.markup.outline import Outline
from blamelint.markup.prose import Fragment, Text, lines_of
from blamelint.markup.rst_inline import Names, read_names, read_rst_inline

_ADORNMENT = re.compile(r"([!-/:-@\[-`{-~])\1+[ \t]*\Z")
_BULLET = re.compile(r"[-*+•‣⁃](?:[ \t]+|\Z)")
_ENUMERATOR = re.compile(r"(?:\((?:\d+|[A-Za-z]|[ivxlcdm]+|#)\)|(?:\d+|[A-Za-z]|[ivxlcdm]+|#)[.)])[ \t]+")
_FIELD = re.compile(r":(?P<name>(?![: ])(?:[^:\\\n]|\\.)+?):(?:[ \t]+|\Z)")
_EXPLICIT = re.compile(r"\.\.(?:[ \t]+|\Z)")
_DIRECTIVE = re.compile(r"(?:\|[^|]+\| )?(?P<name>[A-Za-z][\w:.+-]*) ?::(?:[ \t]+|\Z)")
_FOOTNOTE = re.compile(r"\[(?:#[\w-]*|\*|\d+|[A-Za-z][\w.-]*)\](?:[ \t]+|\Z)")
_DEEPEST = 40

#: Directives whose first line is text of their own, and those whose first line is a name or a path.
_SPEAKING = frozenset((
    "note", "warning", "tip", "important", "caution", "danger", "error", "hint", "attention", "admonition",
    "seealso", "todo", "topic", "sidebar", "rubric", "versionadded", "versionchanged", "deprecated", "epigraph",
    "highlights", "pull-quote", "details", "dropdown", "table", "list-table",
))  # fmt: skip
_QUOTING = frozenset(("epigraph", "highlights", "pull-quote"))
_SILENT = frozenset((
    "code", "code-block", "sourcecode", "parsed-literal", "literalinclude", "highlight", "image", "raw", "math",
    "toctree", "contents", "include", "csv-table", "graphviz", "mermaid", "plantuml", "uml", "meta", "index",
    "role", "default-role", "replace", "unicode", "date", "productionlist", "sectnum", "target-notes", "prompt",
    "console", "doctest", "testcode", "jinja", "program-output", "tabularcolumns", "plot", "youtube",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Line:
    """A source line from its first character on, and the column where that stands; a blank one is empty."""

    column: int
    start: int
    end: int

    @property
    def blank(self) -> bool:
        return self.start >= self.end

    def skip(self, count: int) -> _Line:
        return _Line(self.column + count, min(self.start + count, self.end), self.end)


@dataclass(frozen=True, slots=True)
class _Body:
    """Lines to be read, and where they are nested."""

    lines: list[_Line]
    depth: int = 0
    item: bool = False
    quoted: bool = False
    term: str = ""


class _Reader:
    def __init__(self, source: str, outline: Outline, names: Names) -> None:
        self.source, self.outline, self.names = source, outline, names
        self.levels: list[tuple[str, bool]] = []
        self.body = _Body([])

    def read(self, body: _Body) -> None:
        stack: list[tuple[_Body, int]] = [(body, 0)]
        while stack:
            self.body, at = stack.pop()
            lines = self.body.lines
            while at < len(lines):
                at, nested = self._step(lines, at)
                if nested is not None:
                    stack += [(self.body, at), (nested, 0)]
                    break

    def _text(self, line: _Line) -> str:
        return self.source[line.start : line.end]

    def _step(self, lines: list[_Line], at: int) -> tuple[int, _Body | None]:
        """Read one element; gives where the next begins and a body inside of it that comes first."""
        line = lines[at]
        if line.blank:
            return at + 1, None
        text, deep = self._text(line), self.body.depth >= _DEEPEST
        base = min(line.column, lines[0].column) if self.body.depth else 0
        if line.column > base and not deep:
            end = _block_end(lines, at, base)
            return end, self._nested(lines[at:end], quoted=self.body.quoted or not self.body.term)
        if (heading := self._heading(lines, at, text)) is not None:
            return heading, None
        if _EXPLICIT.match(text):
            return self._explicit(lines, at, base, text)
        if text.startswith(("__ ", ">>> ")):
            return _paragraph_end(lines, at, base), None
        if not deep and (marker := self._marker(lines, at, text)):
            end = _block_end(lines, at + 1, base)
            return end, self._nested([line.skip(marker), *lines[at + 1 : end]], item=True)
        if not deep and (named := _FIELD.match(text)):
            return self._field(lines, at, base, named)
        if text.startswith(("| ", "|")) and (text == "|" or text[1:2] == " "):
            return self._line_block(lines, at), None
        if rst_tables.is_grid_border(text) or rst_tables.is_simple_border(text):
            return self._table(lines, at, text), None
        return self._paragraph(lines, at, base, deep)

    def _nested(self, lines: Iterable[_Line], *, item: bool = False, quoted: bool | None = None,
                term: str = "") -> _Body:  # fmt: skip
        inside = self.body.quoted if quoted is None else quoted
        return _Body(_dedented(list(lines)), self.body.depth + 1, item or self.body.item, inside, term)

    def _heading(self, lines: list[_Line], at: int, text: str) -> int | None:
        if self.body.depth:
            return None
        if adornment := _ADORNMENT.match(text):
            if at + 2 < len(lines) and self._text(lines[at + 2]).rstrip() == text.rstrip() and len(text) >= 2:
                title = lines[at + 1]
                if not title.blank and not rst_tables.is_simple_border(self._text(title)):
                    self._title(title, (adornment[1], True))
                    return at + 3
            return at + 1 if len(text.rstrip()) >= 4 or at + 1 == len(lines) else None
        if at + 1 < len(lines) and not lines[at + 1].blank:
            under = self._text(lines[at + 1]).rstrip()
            adornment = _ADORNMENT.match(under)
            if adornment and (len(under) >= 4 or len(under) >= len(text.rstrip())):
                self._title(lines[at], (adornment[1], False))
                return at + 2
        return None

    def _title(self, line: _Line, style: tuple[str, bool]) -> None:
        if style not in self.levels:
            self.levels.append(style)
        self.outline.heading(self._prose([line]), self.levels.index(style) + 1)

    def _prose(self, lines: Iterable[_Line]) -> Text | None:
        return read_rst_inline(Fragment(self.source, [(line.start, line.end) for line in lines]), self.names)

    def _marker(self, lines: list[_Line], at: int, text: str) -> int:
        if bullet := _BULLET.match(text):
            return bullet.end()
        number = _ENUMERATOR.match(text)
        if number is None:
            return 0
        after = lines[at + 1] if at + 1 < len(lines) else None
        # "A. Smith did it" at the start of a wrapped paragraph is no list.
        lone = after is None or after.blank or after.column > lines[at].column
        return number.end() if lone or _ENUMERATOR.match(self._text(after)) else 0  # type: ignore[arg-type]

    def _field(self, lines: list[_Line], at: int, base: int, named: re.Match[str]) -> tuple[int, _Body | None]:
        end = _block_end(lines, at + 1, base)
        line, name = lines[at], named["name"]
        value = _dedented(_aligned(line.skip(named.end()), lines[at + 1 : end]))
        if not value or any(one.blank for one in value) or value[0].start == lines[at].start:
            return end, self._nested(value, term=name)
        inner = Fragment(self.source, [(line.start + 1, line.end), *((one.start, one.end) for one in value[1:])])
        # The colon behind the name stays, as in any other field: "Author: X".
        self.outline.prose(read_rst_inline(inner, self.names), self._kind(), quoted=self.body.quoted)
        return end, None

    def _kind(self) -> BlockKind:
        return BlockKind.ITEM if self.body.item else BlockKind.PARAGRAPH

    def _explicit(self, lines: list[_Line], at: int, base: int, text: str) -> tuple[int, _Body | None]:
        end = _block_end(lines, at + 1, base)
        start = len(_EXPLICIT.match(text)[0])  # type: ignore[index]
        rest = lines[at].skip(start)
        inner = self._text(rest)
        if note := _FOOTNOTE.match(inner):
            return end, self._nested(_aligned(rest.skip(note.end()), lines[at + 1 : end]))
        directive = _DIRECTIVE.match(inner)
        if directive is None or inner.startswith("|"):
            return end, None
        name = directive["name"].lower().rpartition(":")[2]
        if name in _SILENT or name.startswith("auto"):
            return end, None
        body, headers = self._without_options(lines[at + 1 : end])
        if name in _SPEAKING:
            body = _aligned(rest.skip(directive.end()), body)
        if name == "list-table":
            self._list_table(body[1:], headers)
            return end, None
        return end, self._nested(body, quoted=self.body.quoted or name in _QUOTING)

    def _without_options(self, lines: list[_Line]) -> tuple[list[_Line], int]:
        at, headers = 0, 0
        while at < len(lines) and not lines[at].blank and (option := _FIELD.match(self._text(lines[at]))):
            if option["name"] == "header-rows":
                value = self._text(lines[at])[option.end() :].strip()
                headers = int(value) if value.isascii() and value.isdigit() and len(value) < 4 else 0
            at += 1
        return lines[at:], headers

    def _list_table(self, lines: list[_Line], headers: int) -> None:
        rows: list[list[list[tuple[int, int]]]] = []
        base = next((line.column for line in lines if not line.blank), 0)
        inner = -1
        for line in lines:
            if line.blank:
                continue
            bullet = _BULLET.match(self._text(line))
            if line.column == base and bullet:
                rows.append([])
                line = line.skip(bullet.end())
                inner, bullet = line.column, _BULLET.match(self._text(line))
            if rows and bullet and line.column == inner:
                line = line.skip(bullet.end())
                rows[-1].append([(line.start, line.end)])
            elif rows and rows[-1]:
                rows[-1][-1].append((line.start, line.end))
        self._rows(rst_tables.Row(cells, number < headers) for number, cells in enumerate(rows))

    def _table(self, lines: list[_Line], at: int, text: str) -> int:
        end = at
        grid = rst_tables.is_grid_border(text)
        borders = 0
        while end < len(lines) and (not lines[end].blank or (not grid and borders == 1)):
            borders += not grid and rst_tables.is_simple_border(self._text(lines[end]))
            end += 1
        # Columns count from where the table begins, also in a line that is indented further.
        left = lines[at].column
        ranges = [(max(line.start - max(line.column - left, 0), 0), line.end) for line in lines[at:end]]
        self._rows((rst_tables.grid_rows if grid else rst_tables.simple_rows)(self.source, ranges))
        return end

    def _rows(self, rows: Iterable[rst_tables.Row]) -> None:
        headers: list[str] = []
        for row in rows:
            label = ""
            texts = [read_rst_inline(Fragment(self.source, cell), self.names) if cell else None for cell in row.cells]
            if row.header:
                headers = [text.text if text else "" for text in texts]
            for column, text in enumerate(texts):
                title = headers[column] if column < len(headers) else ""
                self.outline.cell(text, column=title, row_label="" if row.header else label, header=row.header,
                                  quoted=self.body.quoted)  # fmt: skip
                label = label or (text.text if text and column == 0 else "")

    def _line_block(self, lines: list[_Line], at: int) -> int:
        while at < len(lines) and not lines[at].blank and self._text(lines[at])[:2] in ("| ", "|"):
            parts = [lines[at].skip(2)]
            at += 1
            while at < len(lines) and not lines[at].blank and lines[at].column > parts[0].column - 2:
                parts.append(lines[at])
                at += 1
            self.outline.prose(self._prose(parts), self._kind(), quoted=self.body.quoted)
        return at

    def _paragraph(self, lines: list[_Line], at: int, base: int, deep: bool) -> tuple[int, _Body | None]:
        end = _paragraph_end(lines, at, base)
        if end == at + 1 and end < len(lines) and not lines[end].blank and lines[end].column > base and not deep:
            after = _block_end(lines, end, base)
            term = self._prose([lines[at]])
            self.outline.prose(term, self._kind(), quoted=self.body.quoted)
            return after, self._nested(lines[end:after], term=term.text if term else "")
        last = lines[end - 1]
        literal = self._text(last).rstrip().endswith("::")
        if literal:
            stop = last.start + len(self._text(last).rstrip()) - 1
            bare = self._text(last).strip() == "::"
            lines = [*lines[at : end - 1], *([] if bare else [replace(last, end=stop)])]
        else:
            lines, at = lines[at:end], end
        if self.body.term and self.body.item is False and len(lines) > 0 and self.body.depth:
            self.outline.definition(self._prose(lines), self.body.term, quoted=self.body.quoted)
        else:
            self.outline.prose(self._prose(lines), self._kind(), quoted=self.body.quoted)
        return (_literal_end(self.body.lines, end, base) if literal else end), None


def _aligned(first: _Line, rest: list[_Line]) -> list[_Line]:
    """What follows a field name or a directive on its line stands as deep as the lines below it."""
    column = min((line.column for line in rest if not line.blank), default=first.column)
    return [replace(first, column=column), *rest]


def _dedented(lines: list[_Line]) -> list[_Line]:
    """Without blank lines at either end, so that the first line shows where the body stands."""
    first = next((number for number, line in enumerate(lines) if not line.blank), len(lines))
    last = next((number for number in range(len(lines), first, -1) if not lines[number - 1].blank), first)
    return lines[first:last]


def _block_end(lines: list[_Line], at: int, base: int) -> int:
    """Behind the lines from `at` on that are blank or indented deeper than `base`."""
    while at < len(lines) and (lines[at].blank or lines[at].column > base):
        at += 1
    return at


def _paragraph_end(lines: list[_Line], at: int, base: int) -> int:
    at += 1
    while at < len(lines) and not lines[at].blank and lines[at].column == base:
        at += 1
    return at


def _literal_end(lines: list[_Line], at: int, base: int) -> int:
    """Behind a literal block, indented or quoted by a mark in front of each line."""
    while at < len(lines) and lines[at].blank:
        at += 1
    return _block_end(lines, at, base)


def read_rst(source: str, outline: Outline) -> None:
    """A whole document."""
    lines: list[_Line] = []
    for start, end in lines_of(source, 1 if source.startswith("\ufeff") else 0):
        text = source[start:end]
        indent = text[: len(text) - len(text.lstrip())]
        column = len(indent.expandtabs(8)) if "\t" in indent else len(indent)
        lines.append(_Line(column, start + len(indent), end))
    _Reader(source, outline, read_names(source)).read(_Body(lines))
