"""The attribution ledger: who is told to have done what, whether it harmed or helped, and where it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from blamelint.block import Section
from blamelint.document import Sentence
from blamelint.span import Span


class Effect(StrEnum):
    """What an act does to the service, as its words tell it."""

    HARM = "harm"
    HELP = "help"
    NEUTRAL = "neutral"


class Stand(StrEnum):
    """The kinds of agents in a ledger."""

    PERSON = "person"  # by name, handle, initials or a pronoun for one
    ROLE = "role"  # "the on-call engineer"
    GROUP = "group"  # "the night shift", "the infra team"
    TEAM = "we"  # "we", "us": the author's own side, and "I"
    VENDOR = "vendor"  # a company, a customer, an office of somebody else
    SOMEONE = "someone"  # "somebody", "nobody", "people"
    SYSTEM = "system"  # a service, a tool, a thing
    NONE = "none"  # nobody is said to act


#: Who can be harmed by being told of: not the author's own side, and no thing.
OTHERS = frozenset({Stand.PERSON, Stand.ROLE, Stand.GROUP, Stand.VENDOR})


@dataclass(frozen=True, slots=True)
class Party:
    """Who acts. `key` is the same wherever the same one is meant, `name` how a reader knows them.

    `side` is the key of the body that somebody is said to belong to ("Hauwa of SRE"), else `key`.
    """

    key: str
    kind: Stand
    name: str
    side: str = ""


NOBODY = Party("", Stand.NONE, "")


@dataclass(frozen=True, slots=True)
class Entry:
    """One clause in the ledger.

    `agent` is the agent as written, `party` the agent resolved; `predicate` the lemma with its particle, `objects`
    what it is done to, as written. `grounds` say in words what the effect was told from. `span` is a range of the
    sentence's text, from agent to object where they stand together.
    """

    party: Party
    agent: str
    predicate: str
    objects: tuple[str, ...]
    effect: Effect
    grounds: str
    negated: bool
    modality: str
    voice: str
    sentence: Sentence
    span: Span

    @property
    def section(self) -> Section:
        """The section in which it is told."""
        return self.sentence.block.section

    @property
    def source_span(self) -> Span:
        """The range of `span` in the source."""
        return self.sentence.to_source(self.span)


@dataclass(frozen=True, slots=True)
class Account:
    """What one party is told to have done: the entries of each effect, in order."""

    party: Party
    harm: tuple[Entry, ...] = ()
    help: tuple[Entry, ...] = ()
    neutral: tuple[Entry, ...] = ()

    def __len__(self) -> int:
        return len(self.harm) + len(self.help) + len(self.neutral)


@dataclass(frozen=True, slots=True)
class Ledger:
    """All entries of a document, in its order."""

    entries: tuple[Entry, ...] = ()

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def where(self, wanted: Callable[[Sentence], bool]) -> Ledger:
        """The ledger of those sentences alone."""
        return Ledger(tuple(entry for entry in self.entries if wanted(entry.sentence)))

    def accounts(self) -> tuple[Account, ...]:
        """One account a party, those with most harm and help first; whoever is not said has one of their own."""
        return _accounts(self.entries, lambda party: party.key)

    def sides(self) -> tuple[Account, ...]:
        """As `accounts`, but with everybody counted to the body they are said to belong to."""
        return _accounts(self.entries, lambda party: party.side or party.key)


@dataclass(frozen=True, slots=True)
class Pattern:
    """What a rule found in a ledger.

    It is reported `at` one entry; `related` are the others that belong to it, each with what it says there. `words`
    stand for the names in braces of the rule's message.
    """

    at: Entry
    related: tuple[tuple[Entry, str], ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)


def _accounts(entries: Iterable[Entry], key: Callable[[Party], str]) -> tuple[Account, ...]:
    held: dict[str, tuple[Party, dict[Effect, list[Entry]]]] = {}
    for entry in entries:
        party, books = held.setdefault(key(entry.party), (entry.party, {effect: [] for effect in Effect}))
        if party.key != key(party) == entry.party.key:  # the body itself gives the name, not its first member
            held[key(entry.party)] = entry.party, books
        books[entry.effect].append(entry)
    accounts = [
        Account(party, tuple(books[Effect.HARM]), tuple(books[Effect.HELP]), tuple(books[Effect.NEUTRAL]))
        for party, books in held.values()
    ]
    return tuple(sorted(accounts, key=lambda a: (-len(a.harm) - len(a.help), -len(a), a.party.key)))
