"""Who did what: the clauses of a sentence with their agents, through voice, control, coordination and nouns."""

from __future__ import annotations

from dataclasses import dataclass

from blamelint.mention import Kind


@dataclass(frozen=True, slots=True)
class Clause:
    """One predication; all indices are tokens of its sentence.

    `agent` is the token that stands for who acts (None: nobody is said), `kind` what that is. `voice` is active,
    passive, copular or nominal ("Dave's failure to …", "the mistake by the DBA"). `modality` is one of "", can, may,
    must, will, should, should_have, could_have, would_have, must_have, had_to, imperative, question.
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
