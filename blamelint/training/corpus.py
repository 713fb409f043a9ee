"""The exemplars as training cases: passages, their sentences' labels, and what parse and rules know of each."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from blamelint.classifier.features import Features
from blamelint.classifier.labels import LABELS
from blamelint.classifier.passages import Passage, passage, passages
from blamelint.diagnostic import Diagnostic
from blamelint.document import Document, Sentence
from blamelint.errors import InputError
from blamelint.lines import LineIndex
from blamelint.linter import Linter
from blamelint.span import Span

SUFFIXES = (".md", ".html", ".rst", ".txt")

#: One writer in so many is held out: the combiner and the thresholds are fitted on them, and figures come from them.
_HELD_OUT = 5

Labels = frozenset[str]


@dataclass(frozen=True, slots=True)
class Case:
    """One passage. `labels` and `known` (features) go by its sentences; a sentence without a judgement has None.

    `source` is sentences, neutral or document; `group` the contrast set, `writer` who wrote it.
    """

    passage: Passage
    labels: tuple[Labels | None, ...]
    known: tuple[Labels, ...]
    writer: str
    source: str
    id: str
    group: str = ""

    @property
    def held_out(self) -> bool:
        """Whether the encoder is not to see it: told from the writer alone."""
        return zlib.crc32(self.writer.encode()) % _HELD_OUT == 0


class Corpus:
    """Reads exemplars with a linter whose classifier is off."""

    def __init__(self, linter: Linter) -> None:
        self.linter = linter
        self.features = Features(linter.word_lists)

    def read(self, folder: Path) -> Iterator[Case]:
        """The cases of `sentences/`, `neutral/` and `documents/` below a folder, in the order of names."""
        for source in ("sentences", "neutral"):
            for path in sorted((folder / source).glob("*.jsonl")):
                for row in rows(path):
                    yield self.row(row, path.stem, source)
        for path in sorted((folder / "documents").glob("*.json")):
            yield from self.story(path)

    def row(self, row: Mapping[str, Any], writer: str, source: str) -> Case:
        """One row: the sentence before it, for context, and the unit that was judged."""
        before, text = (" ".join(str(row.get(key, "")).split()) for key in ("before", "text"))
        start = len(before) + 1 if before else 0
        document, found = self._lint(f"{before} {text}" if before else text, f"{writer}.md")
        inside = [sentence for sentence in document if sentence.source_span.end > start]
        context = [sentence for sentence in document if sentence not in inside]
        whole = passage([*context, *inside]) if inside else Passage("paragraph", text, (Span(0, len(text)),))
        known = [self.features.of(sentence, found.get(sentence.source_span, ())) for sentence in inside]
        labels = frozenset(row["labels"])
        spans = list(whole.spans[-len(inside) :]) if inside else list(whole.spans)
        if len(inside) > 1 and labels:  # the label is the unit's, not each sentence's
            spans, known = [Span(spans[0].start, spans[-1].end)], [frozenset().union(*known)]
        told: list[Labels | None] = [None] * len(context) + [labels] * len(spans)
        everything: list[Labels] = [frozenset()] * len(context) + (known or [frozenset({"has nobody"})])
        group = f"{writer}-{row['group']}" if "group" in row else ""
        read = Passage(whole.tag, whole.text, (*whole.spans[: len(context)], *spans))
        return Case(read, tuple(told), tuple(everything), writer, source, str(row["id"]), group)

    def story(self, sidecar: Path) -> Iterator[Case]:
        """The passages of a document, labelled by the file beside it."""
        gold = json.loads(sidecar.read_text(encoding="utf-8"))
        path = next((p for p in map(sidecar.with_suffix, SUFFIXES) if p.exists()), None)
        if path is None:
            raise InputError("has no document beside it", path=sidecar)
        text = path.read_text(encoding="utf-8")
        document, found = self._lint(text, path.name)
        units = _units(text, gold)
        writer = sidecar.stem.partition("-")[0]
        for number, read in enumerate(passages(document.sentences)):
            labels = tuple(_labels(sentence, units) for sentence in read.sentences)
            known = tuple(self.features.of(s, found.get(s.source_span, ())) for s in read.sentences)
            bare = Passage(read.tag, read.text, read.spans)
            yield Case(bare, labels, known, writer, "document", f"{sidecar.stem}:{number}")

    def _lint(self, text: str, path: str) -> tuple[Document, dict[Span, list[Diagnostic]]]:
        document = self.linter.read(text, path=path)
        found: dict[Span, list[Diagnostic]] = {}
        for diagnostic in self.linter.lint_document(document).diagnostics:
            found.setdefault(diagnostic.sentence, []).append(diagnostic)
        return document, found


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a file of JSON Lines."""
    with path.open(encoding="utf-8") as file:
        yield from (json.loads(line) for line in file if line.strip())


def _units(text: str, gold: Mapping[str, Any]) -> list[tuple[Span, Labels]]:
    lines = LineIndex(text)
    units = []
    for unit in gold["spans"]:
        start = text.index(unit["text"], lines.start(unit["line"] - 1))
        units.append((Span(start, start + len(unit["text"])), frozenset(unit["labels"]) & frozenset(LABELS)))
    return units


def _labels(sentence: Sentence, units: Sequence[tuple[Span, Labels]]) -> Labels:
    own = sentence.source_span
    return frozenset().union(*(labels for span, labels in units if span.overlaps(own)))
