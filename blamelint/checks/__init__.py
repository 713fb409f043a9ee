"""The Python functions that a rule file may call by name, for what no pattern can say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from blamelint.checks import causes, framing, judgement, learned, named
from blamelint.document import Match, Sentence

Check = Callable[[Sentence, Mapping[str, object]], Iterator[Match]]

#: Every check by the name that rule files use.
CHECKS: dict[str, Check] = {
    "breaks-again": framing.breaks_again,
    "culprit": framing.culprit,
    "failed-to": judgement.failed_to,
    "fault-of": judgement.fault_of,
    "had-they": judgement.had_they,
    "human-passive": judgement.human_passive,
    "idiom-of-people": judgement.idiom_of_people,
    "luckily": framing.luckily,
    "neglect-idiom": judgement.neglect_idiom,
    "obvious": judgement.obvious,
    "omission-despite": judgement.omission_despite,
    "ought-to-have": judgement.ought_to_have,
    "owed-to-person": framing.owed_to_person,
    "person-acts": named.person_acts,
    "person-as-cause": causes.person_as_cause,
    "reads-as": learned.reads_as,
    "remind": causes.remind,
    "sacrifice": framing.sacrifice,
    "single-cause": causes.single_cause,
    "supposed-to": judgement.supposed_to,
    "trait": judgement.trait,
    "try-harder": causes.try_harder,
}
