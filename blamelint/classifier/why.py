"""Which words moved the classifier: each is left out in turn, and the fall of the probability is its weight."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from blamelint.classifier.judge import Classifier, Judgement, by_sentence
from blamelint.classifier.labels import LABELS
from blamelint.classifier.pairs import FILE, Pair, load, nearest
from blamelint.classifier.passages import Passage, passage
from blamelint.diagnostic import Diagnostic, Report
from blamelint.document import Document, Sentence
from blamelint.span import Span

#: So many words are named, and none that moves the probability by less.
_MOST, _LEAST = 3, 0.02

#: Less probable labels aren't shown.
_SHOWN = 0.05

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


def explained(classifier: Classifier, document: Document, sentence: Sentence, report: Report) -> dict[str, Any]:
    """As plain data: whether it was read, each label's probability and bars, and the reasons for what it reports."""
    found = by_sentence(d for d in report.diagnostics if not d.code.startswith("BL9"))
    judgement = classifier.judge(document.sentences, found).get(sentence)
    if judgement is None:
        return {"read": False, "labels": [], "reasons": []}
    labels = [
        {
            "label": label,
            "probability": round(judgement.probabilities[label], 3),
            "warn": _bar(judgement.bars[label].warn),
            "hint": _bar(judgement.bars[label].hint),
        }
        for label in LABELS
    ]
    own = found.get(sentence.source_span, ())
    reasons = [why(classifier, sentence, judgement, label, own) for label in sentence.learned]
    return {"read": True, "labels": labels, "reasons": [_reason(reason) for reason in reasons]}


def _bar(value: float) -> float | None:
    return round(value, 3) if value <= 1 else None


def _reason(reason: Why) -> dict[str, Any]:
    pair = reason.pair
    return {
        "label": reason.label,
        "words": [{"word": word, "weight": round(weight, 3)} for word, weight in reason.words],
        "pair": pair and {"id": pair.id, "blamed": pair.blamed, "neutral": pair.neutral, "why": pair.why},
    }


def lines_of(data: Mapping[str, Any]) -> Iterator[str]:
    """What `explained` gave, for people."""
    if not data["read"]:
        yield "  reads    not read by the classifier: its words alone make no label likely"
        return
    likely = [entry for entry in data["labels"] if entry["probability"] >= _SHOWN]
    likely.sort(key=lambda entry: -entry["probability"])
    for entry in likely:
        bar = f"warns from {entry['warn']:.2f} on" if entry["warn"] is not None else "never warns here"
        yield f"  reads    as {entry['label']}: {entry['probability']:.2f}, {bar}"
    if not likely:
        yield "  reads    as harmless to the classifier"
    for reason in data["reasons"]:
        if reason["words"]:
            moved = ", ".join(f"“{entry['word']}” ({entry['weight']:.2f})" for entry in reason["words"])
            yield f"           {reason['label']} rests on {moved}"
        if reason["pair"]:
            yield f"           such as  “{reason['pair']['blamed']}”"
            yield f"           better   “{reason['pair']['neutral']}” ({reason['pair']['why'].rstrip('.')})"
