"""From a document to its ledger: one pass over its clauses, dictionary look-ups only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from blamelint.block import Block, BlockKind, Section
from blamelint.clause import Clause
from blamelint.document import Document, Sentence
from blamelint.ledger.effects import EARLIER, LATER, Effects
from blamelint.ledger.entry import Effect, Entry, Ledger, Party, Stand
from blamelint.ledger.parties import Parties, united
from blamelint.sections import words_of

#: Sections that by their heading tell what led up to the incident, or what was done about it.
_EARLY = frozenset({Section.FACTORS, Section.ROOT_CAUSE, Section.WENT_BADLY})
_LATE = frozenset({Section.RESOLUTION, Section.DETECTION, Section.WENT_WELL, Section.LUCKY})
#: Sections that tell no part of the incident.
_NO_STORY = frozenset({Section.IMPACT, Section.LESSONS, Section.REFERENCES})
_APART = frozenset({Section.METADATA, Section.ACTIONS, Section.PARTICIPANTS})
_FAR = 6


def read_ledger(document: Document, effects: Effects) -> Ledger:
    """Every clause of the document that tells an act, with who did it and what it did."""
    parties = Parties(effects)
    entries = list(_entries(document, effects, parties))
    return Ledger(tuple(united(entries, parties.people_after_all)))


def _entries(document: Document, effects: Effects, parties: Parties) -> Iterator[Entry]:
    story = _Story(effects)
    balance: Counter[str] = Counter()
    for sentence in document:
        if sentence.block.metadata or sentence.block.section in _APART:
            continue
        story.go_on(sentence)
        told = []
        for clause in sentence.clauses:
            party, named = parties.of(sentence, clause)
            if clause.voice == "copular" and clause.lemma == "be":
                continue
            human = party.kind not in (Stand.SYSTEM, Stand.NONE, Stand.SOMEONE)
            effect, grounds, predicate = effects.of(
                sentence, clause, late=story.late, human=human, balance=balance[party.key]
            )
            if effects.shows(sentence, clause) or (human and effect is Effect.HELP and grounds == "the verb"):
                story.turn()
            for who, tokens in ((party, named), *parties.beside(sentence, clause)):
                told.append(_entry(sentence, clause, who, tokens, effect, grounds, predicate))
        for entry in _in_context(told):
            balance[entry.party.key] += (entry.effect is Effect.HELP) - (entry.effect is Effect.HARM)
            yield entry
        parties.end_sentence(sentence)


def _in_context(told: list[Entry]) -> Iterator[Entry]:
    """The entries of one sentence, those told by place alone seen beside what the sentence says outright."""
    helping = {e.party.key for e in told if e.effect is Effect.HELP and e.grounds != LATER}
    broken = any(e.effect is Effect.HARM and e.party.kind in (Stand.SYSTEM, Stand.NONE) for e in told)
    for entry in told:
        if entry.grounds == EARLIER and entry.party.key in helping:
            yield replace(entry, effect=Effect.HELP, grounds="part of what helped")
        elif entry.grounds == LATER and broken:
            yield replace(entry, effect=Effect.HARM, grounds="harm follows in the sentence")
        else:
            yield entry


class _Story:
    """How far the telling is: each section tells it anew, up to where the incident shows and from there on."""

    def __init__(self, effects: Effects) -> None:
        self._effects = effects
        self._place: object = None
        self._section, self._below = Section.NONE, False
        self.late: bool | None = False

    def go_on(self, sentence: Sentence) -> None:
        """The telling has come to that sentence."""
        block = sentence.block
        if (block.section, block.headings) != self._place:
            self._place = block.section, block.headings
            self.late = self._opening(block)
            self._section, self._below = block.section, len(block.headings) > 1
        row = block.section is Section.TIMELINE or block.kind is BlockKind.CELL or sentence.stamped
        if row and self.late is False and self._effects.row_shows(sentence):
            self.late = True

    def _opening(self, block: Block) -> bool | None:
        """Whether a section begins in the response; None where it tells no story."""
        if block.section in _EARLY:
            return False
        if block.section in _LATE:
            return True
        if block.section in _NO_STORY:
            return None
        words = words_of(block.headings[-1]) if block.headings else ()
        if not self._effects.response_words.isdisjoint(words):
            return True
        if not self._effects.lead_up_words.isdisjoint(words):
            return False
        goes_on = block.section is self._section is Section.NONE and self._below and len(block.headings) > 1
        return bool(self.late) and goes_on

    def turn(self) -> None:
        """The incident has shown itself."""
        if self.late is False and self._section not in _EARLY:
            self.late = True


def _entry(
    sentence: Sentence, clause: Clause, party: Party, named: Sequence[int], effect: Effect, grounds: str, predicate: str
) -> Entry:
    objects = tuple(_noun(sentence, index) for index in clause.objects)
    tokens = [clause.predicate, *(i for i in clause.objects if abs(i - clause.predicate) <= _FAR)]
    written = sentence.span_of(named[0], named[-1]) if named else None
    span = sentence.span_of(min(tokens), max(tokens))
    if written is not None and clause.agent is not None and abs(clause.agent - clause.predicate) <= _FAR:
        span = span.cover(written)
    return Entry(
        party, "" if written is None else sentence.text[written.start : written.end], predicate, objects, effect,
        grounds, clause.negated, clause.modality, clause.voice, sentence, span,
    )  # fmt: skip


def _noun(sentence: Sentence, index: int) -> str:
    mention = sentence.mention_at(index)
    if mention is not None:
        return mention.text
    span = sentence.offsets[index]
    return sentence.text[span.start : span.end]
