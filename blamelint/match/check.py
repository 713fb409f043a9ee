"""The `check` kind of match: a Python function of the package, for what no pattern can say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from spacy.vocab import Vocab

from blamelint.checks import CHECKS, Check
from blamelint.checks.common import PATTERN_OPTIONS
from blamelint.document import Match, Sentence
from blamelint.matchspec import CheckSpec, SpecError
from blamelint.pattern import PatternError, compile_pattern
from blamelint.rule import Matcher
from blamelint.yamlfile import suggestion


@dataclass(frozen=True, slots=True)
class CheckMatcher:
    """A check with its options."""

    check: Check
    options: Mapping[str, object]

    def find(self, sentence: Sentence) -> Iterator[Match]:
        """What the check finds."""
        return self.check(sentence, self.options)


def compile_check(spec: CheckSpec, vocab: Vocab) -> Matcher:
    """The check of that name."""
    if spec.check not in CHECKS:
        near = suggestion(spec.check, CHECKS)
        raise SpecError(f"no check '{spec.check}'" + (f"; {near}" if near else ""), ("check",))
    for key in PATTERN_OPTIONS:
        patterns = spec.options.get(key, [])
        for index, text in enumerate(patterns if isinstance(patterns, list) else []):
            try:
                compile_pattern(str(text))
            except PatternError as problem:
                where = ("options", key, index)
                raise SpecError(f"not a regular expression that RE2 takes: {problem}", where) from problem
    return CheckMatcher(CHECKS[spec.check], spec.options)
