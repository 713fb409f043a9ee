"""Which words moved the classifier: each is left out in turn, and the fall of the probability is its weight."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from blamelint.classifier.judge import Classifier, Judgement
from blamelint.classifier.pairs import FILE, Pair, load, nearest
from blamelint.classifier.passages import Passage, passage
from blamelint.diagnostic import Diagnostic
from blamelint.document import Sentence
from blamelint.span import Span

#: So many words are named, and none that moves the probability by less.
_MOST, _LEAST = 3, 0.02

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Why:
    """For one label: its probability, the words that moved it (word, share lost without it), and the nearest pair."""

    label: str
    probability: float
    words: tuple[tuple[str, float], ...]
    pair: Pair | None


def why(
    classifier: Classifier, sentence: Sentence, judgement: Judgement, label: str, found: Sequence[Diagnostic] = ()
) -> Why:
    """Reads the sentence once for each of its words; costs that many times as much as a judgement."""
    whole = passage([sentence])
    spans = [Span(*match.span()) for match in _WORD.finditer(whole.text)]
    texts = [whole.text, *(whole.text[: span.start] + whole.text[span.end :] for span in spans)]
    read = classifier.reader.read([Passage(whole.tag, text, (Span(0, len(text)),)) for text in texts])
    known = classifier.features.of(sentence, found)
    values = [classifier.combiner.probabilities(r.logits[0].tolist(), known)[label] for r in read]
    falls = [
        (whole.text[span.start : span.end], values[0] - value) for span, value in zip(spans, values[1:], strict=True)
    ]
    weighty = sorted((fall for fall in falls if fall[1] >= _LEAST), key=lambda fall: -fall[1])[:_MOST]
    vector = classifier.vector(sentence)
    pair = nearest(load(classifier.folder / FILE), label, vector) if vector else None
    return Why(label, judgement.probabilities[label], tuple(weighty), pair)
