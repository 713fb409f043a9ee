"""Shared by the tests of people and clauses: reading a text with the real model, once a session."""

from __future__ import annotations

from functools import lru_cache

from blamelint.config import Config, People
from blamelint.document import Document, Sentence
from blamelint.linter import Linter


@lru_cache(maxsize=1)
def linter() -> Linter:
    """A linter that knows nobody by roster: neither Git authors nor CODEOWNERS of the folder the tests run in."""
    return Linter(Config(people=People(git=False, codeowners=False, mailmap=False)))


def read(text: str, format: str = "markdown") -> Document:
    """The document that `text` is."""
    return linter().read(text, path="<test>", format=format)


def last(text: str) -> Sentence:
    """The last sentence of `text`, read in its context."""
    return read(text).sentences[-1]


def actors(text: str) -> dict[str, str]:
    """The mentions of the last sentence: text -> kind."""
    return {mention.text: mention.kind.value for mention in last(text).mentions}


def people(text: str) -> set[str]:
    """The texts of the people in the last sentence, pronouns included."""
    return {text for text, kind in actors(text).items() if kind == "PERSON"}
