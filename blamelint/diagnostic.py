"""What the linter says: plain frozen data, without spaCy objects, ordered and JSON-friendly."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum

from blamelint.span import Span

#: The labels of the annotation guide, then those of the structural rules. A rule's `category` is one of them.
CATEGORIES = (
    "named", "blame", "hero", "villain", "counterfactual", "hindsight", "single_cause", "surface_fix", "asymmetric",
    "action_owner", "action_due", "review", "timeline", "suppression",
)  # fmt: skip


class Severity(IntEnum):
    """How sure and how grave: `info` is only suspicious, `warning` is what the author would concede."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    def __str__(self) -> str:
        return self.name.lower()

    @classmethod
    def parse(cls, text: str) -> Severity:
        """The severity of that name; ValueError for any other."""
        try:
            return cls[text.upper()]
        except KeyError:
            raise ValueError(f"no severity '{text}': one of info, warning, error") from None


class Applicability(IntEnum):
    """How far a fix may go by itself: only shown, applied when asked for by name, or safe to apply."""

    DISPLAY = 1
    UNSAFE = 2
    SAFE = 3


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Replace the source at `span` by `text`; an empty span inserts, an empty text deletes."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """A titled, ordered, non-overlapping set of edits; ValueError where two overlap."""

    title: str
    edits: tuple[Edit, ...]
    applicability: Applicability = Applicability.UNSAFE

    def __post_init__(self) -> None:
        ordered = tuple(sorted(self.edits))
        if any(a.span.overlaps(b.span) for a, b in itertools.pairwise(ordered)):
            raise ValueError("the edits of a fix overlap")
        object.__setattr__(self, "edits", ordered)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason for a finding: the part it played (agent, predicate, name, phrase …), where, and in words."""

    role: str
    span: Span
    note: str


@dataclass(frozen=True, slots=True)
class Related:
    """Another place in the same document that belongs to the finding."""

    span: Span
    message: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding. `span` and `sentence` are code-point ranges of the source; `text` is the prose read there."""

    code: str
    name: str
    category: str
    severity: Severity
    message: str
    span: Span
    sentence: Span
    text: str
    why: str = ""
    instead: str = ""
    evidence: tuple[Evidence, ...] = ()
    related: tuple[Related, ...] = ()
    fixes: tuple[Fix, ...] = ()

    @property
    def sort_key(self) -> tuple[int, int, str]:
        """Findings are reported in the order of the document, then by code."""
        return self.span.start, self.span.end, self.code


@dataclass(frozen=True, slots=True)
class Report:
    """The result for one document: findings in order, what was suppressed, and what could not be done."""

    path: str
    source: str
    diagnostics: tuple[Diagnostic, ...] = ()
    suppressed: tuple[Diagnostic, ...] = ()
    failures: tuple[str, ...] = field(default=())

    def at_least(self, severity: Severity) -> tuple[Diagnostic, ...]:
        """The findings of that severity and above."""
        return tuple(d for d in self.diagnostics if d.severity >= severity)


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Sorted by place and code."""
    return tuple(sorted(diagnostics, key=lambda d: d.sort_key))
