"""Sentences with a parse written by hand, and rule files with what a test doesn't care about filled in."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from pathlib import Path

import spacy
from spacy.tokens import Doc
from spacy.vocab import Vocab

from blamelint.block import Block, BlockKind, Mark, Piece, Section
from blamelint.document import Document, Sentence
from blamelint.mention import Kind, Mention
from blamelint.span import Span

VOCAB: Vocab = spacy.blank("en").vocab

RULE = """\
code: {code}
name: {name}
category: blame
severity: warning
summary: A person is blamed.
message: "'{{match}}' blames"
why: It ends the inquiry.
instead: Say what made it likely.
match:
{match}
examples:
  bad: ["[[bad]] one", "[[bad]] two", "[[bad]] three"]
  good: [good one, good two, good three]
"""


def rule_text(match: str = "- phrase: [bad]", code: str = "BL401", name: str = "some-blame", more: str = "") -> str:
    """A rule file with that `match`, and `more` at its end."""
    text = RULE.format(code=code, name=name, match=textwrap.indent(textwrap.dedent(match).strip(), "  "))
    return text + textwrap.dedent(more)


def write(path: Path, text: str) -> Path:
    """The file, with the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def sentence(
    text: str,
    *,
    heads: Sequence[int] | None = None,
    deps: Sequence[str] | None = None,
    lemmas: Sequence[str] | None = None,
    pos: Sequence[str] | None = None,
    read: Sequence[str] | None = None,
    actors: Sequence[tuple[int, int, Kind]] = (),
    marks: Sequence[Mark] = (),
    section: Section = Section.NONE,
    kind: BlockKind = BlockKind.PARAGRAPH,
    start: int = 0,
) -> Sentence:
    """The words of `text` are its tokens; `read` are those the parser saw, where they differ."""
    words = text.split()
    offsets, at = [], 0
    for word in words:
        at = text.index(word, at)
        offsets.append(Span(at, at + len(word)))
        at += len(word)
    doc = Doc(
        VOCAB,
        words=list(read or words),
        heads=list(heads or [0] * len(words)),
        deps=list(deps or ["dep"] * len(words)),
        lemmas=list(lemmas or [word.lower() for word in words]),
        pos=list(pos or ["X"] * len(words)),
    )
    mentions = []
    for first, after, actor in actors:
        for token in doc[first:after]:
            token.ent_type_ = actor.value
        span = Span(offsets[first].start, offsets[after - 1].end)
        mentions.append(Mention(actor, span, (first, after), text[span.start : span.end]))
    whole = " " * start + text
    block = Block(kind, whole, (Piece(0, len(whole), 0, len(whole)),), section=section, marks=tuple(marks))
    return Sentence(text, start, block, doc, tuple(offsets), tuple(mentions))


def document(*sentences: Sentence) -> Document:
    """A document of sentences that each have a block of their own."""
    blocks = tuple(s.block for s in sentences)
    return Document("x.md", "\n".join(b.text for b in blocks), "markdown", blocks, sentences)
