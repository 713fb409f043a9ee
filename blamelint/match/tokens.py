"""The `tokens` kind of match: spaCy's token patterns, without what could take exponential time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.matcher import Matcher as SpacyMatcher
from spacy.vocab import Vocab

from blamelint.document import Match, Sentence
from blamelint.matchspec import SpecError, TokenSpec
from blamelint.rule import Matcher

_MOST_TOKENS = 40

#: Each open repetition multiplies the states that spaCy tracks by the length of the sentence.
_MOST_OPEN = 3


@dataclass(frozen=True, slots=True)
class TokensMatcher:
    """Token patterns, the longest match at each place."""

    matcher: SpacyMatcher

    def find(self, sentence: Sentence) -> Iterator[Match]:
        """Every match that no longer one covers."""
        for _, start, end in self.matcher(sentence.doc):
            yield Match(sentence.span_of(start, end - 1))


def compile_tokens(patterns: Sequence[Sequence[TokenSpec]], vocab: Vocab) -> Matcher:
    """The matcher of a `tokens` entry."""
    for index, pattern in enumerate(patterns):
        if not 0 < len(pattern) <= _MOST_TOKENS:
            raise SpecError(f"a pattern has 1 to {_MOST_TOKENS} tokens", ("tokens", index))
        if sum(token.OP in ("*", "+") for token in pattern) > _MOST_OPEN:
            raise SpecError(f"a pattern may hold * and + at most {_MOST_OPEN} times", ("tokens", index))
    matcher = SpacyMatcher(vocab)
    try:
        matcher.add("tokens", [[token.spacy() for token in pattern] for pattern in patterns], greedy="LONGEST")
    except ValueError as problem:  # spaCy's own checks, should ours have let something through
        raise SpecError(str(problem).splitlines()[0], ("tokens",)) from problem
    return TokensMatcher(matcher)
