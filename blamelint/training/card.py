"""The model card: what it was trained on, how well it does on writers whom it never saw, what it is not for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from blamelint.classifier.combiner import Combiner
from blamelint.classifier.labels import LABELS
from blamelint.training.corpus import Case
from blamelint.training.fit import Matrix, Row
from blamelint.training.settings import Settings

SOURCES = {"sentences": "contrast sentences", "neutral": "neutral prose", "document": "documents"}

_WHAT = """\
What it is: the first layers of all-MiniLM-L6-v2 (Apache-2.0), fine-tuned to give each sentence of a postmortem
eight logits, exported as ONNX with eight bits a weight and a pruned vocabulary; a word model (TF-IDF with logistic
regression) that stands in for it and decides what it reads; and a combiner, which makes calibrated probabilities of
the logits and of what the parse and the rules know. People's names are replaced before anything is read."""

_DATA = """\
`exemplars/` alone. The writers whose name falls into one of five classes (CRC-32) are held out: encoder and words
never see them, the combiner is fitted on them, and the figures are theirs, each row judged by heads that were fitted
without its writer."""

_LIMITS = """\
All of it was learned from prose that language models wrote for blamelint; real postmortems differ, above all in
names, in chat and in long tellings. On real documents it adds few findings that rules miss, and its bars for
documents are so high that it seldom warns there. It knows English only. It reads one passage at a time and knows
nothing of the rest of the document."""


def scores(rows: Sequence[Row], apart: Matrix, combiner: Combiner) -> list[str]:
    """Table rows: at p >= 0.5, and at the bars for documents; each row judged by heads fitted without its writer."""
    truth = np.array([[label in row.labels for label in LABELS] for row in rows])
    warn = np.array([combiner.heads[label].document.warn for label in LABELS])
    alone = np.array([combiner.heads[label].alone.warn for label in LABELS])
    lines = []
    for source, title in SOURCES.items():
        own = np.array([row.source == source for row in rows])
        for name, bars in (("0.5", 0.5), ("warning in a document", warn), ("warning of a sentence alone", alone)):
            told, y = apart[own] >= bars, truth[own]
            flagged, real = told.any(1), y.any(1)
            hits = int((flagged & real).sum())
            any_f1 = 2 * hits / max(int(flagged.sum() + real.sum()), 1)
            macro = np.mean([_f1(y[:, k], told[:, k]) for k in range(len(LABELS))])
            clean = (flagged & ~real).sum() / max((~real).sum(), 1)
            f1 = f"{any_f1:.2f} | {macro:.2f}" if real.any() else "– | –"
            lines.append(f"| {title} | {len(y):,} | {name} | {f1} | {clean:.1%} |")
    return lines


def _f1(truth: NDArray[np.bool_], told: NDArray[np.bool_]) -> float:
    return float(2 * (truth & told).sum() / max(truth.sum() + told.sum(), 1))


def text(
    seen: Sequence[Case],
    held: Sequence[Case],
    scored: Mapping[str, Sequence[str]],
    settings: Settings | None,
    minutes: float,
    folder: Path,
) -> str:
    """MODEL.md."""
    count = Counter((case.source, case.held_out) for case in (*seen, *held))
    sizes = {path.name: path.stat().st_size for path in sorted(folder.iterdir()) if path.suffix in (".onnx", ".json")}
    lines = [
        "# The classifier's model card",
        "",
        "Written by `blamelint train`; change `blamelint/training/card.py`, not this file.",
        "",
        _WHAT,
        "",
        "## Data",
        "",
        _DATA,
        "",
        "| passages | to train on | held out |",
        "|---|--:|--:|",
        *(f"| {title} | {count[source, False]:,} | {count[source, True]:,} |" for source, title in SOURCES.items()),
        "",
        f"Settings: {asdict(settings)}." if settings else "The encoder was kept from an earlier run.",
        f"This run took {minutes:.0f} minutes.",
        "",
        "## Scores",
        "",
    ]
    for name, table in scored.items():
        lines += [f"Combiner over the {name}, without the rules' own findings:", ""]
        lines += [
            "| held out | sentences | probability | any F1 | macro F1 | clean ones flagged |",
            "|---|--:|---|--:|--:|--:|",
        ]
        lines += [*table, ""]
    lines += [
        "## Limits",
        "",
        _LIMITS,
        "",
        "## Files",
        "",
        "| file | kB |",
        "|---|--:|",
        *(f"| {name} | {size / 1000:,.0f} |" for name, size in sizes.items() if name != "manifest.json"),
        "",
    ]
    return "\n".join(lines)
