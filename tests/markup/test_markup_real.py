"""Real postmortems, where they are at hand: what annotators marked is in the blocks."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from reading import read

from blamelint.lines import LineIndex
from blamelint.markup import format_of

REAL = Path("/work/shared/eval/real")
GOLD = sorted(REAL.glob("*.json")) if REAL.is_dir() else []
#: What stands in the source of a sentence and is not read: link targets and images.
UNREAD = re.compile(r"!\[[^\]]*\]\([^)]*\)|\]\([^)\s]*\)+|\]\[[^\]]*\]")


@pytest.mark.skipif(not GOLD, reason="no annotated documents here")
@pytest.mark.parametrize("gold", GOLD, ids=lambda path: path.stem)
def test_annotated_sentences_are_covered(gold: Path) -> None:
    path = next(path for path in REAL.glob(gold.stem + ".*") if path.suffix != ".json")
    source = path.read_bytes().decode("utf-8")
    covered = bytearray(len(source))
    for block in read(source, format_of(path.name)):
        for piece in block.pieces:
            covered[piece.source : piece.source + piece.source_length] = b"\1" * piece.source_length
    for match in UNREAD.finditer(source):
        covered[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    index = LineIndex(source)
    for span in json.loads(gold.read_text("utf-8"))["spans"]:
        start = source.find(span["text"], index.start(min(span["line"], len(index)) - 1))
        start = start if start >= 0 else source.find(span["text"])
        if start >= 0:
            missing = [i for i in range(start, start + len(span["text"])) if source[i].isalnum() and not covered[i]]
            assert not missing, span["text"]
