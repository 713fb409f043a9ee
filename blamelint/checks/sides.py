"""Who gets the harm and who the credit, over a whole document: the family BL3xx, told from the ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from blamelint.ledger import EARLIER_LIGHT, OTHERS, Account, Effect, Entry, Ledger, Party, Pattern, Stand

Options = Mapping[str, float]
LedgerCheck = Callable[[Ledger, Options], Iterator[Pattern]]

#: Who can be given credit: the author's own side too, and what they built.
_CREDITED = OTHERS | {Stand.TEAM, Stand.SYSTEM}
#: Whose acts are weighed against each other; what a system did is nobody's merit or fault.
_PEOPLE = OTHERS | {Stand.TEAM}
#: So many places of each side are named in a finding; more would hide the rest of the report.
_MOST = 6
#: Who starts, opens and sends so often is at a day's work, and the time line is a diary.
_ALL_DAY = 6


@dataclass(frozen=True, slots=True)
class Sides:
    """A document whose harm is told of some and its recovery of others.

    `harm_all` and `help_all` count the sentences that give harm or help to anybody human.
    """

    harmed: tuple[Account, ...]
    helped: tuple[Account, ...]
    harm_all: int
    help_all: int

    @property
    def harm(self) -> int:
        """How many sentences give the harm to that side."""
        return sum(sentences(account.harm) for account in self.harmed)

    @property
    def help(self) -> int:
        """How many sentences give the recovery to the other."""
        return sum(sentences(account.help) for account in self.helped)


def sentences(entries: Sequence[Entry]) -> int:
    """How many sentences the entries stand in: three verbs of one sentence tell one thing."""
    return len({id(entry.sentence) for entry in entries})


def _sides(ledger: Ledger, options: Options) -> Sides | None:
    """The two sides of a document; None where it has not both, or the evidence is thin.

    Options: `harm` and `help`, the fewest sentences that make a side; `each`, the fewest that make one party of it;
    `purity`, how often a party of one side must do what its side does for each time it does the contrary; `share`, the
    part of all human harm that the one side must hold; `weight`, how much harm there must be beside the help;
    `things` and `things_share`, the same as `harm`, `help` and `share` where only systems help.
    """
    accounts = ledger.sides()
    harmed = tuple(a for a in accounts if a.party.kind in OTHERS and _one_sided(a.harm, a.help, options))
    keys = {a.party.key for a in harmed}
    helped = tuple(
        account
        for account in accounts
        if account.help and account.party.kind in _CREDITED and account.party.key not in keys
        and sentences(account.help) >= 2 * sentences(account.harm)
    )  # fmt: skip
    people = [a for a in accounts if a.party.kind in _PEOPLE]
    found = Sides(harmed, helped, sum(sentences(a.harm) for a in people), sum(sentences(a.help) for a in people))
    if not harmed or found.harm < options["harm"] or found.harm < options["share"] * found.harm_all:
        return None
    if found.harm < options["weight"] * found.help:
        return None
    strongest = max((sentences(a.help) for a in helped if a.party.kind in _PEOPLE), default=0)
    things = sentences([e for a in helped if a.party.kind is Stand.SYSTEM for e in a.help if e.objects])
    enough = found.help >= options["help"] and strongest >= options["each"]
    alone = found.harm >= options["things_share"] * found.harm_all
    if not enough and not (alone and min(things, found.harm) >= options["things"]):
        return None
    return found


def _one_sided(much: Sequence[Entry], little: Sequence[Entry], options: Options) -> bool:
    acts = len({entry.predicate for entry in much})  # one act, told in summary and timeline, is one act
    small = sentences([entry for entry in much if entry.grounds == EARLIER_LIGHT])
    if small >= _ALL_DAY and 2 * small > sentences(much):
        return False  # who starts and opens things all day long is no culprit
    return min(sentences(much), acts) >= options["each"] and sentences(much) >= options["purity"] * sentences(little)


def harm_here_credit_there(ledger: Ledger, options: Options) -> Iterator[Pattern]:
    """Harm is told of some, recovery of others."""
    found = _sides(ledger, options)
    if found is not None and not _moved(found):
        yield _two_sides(found)


def blame_moved(ledger: Ledger, options: Options) -> Iterator[Pattern]:
    """Harm is told of a vendor or a customer, recovery of the author's own side."""
    found = _sides(ledger, options)
    if found is not None and _moved(found):
        yield _two_sides(found)


def _moved(found: Sides) -> bool:
    """Whether all harm lies outside the house and the help within."""
    return all(a.party.kind is Stand.VENDOR for a in found.harmed)


def cause_and_cure(ledger: Ledger, options: Options) -> Iterator[Pattern]:
    """One person breaks it and mends it, and hardly anybody else acts.

    Options: `harm` and `help`, the fewest sentences of each; `share`, their part of all human harm and help.
    """
    accounts = [a for a in ledger.accounts() if a.party.kind in _PEOPLE]
    for account in accounts:
        harm, help_ = sentences(account.harm), sentences(account.help)
        if account.party.kind is not Stand.PERSON or harm < options["harm"] or help_ < options["help"]:
            continue
        told = sum(sentences(a.harm) + sentences(a.help) for a in accounts)
        if harm + help_ >= options["share"] * told:
            yield _pattern(account.harm, account.help, {
                "who": account.party.name, "harm": str(harm), "help": str(help_), "told": str(told),
            })  # fmt: skip


def lone_credit(ledger: Ledger, options: Options) -> Iterator[Pattern]:
    """One person is given the recovery, others of the same standing act and are given none.

    Options: `help`, the fewest sentences of it; `share`, their part of all human help; `others`, how many others act.
    """
    accounts = [a for a in ledger.accounts() if a.party.kind in _PEOPLE]
    every = sum(sentences(a.help) for a in accounts)
    for account in accounts:
        help_ = sentences(account.help)
        if account.party.kind is not Stand.PERSON or help_ < options["help"] or help_ < options["share"] * every:
            continue
        others = [a.party.name for a in accounts if a.party.kind in (Stand.PERSON, Stand.ROLE) and not a.help]
        others = [name for name in others if name != account.party.name]
        if len(others) >= options["others"] and not account.harm:
            yield _pattern(account.help, (), {
                "who": account.party.name, "help": str(help_), "help_all": str(every), "others": _listed(others),
            })  # fmt: skip


def one_team_always_harms(ledger: Ledger, options: Options) -> Iterator[Pattern]:
    """One team is the agent of harm each time it acts, and nobody is told to have helped.

    Options: `harm`, the fewest sentences; `share`, its part of all human harm; `help`, the most help of others.
    """
    accounts = [a for a in ledger.sides() if a.party.kind in _PEOPLE]
    every = sum(sentences(a.harm) for a in accounts)
    help_all = sum(sentences(a.help) for a in accounts)
    for account in accounts:
        harm = sentences(account.harm)
        if account.party.kind not in (Stand.GROUP, Stand.VENDOR) or account.help or help_all > options["help"]:
            continue
        if harm >= options["harm"] and harm >= options["share"] * every:
            words = {"who": account.party.name, "harm": str(harm), "harm_all": str(every)}
            yield _pattern(account.harm, (), words)


def _two_sides(found: Sides) -> Pattern:
    harm = [entry for account in found.harmed for entry in account.harm]
    help_ = [entry for account in found.helped for entry in account.help]
    return _pattern(harm, help_, {
        "harmed": _listed([a.party.name for a in found.harmed]),
        "helped": _listed([a.party.name for a in _by_kind(found.helped)]),
        "harm": str(found.harm), "harm_all": str(max(found.harm_all, found.harm)),
        "help": str(found.help), "help_all": str(max(found.help_all, found.help)),
    })  # fmt: skip


def _by_kind(accounts: Sequence[Account]) -> list[Account]:
    """People before systems."""
    people = [a for a in accounts if a.party.kind in _PEOPLE]
    return people or list(accounts)


def _pattern(harm: Sequence[Entry], help_: Sequence[Entry], words: Mapping[str, str]) -> Pattern:
    """A finding at the first entry, the other sentences of both sides beside it."""
    first, *rest = _one_each(harm)
    others = [*rest[: _MOST - 1], *_one_each(help_)[:_MOST]]
    return Pattern(first, tuple((entry, _said(entry)) for entry in others), words)


def _one_each(entries: Sequence[Entry]) -> list[Entry]:
    """One entry a sentence, in the order of the document."""
    ordered = sorted(entries, key=lambda entry: entry.source_span)
    return list({id(entry.sentence): entry for entry in reversed(ordered)}.values())[::-1]


def _said(entry: Entry) -> str:
    side = "harm" if entry.effect is Effect.HARM else "recovery"
    what = f"not {entry.predicate}" if entry.negated else entry.predicate
    return f"{side}, told of {entry.party.name} ({what})"


def _listed(names: Sequence[str]) -> str:
    """ "A, B and C"; of many the first three."""
    shown = list(dict.fromkeys(names))
    if len(shown) > 3:
        shown = [*shown[:3], f"{len(shown) - 3} more"]
    return " and ".join(filter(None, (", ".join(shown[:-1]), shown[-1]))) if shown else ""


_SIDES = ("harm", "help", "each", "purity", "share", "weight", "things", "things_share")

#: Every check of the ledger by the name that rule files use, with the names of its thresholds.
LEDGER_CHECKS: dict[str, tuple[LedgerCheck, tuple[str, ...]]] = {
    "blame-moved": (blame_moved, _SIDES),
    "cause-and-cure": (cause_and_cure, ("harm", "help", "share")),
    "harm-here-credit-there": (harm_here_credit_there, _SIDES),
    "lone-credit": (lone_credit, ("help", "share", "others")),
    "one-team-always-harms": (one_team_always_harms, ("harm", "share", "help")),
}

__all__ = ["LEDGER_CHECKS", "LedgerCheck", "Party", "Sides", "sentences"]
