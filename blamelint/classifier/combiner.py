"""Logits and features to calibrated probabilities: one logistic head a label, kept as plain JSON."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from blamelint.classifier.jsonfile import read_json
from blamelint.classifier.labels import LABELS
from blamelint.errors import ModelError


@dataclass(frozen=True, slots=True)
class Head:
    """One label: `logits` weighs all labels' logits, `features` what is known besides.

    A probability of `warn` or more is worth a warning, of `hint` or more a hint; below `safe` a rule's warning is
    doubted. A `warn` above 1 never warns.
    """

    bias: float
    logits: tuple[float, ...]
    features: Mapping[str, float]
    warn: float = 2.0
    hint: float = 2.0
    safe: float = 0.0

    def probability(self, logits: Sequence[float], known: Collection[str]) -> float:
        """0..1."""
        total = self.bias + sum(w * x for w, x in zip(self.logits, logits, strict=True))
        total += sum(self.features.get(name, 0.0) for name in known)
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


@dataclass(frozen=True, slots=True)
class Combiner:
    """A head for every label."""

    heads: Mapping[str, Head]

    @classmethod
    def load(cls, path: Path) -> Combiner:
        """From the JSON that `dump` made; ModelError for any other."""
        data = read_json(path)
        try:
            return cls({label: _head(data["heads"][label]) for label in LABELS})
        except (KeyError, TypeError, ValueError, AttributeError) as problem:
            raise ModelError("is no combiner of this version of blamelint", path=path) from problem

    def dump(self) -> dict[str, object]:
        """Plain data."""
        return {
            "heads": {
                label: {
                    "bias": round(head.bias, 4),
                    "logits": [round(w, 4) for w in head.logits],
                    "features": {k: round(w, 3) for k, w in sorted(head.features.items()) if abs(w) >= 0.0005},
                    "warn": round(head.warn, 4),
                    "hint": round(head.hint, 4),
                    "safe": round(head.safe, 4),
                }
                for label, head in self.heads.items()
            }
        }

    def probabilities(self, logits: Sequence[float], known: Collection[str]) -> dict[str, float]:
        """The probability of each label, given the encoder's logits and the known features of a sentence."""
        values = [float(value) for value in logits]
        return {label: head.probability(values, known) for label, head in self.heads.items()}


def _head(data: Mapping[str, object]) -> Head:
    logits = data["logits"]
    features = data["features"]
    if not isinstance(logits, list) or len(logits) != len(LABELS) or not isinstance(features, dict):
        raise ValueError("uneven rows")
    numbers = {name: float(str(data[name])) for name in ("bias", "warn", "hint", "safe")}
    weights = {str(name): float(weight) for name, weight in features.items()}
    if not all(map(math.isfinite, (*numbers.values(), *weights.values(), *logits))):
        raise ValueError("not a number")
    return Head(logits=tuple(map(float, logits)), features=weights, **numbers)
