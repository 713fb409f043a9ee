"""The settings of a training run, apart from the libraries that it needs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """What a training run depends on, beside the data."""

    layers: int = 6
    epochs: int = 4
    rate: float = 1.5e-4
    tokens: int = 1_500  # a batch
    smoothing: float = 0.02
    margin: float = 2.0
    margin_weight: float = 0.1
    tag_dropout: float = 0.3
    seed: int = 1
