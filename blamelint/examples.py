"""A rule's examples as its tests: bad ones are found exactly where they are marked, good ones by no rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from blamelint.diagnostic import Diagnostic, Severity
from blamelint.lines import LineIndex
from blamelint.rule import Example, Rule
from blamelint.span import Span

Lint = Callable[[str, str], list[Diagnostic]]


@dataclass(frozen=True, slots=True)
class ExampleFailure:
    """An example that does not do what it stands for; `str` shows what was marked and what was found."""

    code: str
    path: Path | None
    line: int
    message: str
    example: Example
    found: tuple[Diagnostic, ...] = ()

    def __str__(self) -> str:
        head = f"{self.path or self.code}:{self.line}: {self.code}: {self.message}"
        shown: list[tuple[Span, str]] = [(span, "expected") for span in self.example.spans]
        shown += [(d.span, f"found {d.code} ({d.severity}): {d.message}") for d in self.found]
        return "\n".join([head, *_excerpt(self.example.text, shown)])


def run_examples(rule: Rule, lint: Lint) -> list[ExampleFailure]:
    """What is wrong with the examples of one rule, where `lint(text, format)` runs all rules."""
    checks = [(_check_bad, example) for example in rule.bad] + [(_check_good, example) for example in rule.good]
    return [failure for check, example in checks for failure in check(rule, example, lint)]


def _check_bad(rule: Rule, example: Example, lint: Lint) -> Iterator[ExampleFailure]:
    found = [d for d in lint(example.text, example.format) if d.code == rule.code]
    expected, got = set(example.spans), {d.span for d in found}
    if expected == got:
        return
    missed, extra = len(expected - got), len(got - expected)
    wrong = [f"{missed} of {len(expected)} marked ranges not found"] if missed else []
    wrong += [f"{extra} found that {'is' if extra == 1 else 'are'} not marked"] if extra else []
    yield _failure(rule, example, f"bad example: {', '.join(wrong)}", found)


def _check_good(rule: Rule, example: Example, lint: Lint) -> Iterator[ExampleFailure]:
    found = [d for d in lint(example.text, example.format) if d.code == rule.code or d.severity >= Severity.WARNING]
    if found:
        codes = ", ".join(sorted({d.code for d in found}))
        yield _failure(rule, example, f"good example: found by {codes}", found)


def _failure(rule: Rule, example: Example, message: str, found: Sequence[Diagnostic]) -> ExampleFailure:
    return ExampleFailure(rule.code, rule.origin, example.line, message, example, tuple(found))


def _excerpt(text: str, shown: Sequence[tuple[Span, str]]) -> Iterator[str]:
    """The text line by line, under each the ranges that begin or go on there, labelled where they begin."""
    lines = LineIndex(text)
    for row in range(len(lines)):
        line, start = lines.line(row), lines.start(row)
        if not line.strip():
            continue
        yield f"    {line}"
        for span, label in sorted(shown):
            first, last = max(span.start, start), min(span.end, start + len(line))
            if first < last or first == last == span.start == span.end:
                indent = "".join("\t" if char == "\t" else " " for char in line[: first - start])
                yield f"    {indent}{'^' * max(last - first, 1)} {label if span.start >= start else ''}".rstrip()
