from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from handmade import document, sentence
from hypothesis import given
from hypothesis import strategies as st

from blamelint.block import Block, BlockKind, Mark, Piece, Section
from blamelint.diagnostic import Diagnostic, Severity
from blamelint.document import Document, Match, Sentence
from blamelint.engine import run_rules
from blamelint.match import Graded
from blamelint.rule import Rule
from blamelint.span import Span


@dataclass(frozen=True)
class At:
    """Matches at the given ranges, whatever stands there."""

    spans: tuple[tuple[int, int], ...]
    parts: dict[str, Span] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)

    def find(self, sentence: Sentence) -> Iterator[Match]:
        for start, end in self.spans:
            if end <= len(sentence.text):
                yield Match(Span(start, end), self.parts, self.notes)


class Broken:
    """A matcher with a bug."""

    def find(self, sentence: Sentence) -> Iterator[Match]:
        if "trap" in sentence.text:
            raise RuntimeError("oops\nmore")
        yield Match(Span(0, 1))


def at(*spans: tuple[int, int], **parts: Span) -> At:
    return At(spans, parts)


def rule(*match: Any, code: str = "BL401", **more: Any) -> Rule:
    plain = Rule(code, code.lower(), "blame", Severity.WARNING, "s", "'{match}'", "why", "instead", tuple(match))
    return replace(plain, **more)


TEXT = "Dave really broke production again"


def run(*rules: Rule, where: Sentence | None = None) -> list[Diagnostic]:
    diagnostics, failures = run_rules(document(where or sentence(TEXT)), rules)
    assert failures == []
    return diagnostics


def texts(diagnostics: list[Diagnostic]) -> list[str]:
    return [d.text for d in diagnostics]


def test_a_match_becomes_a_diagnostic_in_source_coordinates() -> None:
    text = "Dave &amp; Bob"
    block = Block(BlockKind.PARAGRAPH, "x Dave & Bob", (Piece(0, 7, 10, 7), Piece(7, 1, 17, 5), Piece(8, 4, 22, 4)))
    where = sentence("Dave & Bob", start=2)
    where = replace(where, block=block, text="Dave & Bob")
    matcher = At(((5, 10),), {"agent": Span(7, 10)}, {"agent": "a name", "why": "because"})
    (found,) = run(rule(matcher, message="{agent} in {match}, {predicate}, {sentence}"), where=where)
    assert found.span == Span(17, 26)
    assert found.sentence == Span(12, 26)
    assert found.text == "& Bob"
    assert found.message == "Bob in & Bob, & Bob, Dave & Bob"
    assert [(e.role, e.span, e.note) for e in found.evidence] == [
        ("agent", Span(23, 26), "a name"),
        ("why", Span(17, 26), "because"),
    ]
    assert (found.code, found.name, found.category, found.why, found.instead) == (
        "BL401", "bl401", "blame", "why", "instead",
    )  # fmt: skip
    assert len(text) == 14


def test_what_is_reported() -> None:
    matcher = at((0, 17), predicate=Span(12, 17))
    assert texts(run(rule(matcher))) == ["Dave really broke"]
    assert texts(run(rule(matcher, report="predicate"))) == ["broke"]
    assert texts(run(rule(matcher, report="sentence"))) == [TEXT]
    assert texts(run(rule(matcher, report="object"))) == ["Dave really broke"]


def test_a_message_shows_words_as_they_stand_but_on_one_line() -> None:
    where = sentence("Dave  really\nbroke it")
    (found,) = run(rule(at((0, 18)), message="{match}!"), where=where)
    assert found.message == "Dave really broke!"
    assert found.text == "Dave  really\nbroke"


def test_parts_with_braces_are_not_formatted_again() -> None:
    (found,) = run(rule(at((0, 9)), message="{match} {agent}"), where=sentence("{agent} x"))
    assert found.message == "{agent} x {agent} x"


def test_overlapping_matches_of_a_rule_become_the_longest() -> None:
    assert texts(run(rule(at((0, 4), (0, 17), (12, 17)), at((5, 11), (18, 28))))) == ["Dave really broke", "production"]
    assert texts(run(rule(at((0, 4), (5, 11))))) == ["Dave", "really"]
    assert texts(run(rule(at((0, 4), (0, 4))))) == ["Dave"]


def test_matches_that_report_different_parts_both_stay() -> None:
    one, two = at((0, 17), agent=Span(0, 4)), at((0, 17), agent=Span(5, 11))
    assert texts(run(rule(one, two, report="agent"))) == ["Dave", "really"]


def test_unless_drops_what_it_overlaps() -> None:
    found = run(rule(at((0, 4), (12, 17), (18, 28)), unless=(at((16, 18)),)))
    assert texts(found) == ["Dave", "production"]
    assert run(rule(at((0, 4)), unless=(at((0, len(TEXT))),))) == []
    assert len(run(rule(at((0, 4)), unless=(at((0, 500)),)))) == 1


@pytest.mark.parametrize("kind", ["code", "url"])
def test_machine_text_is_left_alone(kind: str) -> None:
    where = sentence(TEXT, start=3, marks=[Mark(kind, Span(3, 14))])
    assert texts(run(rule(at((0, 4), (12, 17))), where=where)) == ["broke"]
    assert texts(run(rule(at((0, 17))), where=where)) == ["Dave really broke"]
    linked = sentence(TEXT, marks=[Mark("link", Span(0, 17))])
    assert len(run(rule(at((0, 4))), where=linked)) == 1


def test_sections_and_blocks() -> None:
    timeline = sentence(TEXT, section=Section.TIMELINE)
    heading = sentence(TEXT, kind=BlockKind.HEADING)
    assert run(rule(at((0, 4)), sections_except=frozenset({Section.TIMELINE})), where=timeline) == []
    assert len(run(rule(at((0, 4)), sections_only=frozenset({Section.TIMELINE})), where=timeline)) == 1
    assert run(rule(at((0, 4)), sections_only=frozenset({Section.SUMMARY})), where=timeline) == []
    assert run(rule(at((0, 4)), blocks_except=frozenset({BlockKind.HEADING})), where=heading) == []


def test_an_entry_has_its_own_severity() -> None:
    found = run(rule(Graded(at((0, 4)), Severity.INFO), at((5, 11))))
    assert [d.severity for d in found] == [Severity.INFO, Severity.WARNING]


def test_of_one_category_the_gravest_stays_then_the_longest_then_the_lowest_code() -> None:
    short = rule(at((0, 4)), code="BL401", severity=Severity.ERROR)
    long = rule(at((0, 17)), code="BL402")
    same = rule(at((0, 17)), code="BL403")
    assert [d.code for d in run(long, short)] == ["BL401"]
    assert [d.code for d in run(same, long)] == ["BL402"]
    assert [d.code for d in run(rule(at((0, 4)), code="BL499"), long)] == ["BL402"]
    other = rule(at((0, 4)), code="BL201", category="hero")
    assert [d.code for d in run(long, other)] == ["BL201", "BL402"]


def test_findings_come_in_the_order_of_the_document() -> None:
    first, second = sentence(TEXT), sentence(TEXT, start=100)
    found, _ = run_rules(document(first, second), [rule(at((18, 28)), code="BL402"), rule(at((0, 4)))])
    assert [(d.span.start, d.code) for d in found] == [(0, "BL401"), (18, "BL402"), (100, "BL401"), (118, "BL402")]


def test_a_rule_that_fails_is_named_and_the_run_goes_on() -> None:
    sentences = sentence("a trap"), sentence("b trap"), sentence("c")
    broken = rule(Broken(), code="BL499", category="hero", origin=Path("own/r.yaml"))
    found, failures = run_rules(document(*sentences), [broken, rule(at((0, 1)))])
    assert failures == ["rule BL499 (own/r.yaml) failed: RuntimeError: oops"]
    assert [d.code for d in found] == ["BL401", "BL401", "BL401", "BL499"]


def test_nothing_in_nothing_out() -> None:
    assert run_rules(Document("x", "", "markdown", ()), [rule(at((0, 1)))]) == ([], [])
    assert run_rules(document(sentence(TEXT)), []) == ([], [])


ranges = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(lambda pair: tuple(sorted(pair)))


@given(st.lists(st.lists(ranges, max_size=6), max_size=4))
def test_findings_of_one_category_never_overlap(spans: list[list[tuple[int, int]]]) -> None:
    rules = [rule(at(*some), code=f"BL4{number:02}") for number, some in enumerate(spans)]
    found = run(*rules)
    assert all(not a.span.overlaps(b.span) for i, a in enumerate(found) for b in found[i + 1 :])
    assert found == sorted(found, key=lambda d: d.sort_key)
    assert all(d.text == TEXT[d.span.start : d.span.end] for d in found)
    assert bool(found) == any(spans)
    assert all(any((d.span.start, d.span.end) in some for some in spans) for d in found)
