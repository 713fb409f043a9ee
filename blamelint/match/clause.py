"""The `clause` kind of match: who does what, whatever the grammar it is told in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce

from spacy.tokens import Token
from spacy.vocab import Vocab

from blamelint.agency import kind_of
from blamelint.clause import Clause
from blamelint.document import Match, Sentence
from blamelint.matchspec import ClauseSpec, kinds_named
from blamelint.mention import Kind
from blamelint.rule import Matcher
from blamelint.span import Span


@dataclass(frozen=True, slots=True)
class ClauseMatcher:
    """Matches clauses by the kind of their agent, their predicate and what hangs on it; empty sets ask nothing."""

    kinds: frozenset[Kind]
    no_agent: bool
    predicates: frozenset[str]
    voices: frozenset[str]
    negated: bool | None
    modalities: frozenset[str]
    objects: frozenset[str]
    adverbs: frozenset[str]
    complements: frozenset[str]
    subject_words: frozenset[str]

    def find(self, sentence: Sentence) -> Iterator[Match]:
        """One match for each clause that fits, with the parts agent, predicate and object where there are any."""
        for clause in sentence.clauses:
            match = self._match(sentence, clause)
            if match is not None:
                yield match

    def _match(self, sentence: Sentence, clause: Clause) -> Match | None:
        if not self._agent_fits(sentence, clause):
            return None
        if self.voices and clause.voice not in self.voices:
            return None
        if self.negated is not None and clause.negated is not self.negated:
            return None
        if self.modalities and (clause.modality or "none") not in self.modalities:
            return None
        doc = sentence.doc
        verb = doc[clause.predicate]
        predicate = [clause.predicate]
        if self.predicates and not (predicate := _predicate(verb, clause.lemma, self.predicates)):
            return None
        parts: dict[str, Sequence[int]] = {"predicate": predicate}
        if self.objects:
            hit = _hit([doc[i] for i in clause.objects], self.objects)
            if not hit:
                return None
            parts["object"] = hit
        if self.adverbs:
            hit = _hit([doc[i] for i in clause.adverbs], self.adverbs) or _phrase(verb, self.adverbs)
            if not hit:
                return None
            parts["adverb"] = hit
        if self.complements:
            hit = _hit([doc[i] for i in clause.complements], self.complements) or _phrase(verb, self.complements)
            if not hit:
                return None
            parts["complement"] = hit
        if clause.agent is not None:
            parts["agent"] = _mention_tokens(sentence, clause.agent)
        spans = {name: sentence.span_of(min(tokens), max(tokens)) for name, tokens in parts.items()}
        shown = {name: span for name, span in spans.items() if name != "agent" or _near(parts)}
        return Match(reduce(Span.cover, shown.values()), spans)

    def _agent_fits(self, sentence: Sentence, clause: Clause) -> bool:
        subject = "" if clause.agent is None else sentence.doc[clause.agent].lemma_.lower()
        if self.subject_words and subject not in self.subject_words:
            return False
        if not self.kinds:
            return not self.no_agent or clause.agent is None
        if clause.agent is None:
            return self.no_agent
        return clause.kind in self.kinds or kind_of(sentence.doc[clause.agent]) in self.kinds


#: An agent further away than so many tokens ("Sarah, who was not on call, cancelled it and saved …") is only told of.
_FAR = 5
_BOUND = frozenset({"prt", "advmod", "prep", "dobj", "acomp", "xcomp", "npadvmod"})


def _predicate(verb: Token, lemma: str, wanted: frozenset[str]) -> list[int]:
    """The tokens of the predicate where it is wanted: the verb alone or with its particle ("mess up")."""
    for child in verb.children:
        bound = child.dep_ in _BOUND or child.i == verb.i + 1
        if bound and not wanted.isdisjoint((f"{lemma} {child.lower_}", f"{lemma} {child.lemma_.lower()}")):
            return [verb.i, child.i]
    doc = verb.doc
    for length in (4, 3, 2):
        tail = doc[verb.i + 1 : verb.i + length]
        for words in ([t.lower_ for t in tail], [t.lemma_.lower() for t in tail]):
            if len(words) == length - 1 and " ".join([lemma, *words]) in wanted:
                return list(range(verb.i, verb.i + length))
    return [verb.i] if lemma in wanted else []


def _hit(tokens: Sequence[Token], wanted: frozenset[str]) -> list[int]:
    for token in tokens:
        lemma = token.lemma_.lower()
        if lemma in wanted or token.lower_ in wanted or ("-" in lemma and lemma.rpartition("-")[2] in wanted):
            return [token.i]
    return []


@lru_cache(maxsize=64)
def _phrases(wanted: frozenset[str]) -> dict[str, list[tuple[str, ...]]]:
    """The phrases of more than one word by their first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in wanted:
        words = tuple(phrase.split())
        if len(words) > 1:
            found.setdefault(words[0], []).append(words)
    return found


def _phrase(verb: Token, wanted: frozenset[str]) -> list[int]:
    """Prepositional phrases and particles below the verb, as written: "by mistake", "without a second thought"."""
    phrases = _phrases(wanted)
    doc = verb.doc
    for child in verb.children:
        for words in phrases.get(child.lower_, ()):
            if tuple(t.lower_ for t in doc[child.i : child.i + len(words)]) == words:
                return list(range(child.i, child.i + len(words)))
    return []


def _near(parts: Mapping[str, Sequence[int]]) -> bool:
    """Whether the agent stands close enough to be underlined with what it does."""
    others = [index for name, tokens in parts.items() if name != "agent" for index in tokens]
    return min(others) - max(parts["agent"]) <= _FAR and min(parts["agent"]) - max(others) <= _FAR


def _mention_tokens(sentence: Sentence, token: int) -> Sequence[int]:
    mention = sentence.mention_at(token)
    return range(*mention.tokens) if mention is not None else [token]


def compile_clause(spec: ClauseSpec, vocab: Vocab) -> Matcher:
    """The matcher of a `clause` entry; kind names were checked by the rule file's model."""
    kinds = {Kind(kind) for name in spec.agent for kind in kinds_named(name) if kind}
    lowered: Callable[[Sequence[str]], frozenset[str]] = lambda words: frozenset(w.lower() for w in words)  # noqa: E731
    return ClauseMatcher(
        frozenset(kinds), "none" in spec.agent, lowered(spec.predicate), lowered(spec.voice), spec.negated,
        lowered(spec.modality), lowered(spec.object), lowered(spec.adverb), lowered(spec.complement),
        lowered(spec.subject_word),
    )  # fmt: skip
