"""From a document to its ledger: one pass over its clauses, dictionary look-ups only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from blamelint.block import Block, BlockKind, Section
from blamelint.clause import Clause
from blamelint.document import Document, Sentence
from blamelint.ledger.effects import EARLIER, EARLIER_LIGHT, LATER, Effects
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
_BY_PLACE = (EARLIER, EARLIER_LIGHT)
#: A change so many sentences before the incident shows is no longer told as what led up to it.
_LEAD_UP = 25


def read_ledger(document: Document, effects: Effects) -> Ledger:
    """Every clause of the document that tells an act, with who did it and what it did."""
    parties, story = Parties(effects), _Story(effects)
    entries = list(_entries(document, effects, parties, story))
    return Ledger(tuple(united(_led_up(entries, story), parties.people_after_all)))


def _led_up(entries: Sequence[Entry], story: _Story) -> list[Entry]:
    """The entries, with changes told before the trouble left neutral where no trouble is told soon after."""
    kept: list[Entry] = []
    turns, after = list(story.turns), len(story.read) + 2 * _LEAD_UP
    for entry in reversed(entries):
        here = story.read[id(entry.sentence)]
        while turns and turns[-1] >= here:
            after = turns.pop()
        far = after - here > _LEAD_UP and id(entry.sentence) not in story.sure
        kept.append(replace(entry, effect=Effect.NEUTRAL, grounds="") if far and entry.grounds in _BY_PLACE else entry)
    return kept[::-1]


def _entries(document: Document, effects: Effects, parties: Parties, story: _Story) -> Iterator[Entry]:
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
            if clause.voice == "nominal" and effect is Effect.NEUTRAL:
                continue  # "our edge team" tells no act
            if effects.shows(sentence, clause) or (human and effect is Effect.HELP and grounds == "the verb"):
                story.turn(sentence)
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
        if entry.grounds in _BY_PLACE and entry.party.key in helping:
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
        self.read: dict[int, int] = {}  # the place of each sentence by its id
        self.turns: list[int] = []  # the places at which the incident shows
        self.sure: set[int] = set()  # the ids of the sentences whose heading says that they tell what led up to it
        self._lead_up = False

    def go_on(self, sentence: Sentence) -> None:
        """The telling has come to that sentence."""
        block = sentence.block
        self.read[id(sentence)] = len(self.read)
        if (block.section, block.headings) != self._place:
            self._lead_up = block.section in _EARLY or self._heading_says(block, self._effects.lead_up_words)
            self._place = block.section, block.headings
            self.late = self._opening(block)
            self._section, self._below = block.section, len(block.headings) > 1
        if self._lead_up:
            self.sure.add(id(sentence))
        row = block.section is Section.TIMELINE or block.kind is BlockKind.CELL or sentence.stamped
        if row and self.late is False and self._effects.row_shows(sentence):
            self.turn(sentence)

    def _opening(self, block: Block) -> bool | None:
        """Whether a section begins in the response; None where it tells no story."""
        if block.section in _EARLY:
            return False
        if block.section in _LATE:
            return True
        if block.section in _NO_STORY:
            return None
        if self._heading_says(block, self._effects.response_words):
            return True
        if self._lead_up:
            return False
        goes_on = block.section is self._section is Section.NONE and self._below and len(block.headings) > 1
        return bool(self.late) and goes_on

    @staticmethod
    def _heading_says(block: Block, words: frozenset[str]) -> bool:
        return bool(block.headings) and not words.isdisjoint(words_of(block.headings[-1]))

    def turn(self, sentence: Sentence) -> None:
        """The incident has shown itself."""
        if self.late is False and self._section not in _EARLY:
            self.late = True
            self.turns.append(self.read[id(sentence)])


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
