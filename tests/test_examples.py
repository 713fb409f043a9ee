from __future__ import annotations

import re
from pathlib import Path

from handmade import VOCAB, rule_text, write

from blamelint.diagnostic import Diagnostic, Severity
from blamelint.examples import Lint, run_examples
from blamelint.packs import load_packs
from blamelint.rule import Rule
from blamelint.span import Span


def load(tmp_path: Path, text: str) -> Rule:
    shipped = tmp_path / "rules"
    shipped.mkdir(exist_ok=True)
    (rule,) = load_packs([write(tmp_path / "r.yaml", text)], VOCAB, shipped)
    return rule


def lint_with(*words: tuple[str, str, Severity]) -> Lint:
    """A linter that finds the words, each under its code."""

    def lint(text: str, format: str) -> list[Diagnostic]:
        return [
            Diagnostic(
                code,
                code,
                "blame",
                severity,
                f"'{' '.join(word.split())}'",
                Span(*m.span()),
                Span(0, len(text)),
                m.group(),
            )
            for code, word, severity in words
            for m in re.finditer(word, text)
        ]

    return lint


BAD = ("BL401", "bad", Severity.WARNING)


def test_examples_that_hold(tmp_path: Path) -> None:
    rule = load(tmp_path, rule_text())
    assert run_examples(rule, lint_with(BAD)) == []


def test_other_rules_may_speak_of_bad_examples_and_whisper_of_good_ones(tmp_path: Path) -> None:
    rule = load(tmp_path, rule_text())
    others = ("BL402", "one", Severity.INFO), ("BL403", "bad one", Severity.ERROR)
    assert run_examples(rule, lint_with(BAD, *others)) == []


def test_several_marks_and_formats(tmp_path: Path) -> None:
    text = rule_text().replace('"[[bad]] two"', '{text: "🔥 <b>[[bad]]</b> and [[bad]]", format: html}')
    rule = load(tmp_path, text)
    seen: list[tuple[str, str]] = []

    def lint(text: str, format: str) -> list[Diagnostic]:
        seen.append((text, format))
        return lint_with(BAD)(text, format)

    assert run_examples(rule, lint) == []
    assert seen[1] == ("🔥 <b>bad</b> and bad", "html")
    assert seen[0][1] == "markdown"


def test_a_bad_example_that_is_not_found(tmp_path: Path) -> None:
    rule = load(tmp_path, rule_text())
    failures = run_examples(rule, lint_with())
    assert len(failures) == 3
    assert str(failures[0]).split("\n") == [
        f"{tmp_path / 'r.yaml'}:12: BL401: bad example: 1 of 1 marked ranges not found",
        "    bad one",
        "    ^^^ expected",
    ]


def test_a_bad_example_found_elsewhere(tmp_path: Path) -> None:
    rule = load(tmp_path, rule_text().replace('"[[bad]] two"', '"🔥\\tx [[bad]]\\n\\nthen two"'))
    (failure,) = run_examples(rule, lint_with(BAD, ("BL401", "then", BAD[2]), ("BL401", "d\n\nt", BAD[2])))
    assert str(failure).split("\n")[1:] == [
        "    🔥\tx bad",
        "     \t  ^^^ expected",
        "     \t  ^^^ found BL401 (warning): 'bad'",
        "     \t    ^ found BL401 (warning): 'd t'",
        "    then two",
        "    ^",
        "    ^^^^ found BL401 (warning): 'then'",
    ]


def test_good_examples_must_be_silent_under_all_rules(tmp_path: Path) -> None:
    rule = load(tmp_path, rule_text())
    failures = run_examples(rule, lint_with(BAD, ("BL401", "good one", Severity.INFO), ("BL402", "good t", BAD[2])))
    assert [(f.message, f.line) for f in failures] == [
        ("good example: found by BL401", 13),
        ("good example: found by BL402", 13),
        ("good example: found by BL402", 13),
    ]


def test_lines_are_those_of_the_examples(tmp_path: Path) -> None:
    text = rule_text().split("examples:")[0]
    text += "examples:\n  bad:\n    - x [[bad]]\n    - |\n      # y\n\n      [[worse]]\n  good:\n    - z\n"
    (failure,) = run_examples(load(tmp_path, text), lint_with(BAD))
    assert failure.line == 14
    assert "    worse\n    ^^^^^ expected" in str(failure)
