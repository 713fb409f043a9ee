"""Plain text to blocks: paragraphs, items, quoted lines, and headings in the ways people type them."""

from __future__ import annotations

import re

from blamelint.block import BlockKind, Section
from blamelint.markup.outline import Outline
from blamelint.markup.prose import Fragment, Prose, Text, lines_of
from blamelint.markup.urls import mark_urls
from blamelint.sections import section_of

_RULE = re.compile(r"[-=_*~#+]{3,}\Z")
_ITEM = re.compile(r"(?:[-*+•‣o·–]|\(?(?:\d{1,3}|[A-Za-z])[.)]|\[[ xX]\])[ \t]+(?=\S)")
_QUOTE = re.compile(r"(?:>[ \t]?)+")
_MARKED_HEADING = re.compile(r"(?P<marks>#{1,6}|={1,6}|h[1-6]\.)[ \t]+(?P<title>[^\s=#].*?)[ \t]*[=#]*\Z")
_CLOCK = re.compile(r"[\[(]?(?:\d{4}-\d\d-\d\d[T ,]*)?\d{1,2}:\d\d")
_LONGEST_HEADING = 60
_LONGEST_LABEL = 4

Line = tuple[int, int]


class _Reader:
    def __init__(self, source: str, outline: Outline) -> None:
        self.source, self.outline = source, outline
        self.lines: list[Line] = []
        self.item = self.quoted = False

    def _flush(self) -> None:
        if self.lines:
            text = _joined(self.source, self.lines)
            self.outline.prose(text, BlockKind.ITEM if self.item else BlockKind.PARAGRAPH, quoted=self.quoted)
        self.lines, self.item, self.quoted = [], False, False

    def read(self, lines: list[Line]) -> None:
        source = self.source
        bare = [_stripped(source, line) for line in lines]
        for number, (start, end) in enumerate(bare):
            text = source[start:end]
            if not text or _RULE.match(text):
                self._flush()
                continue
            below = bare[number + 1] if number + 1 < len(bare) else (end, end)
            if level := self._heading(number, text, source[slice(*below)], bare):
                self._flush()
                start, end = self._title(start, end, text)
                self.outline.heading(_joined(source, [(start, end)]), level)
                continue
            quote = _QUOTE.match(text)
            if bool(quote) != self.quoted:
                self._flush()
                self.quoted = bool(quote)
            if quote:
                start += quote.end()
            marker = None if quote else _ITEM.match(text)
            if marker or _CLOCK.match(text):
                self._flush()
                self.item = bool(marker)
                start += marker.end() if marker else 0
            if start < end:
                self.lines.append((start, end))
            else:
                self._flush()
        self._flush()

    def _title(self, start: int, end: int, text: str) -> Line:
        marked = _MARKED_HEADING.match(text)
        return (start + marked.start("title"), start + marked.end("title")) if marked else (start, end)

    def _heading(self, number: int, text: str, below: str, lines: list[Line]) -> int:
        """The level of the heading that a line is, or 0."""
        if marked := _MARKED_HEADING.match(text):
            marks = marked["marks"]
            return int(marks[1]) if marks.startswith("h") else len(marks)
        if len(below) >= 3 and below[0] in "=-~^" and below == below[0] * len(below) and not _ITEM.match(text):
            alone = number == 0 or lines[number - 1][0] == lines[number - 1][1] or self._ruled(lines[number - 1])
            if alone and abs(len(below) - len(text)) <= max(3, len(text) // 2):
                return 1 if below[0] == "=" else 2
        alone = number == 0 or lines[number - 1][0] == lines[number - 1][1] or self._ruled(lines[number - 1])
        if not alone or len(text) > _LONGEST_HEADING or text[-1] in ".!?,;" or _ITEM.match(text):
            return 0
        # Without a mark a line is a heading where it shouts, labels what follows, or stands alone and names a section.
        label = text.endswith(":") and len(text.split()) <= _LONGEST_LABEL and text[0].isupper()
        if label or (text.isupper() and len(text.split()) <= _LONGEST_LABEL and len(text) > 3):
            return 2
        return 2 if not below and section_of(text) is not Section.NONE else 0

    def _ruled(self, line: Line) -> bool:
        return bool(_RULE.match(self.source[slice(*line)]))


def _stripped(source: str, line: Line) -> Line:
    start, end = line
    text = source[start:end]
    inner = text.strip()
    start += len(text) - len(text.lstrip())
    return start, start + len(inner)


def _joined(source: str, lines: list[Line]) -> Text | None:
    fragment, prose = Fragment(source, lines), Prose()
    at = 0
    for number, (start, end) in enumerate(lines):
        if number:
            prose.soft(lines[number - 1][1], start)
        prose.copy(fragment.text[at : at + end - start], start)
        at += end - start + 1
    return mark_urls(prose.finish())


def read_text(source: str, outline: Outline) -> None:
    """A whole document."""
    _Reader(source, outline).read(lines_of(source, 1 if source.startswith("\ufeff") else 0))
