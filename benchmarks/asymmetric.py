"""Scores the rules of BL3xx by document on the exemplars: `python benchmarks/asymmetric.py [--write]`.

The documents are split by their writer. The rules were developed on one half, by reading why each document was missed
or wrongly found; of the other half nobody who changed a rule or a word has read a line, and this script names none of
its documents. Keep it so, or the second figure says no more than the first.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from blamelint import Config, Linter, Severity
from blamelint.config import People
from blamelint.engine import run_rules

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = ROOT / "exemplars" / "documents"
HALVES = ("developed", "held out")
#: The tellings that must be silent; of "raw" ones some are asymmetric.
SILENT = ("good", "symmetric", "slips")


@dataclass(frozen=True, slots=True)
class Result:
    """What one document is labelled as, and whether a rule of category asymmetric found it at warning."""

    name: str
    half: str
    telling: str
    labelled: bool
    found: bool
    reading: float
    ledger: float
    rules: float


def half_of(name: str) -> str:
    """The half of a document: by the writer, who is the first word of its name, so that no writer is in both."""
    writer = name.partition("-")[0]
    return HALVES[hashlib.sha256(writer.encode()).digest()[0] % 2]


def results() -> Iterator[Result]:
    """Every document, linted."""
    linter = Linter(Config(people=People(codeowners=False, mailmap=False, git=False)))
    rules = [rule for rule in linter.rules if rule.whole]
    linter.ledger(linter.read("Warm."))
    for labels_file in sorted(DOCUMENTS.glob("*.json")):
        labels = json.loads(labels_file.read_text("utf-8"))
        path = next(p for p in DOCUMENTS.glob(f"{labels_file.stem}.*") if p.suffix != ".json")
        start = time.perf_counter()
        document = linter.read(path.read_text("utf-8"), path=path.name)
        read = time.perf_counter()
        ledger = linter.ledger(document)
        booked = time.perf_counter()
        diagnostics, failures = run_rules(document, rules, ledger)
        done = time.perf_counter()
        assert not failures, failures
        found = any(d.category == "asymmetric" and d.severity >= Severity.WARNING for d in diagnostics)
        yield Result(
            labels_file.stem, half_of(labels_file.stem), labels.get("telling") or "other",
            "asymmetric" in labels["doc_labels"], found, read - start, booked - read, done - booked,
        )  # fmt: skip


def table(every: list[Result]) -> Iterator[str]:
    """The figures of both halves."""
    yield "| half | documents | asymmetric | found | wrongly found | precision | recall | F1 |"
    yield "|---|--:|--:|--:|--:|--:|--:|--:|"
    for half in HALVES:
        some = [r for r in every if r.half == half]
        gold = sum(r.labelled for r in some)
        right = sum(r.labelled and r.found for r in some)
        wrong = sum(r.found and not r.labelled for r in some)
        precision, recall = right / max(right + wrong, 1), right / max(gold, 1)
        f1 = 2 * right / max(2 * right + wrong + gold - right, 1)
        yield f"| {half} | {len(some)} | {gold} | {right} | {wrong} | {precision:.2f} | {recall:.2f} | {f1:.2f} |"
    yield ""
    yield "| telling | half | documents | asymmetric | found | wrongly found |"
    yield "|---|---|--:|--:|--:|--:|"
    for telling in sorted({r.telling for r in every}):
        for half in HALVES:
            some = [r for r in every if r.half == half and r.telling == telling]
            if some:
                counts = (
                    len(some), sum(r.labelled for r in some), sum(r.labelled and r.found for r in some),
                    sum(r.found and not r.labelled for r in some),
                )  # fmt: skip
                yield f"| {telling} | {half} | {' | '.join(map(str, counts))} |"


def main() -> None:
    """Prints the figures; with `--write` also into benchmarks/README.md."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="write the table into benchmarks/README.md")
    parser.add_argument("--half", choices=HALVES, help="only that half")
    arguments = parser.parse_args()
    every = [r for r in results() if arguments.half in (None, r.half)]
    text = "\n".join(table(every))
    print(text)
    for result in every:
        if result.half == HALVES[0] and result.found is not result.labelled:
            print("wrongly found:" if result.found else "missed:", result.name)
    reading, booking = sum(r.reading for r in every), sum(r.ledger for r in every)
    print(f"\nreading {reading:.1f} s, ledger {booking:.2f} s ({booking / reading:.1%}), "
          f"its rules {sum(r.rules for r in every):.2f} s")  # fmt: skip
    if arguments.write:
        page = ROOT / "benchmarks" / "README.md"
        old = page.read_text("utf-8")
        new = re.sub(
            r"(<!-- asymmetric -->\n).*?(\n<!-- /asymmetric -->)", lambda m: f"{m[1]}\n{text}\n{m[2]}", old, flags=re.S
        )
        page.write_text(new, "utf-8")


if __name__ == "__main__":
    main()
