"""A rule: immutable data, read from one YAML file. Matching is behind the Matcher protocol."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from blamelint.block import BlockKind, Section
from blamelint.diagnostic import Severity
from blamelint.document import Match, Sentence
from blamelint.ledger import Ledger, Pattern
from blamelint.span import Span


class Matcher(Protocol):
    """One compiled entry of a rule's `match` or `unless`."""

    def find(self, sentence: Sentence) -> Iterator[Match]:
        """Every match in the sentence, in any order."""
        ...


class LedgerMatcher(Protocol):
    """One compiled entry of the `match` of a rule that looks at the whole document, by its attribution ledger."""

    def find(self, ledger: Ledger) -> Iterator[Pattern]:
        """Every pattern in the ledger, which holds the sections and blocks that the rule looks at."""
        ...


@dataclass(frozen=True, slots=True)
class Example:
    """A good or bad example. `spans` are the ranges of `text` that `[[…]]` marked; `line` is in the rule file.

    `text` is a little Markdown document; context may stand before the sentence meant.
    """

    text: str
    spans: tuple[Span, ...] = ()
    line: int = 0
    format: str = "markdown"


@dataclass(frozen=True, slots=True)
class Rule:
    """What is looked for, why it matters and what to write instead, with the examples that prove it."""

    code: str
    name: str
    category: str
    severity: Severity
    summary: str
    message: str
    why: str
    instead: str
    match: tuple[Matcher, ...]
    unless: tuple[Matcher, ...] = ()
    whole: tuple[LedgerMatcher, ...] = ()  # what looks at the whole document; then `match` is empty
    report: str = "match"  # match | sentence | the name of a part
    sections_only: frozenset[Section] = frozenset()
    sections_except: frozenset[Section] = frozenset()
    blocks_except: frozenset[BlockKind] = frozenset()
    sources: tuple[str, ...] = ()
    bad: tuple[Example, ...] = ()
    good: tuple[Example, ...] = ()
    pack: str = ""
    origin: Path | None = None
    line: int = 1
    since: str = ""

    def applies_to(self, sentence: Sentence) -> bool:
        """Whether the rule looks at sentences in this section and kind of block."""
        section = sentence.block.section
        if self.sections_only and section not in self.sections_only:
            return False
        return section not in self.sections_except and sentence.block.kind not in self.blocks_except
