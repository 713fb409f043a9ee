"""What the parse and the rules know of a sentence, as named features for the combiner."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from blamelint.diagnostic import Diagnostic, Severity
from blamelint.document import Sentence
from blamelint.mention import KIND_GROUPS

_HUMAN = frozenset(KIND_GROUPS["human"])

#: The word lists that sort what people are said to do.
_VERBS = ("operator_verbs", "notice_verbs", "human_verbs", "harm_verbs", "failure_verbs")

#: A sentence of so few tokens is a label, a heading or an exclamation.
_SHORT = 4


class Features:
    """Computes features; `lists` are the rule packs' word lists."""

    def __init__(self, lists: Mapping[str, Iterable[str]]) -> None:
        self._verbs = {name: frozenset(word.lower() for word in lists.get(name, ())) for name in _VERBS}

    def of(self, sentence: Sentence, found: Iterable[Diagnostic] = ()) -> frozenset[str]:
        """Such as "in timeline", "PERSON acts", "PERSON operator_verbs", "rule named"; `found`: by rules, in it."""
        return frozenset((*_place(sentence), *_rules(found), *self._actors(sentence)))

    def _actors(self, sentence: Sentence) -> Iterator[str]:
        kinds = {mention.kind for mention in sentence.mentions}
        yield from (f"has {kind.value}" for kind in kinds)
        if not kinds & _HUMAN:
            yield "has nobody"
        for clause in sentence.clauses:
            if clause.kind is None:
                continue
            kind = clause.kind.value
            yield f"{kind} acts"
            yield f"{kind} {clause.voice}"
            if clause.negated:
                yield f"{kind} does not"
            if clause.modality:
                yield f"{kind} {clause.modality}"
            yield from (f"{kind} {name}" for name, verbs in self._verbs.items() if clause.lemma in verbs)


def _place(sentence: Sentence) -> Iterator[str]:
    block = sentence.block
    yield f"in {block.section.value}"
    yield f"as {block.kind.value}"
    if block.metadata:
        yield "metadata"
    if sentence.stamped:
        yield "stamped"
    if sentence.speaker:
        yield "chat"
    if len(sentence.doc) < _SHORT:
        yield "short"


def _rules(found: Iterable[Diagnostic]) -> Iterator[str]:
    for diagnostic in found:
        yield f"{'rule' if diagnostic.severity >= Severity.WARNING else 'hint'} {diagnostic.category}"


def has_human(features: frozenset[str]) -> bool:
    """Whether the sentence speaks of anybody at all."""
    return "has nobody" not in features
