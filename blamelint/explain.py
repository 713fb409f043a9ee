"""Why the sentences on a row were flagged or not: what was seen in them, and what became of every rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from blamelint.clause import Clause
from blamelint.config import Config
from blamelint.diagnostic import Diagnostic, Report, Severity
from blamelint.document import Document, Sentence
from blamelint.engine import run_rules
from blamelint.quotes import quotes_of
from blamelint.rule import Rule
from blamelint.selection import Selection


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one rule did with one sentence.

    `result` is fired, suppressed, hidden (below the threshold), shadowed (a stronger finding stands there),
    excepted (the rule's own exception), off, elsewhere (not for this section or block), failed or silent.
    """

    rule: Rule
    result: str
    detail: str = ""
    findings: tuple[Diagnostic, ...] = ()


def sentences_at(document: Document, row: int, column: int | None = None) -> list[Sentence]:
    """The sentences that stand on a 1-based row, or at one place of it."""
    if not 1 <= row <= len(document.lines):
        return []
    start = document.lines.start(row - 1)
    end = start + max(len(document.lines.line(row - 1)), 1)
    if column is not None:
        start = min(start + column - 1, end - 1)
        end = start + 1
    return [s for s in document if s.source_span.start < end and start < s.source_span.end]


def outcomes(
    document: Document,
    sentence: Sentence,
    rules: Sequence[Rule],
    report: Report,
    config: Config,
    off: frozenset[str] = frozenset(),
) -> list[Outcome]:
    """What every rule did with a sentence.

    `report` is that of the whole document, `config` that of its path, `off` the codes that packs leave off.
    """
    alone, selection = replace(document, sentences=(sentence,)), Selection.of(config, off)
    return [_outcome(alone, sentence, rule, report, config, selection) for rule in rules]


def _outcome(
    alone: Document, sentence: Sentence, rule: Rule, report: Report, config: Config, selection: Selection
) -> Outcome:
    kept = _of(rule, report.diagnostics, sentence)
    if kept:
        shown = [finding for finding in kept if finding.severity >= config.shown]
        detail = f"{_gravest(kept)}, shown from {config.shown} on"
        return Outcome(rule, "fired" if shown else "hidden", str(_gravest(kept)) if shown else detail, kept)
    if suppressed := _of(rule, report.suppressed, sentence):
        return Outcome(rule, "suppressed", "by a comment in the document", suppressed)
    decision = selection.decide(rule)
    if not decision.on:
        return Outcome(rule, "off", decision.why)
    block = sentence.block
    if rule.category == "named" and block.section in config.allow_names_in:
        return Outcome(rule, "elsewhere", f"allow-names-in holds the section {_words(block.section)}")
    if not rule.applies_to(sentence):
        return Outcome(rule, "elsewhere", f"not for a {_words(block.kind)} in the section {_words(block.section)}")
    found, failures = run_rules(alone, [rule])
    if failures:
        return Outcome(rule, "failed", failures[0])
    if found:
        return Outcome(rule, "shadowed", "a stronger finding stands in the same place", tuple(found))
    if any(True for matcher in rule.match for _ in matcher.find(sentence)):
        return Outcome(
            rule,
            "excepted",
            _SET_ASIDE,
        )
    return Outcome(rule, "silent")


_SET_ASIDE = "what it looks for is there, but an exception, code around it or the sentence's own sense sets it aside"


def _of(rule: Rule, findings: Sequence[Diagnostic], sentence: Sentence) -> tuple[Diagnostic, ...]:
    span = sentence.source_span
    return tuple(f for f in findings if f.code == rule.code and span.start <= f.span.start < max(span.end, 1))


def _gravest(findings: Sequence[Diagnostic]) -> Severity:
    return max(finding.severity for finding in findings)


def as_data(document: Document, sentence: Sentence, results: Sequence[Outcome]) -> dict[str, Any]:
    """The explanation of one sentence as plain data."""
    row, column = document.lines.position(sentence.source_span.start)
    block = sentence.block
    return {
        "text": sentence.text,
        "location": {"row": row + 1, "column": column + 1},
        "block": str(block.kind),
        "section": str(block.section),
        "headings": list(block.headings),
        "metadata": block.metadata,
        "quoted": block.quoted,
        "mentions": [
            {
                "text": mention.text,
                "kind": str(mention.kind),
                "name": mention.name,
                "confidence": round(mention.confidence, 3),
                "evidence": [f"{evidence.role}: {evidence.note}" for evidence in mention.evidence],
            }
            for mention in sentence.mentions
        ],
        "clauses": [_clause(clause, sentence) for clause in sentence.clauses],
        "rules": [
            {
                "code": outcome.rule.code,
                "name": outcome.rule.name,
                "result": outcome.result,
                "detail": outcome.detail,
                "findings": [
                    {"text": f.text, "message": f.message, "evidence": [f"{e.role}: {e.note}" for e in f.evidence]}
                    for f in outcome.findings
                ],
                "rewritten": [
                    {"text": quote.text, "rewrite": quote.rewrite, "why": quote.why}
                    for quote in quotes_of(outcome.rule.code)[:1]
                    if outcome.result == "fired"
                ],
            }
            for outcome in results
        ],
    }


def _clause(clause: Clause, sentence: Sentence) -> dict[str, Any]:
    return {
        "agent": None if clause.agent is None else _token(clause.agent, sentence),
        "kind": None if clause.kind is None else str(clause.kind),
        "predicate": _token(clause.predicate, sentence),
        "lemma": clause.lemma,
        "objects": [_token(index, sentence) for index in clause.objects],
        "voice": clause.voice,
        "modality": clause.modality,
        "negated": clause.negated,
    }


def _token(index: int, sentence: Sentence) -> str:
    mention = sentence.mention_at(index)
    if mention is not None:
        return mention.text
    span = sentence.offsets[index]
    return sentence.text[span.start : span.end]


def _words(value: str) -> str:
    return str(value).replace("_", " ")


def lines_of(data: dict[str, Any], *, every: bool) -> Iterator[str]:
    """The explanation of one sentence for people; with `every` also the rules that found nothing."""
    section = _words(data["section"])
    where = f"{_words(data['block'])}, in " + ("no known section" if section == "none" else f"the section {section}")
    where += ", metadata" * data["metadata"] + ", quoted" * data["quoted"]
    yield f"{data['location']['row']}:{data['location']['column']}  {' '.join(data['text'].split())}"
    yield f"  where    {where}"
    if data["headings"]:
        yield f"  under    {' > '.join(data['headings'])}"
    for mention in data["mentions"] or [None]:
        if mention is None:
            yield "  who      nobody"
            continue
        name = f" = {mention['name']}" if mention["name"] and mention["name"] != mention["text"] else ""
        yield f"  who      {mention['text']}{name}: {mention['kind']} ({mention['confidence']:.0%} sure)"
        yield from (f"           because {evidence}" for evidence in mention["evidence"])
    for clause in data["clauses"]:
        yield f"  does     {_told(clause)}"
    results = data["rules"]
    for rule in results:
        if rule["result"] == "silent" and not every:
            continue
        detail = f": {rule['detail']}" if rule["detail"] else ""
        yield f"  rule     {rule['code']} {rule['name']}: {rule['result']}{detail}"
        for finding in rule["findings"]:
            yield f"           “{' '.join(finding['text'].split())}”: {finding['message']}"
            yield from (f"             {evidence}" for evidence in finding["evidence"])
        for quote in rule["rewritten"]:
            yield f"           such as  “{quote['text']}”"
            yield f"           better   “{quote['rewrite']}” ({quote['why'].rstrip('.')})"
    silent = sum(rule["result"] == "silent" for rule in results)
    if silent and not every:
        yield f"  rule     {silent} more looked and found nothing (--all lists them)"


def _told(clause: dict[str, Any]) -> str:
    agent = f"{clause['agent']} ({clause['kind'] or 'not an actor'})" if clause["agent"] else "(nobody said)"
    objects = " ".join(clause["objects"])
    marks = [clause["voice"], clause["modality"].replace("_", " "), "negated" if clause["negated"] else ""]
    return f"{agent} -> {clause['predicate']} {objects}".rstrip() + f"  [{', '.join(filter(None, marks))}]"
