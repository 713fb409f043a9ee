"""The classifier at work: which sentences it reads, what it adds to the rules' findings, and which it doubts."""

from __future__ import annotations

import importlib.util
import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from blamelint.classifier.combiner import Bars, Combiner
from blamelint.classifier.encoder import Encoder, Reading
from blamelint.classifier.features import Features, has_human
from blamelint.classifier.jsonfile import MANIFEST, changed
from blamelint.classifier.labels import LABELS
from blamelint.classifier.passages import Passage, passage, passages
from blamelint.classifier.words import FILE, Words
from blamelint.diagnostic import Diagnostic, Evidence, Severity
from blamelint.document import Sentence
from blamelint.errors import ModelError
from blamelint.span import Span

#: The model that is shipped.
SHIPPED = Path(__file__).resolve().parent / "model"

COMBINER = "combiner.json"

#: A text of so few sentences was written to be judged; in a document few sentences carry a label.
ALONE = 3

#: Labels of sentences about people: nothing else is blamed, praised or named.
_OF_PEOPLE = frozenset({"named", "blame", "hero", "villain"})

#: A name that a rule has found is read again where the words alone give it less than this.
_DOUBTFUL = 0.02

Found = Mapping[Span, Sequence[Diagnostic]]


@dataclass(frozen=True, slots=True)
class Judgement:
    """The probability of each label, the bars that were in force, and the labels that can hold at all."""

    probabilities: Mapping[str, float]
    bars: Mapping[str, Bars]
    possible: frozenset[str] = frozenset(LABELS)

    def grade(self, label: str) -> Severity | None:
        """What the probability is worth."""
        if label not in self.possible:
            return None
        value, bars = self.probabilities[label], self.bars[label]
        if value >= bars.warn:
            return Severity.WARNING
        return Severity.INFO if value >= bars.hint else None


class Classifier:
    """Reads with the encoder, or with the word model where `words` is asked for or onnxruntime isn't there.

    `lists` are the rule packs' word lists; `least` is a bar below which nothing is warned of (a team's profile sets
    it). ModelError where a file of the model is missing or not the shipped one.
    """

    def __init__(
        self, lists: Mapping[str, Iterable[str]], choice: str = "auto", folder: Path = SHIPPED, least: float = 0.0
    ) -> None:
        self.folder, self.least = folder, least
        self.features = Features(lists)
        self.reader_name = "encoder" if choice == "encoder" or (choice == "auto" and encoder_installed()) else "words"
        if choice == "encoder" and not encoder_installed():
            raise ModelError("the encoder needs onnxruntime and tokenizers", hint="pip install onnxruntime tokenizers")

    @cached_property
    def _checked(self) -> Path:
        wrong = changed(self.folder)
        if wrong:
            raise ModelError(
                "is not the file that was shipped", path=self.folder / wrong[0], hint="reinstall blamelint"
            )
        return self.folder

    @cached_property
    def words(self) -> Words:
        """The word model."""
        return Words.load(self._checked / FILE)

    @cached_property
    def reader(self) -> Encoder | Words:
        """What reads passages."""
        return Encoder(self._checked) if self.reader_name == "encoder" else self.words

    @cached_property
    def combiner(self) -> Combiner:
        """What makes probabilities of it."""
        return Combiner.load(self._checked / COMBINER, self.reader_name)

    def judge(self, sentences: Sequence[Sentence], found: Found) -> dict[Sentence, Judgement]:
        """A judgement of each sentence that was worth reading; `found` are the rules' findings by sentence."""
        alone = len(sentences) <= ALONE
        wanted = {s for s in sentences if alone or self._worth_reading(s, found.get(s.source_span, ()))}
        heads = self.combiner.heads
        bars = {name: self._at_least(head.alone if alone else head.document) for name, head in heads.items()}
        read = list(passages(sentences, wanted))
        judged: dict[Sentence, Judgement] = {}
        for part, reading in zip(read, self._read(read), strict=True):
            for sentence, logits in zip(part.sentences, reading.logits, strict=True):
                if sentence in wanted:
                    known = self.features.of(sentence, found.get(sentence.source_span, ()))
                    probabilities = self.combiner.probabilities(logits.tolist(), known)
                    judged[sentence] = Judgement(probabilities, bars, _possible(sentence, known))
        return judged

    def _at_least(self, bars: Bars) -> Bars:
        return replace(bars, warn=max(bars.warn, self.least))

    def vector(self, sentence: Sentence) -> list[float] | None:
        """What the encoder makes of a sentence by itself; None for the word model."""
        (reading,) = self._read([passage([sentence])])
        return None if reading.vectors is None else [float(x) for x in reading.vectors[0]]

    def _read(self, read: Sequence[Passage]) -> list[Reading]:
        return self.reader.read(read) if read else []

    def _worth_reading(self, sentence: Sentence, found: Collection[Diagnostic]) -> bool:
        """Whether the words alone make a label possible, or make a rule's finding of a name doubtful."""
        logits = self.words.logits(passage([sentence]).text).tolist()
        if any(d.category == "named" and d.severity is Severity.WARNING for d in found):
            return _share(logits[LABELS.index("named")]) < _DOUBTFUL
        return not sentence.block.metadata and _share(max(logits)) >= self.combiner.gate


def _share(logit: float) -> float:
    return 1 / (1 + math.exp(-logit))


def _possible(sentence: Sentence, known: frozenset[str]) -> frozenset[str]:
    """The labels that can hold: without a name there is nobody to name, without people nobody to blame or praise."""
    name = "has PERSON" in known or any(token.pos_ == "PROPN" and not token.ent_type_ for token in sentence.doc)
    people = frozenset(LABELS) if name or has_human(known) else frozenset(LABELS) - _OF_PEOPLE
    return people if name else people - {"named"}


def encoder_installed() -> bool:
    """Whether the two libraries are there that run the encoder."""
    return all(importlib.util.find_spec(name) is not None for name in ("onnxruntime", "tokenizers"))


def by_sentence(found: Iterable[Diagnostic]) -> dict[Span, list[Diagnostic]]:
    """The findings by the sentence that they are in."""
    grouped: dict[Span, list[Diagnostic]] = {}
    for diagnostic in found:
        grouped.setdefault(diagnostic.sentence, []).append(diagnostic)
    return grouped


def learned(judgement: Judgement, found: Collection[Diagnostic]) -> dict[str, Severity]:
    """The labels that the classifier adds: those that no rule has warned of in the same sentence.

    Where a rule has warned of anything, what is only suspicious isn't added to it.
    """
    warned = {d.category for d in found if d.severity >= Severity.WARNING}
    least = Severity.WARNING if warned else Severity.INFO
    grades = {label: judgement.grade(label) for label in LABELS if label not in warned}
    return {label: grade for label, grade in grades.items() if grade is not None and grade >= least}


def doubted(diagnostic: Diagnostic, judgement: Judgement | None) -> Diagnostic:
    """The finding of a rule, at `info` where it was a warning and the classifier is confident that it is harmless."""
    label = diagnostic.category
    if judgement is None or diagnostic.severity is not Severity.WARNING or label not in judgement.probabilities:
        return diagnostic
    value = judgement.probabilities[label]
    if value >= judgement.bars[label].safe:
        return diagnostic
    why = Evidence("classifier", diagnostic.sentence, f"reads as harmless here: {label} {value:.3f}")
    return replace(diagnostic, severity=Severity.INFO, evidence=(*diagnostic.evidence, why))


__all__ = ["MANIFEST", "SHIPPED", "Classifier", "Judgement", "by_sentence", "doubted", "encoder_installed", "learned"]
