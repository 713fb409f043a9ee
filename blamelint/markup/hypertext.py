"""HTML to blocks: whole pages, and the HTML blocks of Markdown. Tag soup is read for what can be read.

The reader is a tokenizer and a stack of block elements, both linear; tree-sitter-html needs quadratic time for
unclosed elements and comments, and drops the text around a stray `<`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from blamelint.block import BlockKind
from blamelint.markup import tags
from blamelint.markup.outline import Outline
from blamelint.markup.prose import Fragment, Prose
from blamelint.markup.urls import mark_urls

_TOKEN = re.compile(r"[^<&\s]+|\s+|[<&]")
_MOST_COLUMNS = 1000
#: What a start tag ends that was left open, as browsers do.
_ENDS: dict[str, frozenset[str]] = {
    **dict.fromkeys(tags.BLOCKS, frozenset(("p",))),
    **dict.fromkeys(tags.HEADINGS, frozenset(("p", *tags.HEADINGS))),
    "li": frozenset(("p", "li")),
    "dt": frozenset(("p", "dt", "dd")),
    "dd": frozenset(("p", "dt", "dd")),
    "td": frozenset(("p", "td", "th")),
    "th": frozenset(("p", "td", "th")),
    "tr": frozenset(("p", "td", "th", "tr", "caption")),
    **dict.fromkeys(("tbody", "thead", "tfoot"), frozenset(("p", "td", "th", "tr", "tbody", "thead", "tfoot"))),
}


@dataclass(slots=True)
class _Table:
    headers: dict[int, str] = field(default_factory=dict)
    row: int = -1
    column: int = -1
    next_column: int = 0
    label: str = ""
    is_header: bool = False
    text: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Open:
    """An open block element: what its text is, as far as its ancestors say."""

    name: str
    role: str
    quoted: bool


class HtmlReader:
    """Reads fragments one after the other into an outline; a table may run on from one to the next."""

    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        self._tables: list[_Table] = []
        self._stack: list[_Open] = []
        self._counts: dict[str, int] = {}
        self._prose = Prose()
        self._blank: tuple[int, int] | None = None
        self._marks: list[tuple[str, str, str, int]] = []
        self._term = ""
        self._base_quoted = False

    def read(self, fragment: Fragment, *, quoted: bool = False) -> None:
        """All of one fragment; elements that it leaves open end with it, except for tables."""
        self._stack, self._counts, self._base_quoted = [], {}, quoted
        text, at = fragment.text, 0
        finder, closers = tags.Finder(text), tags.Closers(text)
        while match := _TOKEN.match(text, at):
            start, at = match.span()
            char = text[start]
            if char == "<":
                if (end := finder.declaration(start)) > 0:
                    at = end
                elif tag := tags.TAG.match(text, start):
                    at = self._tag(tag, fragment, closers)
                else:
                    self._copy("<", fragment.at(start))
            elif char == "&":
                entity = tags.ENTITY.match(text, start)
                meaning = tags.decode(entity[0]) if entity else "&"
                if entity and meaning != entity[0]:
                    at = entity.end()
                    self._space()
                    self._prose.put(meaning, fragment.at(start), fragment.at(at - 1) + 1)
                else:
                    self._copy("&", fragment.at(start))
            elif char.isspace():
                if self._blank is None:
                    self._blank = (fragment.at(start), fragment.at(at))
            else:
                self._copy(match[0], fragment.at(start))
        self._flush()

    def _copy(self, text: str, at: int) -> None:
        self._space()
        self._prose.copy(text, at)

    def _space(self) -> None:
        """Blanks count once something follows them in the same unit."""
        if self._blank is not None and not self._prose.ends_blank():
            start, end = self._blank
            self._prose.put(" ", start, end)
        self._blank = None

    def _tag(self, tag: re.Match[str], fragment: Fragment, closers: tags.Closers) -> int:
        name, closing, end = tag["name"].lower(), bool(tag["close"]), tag.end()
        if name == "br":
            start = self._blank[0] if self._blank else fragment.at(tag.start())
            self._blank = None
            self._prose.put("\n", start, fragment.at(end - 1) + 1)
        elif name in tags.OPAQUE and not closing:
            if name == "pre":
                self._flush()
            close = closers.find(name, end)
            return close[1] if close else len(fragment.text)
        elif name in tags.BLOCKS:
            self._flush()
            if name == "hr":
                return end
            if closing:
                self._end(name)
            else:
                self._start(name, tag["attributes"])
        else:
            self._inline(name, closing, tag["attributes"])
        return end

    def _inline(self, name: str, closing: bool, attributes: str) -> None:
        kind = "code" if name in tags.CODE else "link" if name == "a" else tags.EMPHASIS.get(name)
        if kind is None:
            return
        if not closing:
            self._space()
            target = tags.attribute(attributes, "href") if name == "a" else ""
            self._marks.append((name, kind, target, self._prose.length))
        elif self._marks and self._marks[-1][0] == name:
            _, kind, target, start = self._marks.pop()
            self._prose.mark(kind, start, target)

    def _push(self, name: str, role: str, quoted: bool) -> None:
        self._stack.append(_Open(name, role, quoted))
        self._counts[name] = self._counts.get(name, 0) + 1

    def _pop(self) -> None:
        name = self._stack.pop().name
        self._counts[name] -= 1
        if name in ("td", "th") and self._tables:
            self._end_cell(self._tables[-1])
        elif name == "table" and self._tables:
            self._tables.pop()

    def _start(self, name: str, attributes: str) -> None:
        ends = _ENDS.get(name, frozenset())
        while self._stack and self._stack[-1].name in ends:
            self._pop()
        above = self._stack[-1] if self._stack else None
        role, quoted = (above.role, above.quoted) if above else ("", self._base_quoted)
        if name in tags.HEADINGS or name in ("li", "td", "th", "dt", "dd", "title"):
            role = name
        elif name in ("table", "blockquote"):
            role, quoted = "", quoted or name == "blockquote"
        if name == "table":
            self._tables.append(_Table())
        elif name == "tr" and self._tables:
            table = self._tables[-1]
            table.row, table.column, table.next_column, table.label = table.row + 1, -1, 0, ""
        elif name in ("td", "th") and self._tables:
            self._start_cell(self._tables[-1], name, attributes)
        self._push(name, role, quoted)

    def _end(self, name: str) -> None:
        if not self._counts.get(name):
            if name == "table" and self._tables:
                self._tables.pop()
            return
        while self._stack[-1].name != name:
            self._pop()
        self._pop()

    def _start_cell(self, table: _Table, name: str, attributes: str) -> None:
        span = tags.attribute(attributes, "colspan") if "colspan" in attributes.lower() else ""
        table.column = table.next_column
        table.next_column += min(int(span), _MOST_COLUMNS) if re.fullmatch("[1-9][0-9]{0,3}", span) else 1
        table.is_header = table.row <= 0 and name == "th"
        table.text = []
        if table.row <= 0 and name == "td":
            table.headers.clear()

    def _end_cell(self, table: _Table) -> None:
        text = " ".join(table.text)
        if table.is_header:
            table.headers[table.column] = text
        if table.column == 0:
            table.label = text
        table.is_header = False

    def _flush(self) -> None:
        """The unit that ends here becomes a block of the kind that its place says."""
        for _, kind, target, start in self._marks:
            self._prose.mark(kind, start, target)
        self._marks.clear()
        text = mark_urls(self._prose.finish()) if self._prose.length else None
        if self._prose.length:
            self._prose = Prose()
        self._blank = None
        if text is None:
            return
        place = self._stack[-1] if self._stack else _Open("", "", self._base_quoted)
        if place.role in tags.HEADINGS:
            self._outline.heading(text, tags.HEADINGS[place.role], quoted=place.quoted)
        elif place.role == "title":
            self._outline.front_matter(text)
        elif place.role in ("td", "th") and self._tables:
            table = self._tables[-1]
            table.text.append(text.text)
            column = text.text if table.is_header else table.headers.get(table.column, "")
            label = table.label if table.column > 0 and not table.is_header else ""
            self._outline.cell(text, column=column, row_label=label, header=table.is_header, quoted=place.quoted)
        elif place.role == "dd":
            self._outline.definition(text, self._term, quoted=place.quoted)
        else:
            if place.role == "dt":
                self._term = text.text
            kind = BlockKind.ITEM if place.role == "li" else BlockKind.PARAGRAPH
            self._outline.prose(text, kind, quoted=place.quoted)


def read_html(source: str, outline: Outline) -> None:
    """A whole page."""
    start = 1 if source.startswith("\ufeff") else 0
    HtmlReader(outline).read(Fragment(source, [(start, len(source))]))
