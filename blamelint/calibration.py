"""Calibration to a team: from its good postmortems a profile under which few sentences like theirs are flagged.

Split-conformal: names and switched-off rules are learned from one half of the documents, and the classifier's bar is
the quantile of the scores in the other half. If new sentences are exchangeable with those of that half, a sentence is
flagged with a probability of at most the stated share.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from blamelint.classifier.judge import by_sentence
from blamelint.config import Config
from blamelint.diagnostic import Diagnostic, Severity
from blamelint.document import Document
from blamelint.errors import InputError
from blamelint.linter import Linter
from blamelint.mention import Kind
from blamelint.profile import Profile
from blamelint.span import Span

#: A system or a role is learned where so many documents speak of it.
_LEAST_DOCUMENTS = 2

#: Of the stated share rules may use so much, by the half that they are chosen on; the classifier has the rest.
_RULES_PART = 0.5

#: A rule that finds so many times more in the bad documents than in the good ones is never switched off.
_TELLING = 3.0

#: What is never reached.
NEVER = 2.0

#: (path, text) of a document.
Source = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Read:
    """What one sentence has: the codes of rules that warn, and the classifier's highest probability of a label."""

    codes: frozenset[str]
    highest: float


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many sentences are flagged at warning or above."""

    flagged: int
    sentences: int

    def __str__(self) -> str:
        part = self.flagged / self.sentences if self.sentences else 0.0
        return f"{self.flagged} of {self.sentences} ({part:.1%})"


@dataclass(frozen=True, slots=True)
class Calibration:
    """The profile, and what it changes: shares of flagged sentences without and with it."""

    profile: Profile
    before: Share
    after: Share
    bad_before: Share | None = None
    bad_after: Share | None = None
    switched_off: tuple[tuple[str, int], ...] = field(default=())
    reached: bool = True


def calibrate(config: Config, good: Sequence[Source], bad: Sequence[Source] = (), share: float = 0.01) -> Calibration:
    """The profile for documents like the `good` ones. InputError where there are fewer than two."""
    if len(good) < 2:
        raise InputError("a folder with at least two postmortems is needed: one to learn from, one to measure on")
    good = sorted(good)
    plain = Linter(config)
    before = _share(plain, good)
    names = _names([plain.read(text, path=path) for path, text in good])
    learned = Linter(config.with_profile(names))
    chosen = [_reads(learned, source) for source in good[0::2]]
    measured = [read for source in good[1::2] for read in _reads(learned, source)]
    against = [read for source in bad for read in _reads(learned, source)]
    off = _switched_off([read for document in chosen for read in document], against, share)
    codes = frozenset(code for code, _ in off)
    bar = conformal([math.inf if read.codes - codes else read.highest for read in measured], share)
    profile = names.model_copy(
        update={
            "share": share,
            "documents": len(good),
            "sentences": len(measured),
            "bar": round(min(bar, NEVER) + 0.00005, 4) if bar < 1 else NEVER,
            "severity": dict.fromkeys(sorted(codes), Severity.INFO),
        }
    )
    final = Linter(config.with_profile(profile))
    return Calibration(
        profile=profile,
        before=before,
        after=_share(final, good),
        bad_before=_share(plain, bad) if bad else None,
        bad_after=_share(final, bad) if bad else None,
        switched_off=tuple(off),
        reached=bar < math.inf,
    )


def conformal(scores: Sequence[float], share: float) -> float:
    """The bar that at most that share of scores exchangeable with these lies above; infinity where too few are known.

    The ceil((n + 1)(1 - share))-th smallest of n scores (Vovk et al., Algorithmic Learning in a Random World).
    """
    rank = math.ceil((len(scores) + 1) * (1 - share))
    return sorted(scores)[rank - 1] if rank <= len(scores) else math.inf


def _reads(linter: Linter, source: Source) -> list[Read]:
    path, text = source
    document = linter.read(text, path=path)
    found = by_sentence(d for d in linter.lint_document(document).diagnostics if not d.code.startswith("BL9"))
    judged = linter.classifier.judge(document.sentences, found) if linter.classifier is not None else {}
    reads = []
    for sentence in document:
        own = found.get(sentence.source_span, ())
        judgement = judged.get(sentence)
        values = [judgement.probabilities[label] for label in judgement.possible] if judgement else []
        reads.append(Read(frozenset(d.code for d in own if _warns(d)), max(values, default=0.0)))
    return reads


def _warns(diagnostic: Diagnostic) -> bool:
    return diagnostic.severity >= Severity.WARNING


def _share(linter: Linter, sources: Iterable[Source]) -> Share:
    flagged = sentences = 0
    for path, text in sources:
        document = linter.read(text, path=path)
        sentences += len(document.sentences)
        places: set[Span] = {d.sentence for d in linter.lint_document(document).diagnostics if _warns(d)}
        flagged += len(places)
    return Share(flagged, sentences)


def _switched_off(good: Sequence[Read], bad: Sequence[Read], share: float) -> list[tuple[str, int]]:
    """The rules to make hints, with how many good sentences each flagged: the noisiest first, until few are left."""
    allowed = share * _RULES_PART * len(good)
    off: dict[str, int] = {}
    telling = {code for code in {c for read in bad for c in read.codes} if _telling(code, good, bad)}
    while True:
        left = [read.codes - off.keys() for read in good]
        flagged = sum(bool(codes) for codes in left)
        counts = Counter(code for codes in left for code in codes if code not in telling)
        if flagged <= allowed or not counts:
            return list(off.items())
        code, count = min(counts.items(), key=lambda item: (-item[1], item[0]))
        off[code] = count


def _telling(code: str, good: Sequence[Read], bad: Sequence[Read]) -> bool:
    here = sum(code in read.codes for read in bad) / max(len(bad), 1)
    there = sum(code in read.codes for read in good) / max(len(good), 1)
    return here > _TELLING * there


def _names(documents: Sequence[Document]) -> Profile:
    """People who are named, and the systems and roles of which several documents speak."""
    people: set[str] = set()
    seen: dict[Kind, Counter[str]] = {Kind.SYSTEM: Counter(), Kind.ROLE: Counter()}
    for document in documents:
        here: set[tuple[Kind, str]] = set()
        for mention in (mention for sentence in document for mention in sentence.mentions):
            name = " ".join(mention.text.split())
            if mention.kind is Kind.PERSON and not mention.pronoun and " " in name and name.istitle():
                people.add(name)
            elif mention.kind in seen and name:
                here.add((mention.kind, name.removeprefix("the ").removeprefix("The ").removeprefix("our ")))
        for kind, name in here:
            seen[kind][name] += 1
    systems = {name for name, count in seen[Kind.SYSTEM].items() if count >= _LEAST_DOCUMENTS and name[:1].isupper()}
    roles = {name for name, count in seen[Kind.ROLE].items() if count >= _LEAST_DOCUMENTS and " " in name}
    return Profile(people=tuple(sorted(people)), systems=tuple(sorted(systems)), roles=tuple(sorted(roles)))
