"""The thresholds that the project set itself, on the labelled real postmortems, where they are at hand."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

EVAL = Path(__file__).resolve().parents[2] / "shared" / "eval"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not EVAL.is_dir(), reason="the labelled postmortems are not on this machine"),
]


def scores(*gold: str) -> dict[str, object]:
    command = [sys.executable, str(EVAL / "score.py"), "--json", "--cmd", f"{sys.executable} -m blamelint"]
    done = subprocess.run([*command, *(str(EVAL / name) for name in gold)], capture_output=True, text=True, check=True)
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_real_documents() -> None:
    labels = scores("real")["labels"]
    assert labels["any"]["f1"] >= 0.70  # type: ignore[index]
    assert labels["named"]["f1"] >= 0.85  # type: ignore[index]


def test_contrast_sentences() -> None:
    found = scores("sentences.jsonl")
    assert found["labels"]["named"]["f1"] >= 0.85  # type: ignore[index]
    assert found["labels"]["any"]["f1"] >= 0.55  # type: ignore[index]
    assert found["clean_flagged"] <= 0.05 * found["clean_sentences"]  # type: ignore[operator]


def test_documents_without_a_label_are_left_alone() -> None:
    clean = [p for p in sorted((EVAL / "real").glob("*.json")) if not json.loads(p.read_text("utf-8"))["spans"]]
    files = [next(q for q in p.parent.glob(f"{p.stem}.*") if q.suffix != ".json") for p in clean]
    command = [sys.executable, "-m", "blamelint", "check", "--isolated", "--output-format", "json", *map(str, files)]
    found = json.loads(subprocess.run(command, capture_output=True, text=True, check=False).stdout)
    assert len(files) > 10
    assert len(found) <= len(files) / 10
