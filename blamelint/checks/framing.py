"""Heroes and villains: the family BL2xx, where a pattern needs to know whether it speaks of a person."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from blamelint.checks.common import HUMAN, OTHERS, acting, clause_at, hits, match, mention_after, mentioned, pattern, tokens_in
from blamelint.document import Match, Sentence
from blamelint.mention import Kind

_RESCUER = frozenset({Kind.PERSON, Kind.ROLE, Kind.GROUP, Kind.SOMEONE, Kind.VENDOR})

_OWED = pattern(
    r"down to", r"owe[sd]? [^.;:]{1,60}? to", r"(?:is|are|was) (?:all |entirely |solely |only )?(?:thanks|due) to",
    r"thanks (?:only |solely |entirely |largely )?to", r"credit (?:goes|belongs|is due) to", r"because of", r"it took",
    r"the (?:answer|reason) (?:is|was)", r"for that we (?:can|must|have to) thank", r"we (?:can|have to) thank",
    r"(?:only|just) because", r"(?:is|was) the (?:only |sole )?reason (?:why |that )?(?:nobody|no one|we|any|the|anything)", r"hats off to", r"saved by", r"rescued by",
)  # fmt: skip
_BUT_FOR = pattern(
    r"without", r"were it not for", r"if it (?:weren.t|wasn.t|were not|was not|had not been|hadn.t been) for", r"but for",
    r"had it not been for", r"if not for",
)  # fmt: skip
_VIRTUE = re.compile(
    r"\b(?:quick thinking|quick-thinking|nerve|stamina|nose|instincts?|persistence|dedication|heroics?|patience|genius|presence of "
    r"mind|vigilance|courage|calm|cool head|stubbornness|sheer|hard work|tireless|experience|skill|brilliance|hunch|memory|eye|"
    r"generosity|grit|determination|devotion|ingenuity|good sense|sharp eyes?|steady hands?|no one else)\b",
    re.IGNORECASE,
)
_WOULD = re.compile(r"\b(?:would|could|might|wouldn|couldn|'d)\b|\bwe.d\b", re.IGNORECASE)
_LUCK = pattern(r"thankfully", r"luckily", r"fortunately", r"mercifully", r"by (?:sheer |pure |good )?luck", r"as luck would have it")
_SACRIFICE = pattern(
    r"unslept", r"sleepless", r"(?:with(?:out)?|on|no) (?:\w+ (?:hours|minutes)['’]? )?sleep", r"hours['’]? sleep",
    r"(?:worked|stayed|sat|laboured|fought|toiled|kept going|was up|were up|been up) (?:\w+ ){0,3}(?:through the night|all night|all weekend|around the clock|until dawn|till dawn)",
    r"(?:gave|giving|given) up (?:his|her|their) \w+", r"cancel(?:l?ed|l?ing) (?:his|her|their) \w+",
    r"(?:his|her|their) (?:wedding|honeymoon|birthday|day off|days off|holiday|weekend|anniversary|hospital bed|dinner)",
    r"refused to (?:go (?:home|to bed)|leave|sleep|give up)", r"drop(?:ped|ping) everything", r"(?:did not|didn.t|never) (?:leave|left) (?:his|her|their) (?:desk|post|chair)",
    r"around the clock", r"through the night",
)  # fmt: skip
_CULPRIT = pattern(
    r"culprits?", r"guilty part(?:y|ies)", r"perpetrators?", r"offenders?", r"saboteurs?", r"vandals?", r"villains?", r"wrongdoers?",
    r"trouble-?makers?", r"usual suspects?", r"suspects?", r"traitors?", r"wreckers?", r"bad apples?", r"loose cannons?", r"menace",
    r"black sheep", r"puppet master", r"mastermind", r"arsonists?", r"assassins?", r"gravediggers?", r"wrecking ball", r"wrecking crew", r"gremlins?",
)  # fmt: skip
_ROGUE = pattern(r"rogue", r"cowboy", r"lone[- ]wolf", r"maverick", r"renegade", r"trigger-happy")
_HABIT = pattern(
    r"as usual", r"as ever", r"as always", r"true to form", r"yet again", r"once (?:more|again)", r"surprise,? surprise",
    r"(?:second|third|fourth|fifth|nth|umpteenth) time (?:this|in|running)", r"at it again", r"strikes? again", r"(?:stunts|antics|adventures)",
    r"handiwork", r"fingerprints", r"guess (?:who|whose)", r"our friends (?:from|in|at)", r"another of (?:the )?\w+", r"once too often",
)  # fmt: skip


def owed_to_person(sentence: Sentence, options: Mapping[str, object]) -> Iterator[Match]:
    """The good outcome rests on somebody: "without Ngozi …", "is down to", "owe it to"."""
    for span in hits(sentence, _BUT_FOR):
        who = mention_after(sentence, span.end, _RESCUER - {Kind.GROUP, Kind.VENDOR}, 30) or mention_after(sentence, span.end, _RESCUER, 12)
        if who is not None and _WOULD.search(sentence.text) and not sentence.text[span.end : who.start].strip(" ").endswith("'s"):
            yield match(span.cover(who), person=who)
    for span in hits(sentence, _OWED):
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
        praised = staked or _VIRTUE.search(sentence.text) or sentence.text[span.start : span.end].lower().startswith(("owe", "saved", "rescued"))
        if praised:
            yield match(span.cover(who), person=who)


def luckily(sentence: Sentence, options: Mapping[str, object]) -> Iterator[Match]:
    """Relief with a single person as the one who acts."""
    if acting(sentence, (Kind.PERSON, Kind.ROLE, Kind.SOMEONE)):
        for span in hits(sentence, _LUCK):
            yield match(span)


def sacrifice(sentence: Sentence, options: Mapping[str, object]) -> Iterator[Match]:
    """Sleepless nights and lost weekends of somebody."""
    if mentioned(sentence, _RESCUER):
        for span in hits(sentence, _SACRIFICE):
            first = next((m for m in sentence.mentions if m.kind in _RESCUER), None)
            if first is not None and first.span.start < span.end:
                yield match(span)


def culprit(sentence: Sentence, options: Mapping[str, object]) -> Iterator[Match]:
    """A word for a culprit tied to a human by copula, apposition, colon or as the attribute."""
    wanted = frozenset({Kind.PERSON, Kind.ROLE, Kind.GROUP, Kind.SOMEONE})
    for span in hits(sentence, _CULPRIT):
        for mention in sentence.mentions:
            if mention.kind in wanted and not mention.span.overlaps(span) and _linked(sentence, span.end - 1, mention.tokens[1] - 1):
                yield match(span, person=mention.span)
                break
    for span in hits(sentence, _ROGUE):
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
        if who.dep_ in ("attr", "nsubj", "oprd", "appos", "dobj", "pobj") and verb in (who.head, who.head.head, who.head.head.head):
            return verb.lemma_ in ("be", "turn", "prove", "remain", "become", "find", "identify", "out", "name")
        if who.dep_ in ("pobj",) and who.head.head is word and who.head.lower_ in ("in", "among", "of", "from"):
            return True
    between = sentence.text[sentence.offsets[min(word.i, person)].end : sentence.offsets[max(word.i, person)].start]
    return ":" in between and word.i < person and not sentence.text[: sentence.offsets[word.i].start].strip().endswith(":")


def breaks_again(sentence: Sentence, options: Mapping[str, object]) -> Iterator[Match]:
    """ "As usual", "yet again" with a group or a person that does harm."""
    if not mentioned(sentence, (Kind.PERSON, Kind.ROLE, Kind.GROUP, Kind.VENDOR)):
        return
    for span in hits(sentence, _HABIT):
        text = sentence.text[span.start : span.end].lower()
        harmful = any(c.lemma in _HARM and c.kind in OTHERS for c in sentence.clauses)
        if harmful or text in ("as usual", "as ever", "true to form", "surprise surprise", "surprise, surprise") or re.search("stunt|strikes|at it again|fingerprints|friends|guess", text):
            yield match(span)


_HARM = frozenset(
    "break crash kill knock take bring wreck destroy ruin sink wipe trash derail forget ignore push cause block delay overwrite "
    "delete flood leave sneak".split()
)
__all__ = ["HUMAN", "breaks_again", "culprit", "luckily", "owed_to_person", "sacrifice"]
