"""Who or what a word stands for: the one vocabulary that people detection, clauses and rules share."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from blamelint.diagnostic import Evidence
from blamelint.span import Span


class Kind(StrEnum):
    """The kinds of actors. The values are what rules name, also as `ENT_TYPE` in token patterns."""

    PERSON = "PERSON"  # an identifiable individual, by name, handle, address, initials or pronoun
    ROLE = "ROLE"  # "the on-call engineer", "our DBA"
    GROUP = "GROUP"  # "the night shift", "QA", "they" for such a group
    WE = "WE"  # "we", "us": the author's own side
    AUTHOR = "AUTHOR"  # "I", "me"
    SOMEONE = "SOMEONE"  # "someone", "somebody", "whoever", "people"
    NOBODY = "NOBODY"  # "nobody", "no one", "none of us"
    YOU = "YOU"  # "you"
    VENDOR = "VENDOR"  # a company or a customer as an organisation
    ATTACKER = "ATTACKER"  # "the attacker", "the spammers"
    SYSTEM = "SYSTEM"  # a service, product, host, bot, method: whatever is no person


#: What a rule may write for several kinds at once.
KIND_GROUPS: dict[str, tuple[Kind, ...]] = {
    "individual": (Kind.PERSON, Kind.ROLE, Kind.SOMEONE),
    "others": (Kind.PERSON, Kind.ROLE, Kind.GROUP, Kind.SOMEONE, Kind.NOBODY, Kind.YOU),
    "human": (
        Kind.PERSON, Kind.ROLE, Kind.GROUP, Kind.WE, Kind.AUTHOR, Kind.SOMEONE, Kind.NOBODY, Kind.YOU,
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention of an actor in a sentence.

    `span` is a range of the sentence's text, `tokens` the half-open range of its tokens, `name` the resolved
    full form where known ("he" -> "Dave Okafor"), `confidence` in 0..1, `evidence` what spoke for the decision.
    """

    kind: Kind
    span: Span
    tokens: tuple[int, int]
    text: str
    name: str = ""
    confidence: float = 1.0
    pronoun: bool = False
    evidence: tuple[Evidence, ...] = ()
