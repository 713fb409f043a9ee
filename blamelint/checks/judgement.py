"""Fault, traits, counterfactuals and hindsight: the family BL4xx, where it matters who is spoken of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from blamelint.agency import kind_of
from blamelint.checks.common import (
    HUMAN,
    OTHERS,
    acted_by_thing,
    acting,
    clause_at,
    hits,
    match,
    mention_after,
    mentioned,
    tokens_in,
)
from blamelint.clause import Clause
from blamelint.document import Match, Sentence
from blamelint.mention import Kind
from blamelint.span import Span

_GOOD_TRAITS = frozenset(
    "careful thorough attentive diligent vigilant prepared trained qualified experienced competent "
    "alert cautious".split()
)
_PEOPLE_CHECK = frozenset(
    "catch notice spot test check review ask communicate perform verify escalate document consider question "
    "raise tell inform "
    "read plan rehearse do handle see flag report discuss announce detect avoid prevent identify coordinate "
    "involve consult "
    "warn think take give make anticipate foresee realise realize recognise recognize follow prioritise "
    "prioritize".split()
)
_WOULD_HAVE = re.compile(
    r"\b(?:would|could|might)(?:n.t| not)?(?: \w+)? (?:have|'ve)\b|\bwould.ve\b|\bwe.d have\b", re.IGNORECASE
)
_SIGNS = frozenset(
    "sign warning signal alert clue error mistake symptom spike drop pattern trend red anomaly message line hint "
    "answer cause".split()
)
_PERCEPTION = frozenset(
    "notice look see ignore miss read overlook check spot glance watch realise realize know think open bother "
    "ask dismiss scroll walk".split()
)
_OUGHT = re.compile(r"\bought (?:really |never |not |surely )?to (?:have|'ve) (?:been )?\w+", re.IGNORECASE)


_LINKING = frozenset("be seem look remain appear become get".split())
#: "A slow reviewer" judges less than "the reviewer was slow", and "a green engineer" may be a team.
_ONLY_AFTER_BE = frozenset("green wrong blind slow absent difficult".split())


def trait(sentence: Sentence, options: Mapping[str, object]) -> Iterator[Match]:
    """An adjective that judges, said of a human: as predicate, as attribute, or as a negated virtue."""
    words = options.get("words")
    singles, phrases = _traits(tuple(words) if isinstance(words, list | tuple) else ())
    doc = sentence.doc
    for clause in sentence.clauses:
        if clause.kind not in HUMAN or clause.modality in ("should", "must", "will", "imperative", "may", "can"):
            continue
        for index in (*clause.objects, *clause.adverbs, *clause.complements):
            token = doc[index]
            if clause.lemma in _LINKING and token.dep_ in ("acomp", "attr", "oprd", "advmod", "prep", "conj"):
                judged = token.lower_ in singles or token.lemma_.lower() in singles
                if (judged and not clause.negated) or (clause.negated and token.lower_ in _GOOD_TRAITS):
                    yield _trait_match(sentence, clause, index)
    for mention in sentence.mentions:
        if mention.kind not in (Kind.PERSON, Kind.ROLE, Kind.GROUP, Kind.SOMEONE):
            continue
        for token in doc[mention.tokens[0] : mention.tokens[1]]:
            for child in token.lefts:
                if child.dep_ == "amod" and child.lower_ in singles - _ONLY_AFTER_BE:
                    yield match(sentence.token_span(child), person=mention.span)
    for span in hits(sentence, {"patterns": phrases}):
        told = clause_at(sentence, span)
        if told is not None and told.kind in HUMAN - {Kind.NOBODY}:
            yield match(span)


@lru_cache(maxsize=16)
def _traits(words: tuple[str, ...]) -> tuple[frozenset[str], tuple[str, ...]]:
    """The single adjectives, and patterns for the phrases among them."""
    lower = [word.lower() for word in words]
    return frozenset(w for w in lower if " " not in w), tuple(re.escape(w) for w in sorted(lower) if " " in w)


def _trait_match(sentence: Sentence, clause: Clause, index: int) -> Match:
    where = sentence.token_span(sentence.doc[index])
    return match(where, trait=where)


def fault_of(sentence: Sentence, options: Mapping[str, object]) -> Iterator[Match]:
    """Phrases of fault with a human on the other end."""
    for span in hits(sentence, options):
        text = sentence.text[span.start : span.end].lower()
        owned = text.startswith(
            ("my ", "our ", "his ", "her ", "their ", "your ", "that ", "this ", "it", "has ", "no excuse")
        )
        ahead = (
            mention_after(sentence, span.end, OTHERS | {Kind.VENDOR, Kind.AUTHOR}, 25)
            if text.endswith((" with", " on", " of", " by"))
            else None
        )
        behind = text.startswith(
            ("at ", "to ", "responsible", "accountable", "answerable", "culpable")
        ) and _subject_human(sentence, span)
        if text.startswith("their ") and not mentioned(sentence, HUMAN):
            continue
        if owned or ahead is not None or behind:
            yield match(span.cover(ahead) if ahead is not None else span)


def _subject_human(sentence: Sentence, span: Span) -> bool:
    clause = next(
        (
            c
            for c in sentence.clauses
            if any(sentence.offsets[i].overlaps(span) for i in (c.predicate, *c.objects, *c.complements))
        ),
        None,
    )
    return clause is not None and clause.kind in HUMAN and clause.lemma == "be" and not clause.negated


def omission_despite(sentence: Sentence, options: Mapping[str, object]) -> Iterator[Match]:
    """Set against a warning, an omission is a reproach, even in the passive without an agent."""
    for span in hits(sentence, options):
        human = acting(sentence, (Kind.PERSON, Kind.ROLE, Kind.GROUP, Kind.SOMEONE, Kind.NOBODY, Kind.VENDOR))
        told = re.search(
            r"remind|told|warned|asked|advised|instruct|request|advice|nudge|trained",
            sentence.text[span.start : span.end],
            re.IGNORECASE,
        )
        things = any(c.kind is Kind.SYSTEM for c in sentence.clauses)
        passive = any(c.voice == "passive" and c.agent is None and c.negated for c in sentence.clauses)
        if human or (told and passive and not things):
            yield match(span)


_WHO_FAILS = (HUMAN | {Kind.VENDOR}) - {Kind.AUTHOR, Kind.YOU}


def failed_to(sentence: Sentence, options: Mapping[str, object]) -> Iterator[Match]:
    """Somebody fails to do something; not "failed over", and not what failed ("ran the build, failed: …")."""
    for clause in sentence.clauses:
        if clause.lemma != "fail" or clause.kind not in _WHO_FAILS or clause.negated:
            continue
        if clause.modality in ("should", "can", "may", "must", "could", "will", "would", "might", "if"):
            continue
        verb = sentence.doc[clause.predicate]
        to_do = [
            c for c in verb.children if c.dep_ == "xcomp" or (c.dep_ == "dobj" and c.ent_type_ not in Kind.__members__)
        ]
        moved = any(c.lower_ in ("over", "back", "open", "closed") for c in verb.children)
        alone = all(c.dep_ in ("nsubj", "punct", "advmod", "neg") for c in verb.children) and verb.dep_ in (
            "ROOT",
            "acl",
        )
        if (to_do or alone) and not moved and clause.agent is not None:
            mention = sentence.mention_at(clause.agent)
            who = mention.span if mention else sentence.token_span(sentence.doc[clause.agent])
            yield match(who.cover(sentence.token_span(verb)), agent=who, predicate=sentence.token_span(verb))


def neglect_idiom(sentence: Sentence, options: Mapping[str, object]) -> Iterator[Match]:
    """Idioms of neglect with somebody who neglects."""
    if not mentioned(sentence, (Kind.PERSON, Kind.ROLE, Kind.GROUP, Kind.SOMEONE, Kind.NOBODY, Kind.WE)):
        return
    for span in hits(sentence, options):
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
            start = (
                min(t.i for t in verb.children if t.dep_ in ("aux", "auxpass"))
                if any(t.dep_ in ("aux", "auxpass") for t in verb.children)
                else verb.i
            )
            yield match(sentence.span_of(start, verb.i))


def had_they(sentence: Sentence, options: Mapping[str, object]) -> Iterator[Match]:
    """Conditionals about a past that people did not make."""
    result = _WOULD_HAVE.search(sentence.text)
    for clause in sentence.clauses:
        verb = sentence.doc[clause.predicate]
        if clause.kind not in OTHERS:
            continue
        perfect = any(c.lower_ in ("had", "'d", "’d", "hadn't") for c in verb.children if c.dep_ == "aux")
        if clause.modality == "had_inverted" or (
            clause.modality == "if" and perfect and (result or "would" in sentence.text.lower())
        ):
            start = min([t.i for t in verb.children if t.dep_ in ("mark", "aux", "nsubj", "nsubjpass")] + [verb.i])
            yield match(sentence.span_of(start, verb.i))
    for mention in sentence.mentions:  # "… had the duty engineer read the sticker", wherever it stands
        first = mention.tokens[0]
        start = next((i for i in (first - 1, first - 2) if i >= 0 and sentence.doc[i].lower_ == "had"), -1)
        if start < 0 or mention.kind not in OTHERS or not re.search(r"would|could|might", sentence.text):
            continue
        before = sentence.doc[start - 1] if start else None
        opens = before is None or before.pos_ not in ("NOUN", "PROPN", "PRON", "NUM")
        if opens and any(t.tag_ in ("VBN", "VBD") for t in sentence.doc[mention.tokens[1] : mention.tokens[1] + 3]):
            yield match(sentence.span_of(start, mention.tokens[1] - 1))
    for span in hits(sentence, options):
        text = sentence.text[span.start : span.end].lower()
        if (
            " the " in text
            and "would have" in text
            and not any(m.kind in HUMAN and m.span.overlaps(span) for m in sentence.mentions)
        ):
            continue
        if text.startswith("had ") and not (result and span.start == 0):
            continue
        if text.startswith("if only") and not result:
            continue
        yield match(span)


def ought_to_have(sentence: Sentence, options: Mapping[str, object]) -> Iterator[Match]:
    """ "Ought to have asked", "ought to have been picked up by the approvers"."""
    for span in (Span(*found.span()) for found in _OUGHT.finditer(sentence.text)):
        words = tokens_in(sentence, span)
        subject = next((t for t in words[0].children if t.dep_ == "nsubj"), None) if words else None
        acting_human = kind_of(subject) in HUMAN or any(
            c.kind in HUMAN and c.predicate in {w.i for w in words} for c in sentence.clauses
        )
        ahead = sentence.text[span.end : span.end + 60]
        by_human = mention_after(sentence, span.end, OTHERS, 40) is not None and re.search(r"\b(?:by|past)\b", ahead)
        reviewed = re.search(r"review|approv|hand-?over|check|test", ahead) and words[-1].lemma_ in (
            *_PEOPLE_CHECK,
            "come",
            "stop",
            "get",
            "pick",
        )
        if acting_human or by_human or reviewed:
            yield match(span)


def idiom_of_people(sentence: Sentence, options: Mapping[str, object]) -> Iterator[Match]:
    """Regular expressions (`patterns`) that only count where the predicate in them is no system's."""
    for span in hits(sentence, options):
        if not acted_by_thing(sentence, span):
            yield match(span)


def supposed_to(sentence: Sentence, options: Mapping[str, object]) -> Iterator[Match]:
    """Duties of humans in the past tense."""
    for span in hits(sentence, options):
        before = [m for m in sentence.mentions if m.span.end <= span.start]
        if not before or before[-1].kind not in (Kind.PERSON, Kind.ROLE, Kind.GROUP, Kind.SOMEONE):
            continue
        subject = sentence.doc[before[-1].tokens[1] - 1]
        text = sentence.text[span.start : span.end].lower()
        if subject.dep_ in ("nsubj", "nsubjpass") and not any(
            word in text for word in ("told", "asked", "instructed", "trained")
        ):
            yield match(before[-1].span.cover(span), person=before[-1].span)


def obvious(sentence: Sentence, options: Mapping[str, object]) -> Iterator[Match]:
    """Words for what was plain, in a sentence about what people saw or did not see."""
    seen = any(
        c.kind in HUMAN and c.kind not in (Kind.YOU,)
        and (
            c.lemma in _PERCEPTION
            or c.negated
            or c.kind is Kind.NOBODY
            or c.modality in ("could", "could_have", "should_have")
        )
        for c in sentence.clauses
    )  # fmt: skip
    for span in hits(sentence, options):
        text = sentence.text[span.start : span.end].lower()
        words = tokens_in(sentence, span)
        if words and words[-1].dep_ == "amod" and words[-1].head.lemma_.lower() not in _SIGNS:
            continue  # "the obvious problems" are things, "an obvious sign" is for somebody
        telling = re.search(
            r"in the face|own story|for (?:itself|themselves)|were there|been there|shouting|screaming", text
        )
        personal = (
            telling
            or text.startswith(("anyone could", "anybody could"))
            or re.search(r"\b(?:him|her|them|us|everyone|anyone)\b", text)
        )
        to_people = re.search(
            r"^\s*(?:to|for) (?:any|every)(?:one|body)\b|^\s*to (?:him|her|them|us|the team)\b",
            sentence.text[span.end :],
            re.IGNORECASE,
        )
        past = any(t.tag_ in ("VBD",) for t in sentence.doc)
        if re.search("play", text) and not mentioned(sentence, OTHERS):
            continue
        if (
            personal
            or (to_people and past)
            or (seen and past and not re.search(r"\b(?:below|above|graph below|figure|chart)\b", sentence.text))
        ):
            yield match(span)
