"""Exemplar pairs, blamed and neutral, as explanations that a person understands: the nearest one to a sentence."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from blamelint.classifier.jsonfile import read_json
from blamelint.errors import ModelError

FILE = "pairs.json"


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence with a label, the same told without it, and why that is better. `id` names the exemplar."""

    id: str
    label: str
    blamed: str
    neutral: str
    why: str
    vector: str = ""


def load(path: Path) -> list[Pair]:
    """The pairs of a file; ModelError where it is none."""
    data = read_json(path)
    try:
        return [Pair(**{str(key): str(value) for key, value in item.items()}) for item in data["pairs"]]
    except (KeyError, TypeError, AttributeError) as problem:
        raise ModelError("holds no pairs", path=path) from problem


def nearest(pairs: Sequence[Pair], label: str, vector: Sequence[float]) -> Pair | None:
    """Of the pairs with that label the one whose blamed sentence lies nearest, by cosine."""
    own = np.asarray(vector, np.float32)
    able = [pair for pair in pairs if pair.label == label and pair.vector]
    if not able:
        return None
    stored = np.stack([unpacked(pair.vector) for pair in able])
    if stored.shape[1] != own.shape[0]:
        return None
    likeness = stored @ own / np.linalg.norm(stored, axis=1).clip(1e-6)
    return able[int(likeness.argmax())]


def packed(vector: NDArray[np.float32]) -> str:
    """A vector as text, eight bits a number; its length is not kept."""
    scale = max(float(np.abs(vector).max()), 1e-6)
    return base64.b85encode(np.round(vector / scale * 127).astype(np.int8).tobytes()).decode()


def unpacked(text: str) -> NDArray[np.float32]:
    """What `packed` made, up to a factor."""
    return np.frombuffer(base64.b85decode(text), np.int8).astype(np.float32)
