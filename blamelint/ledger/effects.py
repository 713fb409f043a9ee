"""Harm or help, told from the words of a clause: its verb, particle and object, negation, modality, and its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields

from spacy.tokens import Token

from blamelint.clause import Clause
from blamelint.document import Sentence
from blamelint.ledger.entry import Effect

#: Grounds of what only its place in the story makes harm or help.
EARLIER, LATER = "a change told before the trouble", "a change told in the response"
EARLIER_LIGHT = "a small act told before the trouble"

#: What might have been: no act, but told of somebody it says what they left undone.
_UNREAL = frozenset({"should_have", "could_have", "might_have", "would_have", "had_inverted"})
#: Plans, duties, abilities and conditions: nobody has done anything.
_NOT_DONE = frozenset({"can", "may", "must", "will", "should", "could", "might", "would", "if", "imperative"})
#: So much more harm than help makes of a party one that harms.
_OF_HARM = -2
_BOUND = frozenset({"prt", "advmod", "acomp", "oprd"})
_UNDOING = ("re", "un")


@dataclass(frozen=True, slots=True)
class Effects:
    """The words by which acts are told apart; each field is the word list of that name."""

    harmful_acts: frozenset[str]
    helpful_acts: frozenset[str]
    change_acts: frozenset[str]
    reducing_acts: frozenset[str]
    watchful_acts: frozenset[str]
    light_acts: frozenset[str]
    showing_acts: frozenset[str]
    showing_nouns: frozenset[str]
    crowds: frozenset[str]
    error_nouns: frozenset[str]
    lead_up_words: frozenset[str]
    response_words: frozenset[str]
    troubles: frozenset[str]
    assets: frozenset[str]
    party_nouns: frozenset[str]
    outside_nouns: frozenset[str]

    @classmethod
    def build(cls, lists: Mapping[str, Iterable[str]]) -> Effects:
        """From the word lists of the rule packs."""
        return cls(**{f.name: frozenset(word.lower() for word in lists.get(f.name, ())) for f in fields(cls)})

    def shows(self, sentence: Sentence, clause: Clause) -> bool:
        """Whether the clause tells how the incident showed, or that somebody began to deal with it."""
        verb = sentence.doc[clause.predicate]
        if clause.negated or clause.modality or _before(verb):
            return False
        return self._found(sentence, clause, self.showing_acts) is not None

    def row_shows(self, sentence: Sentence) -> bool:
        """Whether a line of the timeline tells that the incident shows: "First link error", "Page to the on-call"."""
        return any(t.pos_ == "NOUN" and t.lemma_.lower() in self.showing_nouns for t in sentence.doc)

    def of(
        self, sentence: Sentence, clause: Clause, *, late: bool | None, human: bool, balance: int
    ) -> tuple[Effect, str, str]:
        """(the effect, the grounds in words, the predicate).

        `late` says that the story has reached the response at that place, None that the place says nothing; `human`
        that somebody acts who could have acted otherwise.
        """
        effect, grounds, predicate = self._of(sentence, clause, late, human, balance)
        if grounds == EARLIER and predicate in self.light_acts:
            grounds = EARLIER_LIGHT
        return effect, grounds, predicate or _shown(sentence, clause)

    def _of(
        self, sentence: Sentence, clause: Clause, late: bool | None, human: bool, balance: int
    ) -> tuple[Effect, str, str]:
        if clause.voice == "nominal":
            if clause.lemma in self.error_nouns:
                return Effect.HARM, "the noun", clause.lemma
            return Effect.NEUTRAL, "", clause.lemma
        if clause.modality in _NOT_DONE:
            return Effect.NEUTRAL, "not told as done", ""
        good = self._found(sentence, clause, self.helpful_acts)
        careful = good or self._found(sentence, clause, self.watchful_acts)
        if clause.modality in _UNREAL:
            if human and careful and clause.modality != "would_have":
                return Effect.HARM, "told as left undone", careful
            return Effect.NEUTRAL, "not told as done", ""
        bad = self._found(sentence, clause, self.harmful_acts)
        lessening = self._found(sentence, clause, self.reducing_acts)
        change = self._found(sentence, clause, self.change_acts)
        if change in self.light_acts and not clause.objects:
            change = None
        if clause.negated:
            if careful or change:
                left = careful or change or ""
                early = human and not late
                return (Effect.HARM, "left undone", left) if careful or early else (Effect.NEUTRAL, "", left)
            return Effect.NEUTRAL, "negated", bad or ""
        thing = self._thing(sentence, clause)
        if lessening and thing == "trouble":
            return Effect.HELP, "the verb with its object", lessening
        if bad and len(bad.split()) >= len((good or "").split()):
            return Effect.HARM, "the verb", bad
        if good:
            return Effect.HELP, "the verb", good
        if lessening and thing == "asset" and not late:
            return Effect.HARM, "the verb with its object", lessening
        act = change or lessening
        if act is None or not human or late is None:
            return Effect.NEUTRAL, "", act or ""
        if not late or (balance <= 0 and _before(sentence.doc[clause.predicate])):
            return Effect.HARM, EARLIER, act
        if balance <= _OF_HARM and not lessening:
            return Effect.NEUTRAL, "", act  # who has done harm so far goes on acting, for good or ill
        return Effect.HELP, LATER, act

    def _found(self, sentence: Sentence, clause: Clause, wanted: frozenset[str]) -> str | None:
        """The longest phrase of the predicate that the list has."""
        return next((phrase for phrase in _phrases(sentence, clause) if phrase in wanted), None)

    def _thing(self, sentence: Sentence, clause: Clause) -> str:
        for index in clause.objects:
            token = sentence.doc[index]
            words = [f"{c.lemma_} {token.lemma_}".lower() for c in token.lefts] + [token.lemma_.lower()]
            if any(word in self.troubles for word in words):
                return "trouble"
            if any(word in self.assets for word in words):
                return "asset"
        return ""


def _phrases(sentence: Sentence, clause: Clause) -> Iterator[str]:
    """What a list may call the predicate: with particle and object, with either, the verb alone, and its stem."""
    doc, verb = sentence.doc, sentence.doc[clause.predicate]
    lemmas = _stems(clause.lemma, verb.lower_)
    particles = [c.lower_ for c in verb.children if c.dep_ in _BOUND or (c.dep_ == "prep" and c.i == verb.i + 1)]
    if verb.i + 1 < len(doc) and doc[verb.i + 1].lower_ not in particles:
        particles.append(doc[verb.i + 1].lower_)
    objects = [doc[i].lemma_.lower() for i in clause.objects]
    for lemma in lemmas:
        for particle in particles:
            yield from (f"{lemma} {particle} {thing}" for thing in objects)
        yield from (f"{lemma} {thing}" for thing in objects)
        yield from (f"{lemma} {particle}" for particle in particles)
    yield from lemmas


def _stems(lemma: str, word: str) -> list[str]:
    """The lemma, the word, and what the parser's guess at an unknown verb may have cut ("requeu")."""
    found = [lemma]
    for stem in (word, f"{lemma}e", word.removesuffix("ed"), word.removesuffix("d"), lemma.rpartition("-")[2]):
        if stem and stem not in found:
            found.append(stem)
    return found


def _before(verb: Token) -> bool:
    """Whether it is told in the past perfect: what had been done before."""
    return any(c.dep_ in ("aux", "auxpass") and c.lower_ in ("had", "'d", "’d") for c in verb.children)


def _shown(sentence: Sentence, clause: Clause) -> str:
    verb = sentence.doc[clause.predicate]
    particle = next((c.lower_ for c in verb.children if c.dep_ == "prt"), "")
    return f"{clause.lemma} {particle}".rstrip()
