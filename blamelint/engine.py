"""Rules over a document: what they find, sorted out, as diagnostics. A rule that fails is reported, not raised."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from blamelint.diagnostic import Diagnostic, Evidence, Related, Severity
from blamelint.document import Document, Match, Sentence
from blamelint.ledger import Ledger, Pattern
from blamelint.match import Graded
from blamelint.rejection import STILL, rejects_blame
from blamelint.rule import Matcher, Rule
from blamelint.span import Span

_PART = re.compile(r"\{(\w+)\}")

#: Text in these marks is quoted from a machine; a rule that finds something wholly inside has misread it.
_MACHINE = ("code", "url")


@dataclass(frozen=True, slots=True)
class _Hit:
    """A match of a rule, with the range it reports and how grave it is there."""

    match: Match
    span: Span
    severity: Severity


def run_rules(
    document: Document, rules: Sequence[Rule], ledger: Ledger | None = None
) -> tuple[list[Diagnostic], list[str]]:
    """The findings in the order of the document, and one line for each rule that could not do its work.

    Without the document's `ledger` the rules that look at the whole document find nothing.
    """
    over_all = [rule for rule in rules if rule.whole]
    rules = [rule for rule in rules if not rule.whole]
    diagnostics: list[Diagnostic] = []
    failures: dict[str, str] = {}
    for sentence in document:
        found: list[Diagnostic] = []
        rejected = rejects_blame(sentence.text)
        for rule in rules:
            if not rule.applies_to(sentence) or (rejected and rule.category not in STILL):
                continue
            try:
                found += [_diagnostic(rule, hit, sentence) for hit in _hits(rule, sentence)]
            except Exception as problem:  # whatever it is: the other rules and sentences must go on
                failures.setdefault(rule.code, _failure(rule, problem))
        diagnostics += _strongest(found)
    if ledger is not None and over_all:
        told = ledger.where(lambda sentence: not rejects_blame(sentence.text))
        for rule in over_all:
            try:
                diagnostics += _patterns(rule, told)
            except Exception as problem:  # as above
                failures.setdefault(rule.code, _failure(rule, problem))
    return sorted(diagnostics, key=lambda d: d.sort_key), list(failures.values())


def _patterns(rule: Rule, ledger: Ledger) -> list[Diagnostic]:
    """What a rule finds in the whole document; of findings in the same place the first."""
    told = ledger.where(rule.applies_to)
    found = {pattern.at.source_span: pattern for matcher in reversed(rule.whole) for pattern in matcher.find(told)}
    return [_whole(rule, pattern) for pattern in found.values()]


def _whole(rule: Rule, pattern: Pattern) -> Diagnostic:
    at, sentence = pattern.at, pattern.at.sentence
    words = {"agent": at.party.name, "predicate": at.predicate, "sentence": sentence.text, **pattern.words}
    text = sentence.text[at.span.start : at.span.end]

    def part(found: re.Match[str]) -> str:
        return " ".join(words.get(found.group(1), text).split())

    return Diagnostic(
        code=rule.code,
        name=rule.name,
        category=rule.category,
        severity=rule.severity,
        message=_PART.sub(part, rule.message),
        span=at.source_span,
        sentence=sentence.source_span,
        text=text,
        why=rule.why,
        instead=rule.instead,
        evidence=(Evidence("agent", at.source_span, at.party.name), Evidence("grounds", at.source_span, at.grounds)),
        related=tuple(Related(entry.source_span, said) for entry, said in pattern.related),
    )


def _failure(rule: Rule, problem: Exception) -> str:
    place = f" ({rule.origin})" if rule.origin else ""
    reason = (str(problem).splitlines() or [""])[0]
    return f"rule {rule.code}{place} failed: {type(problem).__name__}: {reason}".rstrip(": ")


def _hits(rule: Rule, sentence: Sentence) -> list[_Hit]:
    """The rule's matches, less the exceptions; of those that report overlapping ranges the longest."""
    hits = [hit for matcher in rule.match for hit in _found(rule, matcher, sentence)]
    if hits and rule.unless:
        exceptions = [match.span for matcher in rule.unless for match in matcher.find(sentence)]
        hits = [hit for hit in hits if not any(hit.match.span.overlaps(span) for span in exceptions)]
    hits.sort(key=lambda hit: (-len(hit.span), -hit.severity, hit.span))
    kept: list[_Hit] = []
    for hit in hits:
        if not any(_collide(hit.span, other.span) for other in kept):
            kept.append(hit)
    return kept


def _found(rule: Rule, matcher: Matcher, sentence: Sentence) -> Iterable[_Hit]:
    severity = matcher.severity if isinstance(matcher, Graded) else rule.severity
    for match in matcher.find(sentence):
        if not _in_machine(match.span, sentence):
            yield _Hit(match, _reported(rule, match, sentence), severity)


def _in_machine(span: Span, sentence: Sentence) -> bool:
    if sentence.text[span.start : span.start + 1] == "@":
        return False  # people are tagged in code style too
    inside = span.shift(sentence.start)
    return any(mark.kind in _MACHINE and mark.span.contains(inside) for mark in sentence.block.marks)


def _reported(rule: Rule, match: Match, sentence: Sentence) -> Span:
    if rule.report == "sentence":
        return Span(0, len(sentence.text))
    return match.parts.get(rule.report, match.span)


def _collide(one: Span, other: Span) -> bool:
    return one == other or one.overlaps(other)  # empty ranges overlap nothing, not even themselves


def _strongest(found: list[Diagnostic]) -> list[Diagnostic]:
    """Of findings of one category in the same place the gravest, then the longest, then the lowest code."""
    kept: list[Diagnostic] = []
    for new in sorted(found, key=lambda d: (-d.severity, -len(d.span), d.code, d.span)):
        if not any(new.category == old.category and _collide(new.span, old.span) for old in kept):
            kept.append(new)
    return kept


def _diagnostic(rule: Rule, hit: _Hit, sentence: Sentence) -> Diagnostic:
    match = hit.match

    def source(span: Span) -> Span:
        return sentence.to_source(span)

    def words(span: Span) -> str:
        return " ".join(sentence.text[span.start : span.end].split())

    def part(found: re.Match[str]) -> str:
        whole = Span(0, len(sentence.text)) if found.group(1) == "sentence" else match.span
        return words(match.parts.get(found.group(1), whole))

    evidence = [Evidence(role, source(span), match.notes.get(role, words(span))) for role, span in match.parts.items()]
    evidence += [
        Evidence(role, source(match.span), note) for role, note in match.notes.items() if role not in match.parts
    ]
    return Diagnostic(
        code=rule.code,
        name=rule.name,
        category=rule.category,
        severity=hit.severity,
        message=_PART.sub(part, rule.message),
        span=source(hit.span),
        sentence=sentence.source_span,
        text=sentence.text[hit.span.start : hit.span.end],
        why=rule.why,
        instead=rule.instead,
        evidence=tuple(evidence),
    )
