"""Who did what: the clauses of a sentence with their agents, through voice, control, coordination and nouns."""

from __future__ import annotations

from dataclasses import dataclass

from blamelint.mention import Kind


@dataclass(frozen=True, slots=True)
class Clause:
    """One predication; all indices are tokens of its sentence.

    `agent` is the token that stands for who acts (None: nobody is said), `kind` what that is. `voice` is active,
    passive, participle ("convinced that …"), copular or nominal ("Dave's failure to …", "the mistake by the DBA").
    `modality` is "", or what ClauseSpec in matchspec.py lists: can, must, should_have, had_inverted ("had they
    looked"), if, imperative ….
    """

    predicate: int
    lemma: str
    agent: int | None = None
    kind: Kind | None = None
    voice: str = "active"
    negated: bool = False
    modality: str = ""
    objects: tuple[int, ...] = ()
    adverbs: tuple[int, ...] = ()
    complements: tuple[int, ...] = ()
