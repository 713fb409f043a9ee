"""Given names and surnames of many cultures, from the locale data of the Faker package."""

from __future__ import annotations

import pkgutil
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module

from anyascii import anyascii

#: Scripts that a table turns into the letters a report would use: Greek, Cyrillic, Armenian, Georgian.
_ROMANISED = re.compile("[\u0370-\u058f\u10a0-\u10ff]")


def fold(name: str) -> str:
    """The name in lower case and Latin letters without diacritics, so that Nguyễn finds Nguyen, Евгения Yevgenia."""
    if _ROMANISED.search(name):
        name = anyascii(name).replace("iya", "ia").replace("'", "")
    text = unicodedata.normalize("NFKD", name.casefold().replace("ø", "o").replace("ł", "l").replace("đ", "d"))
    return "".join(char for char in text if not unicodedata.combining(char))


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Folded given names and surnames."""

    given: frozenset[str]
    surnames: frozenset[str]

    def with_given(self, names: Iterable[str]) -> Gazetteer:
        """The same with more given names."""
        return Gazetteer(self.given | {fold(name) for name in names}, self.surnames)

    def is_given(self, name: str) -> bool:
        """Whether it is known as a given name; of a hyphenated name each part counts."""
        folded = fold(name)
        return folded in self.given or ("-" in folded and folded.split("-", 1)[0] in self.given)

    def is_surname(self, name: str) -> bool:
        """Whether it is known as a surname; of a hyphenated name one part is enough."""
        folded = fold(name)
        return folded in self.surnames or ("-" in folded and any(p in self.surnames for p in folded.split("-")))


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The names of every locale of Faker that are written in letters; read once, in about 0.3 s."""
    import faker.providers.person as package

    given: set[str] = set()
    surnames: set[str] = set()
    for module in pkgutil.iter_modules(package.__path__):
        provider = import_module(f"{package.__name__}.{module.name}").Provider
        for attribute in dir(provider):
            target = given if attribute.startswith(("first_", "romanized_first")) else None
            target = surnames if attribute.startswith(("last_", "romanized_last")) else target
            if target is not None:
                target.update(fold(name) for name in _names(getattr(provider, attribute)))
    return Gazetteer(frozenset(given - {""}), frozenset(surnames - {""}))


def _names(value: object) -> Iterator[str]:
    if not isinstance(value, Iterable) or isinstance(value, str) or callable(value):
        return
    for item in value:
        name = item[0] if isinstance(item, tuple) and item else item
        if isinstance(name, str) and len(name) > 1 and name[0].isalpha():
            yield name
