"""What the checks share: patterns over a sentence's text, and questions about who is in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from spacy.tokens import Token

from blamelint.clause import Clause
from blamelint.document import Match, Sentence
from blamelint.mention import KIND_GROUPS, Kind
from blamelint.pattern import compile_pattern
from blamelint.span import Span

HUMAN = frozenset(KIND_GROUPS["human"])
#: Humans who are not the author's own side.
OTHERS = frozenset(KIND_GROUPS["others"]) | {Kind.WE}


#: The options of checks that hold regular expressions.
PATTERN_OPTIONS = ("patterns", "but_for", "attributes")


def hits(sentence: Sentence, options: Mapping[str, object], key: str = "patterns") -> Iterator[Span]:
    """Where one of the rule's regular expressions under `options[key]` stands as whole words, in any case."""
    patterns = options.get(key)
    found = _compiled(tuple(patterns) if isinstance(patterns, list | tuple) else ())
    for match in found.finditer(sentence.text) if found is not None else ():
        span = Span(*match.span())
        if (
            len(span)
            and "-" not in sentence.text[max(span.start - 1, 0) : span.start] + sentence.text[span.end : span.end + 1]
        ):
            yield span


@lru_cache(maxsize=256)
def _compiled(patterns: tuple[str, ...]) -> Any:
    """One alternation of whole words; None for no patterns."""
    return compile_pattern(r"\b(?:" + "|".join(patterns) + r")\b") if patterns else None


def tokens_in(sentence: Sentence, span: Span) -> list[Token]:
    """The tokens that overlap a range of the text."""
    return [token for token in sentence.doc if sentence.offsets[token.i].overlaps(span)]


def mentioned(sentence: Sentence, kinds: Iterable[Kind]) -> bool:
    """Whether somebody of those kinds occurs in the sentence."""
    wanted = frozenset(kinds)
    return any(mention.kind in wanted for mention in sentence.mentions)


def acting(sentence: Sentence, kinds: Iterable[Kind]) -> bool:
    """Whether somebody of those kinds is the agent of a clause."""
    wanted = frozenset(kinds)
    return any(clause.kind in wanted for clause in sentence.clauses)


def mention_after(sentence: Sentence, offset: int, kinds: Iterable[Kind], within: int = 40) -> Span | None:
    """The range of the first mention of those kinds that begins at most `within` characters after `offset`."""
    wanted = frozenset(kinds)
    for mention in sentence.mentions:
        if mention.kind in wanted and 0 <= mention.span.start - offset <= within:
            return mention.span
    return None


def clause_at(sentence: Sentence, span: Span) -> Clause | None:
    """The clause whose predicate lies in the range, else the one whose predicate governs its first token."""
    inside = tokens_in(sentence, span)
    indices = {token.i for token in inside}
    by_predicate = {clause.predicate: clause for clause in sentence.clauses if clause.voice != "nominal"}
    for index in sorted(indices):
        if index in by_predicate:
            return by_predicate[index]
    for token in inside[:1]:
        for above in token.ancestors:
            if above.i in by_predicate:
                return by_predicate[above.i]
    return None


def acted_by_thing(sentence: Sentence, span: Span) -> bool:
    """Whether the predicate at the range has an agent, and that agent is no human."""
    clause = clause_at(sentence, span)
    if clause is None or clause.agent is None or sentence.doc[clause.agent].pos_ in ("PRON", "DET"):
        return False  # "it takes", "all they had to do": nobody's and nothing's act
    return clause.kind not in HUMAN and clause.kind is not Kind.VENDOR


def match(span: Span, **parts: Span) -> Match:
    """A match with its parts."""
    return Match(span, parts)
