"""Scores the linter on the labelled postmortems and writes the tables: `python benchmarks/accuracy.py [EVAL_FOLDER]`.

The folder holds `score.py`, `real/` and `sentences.jsonl`, and lies beside the repository unless it is named.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SETS = {"real": "Real postmortems", "sentences.jsonl": "Contrast sentences"}
DONE_LATER = {"action_owner", "action_due", "review"}


def score(folder: Path, name: str) -> dict[str, Any]:
    """The figures of one set, as score.py counts them."""
    command = [sys.executable, str(folder / "score.py"), "--json", "--cmd", f"{sys.executable} -m blamelint"]
    done = subprocess.run([*command, str(folder / name)], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    return dict(json.loads(done.stdout))


def long_table(figures: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Every label of every set."""
    for name, title in SETS.items():
        found = figures[name]
        yield f"### {title}\n"
        yield "| label | sentences with it | false alarms | precision | recall | F1 |"
        yield "|---|--:|--:|--:|--:|--:|"
        for label, row in found["labels"].items():
            if label in DONE_LATER:
                yield f"| {label} | {row['gold']} | – | – | – | no rule yet |"
                continue
            values = " | ".join(f"{row[key]:.2f}" for key in ("precision", "recall", "f1"))
            yield f"| {label} | {row['gold']} | {row['false']} | {values} |"
        if found["clean_sentences"]:
            flagged, clean = found["clean_flagged"], found["clean_sentences"]
            yield f"\nSentences without a label that are flagged: {flagged} of {clean}."
        if found["groups"]:
            yield f"Contrast sets right in every row: {found['groups_right']} of {found['groups']}."
        yield ""


def short_table(figures: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """The two lines of the front page."""
    yield "| | precision | recall | F1 | F1, names alone | F1, blame alone |"
    yield "|---|--:|--:|--:|--:|--:|"
    for name, title in SETS.items():
        labels = figures[name]["labels"]
        values = " | ".join(f"{labels['any'][key]:.2f}" for key in ("precision", "recall", "f1"))
        yield f"| {title} | {values} | {labels['named']['f1']:.2f} | {labels['blame']['f1']:.2f} |"


def put(path: Path, lines: Iterator[str]) -> None:
    """The lines in place of what stands between the two markers."""
    table = "\n".join(lines).strip()
    text, found = re.subn(
        r"(<!-- accuracy -->\n).*?(<!-- /accuracy -->)",
        lambda marks: f"{marks[1]}\n{table}\n\n{marks[2]}",
        path.read_text(encoding="utf-8"),
        flags=re.DOTALL,
    )
    if not found:
        raise SystemExit(f"{path}: has no <!-- accuracy --> to fill")
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "eval"
    figures = {name: score(folder, name) for name in SETS}
    put(ROOT / "benchmarks" / "README.md", long_table(figures))
    put(ROOT / "README.md", short_table(figures))
    print("\n".join(short_table(figures)))
