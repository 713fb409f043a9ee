"""Fault, traits, counterfactuals and hindsight: the family BL4xx, where it matters who is spoken of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

import re2

from blamelint.agency import kind_of
from blamelint.checks.common import HUMAN, OTHERS, acted_by_thing, acting, hits, match, mention_after, mentioned, pattern, tokens_in
from blamelint.clause import Clause
from blamelint.document import Match, Sentence
from blamelint.mention import Kind
from blamelint.span import Span

_GOOD_TRAITS = frozenset("careful thorough attentive diligent vigilant prepared trained qualified experienced competent alert cautious".split())
_FAULT = pattern(
    r"at fault", r"to blame", r"fault (?:lies|lay|was|is) with", r"blame (?:lies|lay|falls|fell|rests) (?:with|on)",
    r"(?:the )?fault of", r"(?:mistakes?|errors?|blunders?|omissions?) (?:was|were|had been|has been|have been) made by",
    r"(?:my|our|his|her|their|your) (?:own )?(?:fault|bad|doing|negligence|carelessness|mistake|screw-?up)",
    r"(?:responsible|accountable|answerable|culpable) for (?:the|this|that|our|all) \w+", r"has (?:only )?(?:himself|herself|themselves) to blame",
    r"(?:that|this|it)(?: one)?(?: is|.s| was) on (?:me|us|him|her|them)", r"no excuses? for",
)  # fmt: skip
_TOLD = pattern(
    r"(?:after|despite|in spite of) (?:two|three|four|several|many|repeated|numerous|multiple|the|a|our|\w+'s)? ?(?:written |verbal |explicit |clear |earlier |repeated )*(?:reminders?|warnings?|requests?|prompts?|instructions?|advice|e-?mails?|tickets?|nudges?|red tag|banners?)",
    r"(?:after|despite) (?:being|having been|it being) (?:\w+ )?(?:told|warned|asked|reminded|advised|instructed|trained|shown|briefed)",
    r"told (?:twice|repeatedly|\w+ times|more than once)", r"having been (?:\w+ )?(?:told|warned|asked|reminded|advised|trained|briefed)", r"against (?:the |all |explicit )?(?:advice|instructions|orders|policy|procedure|rules)",
    r"contrary to (?:the |all |explicit )?(?:advice|instructions|orders|policy|procedure|runbook|rules|agreement)", r"knowing (?:full well|perfectly well|very well)",
    r"(?:even )?though (?:the )?(?:runbook|policy|procedure|manual|checklist|guide|wiki|process|freeze|handbook|memo|sign|label|banner|warning) [^.;]{0,50}",
    r"although (?:the )?(?:runbook|policy|procedure|manual|checklist|guide|handbook|memo)", r"(?:even though|although|though) (?:he|she|they|it|we) (?:had|has|was|were) (?:been )?(?:told|warned|asked|reminded|trained)",
)  # fmt: skip
_NEGLECT = pattern(
    r"(?:did not|didn.t|never|not even|without|hardly|didn.t even|not) (?:even )?bother(?:ed|ing)?", r"(?:could not|couldn.t|can.t|cannot) be bothered",
    r"(?:never|not) (?:got|get|gotten|getting) (?:a)?round to", r"never thought (?:to|of)", r"(?:did not|didn.t) (?:even )?(?:think|care|stop|trouble|deign|see fit) to",
    r"(?:left|leave|leaving|let|lets|letting) [^.;,]{0,40}?(?:to )?(?:rot|ripen|gather(?:ing)? dust|fester|lapse|slide|moulder|languish|slip|drift)", r"(?:left|lay|sat) (?:to )?(?:gather(?:ing)?) dust",
    r"(?:sat|sits|sitting) on (?:it|the|this|that|their|his|her)", r"asleep at the (?:wheel|switch)", r"drop(?:ped|ping|s)? the ball", r"t(?:ook|aking|akes?) (?:his|her|their) (?:own |sweet |own sweet )?time",
    r"dragg(?:ed|ing) (?:his|her|their) (?:feet|heels)", r"too busy (?:\w+ing|with|to)", r"(?:without|not) so much as", r"(?:in no|not (?:exactly )?in any) (?:hurry|rush)", r"(?:not|hardly|disinclined) (?:much )?inclined to",
    r"better things to do", r"(?:not|hardly|evidently not|clearly not) (?:very )?high on (?:the )?\w+(?: \w+)?'s? (?:agenda|list)", r"wash(?:ed)? (?:his|her|their) hands", r"look(?:ed|ing) the other way", r"pass(?:ed|ing) the buck",
    r"head in the sand", r"nowhere to be (?:found|seen)", r"(?:went|gone|going) (?:straight )?(?:home|to lunch|to bed)(?: early)?", r"call(?:ed|ing) it a (?:day|night)", r"(?:tested|checked|read|verified|told|asked|said|wrote down|documented) (?:nothing|nobody|no one)",
    r"kept (?:it |that |this |quiet|schtum|mum|to (?:himself|herself|themselves))(?: quiet)?", r"(?:his|her|their) (?:back|backs) (?:was|were) turned", r"on (?:his|her|their) watch", r"never one (?:for|to)", r"(?:half|one) (?:asleep|eye on)",
    r"without a (?:word|murmur)", r"in (?:his|her|their) infinite wisdom", r"(?:the wrong way (?:round|around)|back to front|upside down)", r"got (?:\w+ ){0,3}(?:muddled|mixed up|wrong)",
    r"regards? [^.;]{1,40} as optional", r"congratulations to", r"took no notice", r"shrug(?:ged|ging)? (?:it |them |this |that )?off", r"shrugged", r"fob(?:bed)? off", r"wave[ds]? (?:it|them|this|that|the \w+) (?:through|past|away)", r"nodd(?:ed|ing) (?:it|them|this|the \w+) through", r"by the seat of",
    r"pot luck", r"(?:hoped|hoping) for the best", r"crossed (?:his|her|their) fingers", r"fast asleep", r"on autopilot", r"paid (?:it |them |her |him )?(?:no|little|scant) (?:heed|attention)", r"turned a (?:blind eye|deaf ear)",
)  # fmt: skip
_PEOPLE_CHECK = frozenset(
    "catch notice spot test check review ask communicate perform verify escalate document consider question raise tell inform "
    "read plan rehearse do handle see flag report discuss announce detect avoid prevent identify coordinate involve consult "
    "warn think take give make anticipate foresee realise realize recognise recognize follow prioritise prioritize".split()
)
_WOULD_HAVE = re.compile(r"\b(?:would|could|might)(?:n.t| not)?(?: \w+)? (?:have|'ve)\b|\bwould.ve\b|\bwe.d have\b", re.IGNORECASE)
_AVOIDED_BY = pattern(
    r"(?:could|would|might)(?: \w+)? have been (?:avoided|prevented|caught|averted|spotted|identified|found|noticed|shorter|faster)[^.;]{0,40}? by \w+ing",
    r"(?:could|would|might)(?: \w+)? have been (?:avoided|prevented|caught|averted|shorter|faster|quicker) (?:if|had) (?:we|the \w+ (?:team|engineer)|anyone|someone|somebody|they)",
    r"(?:could|would) have been (?:better|clearer|faster|quicker) (?:communicated|communication|handled)",
    r"with (?:a (?:little|bit) )?(?:more|better|greater|some|proper|due) (?:care|attention|thought|diligence|communication|planning|patience|preparation)[^.;]{0,40}(?:would|could|might)",
    r"(?:consulting|asking|calling|checking with|talking to|putting more thought)[^.;]{0,60}? would have (?:saved|avoided|prevented|helped|shown|been)",
    r"would it (?:really )?have (?:been so (?:hard|difficult|much)|killed|hurt|cost)", r"would have (?:cost|taken) (?:him|her|them|us|anyone|the \w+(?: \w+)?) (?:only |just |all of )?(?:a|an|one|two|five|ten|\d+)",
    r"would have been (?:wiser|better|kinder|smarter|safer|more prudent) (?:of|to|for (?:him|her|them|us)|if (?:we|they|he|she)|had)", r"(?:one|a|an?other) (?:\S+ )?(?:call|question|chat|tap|glance|word|message|phone call) [^.;]{0,80}?(?:and none of|, and (?:the|none|we)|would have (?:spared|saved|stopped|prevented))",
    r"(?:had|has) (?:the|every) chance to", r"if only (?:he|she|they|we|someone|somebody|anyone|the)", r"had (?:he|she|they|anyone|someone|somebody|anybody)",
)  # fmt: skip
_OBVIOUS = pattern(
    r"(?:blindingly |painfully |glaringly |perfectly |quite |so |pretty |all too )?(?:obvious(?:ly)?|plain(?:ly)?|evident(?:ly)?|glaring(?:ly)?|blatant(?:ly)?|self-evident|unmistakabl[ey]|unmissable|clear(?:ly)? (?:visible|as day)?)",
    r"(?:hard|impossible|difficult) to (?:miss|overlook)", r"could hardly (?:be|have been) (?:missed|overlooked|clearer|plainer)", r"any(?:one|body) could have (?:seen|told|known|spotted|noticed)",
    r"(?:screaming|shouting|staring|blinking|flashing) (?:at|in front of) (?:him|her|them|us|everyone|anyone|the \w+)", r"in plain (?:sight|view)",
    r"(?:shouting|screaming|staring) (?:at )?[^.;,]{1,40}? (?:in the face|since|all)", r"(?:tell|tells|told) (?:its|their) own story", r"spe?ak?s? for (?:itself|themselves)",
    r"one click away", r"child.s play", r"read off [^.;]{1,40} by a child", r"(?:signs?|symptoms?) (?:\w+ ){0,4}(?:had been|were|was) there", r"for (?:hours|weeks|days|everyone|anyone) to see",
)  # fmt: skip
_SIGNS = frozenset("sign warning signal alert clue error mistake symptom spike drop pattern trend red anomaly message line hint answer cause".split())
_PERCEPTION = frozenset("notice look see ignore miss read overlook check spot glance watch realise realize know think open bother ask dismiss scroll walk".split())
_OUGHT = pattern(r"ought (?:really |never |not |surely )?to (?:have|'ve) (?:been )?\w+")
_DUTY = pattern(
    r"(?:was|were) (?:\w+ )?(?:supposed|meant|expected|required|obliged|told|instructed|asked|trained|paid) to", r"had (?:a|the|every|one) (?:duty|job|obligation)(?: to)?",
    r"(?:was|is) (?:his|her|their|the \w+(?: \w+)?'s) (?:job|duty|responsibility) to", r"needed (?:only|merely|just) to",
)  # fmt: skip


def trait(sentence: Sentence, options: Mapping[str, object]) -> Iterator[Match]:
    """An adjective that judges, said of a human: as predicate, as attribute, or as a negated virtue."""
    bad = options.get("words")
    words = frozenset(str(word).lower() for word in bad) if isinstance(bad, list | tuple) else frozenset()
    singles = frozenset(word for word in words if " " not in word)
    doc = sentence.doc
    for clause in sentence.clauses:
        if clause.kind not in HUMAN or clause.modality in ("should", "must", "will", "imperative", "may", "can"):
            continue
        for index in (*clause.objects, *clause.adverbs, *clause.complements):
            token = doc[index]
            if token.dep_ in ("acomp", "attr", "oprd", "advmod", "prep", "conj") and clause.lemma in ("be", "seem", "look", "remain", "appear", "become", "get"):
                judged = token.lower_ in singles or token.lemma_.lower() in singles
                if judged and not clause.negated and not _refers_on(token):
                    yield _trait_match(sentence, clause, index)
                elif clause.negated and token.lower_ in _GOOD_TRAITS:
                    yield _trait_match(sentence, clause, index)
    for mention in sentence.mentions:
        if mention.kind not in (Kind.PERSON, Kind.ROLE, Kind.GROUP, Kind.SOMEONE):
            continue
        for token in doc[mention.tokens[0] : mention.tokens[1]]:
            for child in token.lefts:
                if child.dep_ == "amod" and child.lower_ in singles and child.lower_ not in ("green", "wrong", "blind", "slow", "absent", "difficult"):
                    yield match(sentence.token_span(child), person=mention.span)
    for span in hits(sentence, pattern(*(re.escape(w) for w in words if " " in w), r"without being (?:thorough|careful|\w+ful)")):
        if acting(sentence, HUMAN - {Kind.NOBODY}) and not acted_by_thing(sentence, span):
            yield match(span)


def _refers_on(token: object) -> bool:
    """"Wrong about", "slow to load" still judge; "right" things and comparisons of numbers do not reach here."""
    return False


def _trait_match(sentence: Sentence, clause: Clause, index: int) -> Match:
    where = sentence.token_span(sentence.doc[index])
    return match(where, trait=where)


def fault_of(sentence: Sentence, options: Mapping[str, object]) -> Iterator[Match]:
    """Phrases of fault with a human on the other end."""
    for span in hits(sentence, _FAULT):
        text = sentence.text[span.start : span.end].lower()
        owned = text.startswith(("my ", "our ", "his ", "her ", "their ", "your ", "that ", "this ", "it", "has ", "no excuse"))
        ahead = mention_after(sentence, span.end, OTHERS | {Kind.VENDOR, Kind.AUTHOR}, 25) if text.endswith((" with", " on", " of", " by")) else None
        behind = text.startswith(("at ", "to ", "responsible", "accountable", "answerable", "culpable")) and _subject_human(sentence, span)
        if text.startswith("their ") and not mentioned(sentence, HUMAN):
            continue
        if owned or ahead is not None or behind:
            yield match(span.cover(ahead) if ahead is not None else span)


def _subject_human(sentence: Sentence, span: Span) -> bool:
    clause = next((c for c in sentence.clauses if any(sentence.offsets[i].overlaps(span) for i in (c.predicate, *c.objects, *c.complements))), None)
    return clause is not None and clause.kind in HUMAN and clause.lemma == "be" and not clause.negated


def omission_despite(sentence: Sentence, options: Mapping[str, object]) -> Iterator[Match]:
    """Set against a warning, an omission is a reproach, even in the passive without an agent."""
    for span in hits(sentence, _TOLD):
        human = acting(sentence, (Kind.PERSON, Kind.ROLE, Kind.GROUP, Kind.SOMEONE, Kind.NOBODY, Kind.VENDOR))
        told = re.search(r"remind|told|warned|asked|advised|instruct|request|advice|nudge|trained", sentence.text[span.start : span.end], re.IGNORECASE)
        things = any(c.kind is Kind.SYSTEM for c in sentence.clauses)
        passive = any(c.voice == "passive" and c.agent is None and c.negated for c in sentence.clauses)
        if human or (told and passive and not things):
            yield match(span)


def failed_to(sentence: Sentence, options: Mapping[str, object]) -> Iterator[Match]:
    """Somebody fails to do something; not "failed over", and not what failed ("ran the build, failed: …")."""
    for clause in sentence.clauses:
        if clause.lemma != "fail" or clause.kind not in HUMAN - {Kind.AUTHOR, Kind.YOU} or clause.negated:
            continue
        if clause.modality in ("should", "can", "may", "must", "could", "will", "would", "might", "if"):
            continue
        verb = sentence.doc[clause.predicate]
        to_do = [c for c in verb.children if c.dep_ == "xcomp" or (c.dep_ == "dobj" and c.ent_type_ not in Kind.__members__)]
        moved = any(c.lower_ in ("over", "back", "open", "closed") for c in verb.children)
        if to_do and not moved and clause.agent is not None:
            mention = sentence.mention_at(clause.agent)
            who = mention.span if mention else sentence.token_span(sentence.doc[clause.agent])
            yield match(who.cover(sentence.token_span(verb)), agent=who, predicate=sentence.token_span(verb))


def neglect_idiom(sentence: Sentence, options: Mapping[str, object]) -> Iterator[Match]:
    """Idioms of neglect with somebody who neglects."""
    if not mentioned(sentence, (Kind.PERSON, Kind.ROLE, Kind.GROUP, Kind.SOMEONE, Kind.NOBODY, Kind.WE)):
        return
    for span in hits(sentence, _NEGLECT):
        if not acted_by_thing(sentence, span):
            yield match(span)


def human_passive(sentence: Sentence, options: Mapping[str, object]) -> Iterator[Match]:
    """ "Should have been caught in review": a passive whose silent agent can only be people."""
    wanted = frozenset(str(options.get("modality", "should_have")).split("|"))
    for clause in sentence.clauses:
        if clause.voice != "passive" or clause.modality not in wanted:
            continue
        if clause.agent is not None and clause.kind not in HUMAN:
            continue
        by_people = clause.agent is not None
        if by_people or (clause.modality == "should_have" and clause.lemma in _PEOPLE_CHECK):
            verb = sentence.doc[clause.predicate]
            start = min(t.i for t in verb.children if t.dep_ in ("aux", "auxpass")) if any(t.dep_ in ("aux", "auxpass") for t in verb.children) else verb.i
            yield match(sentence.span_of(start, verb.i))


def had_they(sentence: Sentence, options: Mapping[str, object]) -> Iterator[Match]:
    """Conditionals about a past that people did not make."""
    result = _WOULD_HAVE.search(sentence.text)
    for clause in sentence.clauses:
        verb = sentence.doc[clause.predicate]
        if clause.kind not in OTHERS:
            continue
        perfect = any(c.lower_ in ("had", "'d", "’d", "hadn't") for c in verb.children if c.dep_ == "aux")
        if clause.modality == "had_inverted" or (clause.modality == "if" and perfect and (result or "would" in sentence.text.lower())):
            start = min([t.i for t in verb.children if t.dep_ in ("mark", "aux", "nsubj", "nsubjpass")] + [verb.i])
            yield match(sentence.span_of(start, verb.i))
    for mention in sentence.mentions:  # "… had the duty engineer read the sticker", wherever it stands
        first = mention.tokens[0]
        start = next((i for i in (first - 1, first - 2) if i >= 0 and sentence.doc[i].lower_ == "had"), None)
        if start is None or mention.kind not in OTHERS or not re.search(r"would|could|might", sentence.text):
            continue
        before = sentence.doc[start - 1] if start else None
        if before is None or before.pos_ not in ("NOUN", "PROPN", "PRON", "NUM") or before.is_punct:
            if any(t.tag_ in ("VBN", "VBD") for t in sentence.doc[mention.tokens[1] : mention.tokens[1] + 3]):
                yield match(sentence.span_of(start, mention.tokens[1] - 1))
    for span in hits(sentence, _AVOIDED_BY):
        text = sentence.text[span.start : span.end].lower()
        if " the " in text and "would have" in text and not any(m.kind in HUMAN and m.span.overlaps(span) for m in sentence.mentions):
            continue
        if text.startswith("had ") and not (result and span.start == 0):
            continue
        if text.startswith("if only") and not result:
            continue
        yield match(span)


def ought_to_have(sentence: Sentence, options: Mapping[str, object]) -> Iterator[Match]:
    """"Ought to have asked", "ought to have been picked up by the approvers", "ought never to have got past review"."""
    for span in hits(sentence, _OUGHT):
        words = tokens_in(sentence, span)
        subject = next((t for t in words[0].children if t.dep_ == "nsubj"), None) if words else None
        acting_human = kind_of(subject) in HUMAN or any(c.kind in HUMAN and c.predicate in {w.i for w in words} for c in sentence.clauses)
        ahead = sentence.text[span.end : span.end + 60]
        by_human = mention_after(sentence, span.end, OTHERS, 40) is not None and re.search(r"\b(?:by|past)\b", ahead)
        reviewed = re.search(r"review|approv|hand-?over|check|test", ahead) and words[-1].lemma_ in (*_PEOPLE_CHECK, "come", "stop", "get", "pick")
        if acting_human or by_human or reviewed:
            yield match(span)


def idiom_of_people(sentence: Sentence, options: Mapping[str, object]) -> Iterator[Match]:
    """Regular expressions (`patterns`) that only count where the predicate in them is no system's."""
    patterns = options.get("patterns")
    for found in _compiled(tuple(patterns) if isinstance(patterns, list | tuple) else ()):
        for hit in found.finditer(sentence.text):
            span = Span(*hit.span())
            if len(span) and not acted_by_thing(sentence, span):
                yield match(span)


@lru_cache(maxsize=64)
def _compiled(patterns: tuple[str, ...]) -> tuple[Any, ...]:
    """By RE2, which can't hang: a team's pack may use this check too."""
    options = re2.Options()
    options.case_sensitive = False
    return tuple(re2.compile(pattern, options) for pattern in patterns)


def supposed_to(sentence: Sentence, options: Mapping[str, object]) -> Iterator[Match]:
    """Duties of humans in the past tense."""
    for span in hits(sentence, _DUTY):
        before = [m for m in sentence.mentions if m.span.end <= span.start]
        if not before or before[-1].kind not in (Kind.PERSON, Kind.ROLE, Kind.GROUP, Kind.SOMEONE):
            continue
        subject = sentence.doc[before[-1].tokens[1] - 1]
        text = sentence.text[span.start : span.end].lower()
        if subject.dep_ in ("nsubj", "nsubjpass") and not any(word in text for word in ("told", "asked", "instructed", "trained")):
            yield match(before[-1].span.cover(span), person=before[-1].span)


def obvious(sentence: Sentence, options: Mapping[str, object]) -> Iterator[Match]:
    """Words for what was plain, in a sentence about what people saw or did not see."""
    seen = any(
        c.kind in HUMAN and c.kind not in (Kind.YOU,)
        and (c.lemma in _PERCEPTION or c.negated or c.kind is Kind.NOBODY or c.modality in ("could", "could_have", "should_have"))
        for c in sentence.clauses
    )  # fmt: skip
    for span in hits(sentence, _OBVIOUS):
        text = sentence.text[span.start : span.end].lower()
        words = tokens_in(sentence, span)
        if words and words[-1].dep_ == "amod" and words[-1].head.lemma_.lower() not in _SIGNS:
            continue  # "the obvious problems" are things, "an obvious sign" is for somebody
        telling = re.search(r"in the face|own story|for (?:itself|themselves)|by a child|were there|been there|shouting|screaming", text)
        personal = telling or text.startswith(("anyone could", "anybody could")) or re.search(r"\b(?:him|her|them|us|everyone|anyone)\b", text)
        to_people = re.search(r"^\s*(?:to|for) (?:any|every)(?:one|body)\b|^\s*to (?:him|her|them|us|the team)\b", sentence.text[span.end :], re.IGNORECASE)
        past = any(t.tag_ in ("VBD",) for t in sentence.doc)
        if re.search("click|play", text) and not mentioned(sentence, OTHERS):
            continue
        if personal or (to_people and past) or (seen and past and not re.search(r"\b(?:below|above|graph below|figure|chart)\b", sentence.text)):
            yield match(span)


def kinds_of(sentence: Sentence, indices: tuple[int, ...]) -> list[Kind | None]:
    """The kinds of the actors at those tokens."""
    return [kind_of(sentence.doc[i]) for i in indices]
