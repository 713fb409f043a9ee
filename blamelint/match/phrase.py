"""The kinds of match that read words: literal phrases, phrases of lemmas, and regular expressions.

Phrases and expressions read the text, not the tokens, whose words may be placeholders; RE2 takes linear time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import re2
from spacy.vocab import Vocab

from blamelint.document import Match, Sentence
from blamelint.matchspec import SpecError
from blamelint.pattern import PatternError, compile_pattern
from blamelint.rule import Matcher
from blamelint.span import Span

#: RE2 looks neither ahead nor behind, and its \b knows ASCII only, so a phrase is matched with its neighbours.
_BEFORE, _AFTER = r"(?:^|[^\pL\pM\pN_])", r"(?:[^\pL\pM\pN_]|$)"

#: Characters that stand for each other in prose.
_VARIANTS = {" ": r"[\s\x{a0}]+", "'": "['’‘]", "’": "['’‘]", "-": "[-‐‑]"}


@dataclass(frozen=True, slots=True)
class PhraseMatcher:
    """Literal phrases, whole words, in any case."""

    pattern: Any

    def find(self, sentence: Sentence) -> Iterator[Match]:
        """The longest phrase at each place."""
        found = self.pattern.search(sentence.text)
        while found:
            start, end = found.span(1)
            yield Match(Span(start, end))
            # on from the phrase's end, not the match's: the character between two phrases serves both
            found = self.pattern.search(sentence.text, end)


@dataclass(frozen=True, slots=True)
class RegexMatcher:
    """Regular expressions over the text of a sentence; named groups are parts."""

    patterns: tuple[Any, ...]

    def find(self, sentence: Sentence) -> Iterator[Match]:
        """Every match of every expression, but empty ones."""
        for pattern in self.patterns:
            for found in pattern.finditer(sentence.text):
                if found.end() > found.start():
                    groups = {name: found.span(number) for name, number in pattern.groupindex.items()}
                    parts = {name: Span(*span) for name, span in groups.items() if span[0] >= 0}
                    yield Match(Span(*found.span()), parts)


@dataclass(frozen=True, slots=True)
class LemmaMatcher:
    """Phrases of lemmas in lower case, found by their first word."""

    phrases: dict[str, tuple[tuple[str, ...], ...]]

    def find(self, sentence: Sentence) -> Iterator[Match]:
        """Every phrase at every place."""
        words = [token.lemma_.lower() for token in sentence.doc]
        for index, word in enumerate(words):
            for phrase in self.phrases.get(word, ()):
                if tuple(words[index : index + len(phrase)]) == phrase:
                    yield Match(sentence.span_of(index, index + len(phrase) - 1))


def compile_phrase(phrases: Sequence[str], vocab: Vocab) -> Matcher:
    """Literal phrases; blanks stand for any white space, quotes and hyphens for their typographic kin."""
    if not phrases:
        return LemmaMatcher({})
    longest_first = sorted({" ".join(phrase.split()) for phrase in phrases}, key=lambda p: (-len(p), p))
    literals = ["".join(_VARIANTS.get(char) or re2.escape(char) for char in phrase) for phrase in longest_first]
    try:
        return PhraseMatcher(compile_pattern(f"{_BEFORE}({'|'.join(literals)}){_AFTER}"))
    except PatternError as problem:
        raise SpecError("too many phrases for one entry", ("phrase",)) from problem


def compile_regex(patterns: Sequence[str], vocab: Vocab) -> Matcher:
    """Regular expressions in RE2's syntax, in any case."""
    compiled = []
    for index, pattern in enumerate(patterns):
        try:
            compiled.append(compile_pattern(pattern))
        except PatternError as problem:
            raise SpecError(f"not a regular expression that RE2 takes: {problem}", ("regex", index)) from problem
    return RegexMatcher(tuple(compiled))


def compile_lemma(phrases: Sequence[str], vocab: Vocab) -> Matcher:
    """Phrases of lemmas; a hyphenated word is found whether the tokeniser split it or not."""
    table: dict[str, set[tuple[str, ...]]] = {}
    for phrase in phrases:
        words = phrase.lower()
        for split in (tuple(words.split()), tuple(words.replace("-", " - ").split())):
            if split:
                table.setdefault(split[0], set()).add(split)
    return LemmaMatcher({first: tuple(sorted(found)) for first, found in table.items()})
