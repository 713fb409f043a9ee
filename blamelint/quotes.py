"""What a careful lead would write instead: the exemplars that a rule's page quotes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache

from blamelint.resources import data_root


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence that a rule finds, its rewrite with the facts kept, and why it reads better.

    `code` is the rule's, `id` the exemplar's.
    """

    code: str
    id: str
    text: str
    rewrite: str
    why: str


@lru_cache(maxsize=1)
def _all() -> tuple[Quote, ...]:
    path = data_root("exemplars") / "quotes.jsonl"
    return tuple(Quote(**json.loads(line)) for line in path.read_text("utf-8").splitlines())


def quotes_of(code: str) -> list[Quote]:
    """The quotes for a rule of the shipped packs, the shortest first; none for a rule of a team's own."""
    return [quote for quote in _all() if quote.code == code]
