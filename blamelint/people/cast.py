"""Who is a person in this document: evidence from every mention of a name, added up into one decision."""

from __future__ import annotations

import math
from collections import defaultdict

from blamelint.lexicon import Lexicon
from blamelint.people.dictionary import Dictionary
from blamelint.people.gazetteer import Gazetteer, fold
from blamelint.people.roster import Roster

#: Evidence above this makes a name a person's. The weights are in tenths of a "one good reason".
THRESHOLD = 1.0
#: Evidence below this makes it a thing's: what bears it acts as a system does.
THING = -1.5
_REPEATED = ("subject of", "agent of", "acts in the timeline")


class Cast:
    """Collects evidence by folded name; `score` and `notes` give the decision and its reasons."""

    def __init__(
        self, lexicon: Lexicon, names: Gazetteer, dictionary: Dictionary, roster: Roster | None = None
    ) -> None:
        self.lexicon, self.names, self.dictionary = lexicon, names, dictionary
        self._evidence: dict[str, dict[str, float]] = defaultdict(dict)
        self._full: dict[str, str] = {}
        people = roster.people if roster else {}
        for name, source in people.items():
            self.note(fold(name), 4.0, f"listed in {source}")
            for part in (name.split()[0], name.split()[-1]):
                self.link(part, name)
        #: Folded names that are people's though written in lower case.
        self.known = frozenset(key for key in map(fold, people) if " " not in key and key not in dictionary.english)

    def link(self, part: str, name: str) -> None:
        """A part of a full name, or its initials, stands for the whole from now on."""
        self._full.setdefault(fold(part), name)

    def note(self, key: str, weight: float, reason: str) -> None:
        """Add a reason; the same reason counts once, at its strongest."""
        held = self._evidence[key].get(reason, 0.0)
        if abs(weight) > abs(held):
            self._evidence[key][reason] = weight

    def score(self, key: str) -> float:
        """The sum of the reasons for (positive) and against (negative) a person of that name."""
        own = self._sum(key)
        full = self._full.get(key)
        if full and fold(full) != key and own > -3:
            own = max(own, min(self._sum(fold(full)), 3.0))
        return own

    def _sum(self, key: str) -> float:
        """The reasons' sum; many verbs of the same kind count for no more than one and a half."""
        reasons = self._evidence.get(key, {})
        verbs = sum(weight for reason, weight in reasons.items() if reason.startswith(_REPEATED))
        return min(verbs, 2.1) + sum(weight for reason, weight in reasons.items() if not reason.startswith(_REPEATED))

    def is_person(self, key: str) -> bool:
        """Whether the evidence suffices."""
        return self.score(key) > THRESHOLD

    def confidence(self, key: str) -> float:
        """The score as 0..1, 0.5 at the threshold."""
        return round(1 / (1 + math.exp(THRESHOLD - self.score(key))), 2)

    def notes(self, key: str) -> list[tuple[str, float]]:
        """The reasons, strongest first."""
        return sorted(self._evidence.get(key, {}).items(), key=lambda item: -abs(item[1]))

    def full_name(self, key: str, name: str) -> str:
        """The fullest form under which the document or the roster knows that person."""
        return self._full.get(key, name)
