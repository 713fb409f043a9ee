"""Chooses the rewrites that a rule's page quotes: `python exemplars/quotes.py` writes quotes.jsonl.

For each rule, a few sentences that it finds, as short as may be and each of another writer, with what a careful lead
would write instead. A test fails while the file is stale.
"""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from blamelint.config import Config, People
from blamelint.diagnostic import Severity
from blamelint.linter import Linter

HERE = Path(__file__).resolve().parent
MOST = 3
WORDS = (6, 30)


def quotes(root: Path = HERE) -> list[dict[str, str]]:
    """The quotes in the order of the codes: `code`, `id`, `text`, `rewrite`, `why`."""
    rows = {}
    for path in sorted(root.glob("sentences/*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            rows[row["id"]] = row
    linter = Linter(Config(people=People(git=False, codeowners=False, mailmap=False)))
    by_rule: dict[str, list[dict[str, str]]] = defaultdict(list)
    for line in (root / "rewrites.jsonl").read_text("utf-8").splitlines():
        item = json.loads(line)
        row = rows[item["id"]]
        if row["before"] or not WORDS[0] <= len(row["text"].split()) <= WORDS[1]:
            continue
        for finding in linter.lint_text(row["text"] + "\n", path="quote.md").diagnostics:
            if finding.severity >= Severity.WARNING and finding.category in row["labels"]:
                quote = {"code": finding.code, "id": row["id"], "text": row["text"]}
                by_rule[finding.code].append(quote | {"rewrite": item["rewrite"], "why": item["why"]})
    chosen: list[dict[str, str]] = []
    used: set[str] = set()
    for code in sorted(by_rule, key=lambda code: (len(by_rule[code]), code)):  # the rare ones choose first
        writers: set[str] = set()
        for quote in sorted(by_rule[code], key=lambda quote: (_plainness(rows[quote["id"]]), quote["id"])):
            writer = quote["id"].partition("-")[0]
            if len(writers) < MOST and writer not in writers and quote["id"] not in used:
                writers.add(writer)
                used.add(quote["id"])
                chosen.append(quote)
    return sorted(chosen, key=lambda quote: (quote["code"], len(quote["text"]), quote["id"]))


def _plainness(row: dict[str, Any]) -> tuple[int, bool, int]:
    """Sentences with one label first, then whole sentences, then short ones."""
    return len(row["labels"]), not row["text"].endswith("."), len(row["text"])


def lines(root: Path = HERE) -> str:
    """The file's text."""
    return "".join(json.dumps(quote, ensure_ascii=False) + "\n" for quote in quotes(root))


if __name__ == "__main__":
    (HERE / "quotes.jsonl").write_text(lines(), "utf-8")
