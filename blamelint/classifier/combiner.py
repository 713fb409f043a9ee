"""Logits and features to calibrated probabilities: one logistic head a label, kept as plain JSON."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from blamelint.classifier.jsonfile import read_json
from blamelint.classifier.labels import LABELS
from blamelint.errors import ModelError


@dataclass(frozen=True, slots=True)
class Bars:
    """What a probability is worth: `warn` or more a warning, `hint` or more a hint; below `safe` a rule's warning is
    doubted. A bar above 1 is never reached."""

    warn: float = 2.0
    hint: float = 2.0
    safe: float = 0.0


@dataclass(frozen=True, slots=True)
class Head:
    """One label: `logits` weighs all labels' logits, `features` what is known besides; bars for both kinds of text."""

    bias: float
    logits: tuple[float, ...]
    features: Mapping[str, float]
    document: Bars = Bars()
    alone: Bars = Bars()

    def probability(self, logits: Sequence[float], known: Collection[str]) -> float:
        """0..1."""
        total = self.bias + sum(w * x for w, x in zip(self.logits, logits, strict=True))
        total += sum(self.features.get(name, 0.0) for name in known)
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


@dataclass(frozen=True, slots=True)
class Combiner:
    """A head for every label. In a document only sentences are read whose words alone give a label `gate` or more."""

    heads: Mapping[str, Head]
    gate: float = 0.0

    @classmethod
    def load(cls, path: Path, reader: str) -> Combiner:
        """Of the JSON the part for that reader (encoder, words), as `dump` made it; ModelError for anything else."""
        data = read_json(path)
        try:
            part = data[reader]
            return cls({label: _head(part["heads"][label]) for label in LABELS}, float(part["gate"]))
        except (KeyError, TypeError, ValueError, AttributeError) as problem:
            raise ModelError("is no combiner of this version of blamelint", path=path) from problem

    def dump(self) -> dict[str, object]:
        """Plain data."""
        return {"gate": self.gate, "heads": {label: _dump(head) for label, head in self.heads.items()}}

    def probabilities(self, logits: Sequence[float], known: Collection[str]) -> dict[str, float]:
        """The probability of each label, given the encoder's logits and the known features of a sentence."""
        values = [float(value) for value in logits]
        return {label: head.probability(values, known) for label, head in self.heads.items()}


def _dump(head: Head) -> dict[str, object]:
    return {
        "bias": round(head.bias, 4),
        "logits": [round(weight, 4) for weight in head.logits],
        "features": {k: round(w, 3) for k, w in sorted(head.features.items()) if abs(w) >= 0.0005},
        "document": {k: round(v, 4) for k, v in asdict(head.document).items()},
        "alone": {k: round(v, 4) for k, v in asdict(head.alone).items()},
    }


def _head(data: Any) -> Head:
    logits = tuple(map(float, data["logits"]))
    features = {str(name): float(weight) for name, weight in data["features"].items()}
    bars = [Bars(**{key: float(value) for key, value in data[where].items()}) for where in ("document", "alone")]
    head = Head(float(data["bias"]), logits, features, *bars)
    numbers = [head.bias, *logits, *features.values(), *(v for bar in bars for v in asdict(bar).values())]
    if len(logits) != len(LABELS) or not all(map(math.isfinite, numbers)):
        raise ValueError("uneven rows or no numbers")
    return head
