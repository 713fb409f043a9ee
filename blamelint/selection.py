"""Which rules are on, and how grave they are: explicit beats implicit, the longer prefix beats the shorter.

A selector is a code ("BL401"), a prefix of codes ("BL4"), a rule's name, a category ("hindsight") or "all".
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from blamelint.diagnostic import CATEGORIES, Severity

if TYPE_CHECKING:
    from blamelint.config import Config

ALL = "all"


class Selectable(Protocol):
    """What a selector looks at; rules and diagnostics both have it."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def category(self) -> str: ...


def specificity(selector: str, rule: Selectable) -> float:
    """How closely a selector names the rule; 0 where it does not.

    A category is wider than a code and most often narrower than a family ("BL4"), so it ranks just above one.
    """
    if selector == ALL:
        return 1
    if selector == rule.name:
        return len(rule.code)
    if selector == rule.category:
        return 3.5
    return len(selector) if selector and rule.code.startswith(selector.upper()) else 0


def best(selectors: Iterable[str], rule: Selectable) -> tuple[float, str]:
    """The closest of the selectors with its specificity; (0, "") where none names the rule."""
    return max(((specificity(selector, rule), selector) for selector in selectors), default=(0, ""))


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether a rule is on, and why, in words for `explain` and `rules`."""

    on: bool
    why: str


@dataclass(frozen=True, slots=True)
class Selection:
    """Rules switched on and off. An empty `select` means: all of them, implicitly."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    off: frozenset[str] = frozenset()

    @classmethod
    def of(cls, config: Config, off: frozenset[str] = frozenset()) -> Selection:
        """The selection that a configuration states; `off` are the codes that packs leave off unless asked for."""
        return cls(config.select, config.ignore, config.extend_select, config.severity, off)

    def decide(self, rule: Selectable) -> Decision:
        """Whether the rule is on, and by which selector."""
        chosen, chooser = best((*self.select, *self.extend_select), rule)
        refused, refuser = best(self.ignore, rule)
        if refused and refused >= chosen:
            return Decision(False, f"ignored by '{refuser}'")
        if chosen:
            return Decision(True, f"selected by '{chooser}'")
        if self.select:
            return Decision(False, f"not among the selected ({', '.join(self.select)})")
        if rule.code in self.off:
            return Decision(False, "off by default, as its pack says")
        return Decision(True, "on by default")

    def selects(self, rule: Selectable) -> bool:
        """Whether the rule is on."""
        return self.decide(rule).on

    def severity_of(self, rule: Selectable, default: Severity) -> Severity:
        """The severity that the closest selector sets, else the rule's own."""
        found, selector = best(self.severity, rule)
        return self.severity[selector] if found else default


def unknown(selectors: Iterable[str], rules: Iterable[Selectable]) -> list[tuple[str, str]]:
    """The selectors that name no rule, each with the nearest that does (or "")."""
    rules = tuple(rules)
    words = sorted({*CATEGORIES, ALL, *(r.code for r in rules), *(r.name for r in rules)})
    missing = [s for s in selectors if s not in words and not any(specificity(s, rule) for rule in rules)]
    return [(selector, nearest(selector, words)) for selector in missing]


def nearest(word: str, words: Iterable[str]) -> str:
    """The one of `words` that a mistyped `word` most likely meant, or ""."""
    known = {candidate.lower(): candidate for candidate in words}
    found = difflib.get_close_matches(word.lower(), known, n=1, cutoff=0.6)
    return known[found[0]] if found else ""
