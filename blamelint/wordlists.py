"""Word lists that rules name as `$list`: gathered from packs, extended by others, put in where they are named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from blamelint.errors import RuleError
from blamelint.rulefile import ListFile
from blamelint.yamlfile import Loaded, Loc, Place, suggestion

Lists = Mapping[str, frozenset[str]]

_REFERENCE = re.compile(r"\$([a-z][a-z0-9_]*)")
_MOST_LINKS = 50


class WordLists:
    """Lists as the packs state them, until `resolve` makes sets of words of them."""

    def __init__(self) -> None:
        self._origin: dict[str, Loaded] = {}
        self._words: dict[str, list[tuple[str, Loaded, Loc]]] = {}
        self._done: dict[str, frozenset[str]] = {}

    def add(self, spec: ListFile, loaded: Loaded) -> None:
        """A new list; RuleError where one of that name is there."""
        if spec.list in self._words:
            raise _error(loaded, ("list",), f"the word list '{spec.list}' is already in {self._origin[spec.list].path}")
        self._origin[spec.list] = loaded
        self._words[spec.list] = [(word, loaded, ("words", i)) for i, word in enumerate(spec.words)]

    def extend(self, name: str, words: Iterable[str], loaded: Loaded) -> None:
        """More words for a list, as a pack file's `extend` states them."""
        loc: Loc = ("extend", name)
        if name not in self._words:
            raise _unknown(name, self._words, loaded, loc)
        self._words[name] += [(word, loaded, (*loc, i)) for i, word in enumerate(words)]

    def resolve(self) -> dict[str, frozenset[str]]:
        """Every list with the words of the lists that it names in turn."""
        return {name: self._resolve(name, ()) for name in self._words}

    def _resolve(self, name: str, above: tuple[str, ...]) -> frozenset[str]:
        if name not in self._done:
            words: set[str] = set()
            for word, loaded, loc in self._words[name]:
                found = _REFERENCE.fullmatch(word)
                if not found:
                    words.add(word)
                    continue
                inner = found.group(1)
                if inner not in self._words:
                    raise _unknown(inner, self._words, loaded, loc)
                if inner in (*above, name) or len(above) >= _MOST_LINKS:
                    raise _error(loaded, loc, f"the word list '{name}' would have to hold itself")
                words |= self._resolve(inner, (*above, name))
            self._done[name] = frozenset(words)
        return self._done[name]


def put_in(loaded: Loaded, lists: Lists) -> Loaded:
    """A rule file with the words in the place of each `$list` below `match` and `unless`, but not in expressions."""
    return _Expansion(loaded, lists).run()


class _Expansion:
    """Copies data with their places; a spliced word stands where its reference stands."""

    def __init__(self, loaded: Loaded, lists: Lists) -> None:
        self.loaded, self.lists = loaded, lists
        self.places: dict[Loc, Place] = {}
        self.keys: dict[Loc, Place] = {}

    def run(self) -> Loaded:
        return Loaded(self._copy(self.loaded.data, (), (), False), self.loaded.path, self.places, self.keys)

    def _copy(self, value: Any, old: Loc, new: Loc, active: bool) -> Any:
        """A copy of `value`, which stood at `old` and comes to `new`."""
        self.places[new] = self.loaded.position(old)
        if old in self.loaded.keys:
            self.keys[new] = self.loaded.keys[old]
        if isinstance(value, dict):
            return {key: self._entry(key, inner, old, new, active) for key, inner in value.items()}
        if not isinstance(value, list):
            return value
        copied: list[Any] = []
        seen: set[str] = set()
        for index, item in enumerate(value):
            words = self._words(item, (*old, index)) if active else None
            if words is None:
                copied.append(self._copy(item, (*old, index), (*new, len(copied)), active))
            elif item not in seen:  # a second mention adds nothing
                seen.add(item)
                for word in words:
                    self.places[(*new, len(copied))] = self.loaded.position((*old, index))
                    copied.append(word)
        return copied

    def _entry(self, key: str, value: Any, old: Loc, new: Loc, active: bool) -> Any:
        active = key != "regex" if active else not old and key in ("match", "unless")
        words = self._words(value, (*old, key)) if active else None
        return self._copy(value if words is None else words, (*old, key), (*new, key), active)

    def _words(self, value: Any, loc: Loc) -> list[str] | None:
        """The sorted words where `value` refers to a list, else None."""
        found = _REFERENCE.fullmatch(value) if isinstance(value, str) else None
        if not found:
            return None
        if found.group(1) not in self.lists:
            raise _unknown(found.group(1), self.lists, self.loaded, loc)
        return sorted(self.lists[found.group(1)])


def _error(loaded: Loaded, loc: Loc, message: str, hint: str | None = None) -> RuleError:
    line, column = loaded.position(loc)
    return RuleError(message, path=loaded.path, line=line, column=column, hint=hint)


def _unknown(name: str, known: Iterable[str], loaded: Loaded, loc: Loc) -> RuleError:
    return _error(loaded, loc, f"no word list '{name}'", suggestion(name, known))
