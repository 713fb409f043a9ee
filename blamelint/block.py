"""A unit of prose cut out of a document, with the way back to the source, character by character."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from blamelint.span import Span


class BlockKind(StrEnum):
    """What the prose is in the document; each is a unit of its own, and no sentence crosses two."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    CELL = "cell"
    FRONT_MATTER = "front_matter"


class Section(StrEnum):
    """What a section of a postmortem is about, told from its heading."""

    NONE = "none"
    METADATA = "metadata"
    SUMMARY = "summary"
    IMPACT = "impact"
    DETECTION = "detection"
    TIMELINE = "timeline"
    FACTORS = "contributing_factors"
    ROOT_CAUSE = "root_cause"
    WENT_WELL = "went_well"
    WENT_BADLY = "went_badly"
    LUCKY = "lucky"
    RESOLUTION = "resolution"
    LESSONS = "lessons"
    ACTIONS = "action_items"
    PARTICIPANTS = "participants"
    REFERENCES = "references"


@dataclass(frozen=True, slots=True)
class Piece:
    """`length` characters of a block's text that stand in the source at `source`, `source_length` long.

    Where both lengths are equal the characters correspond one to one; else (an entity, a line break with its
    quote marker) the piece is one thing that maps as a whole.
    """

    text: int
    length: int
    source: int
    source_length: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a block's text that is more than plain prose: `code`, `link` (with its target), `url`,
    `image`, `emphasis`, `strong`."""

    kind: str
    span: Span
    target: str = ""


@dataclass(frozen=True)
class Block:
    """Prose as it reads (markup gone, entities decoded, soft line breaks as blanks, hard ones as newlines).

    `line_starts` are the offsets in `text` at which a soft-wrapped source line begins. `headings` is the path of
    headings above, outermost first. `quoted` says that it stands in a block quote. `metadata` says that it is a
    field of the document ("Author: …", a table of roles), not narrative. `column` is the header of a cell's column,
    and `row_label` the text of the first cell of its row.
    """

    kind: BlockKind
    text: str
    pieces: tuple[Piece, ...]
    section: Section = Section.NONE
    headings: tuple[str, ...] = ()
    level: int = 0
    marks: tuple[Mark, ...] = ()
    line_starts: tuple[int, ...] = ()
    quoted: bool = False
    metadata: bool = False
    column: str = ""
    row_label: str = ""

    @cached_property
    def _starts(self) -> list[int]:
        return [piece.text for piece in self.pieces]

    def _piece(self, offset: int) -> Piece:
        return self.pieces[max(bisect_right(self._starts, offset) - 1, 0)]

    def to_source(self, span: Span) -> Span:
        """The source range of a range of `text`; an empty range maps to an empty one."""
        if not self.pieces:
            return Span(0, 0)
        first = self._piece(span.start)
        into = span.start - first.text
        start = first.source + (into if first.length == first.source_length else 0)
        if span.end <= span.start:
            return Span(start, start)
        last = self._piece(span.end - 1)
        into = span.end - last.text
        end = last.source + (into if last.length == last.source_length else last.source_length)
        return Span(start, max(start, end))

    @property
    def span(self) -> Span:
        """The source range of the whole block."""
        return self.to_source(Span(0, len(self.text)))

    def marked(self, kind: str, span: Span) -> Mark | None:
        """The first mark of that kind that overlaps `span`."""
        return next((mark for mark in self.marks if mark.kind == kind and mark.span.overlaps(span)), None)
