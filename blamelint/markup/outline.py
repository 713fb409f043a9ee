"""From pieces of prose to blocks: each gets its headings, its section, and whether it is metadata."""

from __future__ import annotations

from blamelint.block import Block, BlockKind, Section
from blamelint.markup.metadata import field_kind, is_bare_label, is_value, split_fields
from blamelint.markup.prose import Text
from blamelint.sections import section_of

_LONGEST_PSEUDO_HEADING = 8
_PSEUDO_LEVEL = 6
_LONGEST_TITLE_SECTION = 3


class Outline:
    """Collects the blocks of one document in its order."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._path: list[tuple[int, str, Section]] = []
        self._after_label = self._titled = False

    @property
    def _section(self) -> Section:
        return self._path[-1][2] if self._path else Section.NONE

    def _add(self, kind: BlockKind, text: Text, *, level: int = 0, quoted: bool = False, metadata: bool = False,
             column: str = "", row_label: str = "") -> None:  # fmt: skip
        above = self._path[:-1] if kind is BlockKind.HEADING else self._path
        self.blocks.append(
            Block(
                kind, text.text, text.pieces, self._section, tuple(heading for _, heading, _ in above), level,
                text.marks, text.line_starts, quoted, metadata, column, row_label,
            )
        )  # fmt: skip

    def heading(self, text: Text | None, level: int, *, quoted: bool = False) -> None:
        """A heading; sections below it inherit what it is about where their own headings say nothing."""
        if text is None:
            return
        while self._path and self._path[-1][0] >= level:
            self._path.pop()
        inherited = self._section
        # The title names the incident; that it says "data loss" makes the document no section on impact.
        title = level == 1 and not self._titled
        self._titled = True
        own = Section.NONE if title and len(text.text.split()) > _LONGEST_TITLE_SECTION else section_of(text.text)
        self._path.append((level, text.text, inherited if own is Section.NONE else own))
        self._after_label = False
        self._add(BlockKind.HEADING, text, level=level, quoted=quoted)

    def front_matter(self, text: Text | None) -> None:
        """A title or summary from the front matter."""
        if text is not None:
            self._add(BlockKind.FRONT_MATTER, text)

    def prose(self, text: Text | None, kind: BlockKind = BlockKind.PARAGRAPH, *, quoted: bool = False) -> None:
        """A paragraph or the paragraph of a list item."""
        if text is None:
            return
        if kind is BlockKind.PARAGRAPH and not quoted and self._is_heading(text):
            self.heading(text, _PSEUDO_LEVEL)
            return
        in_list = bool(self.blocks) and self.blocks[-1].kind is BlockKind.ITEM
        listed = self._after_label and (kind is BlockKind.ITEM or (not in_list and is_value(text.text)))
        for part, field in split_fields(text):
            people = self._section is Section.PARTICIPANTS and (kind is BlockKind.ITEM or is_value(part.text))
            dates = self._section is Section.METADATA and is_value(part.text)
            self._add(kind, part, quoted=quoted, metadata=field or listed or people or dates)
        self._after_label = is_bare_label(text.text) or (listed and kind is BlockKind.ITEM)

    def _is_heading(self, text: Text) -> bool:
        """A line in bold that says what a section says is the heading that the author meant it to be."""
        if "\n" in text.text or text.line_starts or len(text.text.split()) > _LONGEST_PSEUDO_HEADING:
            return False
        whole = len(text.text.rstrip(" :"))
        bold = any(m.kind == "strong" and m.span.start == 0 and m.span.end >= whole for m in text.marks)
        return bold and section_of(text.text) is not Section.NONE and not is_bare_label(text.text)

    def cell(self, text: Text | None, *, column: str, row_label: str, header: bool = False,
             quoted: bool = False) -> None:  # fmt: skip
        """A table cell; `row_label` is empty in the first cell of a row, which has itself for a label."""
        if text is None:
            return
        label = field_kind(row_label or ("" if column else text.text)) if not header else ""
        field = bool(field_kind(column) or label)
        people = self._section in (Section.PARTICIPANTS, Section.METADATA)
        metadata = (field or people) and is_value(text.text)
        self._add(BlockKind.CELL, text, quoted=quoted, metadata=metadata, column=column, row_label=row_label)

    def definition(self, text: Text | None, term: str, *, quoted: bool = False) -> None:
        """What is said of a term; of a field of the document it is its value."""
        if text is not None:
            metadata = bool(field_kind(term)) and is_value(text.text)
            self._add(BlockKind.ITEM, text, quoted=quoted, metadata=metadata, row_label=term)
