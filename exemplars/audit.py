"""What `blamelint check` finds wrongly in the documents, and misses: `python exemplars/audit.py [--list] [--readme]`.

Counted are findings at warning and above: right where the unit carries the rule's category, else wrong, and how many of
the wrong ones stand where no label is at all. `--list` prints each; `--readme` writes the tables into README.md.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator

from check import HERE, LABELS, Corpus, Story, fill, load

from blamelint.config import Config, People
from blamelint.diagnostic import Diagnostic, Severity
from blamelint.lines import LineIndex
from blamelint.linter import Linter
from blamelint.span import Span


def units(story: Story) -> list[tuple[Span, list[str]]]:
    """The labelled units with their places."""
    lines = LineIndex(story.text)
    found = []
    for unit in story.gold["spans"]:
        start = story.text.index(unit["text"], lines.start(unit["line"] - 1))
        found.append((Span(start, start + len(unit["text"])), unit["labels"]))
    return found


class Audit:
    """The counts, and in `wrong` and `missed` a line for each case."""

    def __init__(self, corpus: Corpus) -> None:
        self.right: Counter[str] = Counter()
        self.other: Counter[str] = Counter()
        self.clean: Counter[str] = Counter()
        self.found: Counter[str] = Counter()
        self.told: Counter[str] = Counter()
        self.wrong: list[str] = []
        self.missed: list[str] = []
        linter = Linter(Config(people=People(git=False, codeowners=False, mailmap=False)))
        for story in corpus.stories:
            report = linter.lint_text(story.text, path=story.at)
            findings = [d for d in report.diagnostics if d.severity >= Severity.WARNING]
            self._story(story, units(story), findings)

    def _story(self, story: Story, gold: list[tuple[Span, list[str]]], findings: list[Diagnostic]) -> None:
        for finding in findings:
            labels = [label for span, own in gold if _touch(span, finding.span) for label in own]
            if finding.category in labels:
                self.right[finding.code] += 1
                continue
            (self.other if labels else self.clean)[finding.code] += 1
            where = "another label" if labels else "no label"
            sentence = " ".join(story.text[finding.sentence.start : finding.sentence.end].split())
            self.wrong.append(f"{finding.code} {story.at} ({where}): “{finding.text}” in: {sentence}")
        for span, labels in gold:
            got = {finding.category for finding in findings if _touch(span, finding.span)}
            for label in set(labels) & set(LABELS):
                self.told[label] += 1
                self.found[label] += label in got
                if label not in got:
                    self.missed.append(f"{label} {story.at}: {' '.join(story.text[span.start : span.end].split())}")

    def tables(self) -> Iterator[str]:
        """What README.md shows."""
        yield "| rule | right | wrong: another label | wrong: no label |\n|---|--:|--:|--:|"
        for code in sorted({*self.right, *self.other, *self.clean}):
            yield f"| {code} | {self.right[code]} | {self.other[code]} | {self.clean[code]} |"
        yield "\n| label | in the documents | missed by the rules |\n|---|--:|--:|"
        for label in LABELS:
            yield f"| {label} | {self.told[label]} | {self.told[label] - self.found[label]} |"


def _touch(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


if __name__ == "__main__":
    audit = Audit(load())
    if "--list" in sys.argv[1:]:
        print("\n".join([*sorted(audit.wrong), "", *sorted(audit.missed), ""]))
    print("\n".join(audit.tables()))
    if "--readme" in sys.argv[1:]:
        fill(HERE / "README.md", "audit", audit.tables())
