"""A postmortem, read: blocks of prose, their sentences, and who acts in each. What rules look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from spacy.tokens import Doc, Token

from blamelint.block import Block
from blamelint.clause import Clause
from blamelint.diagnostic import Severity
from blamelint.lines import LineIndex
from blamelint.mention import Mention
from blamelint.span import Span


@dataclass(frozen=True, slots=True)
class Match:
    """What a rule found: a range of the sentence's text, and named parts of it (agent, predicate …)."""

    span: Span
    parts: Mapping[str, Span] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)


@dataclass(eq=False)
class Sentence:
    """One sentence, item, heading or cell, parsed.

    `text` is its prose, `start` where it begins in `block.text`. `doc` has one token for each of `offsets`, which
    are ranges of `text`: the parser may have read a placeholder for a name, so never use `Token.idx`.
    Actors are in `mentions`, and as `ENT_TYPE` (a value of Kind) on the tokens. `stamped`: a time stood before it;
    `speaker`: who says it, where it is a line of chat. `learned`: the labels that the classifier gives it, once asked.
    """

    text: str
    start: int
    block: Block
    doc: Doc
    offsets: tuple[Span, ...]
    mentions: tuple[Mention, ...] = ()
    clauses: tuple[Clause, ...] = ()
    previous: Sentence | None = None
    stamped: bool = False
    speaker: str = ""
    learned: Mapping[str, Severity] = field(default_factory=dict)

    def span_of(self, first: int, last: int) -> Span:
        """The range of `text` from token `first` to token `last`, both included."""
        return Span(self.offsets[first].start, self.offsets[last].end)

    def token_span(self, token: Token) -> Span:
        """The range of `text` of one token."""
        return self.offsets[token.i]

    def to_source(self, span: Span) -> Span:
        """The source range of a range of `text`."""
        return self.block.to_source(span.shift(self.start))

    def mention_at(self, token: int) -> Mention | None:
        """The mention that holds the token."""
        return next((m for m in self.mentions if m.tokens[0] <= token < m.tokens[1]), None)

    @cached_property
    def source_span(self) -> Span:
        """The source range of the whole sentence."""
        return self.to_source(Span(0, len(self.text)))


@dataclass(eq=False)
class Document:
    """A whole postmortem: its source, its blocks and its sentences in order."""

    path: str
    source: str
    format: str
    blocks: tuple[Block, ...]
    sentences: tuple[Sentence, ...] = ()

    @cached_property
    def lines(self) -> LineIndex:
        """The line structure of the source."""
        return LineIndex(self.source)

    def code_spans(self) -> list[Span]:
        """The source ranges of the code in its prose."""
        return [b.to_source(mark.span) for b in self.blocks for mark in b.marks if mark.kind == "code"]

    def __iter__(self) -> Iterator[Sentence]:
        return iter(self.sentences)
