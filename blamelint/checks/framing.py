"""Heroes and villains: the family BL2xx, where a pattern needs to know whether it speaks of a person."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from blamelint.checks.common import OTHERS, acting, clause_at, hits, match, mention_after, mentioned, tokens_in
from blamelint.document import Match, Sentence
from blamelint.mention import Kind

_RESCUER = frozenset({Kind.PERSON, Kind.ROLE, Kind.GROUP, Kind.SOMEONE, Kind.VENDOR})

_VIRTUE = re.compile(
    r"\b(?:quick thinking|quick-thinking|nerve|stamina|nose|instincts?|persistence|dedication|heroics?|patience|"
    r"genius|presence of "
    r"mind|vigilance|courage|calm|cool head|stubbornness|sheer|hard work|tireless|experience|skill|brilliance|"
    r"hunch|memory|eye|"
    r"generosity|grit|determination|devotion|ingenuity|good sense|sharp eyes?|steady hands?|no one else)\b",
    re.IGNORECASE,
)
_WOULD = re.compile(r"\b(?:would|could|might|wouldn|couldn|'d)\b|\bwe.d\b", re.IGNORECASE)


def owed_to_person(sentence: Sentence, options: Mapping[str, object]) -> Iterator[Match]:
    """The good outcome rests on somebody: "without Ngozi …", "is down to", "owe it to"."""
    for span in hits(sentence, options, "but_for"):
        who = mention_after(sentence, span.end, _RESCUER - {Kind.GROUP, Kind.VENDOR}, 30) or mention_after(
            sentence, span.end, _RESCUER, 12
        )
        if (
            who is not None
            and _WOULD.search(sentence.text)
            and not sentence.text[span.end : who.start].strip(" ").endswith("'s")
        ):
            yield match(span.cover(who), person=who)
    for span in hits(sentence, options):
        who = mention_after(sentence, span.end, _RESCUER, 45)
        text = sentence.text[span.start : span.end].lower()
        if "the reason" in text or "sole reason" in text or "only reason" in text:
            if any(c.lemma == "be" and c.kind in (Kind.PERSON, Kind.ROLE) for c in sentence.clauses):
                yield match(span)
            continue
        if "thanks" in text and re.match(r"[^.]{1,80}? for\b", sentence.text[span.end :]):
            continue  # gratitude, not a cause
        if "hats off" in text and mention_after(sentence, span.end, (Kind.PERSON, Kind.ROLE), 12) is None:
            continue
        if who is None:
            continue
        staked = "hats off" in text or re.match(r"if .{1,80} at all\b", sentence.text, re.IGNORECASE)
        praised = (
            staked
            or _VIRTUE.search(sentence.text)
            or sentence.text[span.start : span.end].lower().startswith(("owe", "saved", "rescued"))
        )
        if praised:
            yield match(span.cover(who), person=who)


def luckily(sentence: Sentence, options: Mapping[str, object]) -> Iterator[Match]:
    """Relief with a single person as the one who acts."""
    if acting(sentence, (Kind.PERSON, Kind.ROLE, Kind.SOMEONE)):
        for span in hits(sentence, options):
            yield match(span)


def sacrifice(sentence: Sentence, options: Mapping[str, object]) -> Iterator[Match]:
    """Sleepless nights and lost weekends of somebody."""
    if mentioned(sentence, _RESCUER):
        for span in hits(sentence, options):
            first = next((m for m in sentence.mentions if m.kind in _RESCUER), None)
            if first is not None and first.span.start < span.end:
                yield match(span)


def culprit(sentence: Sentence, options: Mapping[str, object]) -> Iterator[Match]:
    """A word for a culprit tied to a human by copula, apposition, colon or as the attribute."""
    wanted = frozenset({Kind.PERSON, Kind.ROLE, Kind.GROUP, Kind.SOMEONE})
    for span in hits(sentence, options):
        for mention in sentence.mentions:
            if (
                mention.kind in wanted
                and not mention.span.overlaps(span)
                and _linked(sentence, span.end - 1, mention.tokens[1] - 1)
            ):
                yield match(span, person=mention.span)
                break
    for span in hits(sentence, options, "attributes"):
        token = next(iter(tokens_in(sentence, span)), None)
        if token is None:
            continue
        noun = token.head if token.dep_ in ("amod", "compound", "nmod") else None
        going = token.head.lemma_ in ("go", "turn") or token.head.head.lemma_ == "go"
        clause = clause_at(sentence, span) if going else None
        if (noun is not None and noun.ent_type_ in wanted) or (clause is not None and clause.kind in wanted):
            yield match(span)


def _linked(sentence: Sentence, offset: int, person: int) -> bool:
    word = next((t for t in sentence.doc if sentence.offsets[t.i].end > offset), None)
    who = sentence.doc[person]
    if word is None:
        return False
    while who.dep_ in ("compound", "conj") and who.head is not who:
        who = who.head
    if who.head is word or word.head is who:
        return True
    if word.dep_ in ("nsubj", "attr", "dobj", "pobj", "ROOT", "nsubjpass"):
        verb = word.head
        if who.dep_ in ("attr", "nsubj", "oprd", "appos", "dobj", "pobj") and verb in (
            who.head,
            who.head.head,
            who.head.head.head,
        ):
            return verb.lemma_ in ("be", "turn", "prove", "remain", "become", "find", "identify", "out", "name")
        if who.dep_ in ("pobj",) and who.head.head is word and who.head.lower_ in ("in", "among", "of", "from"):
            return True
    between = sentence.text[sentence.offsets[min(word.i, person)].end : sentence.offsets[max(word.i, person)].start]
    return (
        ":" in between and word.i < person and not sentence.text[: sentence.offsets[word.i].start].strip().endswith(":")
    )


def breaks_again(sentence: Sentence, options: Mapping[str, object]) -> Iterator[Match]:
    """ "As usual", "yet again" with a group or a person that does harm."""
    if not mentioned(sentence, (Kind.PERSON, Kind.ROLE, Kind.GROUP, Kind.VENDOR)):
        return
    for span in hits(sentence, options):
        text = sentence.text[span.start : span.end].lower()
        harmful = any(c.lemma in _HARM and c.kind in OTHERS for c in sentence.clauses)
        if (
            harmful
            or text in ("as usual", "as ever", "true to form", "surprise surprise", "surprise, surprise")
            or re.search("stunt|strikes|at it again|fingerprints|guess", text)
        ):
            yield match(span)


_HARM = frozenset(
    "break crash kill knock take bring wreck destroy ruin sink wipe trash derail forget ignore push cause block "
    "delay overwrite "
    "delete flood leave sneak".split()
)
