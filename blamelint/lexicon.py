"""The word lists that tell people, roles, groups and systems apart, ready for look-up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Lower-case words and phrases by what they stand for; each list can be extended by a team's pack or config."""

    systems: frozenset[str]
    system_nouns: frozenset[str]
    ambiguous_nouns: frozenset[str]
    places: frozenset[str]
    roles: frozenset[str]
    groups: frozenset[str]
    vendors: frozenset[str]
    human_verbs: frozenset[str]
    operator_verbs: frozenset[str]
    name_words: frozenset[str]
    people: frozenset[str]
    attackers: frozenset[str]
    given_names: frozenset[str]

    @classmethod
    def build(cls, lists: Mapping[str, Iterable[str]], **more: Iterable[str]) -> Lexicon:
        """From the rule packs' lists and what the config adds to them (`systems=…`, `roles=…`)."""

        def words(name: str) -> frozenset[str]:
            return frozenset(word.lower() for word in (*lists.get(name, ()), *more.get(name, ())))

        return cls(**{name: words(name) for name in cls.__dataclass_fields__})

    def longest(self, kind: str, words: list[str], start: int, most: int = 4) -> int:
        """How many of the lower-case `words` from `start` make an entry of that list; 0 where none does."""
        entries: frozenset[str] = getattr(self, kind)
        for length in range(min(most, len(words) - start), 0, -1):
            if " ".join(words[start : start + length]) in entries:
                return length
        return 0
