"""The kinds of match: each compiles what a rule file says into a Matcher, with a vocabulary and no model."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from spacy.vocab import Vocab

from blamelint.diagnostic import Severity
from blamelint.document import Match, Sentence
from blamelint.match.check import compile_check
from blamelint.match.clause import compile_clause
from blamelint.match.dependency import compile_dependency
from blamelint.match.ledger import compile_ledger
from blamelint.match.phrase import compile_lemma, compile_phrase, compile_regex
from blamelint.match.tokens import compile_tokens
from blamelint.rule import LedgerMatcher, Matcher
from blamelint.rulefile import Entry

#: A kind of match and what compiles it; SpecError (a ValueError) where the spec can't be compiled.
KINDS: dict[str, Callable[[Any, Vocab], Matcher]] = {
    "phrase": compile_phrase,
    "lemma": compile_lemma,
    "regex": compile_regex,
    "tokens": compile_tokens,
    "dependency": compile_dependency,
    "clause": compile_clause,
    "check": compile_check,
}


@dataclass(frozen=True, slots=True)
class Graded:
    """A matcher whose findings have another severity than their rule."""

    matcher: Matcher
    severity: Severity

    def find(self, sentence: Sentence) -> Iterator[Match]:
        """What the matcher finds."""
        return self.matcher.find(sentence)


def compile_whole(entry: Entry) -> LedgerMatcher:
    """The matcher of one entry that looks at the whole document."""
    return compile_ledger(entry.spec)


def compile_entry(entry: Entry, vocab: Vocab) -> Matcher:
    """The matcher of one entry of `match` or `unless`."""
    matcher = KINDS[entry.kind](entry.spec, vocab)
    return Graded(matcher, Severity.parse(entry.severity)) if entry.severity else matcher
