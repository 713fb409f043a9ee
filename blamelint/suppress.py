"""Findings that the document itself silences, and what is wrong with the comments that do so."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass, field

from blamelint.diagnostic import Applicability, Diagnostic, Edit, Fix, Severity, in_order
from blamelint.directives import VERBS, Directive, find_directives
from blamelint.lines import LineIndex
from blamelint.selection import ALL, Selectable, nearest, specificity, unknown
from blamelint.span import Span

_BLANK = re.compile(r"[\s>|]*")


@dataclass(frozen=True, slots=True)
class Notice:
    """What blamelint says about its own comments; for `rules` and `rule` it is a rule like the others."""

    code: str
    name: str
    summary: str
    why: str
    instead: str
    category: str = "suppression"
    severity: Severity = Severity.WARNING


UNUSED = Notice(
    "BL001",
    "unused-suppression",
    "A suppression comment that suppresses nothing.",
    "A comment that outlives its finding hides the next one that somebody writes there.",
    "Remove it, or the code in it that is no longer found.",
)
UNKNOWN = Notice(
    "BL002",
    "unknown-suppression",
    "A suppression comment with a word that blamelint does not know.",
    "A mistyped code or verb silences nothing, and who wrote it believes that it does.",
    "Write a code, a prefix or a category as `blamelint rules` lists them.",
)
UNCLOSED = Notice(
    "BL003",
    "unclosed-suppression",
    "An ignore-start without its ignore-end, or the other way round.",
    "Where a block has no end nobody can tell what it was meant to hide, so nothing is hidden.",
    "Add the missing half, or use ignore-file for the whole document.",
)
REASONLESS = Notice(
    "BL004",
    "suppression-without-reason",
    "A suppression comment without the reason that the configuration asks for.",
    "Who reads the comment next year wants to know why the sentence stands as it is.",
    "Add the reason at the end, after ` -- `.",
)
NOTICES = (UNUSED, UNKNOWN, UNCLOSED, REASONLESS)


@dataclass
class _Suppression:
    """A directive with what it covers, and which of its targets have been of use."""

    directive: Directive
    rows: tuple[int, int] | None = None
    span: Span | None = None
    used: set[str] = field(default_factory=set)

    def covers(self, finding: Diagnostic, lines: LineIndex) -> bool:
        if self.span is not None:
            return self.span.start <= finding.span.start < self.span.end
        if self.rows is None:
            return False
        row = self.rows[0]
        starts = {lines.position(finding.span.start)[0], lines.position(finding.sentence.start)[0]}
        if self.directive.verb == "ignore-next-line":
            return row in starts
        # on its own line a comment may stand at any row of the sentence
        ends = lines.position(max(finding.span.end, finding.sentence.end) - 1)[0]
        return min(starts) <= row <= ends

    def takes(self, finding: Diagnostic, lines: LineIndex) -> bool:
        if not self.covers(finding, lines):
            return False
        targets = [word for word, _ in self.directive.targets] or [ALL]
        hits = [word for word in targets if specificity(word, finding)]
        self.used.update(hits)
        return bool(hits)


def apply(
    source: str,
    format: str,
    diagnostics: Iterable[Diagnostic],
    rules: Iterable[Selectable],
    *,
    on: Container[str] | None = None,
    require_reason: bool = False,
    inline_code: Callable[[], Iterable[Span]] = tuple,
) -> tuple[tuple[Diagnostic, ...], tuple[Diagnostic, ...], tuple[Diagnostic, ...]]:
    """What is kept, what the document suppresses, and findings about the suppressions themselves.

    `rules` are all that exist, `on` the codes of those that ran: what names only others is not called unused.
    `inline_code` gives the source ranges of code spans, where a comment is only shown.
    """
    directives = find_directives(source, format, inline_code)
    if not directives:
        return in_order(diagnostics), (), ()
    lines = LineIndex(source)
    rules = (*rules, *NOTICES)
    suppressions, own = _read(source, lines, directives)
    kept: list[Diagnostic] = []
    suppressed: list[Diagnostic] = []
    for finding in diagnostics:
        if any(directive.span.contains(finding.span) for directive in directives):
            continue  # in plain text a comment reads like prose; its reason is not for linting
        taken = [s.takes(finding, lines) for s in suppressions]  # all of them: each is of use
        (suppressed if any(taken) else kept).append(finding)
    for suppression in suppressions:
        own.extend(_complaints(suppression, source, rules, on, require_reason))
    return in_order(kept), in_order(suppressed), in_order(own)


def _read(
    source: str, lines: LineIndex, directives: tuple[Directive, ...]
) -> tuple[list[_Suppression], list[Diagnostic]]:
    """The suppressions with what they cover, and findings about those that make no sense."""
    found: list[_Suppression] = []
    own: list[Diagnostic] = []
    alone = {lines.position(d.span.start)[0] for d in directives if _alone(d, lines)}
    open_: list[Directive] = []
    for directive in directives:
        verb, row = directive.verb, lines.position(directive.span.end)[0]
        if verb == "ignore":
            found.append(_Suppression(directive, rows=(row, row)))
        elif verb == "ignore-next-line":
            row += 1
            while row < len(lines) and (row in alone or _BLANK.fullmatch(lines.line(row))):
                row += 1
            found.append(_Suppression(directive, rows=(row, row)))
        elif verb == "ignore-file":
            found.append(_Suppression(directive, span=Span(0, len(source) + 1)))
        elif verb == "ignore-start":
            open_.append(directive)
        elif verb == "ignore-end" and open_:
            start = open_.pop()
            found.append(_Suppression(start, span=Span(start.span.end, directive.span.start)))
        elif verb == "ignore-end":
            own.append(_finding(UNCLOSED, source, directive.span, "this ignore-end has no ignore-start before it"))
        else:
            near = nearest(verb, VERBS)
            hint = f"; did you mean '{near}'?" if near else f": one of {', '.join(VERBS)}"
            own.append(_finding(UNKNOWN, source, directive.span, f"'{verb}' is no suppression{hint}"))
    message = "this ignore-start has no ignore-end, so it suppresses nothing"
    own.extend(_finding(UNCLOSED, source, directive.span, message) for directive in open_)
    return found, own


def _complaints(
    suppression: _Suppression,
    source: str,
    rules: tuple[Selectable, ...],
    on: Container[str] | None,
    require_reason: bool,
) -> Iterator[Diagnostic]:
    directive = suppression.directive
    if require_reason and not directive.reason:
        yield _finding(REASONLESS, source, directive.span, "this suppression gives no reason")
    strange = dict(unknown((word for word, _ in directive.targets), rules))
    for word, span in directive.targets:
        if word in strange:
            hint = f"; did you mean '{strange[word]}'?" if strange[word] else ""
            yield _finding(UNKNOWN, source, span, f"'{word}' is no rule, prefix or category{hint}")
    if not directive.targets:
        if not suppression.used:
            yield _finding(
                UNUSED, source, directive.span, "this comment suppresses nothing", _removal(directive, source)
            )
        return
    ran = [
        (word, span)
        for word, span in directive.targets
        if word not in strange and any(specificity(word, r) and (on is None or r.code in on) for r in rules)
    ]
    idle = [(word, span) for word, span in ran if word not in suppression.used]
    if len(idle) == len(directive.targets):
        words = ", ".join(word for word, _ in idle)
        message = f"this comment suppresses nothing: no finding of {words} here"
        yield _finding(UNUSED, source, directive.span, message, _removal(directive, source))
    else:
        for word, span in idle:
            yield _finding(UNUSED, source, span, f"'{word}' suppresses nothing here")


def _finding(notice: Notice, source: str, span: Span, message: str, fix: Fix | None = None) -> Diagnostic:
    return Diagnostic(
        code=notice.code,
        name=notice.name,
        category=notice.category,
        severity=notice.severity,
        message=message,
        span=span,
        sentence=span,
        text=source[span.start : span.end],
        why=notice.why,
        instead=notice.instead,
        fixes=(fix,) if fix else (),
    )


def _removal(directive: Directive, source: str) -> Fix | None:
    if directive.verb == "ignore-start":  # its other half would be left alone
        return None
    start, end = directive.span.start, directive.span.end
    while start > 0 and source[start - 1] in " \t":
        start -= 1
    if start in (0, source.rfind("\n", 0, start) + 1):
        rest = re.compile(r"[ \t]*(\r\n|\n|\r|$)").match(source, end)
        end, start = (rest.end(), start) if rest else (end, directive.span.start)
    return Fix("Remove the suppression", (Edit(Span(start, end), ""),), Applicability.SAFE)


def _alone(directive: Directive, lines: LineIndex) -> bool:
    """Whether nothing but the comment stands on its line."""
    row, column = lines.position(directive.span.start)
    line = lines.line(row)
    after = line[column + len(directive.span) :]
    return not line[:column].strip(" \t>") and not after.strip()
