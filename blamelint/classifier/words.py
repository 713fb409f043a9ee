"""TF-IDF with logistic regression over single sentences: the fallback without an encoder, and its doorkeeper."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from blamelint.classifier.encoder import Reading
from blamelint.classifier.jsonfile import read_json
from blamelint.classifier.labels import LABELS
from blamelint.classifier.passages import Passage
from blamelint.errors import ModelError

FILE = "words.json"

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|\d+")


def terms(text: str) -> Iterator[str]:
    """The words of a sentence in lower case, digits as one, and each pair of neighbours."""
    words = ["0" if word.isdigit() else word for word in _WORD.findall(text.lower().replace("’", "'"))]
    yield from words
    yield from map(" ".join, zip(["^", *words], words, strict=False))


@dataclass(frozen=True, slots=True)
class Words:
    """`weights` of each term by label, its inverse document frequency put in; `bias` by label."""

    weights: dict[str, tuple[float, NDArray[np.float32]]]
    bias: NDArray[np.float32]

    @classmethod
    def load(cls, path: Path) -> Words:
        """From the JSON that `dump` made; ModelError for any other."""
        data = read_json(path)
        try:
            if data["labels"] != list(LABELS):
                raise ValueError("other labels")
            weights = {t: (float(v[0]), np.array(v[1:], np.float32)) for t, v in data["terms"].items()}
            bias = np.array(data["bias"], np.float32)
            if any(w.shape != bias.shape for _, w in weights.values()) or bias.shape != (len(LABELS),):
                raise ValueError("uneven rows")
        except (KeyError, TypeError, ValueError, AttributeError) as problem:
            raise ModelError("is no word model of this version of blamelint", path=path) from problem
        return cls(weights, bias)

    def dump(self) -> dict[str, object]:
        """Plain data: `labels`, `bias`, and for each of `terms` its inverse document frequency and weights."""
        rounded = {t: [round(idf, 3), *(round(float(x), 3) for x in w)] for t, (idf, w) in self.weights.items()}
        return {"labels": list(LABELS), "bias": [round(float(x), 4) for x in self.bias], "terms": rounded}

    def logits(self, text: str) -> NDArray[np.float32]:
        """The logits of one sentence, by label."""
        total = np.zeros(len(LABELS), np.float32)
        square = 0.0
        for term, count in Counter(terms(text)).items():
            known = self.weights.get(term)
            if known is not None:
                value = (1 + math.log(count)) * known[0]
                square += value * value
                total += value * known[1]
        return self.bias + total / math.sqrt(square) if square else self.bias

    def read(self, passages: Sequence[Passage]) -> list[Reading]:
        """One reading a passage, in order; each sentence is read for itself, and there are no vectors."""
        return [Reading(np.stack([self.logits(p.text[s.start : s.end]) for s in p.spans])) for p in passages]
