"""What a section is about, told from its heading in the wordings of the usual postmortem templates."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import cast

from blamelint.block import Section
from blamelint.errors import RuleError
from blamelint.resources import data_root
from blamelint.yamlfile import load_yaml

_NUMBERING = re.compile(r"^\W*(?:(?:section|step|part)\s+)?(?:\d+(?:\.\d+)*|[ivx]+|[a-z])[.):]+\s+", re.I)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_CLOCK = re.compile(r"\b\d{1,2}[:.h]\d{2}\b|\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}\s?[ap]\.?m\b", re.I)
_LONGEST = 12
_LONGEST_FOR_ONE_WORD = 4

Phrase = tuple[str, ...]


def words_of(text: str) -> Phrase:
    """The words of a heading or label in lower case, without numbering, emoji and punctuation."""
    bare = _NUMBERING.sub("", text).replace("_", " ").replace("&", " and ").casefold()
    return tuple(word.replace("’", "'") for word in _WORD.findall(bare))


def load_lexicon(name: str) -> dict[str, list[str]]:
    """A shipped word list: group -> phrases, every scalar a string."""
    path = data_root("rules") / "lexicon" / f"{name}.yaml"
    data = load_yaml(path, RuleError).data
    lists = isinstance(data, dict) and all(isinstance(value, list) for value in data.values())
    if not lists or not all(isinstance(item, str) for value in data.values() for item in value):
        raise RuleError("a word list maps each group to a list of phrases", path=path)
    return cast(dict[str, list[str]], data)


@cache
def _phrases() -> dict[Phrase, Section]:
    found: dict[Phrase, Section] = {}
    for group, phrases in load_lexicon("sections").items():
        try:
            section = Section(group)
        except ValueError as error:
            path = data_root("rules") / "lexicon" / "sections.yaml"
            raise RuleError(f"no section '{group}'", path=path) from error
        found.update((words_of(phrase), section) for phrase in phrases)
    return found


@lru_cache(maxsize=4096)
def section_of(heading: str) -> Section:
    """The section that a heading opens, or NONE where it says nothing by itself (a time, a name, a component)."""
    if len(heading) > 200:
        return Section.NONE
    phrases, words = _phrases(), words_of(heading)
    if exact := phrases.get(words):
        return exact
    if len(words) > _LONGEST or _CLOCK.search(heading):
        return Section.NONE
    best: tuple[int, int, Section] | None = None
    for start in range(len(words)):
        for end in range(start + 1, len(words) + 1):
            section = phrases.get(words[start:end])
            if section is None or (end - start == 1 and not _speaks_alone(words, start)):
                continue
            rank = (end - start, -start, section)
            if best is None or rank[:2] > best[:2]:
                best = rank
    return best[2] if best else Section.NONE


def _speaks_alone(words: Phrase, at: int) -> bool:
    """One word of several tells the section only at the edge of a short heading: "Impact on users"."""
    return len(words) <= _LONGEST_FOR_ONE_WORD and at in (0, len(words) - 1)
