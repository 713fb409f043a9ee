"""The `dependency` kind of match: words and how they hang on each other in the parse."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any

from spacy.matcher import DependencyMatcher as SpacyMatcher
from spacy.vocab import Vocab

from blamelint.document import Match, Sentence
from blamelint.matchspec import PartSpec, SpecError
from blamelint.rule import Matcher
from blamelint.span import Span

_MOST_PARTS = 8


@dataclass(frozen=True, slots=True)
class DependencyMatcher:
    """A pattern of named words; a word that must be an actor stands for the whole mention."""

    matcher: SpacyMatcher
    names: tuple[str, ...]
    actors: frozenset[str]

    def find(self, sentence: Sentence) -> Iterator[Match]:
        """Every way in which the words fit."""
        for _, tokens in self.matcher(sentence.doc):
            parts = {name: self._part(sentence, name, token) for name, token in zip(self.names, tokens, strict=True)}
            yield Match(reduce(Span.cover, parts.values()), parts)

    def _part(self, sentence: Sentence, name: str, token: int) -> Span:
        mention = sentence.mention_at(token) if name in self.actors else None
        return mention.span if mention else sentence.span_of(token, token)


def compile_dependency(spec: Mapping[str, PartSpec], vocab: Vocab) -> Matcher:
    """The matcher of a `dependency` entry: the first part is the anchor, each other hangs on an earlier one."""
    if not 0 < len(spec) <= _MOST_PARTS:
        raise SpecError(f"a dependency pattern has 1 to {_MOST_PARTS} parts", ("dependency",))
    pattern: list[dict[str, Any]] = []
    names: list[str] = []
    for name, part in spec.items():
        pattern.append(_node(name, part, names))
        names.append(name)
    matcher = SpacyMatcher(vocab)
    try:
        matcher.add("dependency", [pattern])
    except ValueError as problem:  # spaCy's own checks, should ours have let something through
        raise SpecError(str(problem).splitlines()[0], ("dependency",)) from problem
    actors = frozenset(name for name, part in spec.items() if part.names_actor)
    return DependencyMatcher(matcher, tuple(names), actors)


def _node(name: str, part: PartSpec, earlier: list[str]) -> dict[str, Any]:
    """One part in spaCy's own form."""
    loc = ("dependency", name)
    if not name.isidentifier() or name in ("match", "sentence"):
        raise SpecError(f"'{name}' can't be the name of a part", loc)
    if not earlier:
        if part.left or part.rel:
            raise SpecError("the first part is the anchor and has neither left nor rel", loc)
        return {"RIGHT_ID": name, "RIGHT_ATTRS": part.spacy()}
    if not part.left or not part.rel:
        raise SpecError(f"'{name}' needs `left`, an earlier part, and `rel`, how it hangs on that", loc)
    if part.left not in earlier:
        raise SpecError(f"no earlier part '{part.left}': one of {', '.join(earlier)}", (*loc, "left"))
    return {"LEFT_ID": part.left, "REL_OP": part.rel, "RIGHT_ID": name, "RIGHT_ATTRS": part.spacy()}
