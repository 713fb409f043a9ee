"""Markdown to blocks: the block structure by tree-sitter-markdown, the inlines by `inline`.

The block grammar is linear and stops nesting at some hundred levels; its nodes are walked with one cursor, leaves
are noted with the lines they own, and read once all link definitions are known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import tree_sitter_markdown
from tree_sitter import Language, Node, Parser

from blamelint.block import BlockKind
from blamelint.markup.chat import is_chat
from blamelint.markup.front_matter import read_front_matter
from blamelint.markup.hypertext import HtmlReader
from blamelint.markup.inline import read_markdown
from blamelint.markup.links import read_definition
from blamelint.markup.offsets import ByteMap
from blamelint.markup.outline import Outline
from blamelint.markup.paragraphs import opens_indented, parts_of
from blamelint.markup.prose import Fragment, Prose, lines_of

_LANGUAGE = Language(tree_sitter_markdown.language())
_LEAVES = frozenset((
    "paragraph", "atx_heading", "setext_heading", "html_block", "fenced_code_block", "indented_code_block",
    "link_reference_definition", "pipe_table",
))  # fmt: skip
_HEADING_TAIL = re.compile(r"[ \t]+#+[ \t]*\Z|[ \t]*\{[:#.][^{}\n]*\}[ \t]*\Z")
_CELL = re.compile(r"(?:[^|\\]|\\.|\\\Z)*")
_FOOTNOTE = re.compile(r"\[\^[^\]\n]+\]:[ \t]*")

Line = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A block that holds text: its kind of node, its lines in the source, and where it is nested."""

    type: str
    lines: list[Line]
    item: bool
    quoted: bool
    level: int = 0
    language: str = ""


class _Walker:
    """Collects the leaves of the tree in order."""

    def __init__(self, source: str, start: int) -> None:
        # A newline in front keeps the grammar from taking what is no front matter for front matter, and lone
        # carriage returns become newlines; both keep the offsets.
        text = source[start:]
        self.source = source
        self._map, self._start = ByteMap(text), start
        data = re.sub("\r(?!\n)", "\n", text).encode("utf-8", "surrogatepass")
        self._tree = Parser(_LANGUAGE).parse(b"\n" + data)

    def leaves(self) -> Iterator[_Leaf]:
        cursor = self._tree.walk()
        nesting: list[tuple[bool, bool]] = [(False, False)]
        while True:
            node = cursor.node
            assert node is not None
            kind, (item, quoted) = node.type, nesting[-1]
            if kind in _LEAVES:
                yield self._leaf(node, kind, item, quoted)
            elif cursor.goto_first_child():
                item = kind == "list_item" or (item and kind != "block_quote")
                nesting.append((item, quoted or kind == "block_quote"))
                continue
            while not cursor.goto_next_sibling():
                if not cursor.goto_parent():
                    return
                nesting.pop()

    def _offset(self, byte: int) -> int:
        return self._map.char(max(byte - 1, 0)) + self._start

    def _leaf(self, node: Node, kind: str, item: bool, quoted: bool) -> _Leaf:
        level, language, inner = 0, "", node
        if kind == "paragraph":
            inner = _child(node, "inline") or node
        elif kind == "atx_heading":
            level = int(node.children[0].type[5])
            found = _child(node, "inline")
            if found is None:
                return _Leaf(kind, [], item, quoted, level)
            inner = found
        elif kind == "setext_heading":
            level = 1 if node.children[-1].type == "setext_h1_underline" else 2
            paragraph = _child(node, "paragraph") or node
            inner = _child(paragraph, "inline") or paragraph
        elif kind == "fenced_code_block":
            info = _child(node, "info_string")
            if info is not None:
                words = self.source[self._offset(info.start_byte) : self._offset(info.end_byte)].split()
                language = words[0].strip("{}.") if words else ""
            content = _child(node, "code_fence_content")
            if content is None:
                return _Leaf(kind, [], item, quoted)
            inner = content
        indent = kind in ("fenced_code_block", "indented_code_block")
        return _Leaf(kind, self._lines(inner, quoted, indent), item, quoted, level, language)

    def _lines(self, node: Node, quoted: bool, keep_indent: bool) -> list[Line]:
        source, start, end = self.source, self._offset(node.start_byte), self._offset(node.end_byte)
        lines = lines_of(source, start, end)
        skips: dict[int, int] = {}
        if len(lines) > 1:
            nodes = node.named_children if node.type != "pipe_table" else node.children
            for child in nodes:
                if child.type == "block_continuation" and child.end_byte > child.start_byte:
                    skips[self._offset(child.start_byte)] = self._offset(child.end_byte)
        found: list[Line] = []
        for low, high in lines:
            at = min(skips.get(low, low), high)
            if not keep_indent:
                blanks = " \t>" if quoted else " \t"
                at = high - len(source[at:high].lstrip(blanks))
            found.append((at, high))
        return found


def _child(node: Node, kind: str) -> Node | None:
    return next((child for child in node.named_children if child.type == kind), None)


class _Emitter:
    """Turns leaves into prose, in order."""

    def __init__(self, source: str, outline: Outline, definitions: dict[str, str]) -> None:
        self.source, self.outline, self.definitions = source, outline, definitions
        self.html = HtmlReader(outline)
        self._indented_is_prose = False

    def emit(self, leaf: _Leaf) -> None:
        prose_may_follow, self._indented_is_prose = self._indented_is_prose, False
        if leaf.type == "paragraph":
            self._paragraph(leaf)
        elif leaf.type in ("atx_heading", "setext_heading"):
            self._heading(leaf)
        elif leaf.type == "html_block":
            self.html.read(Fragment(self.source, leaf.lines), quoted=leaf.quoted)
        elif leaf.type == "pipe_table":
            self._table(leaf)
        elif leaf.type == "fenced_code_block":
            self._fenced(leaf)
        elif leaf.type == "indented_code_block" and prose_may_follow:
            self._paragraph(_Leaf(leaf.type, self._dedented(leaf.lines), leaf.item, leaf.quoted))
            self._indented_is_prose = True
        elif leaf.type == "link_reference_definition" and _FOOTNOTE.match(self.source, leaf.lines[0][0]):
            # One word behind a footnote label looks like a link definition to the grammar.
            self._paragraph(leaf)

    def _dedented(self, lines: list[Line]) -> list[Line]:
        source = self.source
        return [(b - len(source[a:b].lstrip()), b) for a, b in lines if source[a:b].strip()]

    def _paragraph(self, leaf: _Leaf) -> None:
        source, kind = self.source, BlockKind.ITEM if leaf.item else BlockKind.PARAGRAPH
        if leaf.lines:
            self._indented_is_prose = opens_indented(source[leaf.lines[0][0] : leaf.lines[0][1]])
        for lines in parts_of(source, leaf.lines):
            self.outline.prose(read_markdown(Fragment(source, lines), self.definitions), kind, quoted=leaf.quoted)

    def _heading(self, leaf: _Leaf) -> None:
        if not leaf.lines:
            return
        start, end = leaf.lines[-1]
        while tail := _HEADING_TAIL.search(self.source[start:end]):
            end = start + tail.start()
        lines = [*leaf.lines[:-1], (start, end)]
        self.outline.heading(read_markdown(Fragment(self.source, lines), self.definitions), leaf.level,
                             quoted=leaf.quoted)  # fmt: skip

    def _fenced(self, leaf: _Leaf) -> None:
        if not is_chat([self.source[a:b] for a, b in leaf.lines], leaf.language):
            return
        for start, end in leaf.lines:
            prose = Prose()
            prose.copy(self.source[start:end], start)
            self.outline.prose(prose.finish(), quoted=True)

    def _table(self, leaf: _Leaf) -> None:
        headers: list[str] = []
        rows = [line for line in leaf.lines if line[0] < line[1]]
        for number, line in enumerate(rows):
            if number == 1:
                continue
            label = ""
            for column, cell in enumerate(self._cells(line)):
                text = read_markdown(Fragment(self.source, [cell]), self.definitions, cell=True)
                if number == 0:
                    headers.append(text.text if text else "")
                title = headers[column] if column < len(headers) else ""
                self.outline.cell(text, column=title, row_label=label if number else "", header=number == 0,
                                  quoted=leaf.quoted)  # fmt: skip
                if column == 0:
                    label = text.text if text else ""

    def _cells(self, line: Line) -> list[Line]:
        source, (start, end) = self.source, line
        end = start + len(source[start:end].rstrip())
        if source[start] == "|":
            start += 1
        cells: list[Line] = []
        while start <= end:
            match = _CELL.match(source, start, end)
            stop = match.end() if match else end
            cells.append((start, stop))
            start = stop + 1
        if len(cells) > 1 and cells[-1][0] == cells[-1][1]:
            cells.pop()
        return cells


def read_markdown_document(source: str, outline: Outline) -> None:
    """A whole Markdown document, with its front matter."""
    start = 1 if source.startswith("\ufeff") else 0
    start, titles = read_front_matter(source, start)
    for title in titles:
        outline.front_matter(title)
    definitions: dict[str, str] = {}
    leaves: list[_Leaf] = []
    for leaf in _Walker(source, start).leaves():
        leaves.append(leaf)
        if leaf.type == "link_reference_definition":
            found = read_definition("\n".join(source[a:b] for a, b in leaf.lines))
            if found and not found[0].startswith("^"):
                definitions.setdefault(*found)
    emitter = _Emitter(source, outline, definitions)
    for leaf in leaves:
        emitter.emit(leaf)
