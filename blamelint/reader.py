"""From a source text to a Document: blocks, sentences, people, clauses. The one place where spaCy is run."""

from __future__ import annotations

from functools import cached_property

from spacy.tokens import Doc

from blamelint.agency import clauses
from blamelint.block import Block, BlockKind, Section
from blamelint.document import Document, Sentence
from blamelint.lexicon import Lexicon
from blamelint.markup import read_blocks
from blamelint.mention import Kind, Mention
from blamelint.model import Model
from blamelint.people.cast import Cast
from blamelint.people.dictionary import Dictionary
from blamelint.people.gazetteer import Gazetteer, fold, gazetteer
from blamelint.people.mentions import Memory, find_mentions
from blamelint.people.names import candidates
from blamelint.people.roster import Roster
from blamelint.people.surface import Surface
from blamelint.people.syntax import is_open, learn, learn_entities
from blamelint.segment import Segment, segments
from blamelint.span import Span

#: What the parser reads in place of inline code: a noun that it knows as a product's name.
_CODE = "Oracle"


class Reader:
    """Reads documents with one model, one lexicon and one roster."""

    def __init__(self, model: Model, lexicon: Lexicon, roster: Roster | None = None) -> None:
        self.model, self.lexicon, self.roster = model, lexicon, roster

    @cached_property
    def _names(self) -> Gazetteer:
        return gazetteer().with_given(self.lexicon.given_names)

    @cached_property
    def _dictionary(self) -> Dictionary:
        return Dictionary.build(self.model.words, self.model.irregular)

    def read(self, source: str, *, path: str, format: str) -> Document:
        """The parsed document."""
        blocks = tuple(read_blocks(source, format))
        units = [(block, segment) for block in blocks for segment in segments(self.model, block)]
        cast = Cast(self.lexicon, self._names, self._dictionary, self.roster)
        Surface(cast).observe(units)
        units = [unit for unit in units if not unit[1].header]
        docs = list(self.model.parse(self._doc(segment, cast) for _, segment in units))
        for (block, segment), doc in zip(units, docs, strict=True):
            told = block.section not in (Section.TIMELINE, Section.ACTIONS) and not block.quoted
            learn(cast, segment, doc, habits=told and not segment.stamped and not segment.speaker)
        self._settle([(segment, doc) for (_, segment), doc in zip(units, docs, strict=True)], cast)
        return Document(path, source, format, blocks, tuple(self._sentences(units, docs, cast)))

    def _settle(self, parsed: list[tuple[Segment, Doc]], cast: Cast) -> None:
        """Ask spaCy's entities about the names that the other evidence leaves open, and about no others."""
        unsettled = [(segment, doc) for segment, doc in parsed if is_open(cast, segment, doc)]
        found = self.model.find_entities([doc for _, doc in unsettled])
        for (segment, _), doc in zip(unsettled, found, strict=True):
            learn_entities(cast, segment, doc)

    def _sentences(self, units: list[tuple[Block, Segment]], docs: list[Doc], cast: Cast) -> list[Sentence]:
        sentences: list[Sentence] = []
        memory = Memory()
        for (block, segment), doc in zip(units, docs, strict=True):
            if block.kind is BlockKind.HEADING:
                memory = Memory()
            memory.label = self._row_label(block, cast)
            mentions = find_mentions(segment, doc, cast, memory)
            start = segment.span.start
            offsets = tuple(tok.span.shift(-start) for tok in segment.toks)
            previous = sentences[-1] if sentences and sentences[-1].block.section is block.section else None
            sentences.append(
                Sentence(
                    block.text[start : segment.span.end],
                    start,
                    block,
                    doc,
                    offsets,
                    mentions,
                    clauses(doc),
                    previous,
                    segment.stamped,
                    segment.speaker,
                )
            )
        return sentences

    @staticmethod
    def _row_label(block: Block, cast: Cast) -> Mention | None:
        """The person whom a table's row is about, for the pronouns of its cells."""
        label = block.row_label
        if not label or not cast.is_person(fold(label)):
            return None
        return Mention(Kind.PERSON, Span(0, 0), (0, 0), label, name=label, confidence=cast.confidence(fold(label)))

    def _doc(self, segment: Segment, cast: Cast) -> Doc:
        """The tokens as the parser shall read them: placeholders for code, handles and lower-case names."""
        toks = segment.toks
        words = [_CODE if tok.code and not tok.handle else tok.text for tok in toks]
        for candidate in candidates(toks, cast.known, self.lexicon):
            if not cast.is_person(candidate.key):
                continue
            follower = toks[candidate.end].text if candidate.end < len(toks) else ""
            subject = candidate.start == 0 and bool(cast.dictionary.verb_form(follower))
            if candidate.end - candidate.start > 1:
                first = candidate.name.split()[0]
                if first.lower() in cast.dictionary.english or len(first) <= 3:
                    words[candidate.start] = "John"  # "Per Eriksson opened …"
                continue
            if subject:
                words[candidate.start] = "He"
                words[candidate.end] = follower.lower()
            elif candidate.form in ("handle", "lower") or candidate.name.lower() in cast.dictionary.english:
                words[candidate.start] = "John"
        return Doc(self.model.vocab, words=words, spaces=[tok.space for tok in toks])
