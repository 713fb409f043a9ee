"""Training on a handful of exemplars, all but the encoder, which takes an hour and torch."""

from __future__ import annotations

import json
import shutil
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from people_reading import read

from blamelint.classifier.encoder import MODEL, TOKENIZER
from blamelint.classifier.jsonfile import changed
from blamelint.classifier.judge import SHIPPED, Classifier
from blamelint.cli import main
from blamelint.config import Config, People
from blamelint.linter import Linter
from blamelint.training import fit
from blamelint.training.corpus import Corpus, rows

EXEMPLARS = Path(__file__).resolve().parents[1] / "exemplars"
ROWS = 24


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of exemplars with the first rows of each contrast file, some neutral prose and two documents."""
    folder = tmp_path_factory.mktemp("exemplars")
    for kind, count in (("sentences", 36), ("neutral", 6)):
        (folder / kind).mkdir()
        for path in islice(sorted((EXEMPLARS / kind).glob("*.jsonl")), count):
            lines = path.read_text(encoding="utf-8").splitlines()[:ROWS]
            (folder / kind / path.name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "documents").mkdir()
    for path in (*EXEMPLARS.glob("documents/tern-420.*"), *EXEMPLARS.glob("documents/p02-line-card-raw.*")):
        shutil.copy(path, folder / "documents")
    ids = {row["id"] for path in folder.glob("sentences/*.jsonl") for row in rows(path)}
    kept = [row for row in rows(EXEMPLARS / "rewrites.jsonl") if row["id"] in ids]
    (folder / "rewrites.jsonl").write_text("".join(json.dumps(row) + "\n" for row in kept), encoding="utf-8")
    return folder


def _corpus() -> Corpus:
    return Corpus(Linter(Config(classifier="none", people=People(git=False, codeowners=False, mailmap=False))))


def test_rows_become_cases() -> None:
    corpus = _corpus()
    data = {
        "id": "w99-001",
        "group": 1,
        "before": "The disk filled.",
        "text": "Dave Okafor forgot it.",
        "labels": ["blame"],
    }
    case = corpus.row(data, "w99", "sentences")
    assert case.passage.text == "The disk filled. Alex forgot it."
    assert case.labels == (None, frozenset({"blame"})) and case.group == "w99-1"
    assert {"has PERSON", "PERSON acts", "rule blame"} <= case.known[1]


def test_a_unit_of_several_sentences_is_judged_as_one() -> None:
    data = {"id": "x", "before": "", "text": "It was late. Nobody looked.", "labels": ["blame"]}
    case = _corpus().row(data, "x", "neutral")
    assert [case.passage.text[s.start : s.end] for s in case.passage.spans] == ["It was late. Nobody looked."]
    clean = _corpus().row({**data, "labels": []}, "x", "neutral")
    assert clean.labels == (frozenset(), frozenset())


def test_a_documents_units_find_their_sentences() -> None:
    cases = list(_corpus().story(EXEMPLARS / "documents" / "tern-420.json"))
    told = {label for case in cases for labels in case.labels for label in labels or ()}
    assert {"named", "villain", "blame", "single_cause"} <= told
    assert all(len(c.labels) == len(c.known) == len(c.passage.spans) for c in cases)


def test_the_bar_keeps_the_precision_at_the_stated_share() -> None:
    probabilities = np.array([0.9, 0.8, 0.7, 0.6, 0.5])
    truth = np.array([True, True, False, True, False])
    assert fit.threshold(probabilities, truth, 0.99, 0.5, caution=1.0) == 0.8
    assert fit.threshold(probabilities, truth, 0.6, 0.5, caution=1.0) == 0.6
    assert fit.threshold(probabilities, ~truth, 0.99, 0.5) == fit.NEVER


def test_train_fits_all_but_the_encoder(few: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "model"
    out.mkdir()
    for name in (MODEL, TOKENIZER):
        shutil.copy(SHIPPED / name, out)
    assert main(["train", "--keep-encoder", "--exemplars", str(few), "--out", str(out)]) == 0
    assert "held out" in capsys.readouterr().out
    assert changed(out) == []
    assert {path.name for path in out.iterdir()} == {path.name for path in SHIPPED.iterdir()}
    assert "| contrast sentences |" in (out / "MODEL.md").read_text(encoding="utf-8")
    document = read("The culprit was the contractor, who wrecked the database.")
    for choice in ("encoder", "words"):
        classifier = Classifier(_corpus().linter.word_lists, choice, out)
        judgement = classifier.judge(document.sentences, {})[document.sentences[0]]
        assert judgement.probabilities["villain"] > judgement.probabilities["surface_fix"]


def test_what_is_missing_is_one_line(few: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", "--keep-encoder", "--exemplars", str(few), "--out", str(tmp_path / "none")]) == 2
    assert "no encoder to keep" in capsys.readouterr().err
