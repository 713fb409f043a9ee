"""From the checked contents of a rule file to a Rule: matchers compiled, parts of messages and examples checked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from spacy.vocab import Vocab

from blamelint.diagnostic import Severity
from blamelint.errors import RuleError
from blamelint.match import Graded, compile_entry, compile_whole
from blamelint.matchspec import SpecError
from blamelint.rule import Example, LedgerMatcher, Matcher, Rule
from blamelint.rulefile import Entry, ExampleSpec, Override, RuleFile, wrong_parts
from blamelint.span import Span
from blamelint.yamlfile import Loaded, Loc

_MARKS = re.compile(r"\[\[|\]\]")


def parse_marks(text: str) -> tuple[str, tuple[Span, ...]]:
    """The text without its `[[ ]]`, and the ranges they enclosed; ValueError where they don't pair."""
    clean, spans, opened, last = "", [], None, 0
    for found in _MARKS.finditer(text):
        clean += text[last : found.start()]
        last = found.end()
        if (found.group() == "[[") is not (opened is None):
            raise ValueError("the marks [[ ]] don't pair, or one stands in another")
        if opened is None:
            opened = len(clean)
        else:
            spans.append(Span(opened, len(clean)))
            opened = None
    if opened is not None:
        raise ValueError("the mark [[ is not closed by ]]")
    return clean + text[last:], tuple(spans)


def build_rule(spec: RuleFile, loaded: Loaded, pack: str, vocab: Vocab, least_examples: int) -> Rule:
    """The rule; RuleError, with its place, for what the file's form alone doesn't show."""
    for kind, examples in (("bad", spec.examples.bad), ("good", spec.examples.good)):
        if len(examples) < least_examples:
            raise _error(loaded, ("examples", kind), f"needs at least {least_examples} {kind} examples")
    check_message(spec, spec.message, loaded, ("message",))
    parts = spec.parts()
    if parts is not None and spec.report not in parts:
        known = ", ".join(sorted(parts))
        raise _error(loaded, ("report",), f"no part '{spec.report}' in this rule: one of {known}")
    whole = spec.match[0].ledger is not None
    return Rule(
        code=spec.code,
        name=spec.name,
        category=spec.category,
        severity=Severity.parse(spec.severity),
        summary=spec.summary.strip(),
        message=spec.message.strip(),
        why=spec.why.strip(),
        instead=spec.instead.strip(),
        match=() if whole else _compile(spec.match, loaded, "match", vocab),
        whole=_compile_whole(spec.match, loaded) if whole else (),
        unless=_compile(spec.unless, loaded, "unless", vocab),
        report=spec.report,
        sections_only=frozenset(spec.sections.only),
        sections_except=frozenset(spec.sections.except_),
        blocks_except=frozenset(spec.blocks.except_),
        sources=tuple(spec.sources),
        bad=_examples(spec.examples.bad, loaded, "bad"),
        good=_examples(spec.examples.good, loaded, "good"),
        pack=pack,
        origin=loaded.path,
        line=loaded.key_position(("code",))[0],
        since=spec.since,
    )


def check_message(spec: RuleFile, message: str, loaded: Loaded, loc: Loc) -> None:
    """RuleError where the message names a part that the rule doesn't have."""
    wrong = wrong_parts(message, spec.parts())
    if wrong:
        raise _error(loaded, loc, wrong)


def override(rule: Rule, change: Override) -> Rule:
    """The rule as a pack changes it; its message has been checked."""
    if change.severity:
        rule = with_severity(rule, Severity.parse(change.severity))
    if change.sections:
        only, excepted = frozenset(change.sections.only), frozenset(change.sections.except_)
        rule = replace(rule, sections_only=only, sections_except=excepted)
    return replace(
        rule,
        message=(change.message or rule.message).strip(),
        why=(change.why or rule.why).strip(),
        instead=(change.instead or rule.instead).strip(),
    )


def with_severity(rule: Rule, severity: Severity) -> Rule:
    """The rule with that severity for all its matches, also those that had one of their own."""
    match = tuple(matcher.matcher if isinstance(matcher, Graded) else matcher for matcher in rule.match)
    return replace(rule, severity=severity, match=match)


def _compile(entries: Sequence[Entry], loaded: Loaded, key: str, vocab: Vocab) -> tuple[Matcher, ...]:
    matchers = []
    for index, entry in enumerate(entries):
        try:
            matchers.append(compile_entry(entry, vocab))
        except ValueError as problem:
            raise _error(loaded, (key, index, *getattr(problem, "loc", ())), str(problem)) from problem
    return tuple(matchers)


def _compile_whole(entries: Sequence[Entry], loaded: Loaded) -> tuple[LedgerMatcher, ...]:
    matchers = []
    for index, entry in enumerate(entries):
        try:
            matchers.append(compile_whole(entry))
        except SpecError as problem:
            raise _error(loaded, ("match", index, *problem.loc), str(problem)) from problem
    return tuple(matchers)


def _examples(specs: Sequence[ExampleSpec], loaded: Loaded, kind: str) -> tuple[Example, ...]:
    examples = []
    for index, spec in enumerate(specs):
        loc: Loc = ("examples", kind, index)
        try:
            text, spans = parse_marks(spec.text) if kind == "bad" else (spec.text, ())
        except ValueError as problem:
            raise _error(loaded, loc, str(problem)) from problem
        examples.append(Example(text, spans, loaded.position(loc)[0], spec.format))
    return tuple(examples)


def _error(loaded: Loaded, loc: Loc, message: str) -> RuleError:
    line, column = loaded.position(loc)
    return RuleError(message, path=loaded.path, line=line, column=column)
