"""The exemplars: well-formed, unlike one another, not told by words alone; and the checks notice when they are not."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from blamelint.quotes import quotes_of

HERE = Path(__file__).parents[1] / "exemplars"


def _script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"exemplars_{name}", HERE / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


check = _script("check")


@pytest.fixture(scope="module")
def corpus() -> Any:
    return check.load()


def test_nothing_is_wrong_with_them(corpus: Any) -> None:
    assert list(check.problems(corpus)) == []


def test_there_are_enough_of_each(corpus: Any) -> None:
    counts = {label: sum(label in row.labels for row in corpus.sentences) for label in check.LABELS}
    assert min(counts.values()) >= 400, counts
    assert len(corpus.sentences) >= 6_000
    assert len({row.file for row in corpus.sentences}) >= 36
    assert len(corpus.neutral) >= 6_000
    assert sum(bool(row.data.get("hard")) for row in corpus.neutral) >= len(corpus.neutral) / 3
    assert {row.data["kind"] for row in corpus.neutral} == set(check.KINDS)
    assert len({name for row in corpus.rows for name in row.names}) >= 600
    assert len(corpus.rewrites) >= 1_500


def test_there_are_documents_of_every_telling(corpus: Any) -> None:
    tellings = [story.gold.get("telling") for story in corpus.stories]
    assert len(tellings) >= 160
    assert min(tellings.count("good"), tellings.count("raw")) >= 50
    assert min(tellings.count("asymmetric"), tellings.count("symmetric")) >= 30
    slips = [s for s in corpus.stories if s.gold.get("telling") in ("slips", "symmetric") and s.gold["spans"]]
    assert len(slips) >= 30
    assert sum(story.path.suffix != ".md" for story in corpus.stories) >= len(tellings) / 10


def test_words_alone_do_not_tell_flagged_from_clean(corpus: Any) -> None:
    accuracy, majority = corpus.told_by_words
    assert majority < accuracy <= 0.76


def test_flagged_and_clean_rows_hold_names_alike(corpus: Any) -> None:
    shares = []
    for flagged in (True, False):
        rows = [row for row in corpus.sentences if bool(row.labels) is flagged]
        shares.append(sum(bool(row.names) for row in rows) / len(rows))
    assert abs(shares[0] - shares[1]) < 0.05


def test_the_second_reader_agreed() -> None:
    table = list(check.agreement())
    kappas = {cells[1]: float(cells[6]) for cells in ([c.strip() for c in row.split("|")] for row in table[1:-1])}
    assert min(kappas["named"], kappas["blame"]) >= 0.95
    assert min(kappas[label] for label in check.LABELS) >= 0.90


def test_the_tables_of_the_readme_are_not_stale(corpus: Any) -> None:
    text = (HERE / "README.md").read_text("utf-8")
    for lines in (check.counts(corpus), check.agreement(), check.agreement_on_documents()):
        assert "\n".join(lines).strip() in text, "run: python exemplars/check.py --readme"


@pytest.mark.slow
def test_the_quotes_are_not_stale() -> None:
    assert (HERE / "quotes.jsonl").read_text("utf-8") == _script("quotes").lines(), "run: python exemplars/quotes.py"


def test_rules_quote_them() -> None:
    assert {quote.id.partition("-")[0] for quote in quotes_of("BL101")} <= {f"w{n:02}" for n in range(1, 40)}
    assert len(quotes_of("BL101")) == 3
    assert quotes_of("BL999") == []


def _row(**values: Any) -> dict[str, Any]:
    return {
        "id": "w99-001",
        "group": 1,
        "text": "The reviewer waved it through.",
        "before": "",
        "labels": ["blame"],
        **values,
    }


CLEAN = _row(id="w99-002", text="The gate let it pass at once.", labels=[])


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([_row(), CLEAN], ""),
        ([_row(labels=["blame", "guilt"]), CLEAN], "unknown label guilt"),
        ([_row(), _row(id="w99-001", text="The gate let it pass at once.", labels=[])], "the id stands twice"),
        ([_row(text="The reviewer\nwaved it through."), CLEAN], "line break"),
        ([_row()], "set 1 has 1 flagged of 1 rows"),
        ([{"id": "w99-001", "text": "x"}], "has no group and no before and no labels"),
        (
            [_row(), CLEAN, _row(id="w99-003", group=2), _row(id="w99-004", group=2, text="It ran on.", labels=[])],
            "reads like sentences/w99.jsonl:1",
        ),
        (
            [
                row
                for n, (a, b) in enumerate(zip("abcdef", "ghijkl", strict=True))
                for row in (
                    _row(id=f"w99-{n}1", group=n, text=f"Not one of them {a * 5} {b * 4} {a * 3} {b * 6} {a * 7}."),
                    _row(id=f"w99-{n}2", group=n, text=f"All {b * 5} {a * 4} {b * 3} {a * 6}.", labels=[]),
                )
            ],
            "not one of them …: begins 6 sets",
        ),
    ],
)
def test_a_wrong_row_is_noticed(tmp_path: Path, rows: list[dict[str, Any]], message: str) -> None:
    (tmp_path / "sentences").mkdir()
    (tmp_path / "sentences" / "w99.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    found = list(check.problems(check.load(tmp_path), tmp_path / "none"))
    if message:
        assert any(message in line for line in found), found
    else:
        assert found == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({}, ""),
        ({"spans": [{"text": "Dave broke it.", "line": 2, "labels": ["villain"]}]}, "not found there"),
        ({"spans": [{"text": "Dave broke it.", "line": 3, "labels": ["rude"]}]}, "labels ['rude']"),
        ({"doc_labels": ["asymmetric"]}, "but spans say otherwise"),
        ({"action_items": [{"text": "Add a lock", "owner": True, "due": True}]}, "action item not found"),
        ({"review": {}}, "says nothing of its review"),
        ({"telling": "good"}, "a good telling has 1 labelled"),
        ({"telling": "raw", "pair": "a"}, "pair a: has a.md"),
    ],
)
def test_a_wrong_document_is_noticed(tmp_path: Path, change: dict[str, Any], message: str) -> None:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "a.md").write_text("# A\n\nDave broke it.\n" + "word " * 300, "utf-8")
    gold = {
        "spans": [{"text": "Dave broke it.", "line": 3, "labels": ["named", "villain"]}],
        "doc_labels": [], "action_items": [], "review": {"has_reviewers": False, "approved": False},
    }  # fmt: skip
    (tmp_path / "documents" / "a.json").write_text(json.dumps(gold | change), "utf-8")
    found = list(check.problems(check.load(tmp_path), tmp_path / "none"))
    if message:
        assert any(message in line for line in found), found
    else:
        assert found == []
