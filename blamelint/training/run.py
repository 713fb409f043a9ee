"""The whole of `blamelint train`: exemplars in, the model folder out."""

from __future__ import annotations

import json
import math
import shutil
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from blamelint.classifier import pairs
from blamelint.classifier.combiner import Combiner
from blamelint.classifier.encoder import MODEL, TOKENIZER, Encoder, Reading
from blamelint.classifier.jsonfile import write_manifest
from blamelint.classifier.judge import COMBINER
from blamelint.classifier.labels import LABELS
from blamelint.classifier.passages import Passage
from blamelint.classifier.words import FILE, Words
from blamelint.config import Config, People
from blamelint.errors import InputError
from blamelint.linter import Linter
from blamelint.span import Span
from blamelint.training import card, fit
from blamelint.training.corpus import Case, Corpus, rows
from blamelint.training.settings import Settings

#: So many pairs of each label are shipped, no two of one writer's set.
_PAIRS = 60

Tell = Callable[[str], None]


def run(exemplars: Path, weights: Path | None, folder: Path, settings: Settings, tell: Tell) -> None:
    """Trains on `exemplars` and writes `folder`; without `weights` the encoder that lies there is kept."""
    started = time.monotonic()
    linter = Linter(Config(classifier="none", people=People(git=False, codeowners=False, mailmap=False)))
    tell(f"reading {exemplars}")
    cases = list(Corpus(linter).read(exemplars))
    held = [case for case in cases if case.held_out]
    seen = [case for case in cases if not case.held_out]
    if not held or not seen:
        raise InputError(
            "holds too few writers: some are needed to train on, and others to fit the bars on", path=exemplars
        )
    tell(f"{len(seen):,} passages to train on, {len(held):,} of other writers held out")
    folder.mkdir(parents=True, exist_ok=True)
    if weights is not None:
        _encoder(seen, weights, folder, settings, tell)
    elif not (folder / MODEL).exists():
        raise InputError("holds no encoder to keep", path=folder)
    tell("the words")
    texts = [(text, told) for case in seen for text, told in _sentences(case)]
    words = fit.words([text for text, _ in texts], [told for _, told in texts])
    _write(folder / FILE, words.dump())
    tell("the combiner")
    combined: dict[str, object] = {}
    scores = {}
    read_by = {"encoder": Encoder(folder).read, "words": words.read}
    for name, read in read_by.items():
        own = _rows(held, read([case.passage for case in held]))
        combiner, apart = fit.combiner(own)
        combiner = Combiner(combiner.heads, _gate(combiner, own, apart, held, words))
        combined[name] = combiner.dump()
        scores[name] = card.scores(own, apart, combiner)
    _write(folder / COMBINER, combined)
    tell("the pairs")
    _write(folder / pairs.FILE, {"pairs": _pairs(exemplars, cases, Encoder(folder))})
    minutes = (time.monotonic() - started) / 60
    trained = settings if weights is not None else None
    (folder / "MODEL.md").write_text(card.text(seen, held, scores, trained, minutes, folder), encoding="utf-8")
    write_manifest(folder)
    tell(f"done after {minutes:.0f} minutes")


def _encoder(seen: Sequence[Case], weights: Path, folder: Path, settings: Settings, tell: Tell) -> None:
    from blamelint.training import export, network

    tokenizer = network.load_tokenizer(weights)
    net = network.train(network.samples(seen, tokenizer), weights, settings, tell)
    tell("exporting the encoder")
    for name in (MODEL, TOKENIZER):
        (folder / name).unlink(missing_ok=True)
    export.export(net, tokenizer, [case.passage.text for case in seen], folder)
    shutil.rmtree(folder / "__pycache__", ignore_errors=True)


def _sentences(case: Case) -> list[tuple[str, frozenset[str]]]:
    text = case.passage.text
    return [
        (text[span.start : span.end], told)
        for span, told in zip(case.passage.spans, case.labels, strict=True)
        if told is not None
    ]


def _rows(cases: Sequence[Case], read: Sequence[Reading]) -> list[fit.Row]:
    return [
        fit.Row([float(x) for x in logits], known, told, case.writer, case.source)
        for case, reading in zip(cases, read, strict=True)
        for logits, known, told in zip(reading.logits, case.known, case.labels, strict=True)
        if told is not None
    ]


def _gate(combiner: Combiner, own: Sequence[fit.Row], apart: fit.Matrix, held: Sequence[Case], words: Words) -> float:
    """What the word model must say of a sentence for the reader to look at it."""
    texts = [text for case in held for text, _ in _sentences(case)]
    best = [1 / (1 + math.exp(-float(words.logits(text).max()))) for text in texts]
    hints = [combiner.heads[label].document.hint for label in LABELS]
    told = [
        value
        for value, row, values in zip(best, own, apart, strict=True)
        if any(
            label in row.labels and f"rule {label}" not in row.known and p >= hint
            for label, p, hint in zip(LABELS, values, hints, strict=True)
        )
    ]
    return round(float(np.quantile(told, 1 - fit.GATE_KEEPS)), 4) if told else 1.0


def _pairs(exemplars: Path, cases: Sequence[Case], encoder: Encoder) -> list[dict[str, str]]:
    """Rewritten sentences, spread over writers, with the vector of the sentence as the encoder reads it."""
    written = {row["id"]: row for path in sorted(exemplars.glob("sentences/*.jsonl")) for row in rows(path)}
    by_id = {case.id: case for case in cases}
    chosen: dict[str, list[dict[str, str]]] = defaultdict(list)
    writers: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for item in rows(exemplars / "rewrites.jsonl"):
        row, case = written[item["id"]], by_id[item["id"]]
        label = min(row["labels"], key=lambda label: len(chosen[label]))
        if row["before"] or len(chosen[label]) >= _PAIRS or writers[label][case.writer] >= 4 or len(row["text"]) > 180:
            continue
        writers[label][case.writer] += 1
        shown = {"id": row["id"], "blamed": row["text"], "neutral": item["rewrite"], "why": item["why"]}
        chosen[label].append({"label": label, **shown})
    flat = [pair for label in LABELS for pair in chosen[label]]
    texts = [by_id[pair["id"]].passage for pair in flat]
    read = encoder.read([Passage(p.tag, p.text, (Span(0, len(p.text)),)) for p in texts])
    for pair, reading in zip(flat, read, strict=True):
        assert reading.vectors is not None
        pair["vector"] = pairs.packed(reading.vectors[0])
    return flat


def _write(path: Path, data: object) -> None:
    path.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
