"""Causes and remedies: the family BL5xx."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from blamelint.agency import kind_of
from blamelint.block import Section
from blamelint.checks.common import HUMAN, acted_by_thing, hits, match, mentioned
from blamelint.document import Match, Sentence
from blamelint.mention import Kind
from blamelint.span import Span

_ONE = (
    r"(?:single|sole|one|only|one and only|real|true|actual|ultimate|underlying|fundamental|definitive|lone|entire|"
    r"whole)"
)
_PROCESS = re.compile(r" (?:analys|investig|review|section|document|report|categor|field|template)", re.IGNORECASE)
_LABEL = re.compile(r"^(?:the )?root[- ]cause(?: of [^:]{1,60})?\s*(?::|–|—|=|-\s)\s*(?=\S)", re.IGNORECASE)
_DOUBT = re.compile(
    r"\b(?:no|not|never|isn.t|wasn.t|without|rather than|instead of|beyond|more than|unlikely|whether|if|unknown|"
    r"unclear|several|many|one of|believed|thought|suspected|considered|likely|looking for|find|seek|search for|"
    r"look for)\b(?: \w+){0,3} ?$",
    re.IGNORECASE,
)
_COPULA = re.compile(
    r"^(?: (?:of|for|behind|in|on) [^.;:]{1,120}?)?,?(?: (?:then|here|therefore|in the end|once again|as it "
    r"turns out|in our view))?,? ?"
    r"(?:\b(?:is|was|were|being|lay|lies|turned out|turns out|proved|appears to be|seems to be|has been|had been|"
    r"came|could|can)\b|:|–|—)",
    re.IGNORECASE,
)

_ASKING = re.compile(
    r"\b(?:must|should|will|shall|need(?:s|ed)? to|have to|has to|ought to|going forward|in (?:the )?future|from "
    r"now on|next time|asked to|told to|reminded|to be|please|let.s|lesson|wanted|needed|answer|fix|remedy|"
    r"follow-up|action|expect(?:s|ed)?|want|urge|encourage|agreed to|promised|undert(?:ake|ook)|resolve|vow|"
    r"takeaway|to\b)",
    re.IGNORECASE,
)
_REJECTED = re.compile(
    r"\b(?:would(?:n.t| not) have (?:helped|prevented|changed|caught|stopped|made)|"
    r"(?:no (?:remedy|fix|substitute|action|answer)|not (?:a|the|an) (?:remedy|fix|answer|solution|action|plan|"
    r"strategy)|is not enough|isn.t enough|won.t (?:help|fix|do)|does not (?:help|fix|scale)|doesn.t (?:help|fix|"
    r"scale)|rather than|instead of|cannot be (?:fixed|solved)|do(?:es)? not rely|can.t rely|relied on|relies on|"
    r"depend(?:s|ed)? on|no longer))\b",
    re.IGNORECASE,
)


def single_cause(sentence: Sentence, options: Mapping[str, object]) -> Iterator[Match]:
    """One cause as the whole explanation; not a heading, a doubt, or one of several."""
    label = _LABEL.match(sentence.text)
    if label:
        yield match(Span(label.start(), label.start() + len(label.group().rstrip(" :–—=-"))))
    for span in hits(sentence, options):
        if _DOUBT.search(sentence.text[: span.start]):
            continue
        words = sentence.text[span.start : span.end].lower()
        after = sentence.text[span.end :]
        if words.endswith(("root cause", "root-cause")) and _PROCESS.match(after):
            continue
        if words.endswith(("root cause", "root-cause")) or re.search(rf"^the {_ONE}.*(?:cause|reason)$", words):
            as_named = re.search(
                r"\b(?:as|is|was|be|being|became|become|considered)\s+$", sentence.text[: span.start], re.IGNORECASE
            )
            if not as_named and not _COPULA.match(after):
                continue
            if (
                "reason" in words
                and not mentioned(sentence, HUMAN)
                and not re.search(
                    r"outage|incident|failure|downtime|loss|disruption|down\b|delay", sentence.text, re.IGNORECASE
                )
            ):
                continue
            if re.match(
                r" ?(?:(?:of|for|behind|in) [^.;:]{1,80}? )?(?:is|was|has) (?:still |now |yet |currently "
                r")?(?:not|unknown|unclear|being|under|yet|believed|thought|identified|found|determined|"
                r"confirmed)\b(?! (?:as|to be))",
                after,
                re.IGNORECASE,
            ):
                continue
        if "nothing" in words and not re.search(
            r"\b(?:caus\w+|expla\w+|reason|why|outage|incident|behind|stopped)\b",
            sentence.text,
            re.IGNORECASE,
        ):
            continue
        yield match(span)


def person_as_cause(sentence: Sentence, options: Mapping[str, object]) -> Iterator[Match]:
    """ "Caused by the DBA", "the root cause was Dave", "the night shift caused"."""
    wanted = HUMAN - {Kind.YOU, Kind.NOBODY}
    doc = sentence.doc
    for clause in sentence.clauses:
        verb = doc[clause.predicate]
        if (
            clause.lemma == "cause"
            and clause.kind in wanted
            and not clause.negated
            and clause.modality in ("", "would_have")
            and clause.agent is not None
        ):
            mention = sentence.mention_at(clause.agent)
            who = mention.span if mention else sentence.token_span(doc[clause.agent])
            yield match(who.cover(sentence.token_span(verb)), agent=who)
        subject = doc[clause.agent] if clause.agent is not None else None
        if (
            clause.voice == "copular"
            and subject is not None
            and subject.lemma_.lower() in ("cause", "reason", "problem", "explanation")
        ):
            for index in clause.objects:
                if kind_of(doc[index]) in wanted and doc[index].dep_ in ("attr", "conj"):
                    where = sentence.mention_at(index)
                    yield match(where.span if where else sentence.token_span(doc[index]))


def try_harder(sentence: Sentence, options: Mapping[str, object]) -> Iterator[Match]:
    """More care as the remedy, asked of people."""
    if _REJECTED.search(sentence.text) or sentence.block.quoted:
        return
    forward = sentence.block.section in (Section.ACTIONS, Section.LESSONS)
    for span in hits(sentence, options):
        before = sentence.text[: span.start]
        first = sentence.doc[0]
        if first.tag_ == "VBG" and first.dep_ == "csubj" and span.start == 0:
            continue  # "Reading confirmations to the end has never been possible": no request
        opens = (
            not before.strip()
            or before.rstrip().endswith((":", "–", "—", "-", ";", ","))
            or before.lower().strip() in ("always", "please")
        )
        if not (opens or _ASKING.search(before) or forward):
            continue
        if re.search(r"\b(?:did|was|were|had|have|has|been)(?:n.t| not)? (?:\w+ )?$", before) and not re.search(
            r"asked|told|reminded", before
        ):
            continue
        if not acted_by_thing(sentence, span) and "“" + sentence.text[span.start : span.end] not in sentence.text:
            yield match(span)


def remind(sentence: Sentence, options: Mapping[str, object]) -> Iterator[Match]:
    """Reminders, retraining and discipline of people."""
    if _REJECTED.search(sentence.text):
        return
    for span in hits(sentence, options):
        words = sentence.text[span.start : span.end].lower()
        human = mentioned(sentence, HUMAN | {Kind.VENDOR}) or re.search(
            r"\b(?:employees?|staff|people|everyone|person|colleagues?)\b", sentence.text, re.IGNORECASE
        )
        if words.startswith(("talk", "speak", "spoke")) and not any(
            m.kind in HUMAN and m.span.end >= span.end - 4 and m.span.start <= span.end + 25 for m in sentence.mentions
        ):
            continue
        if words.startswith(("access", "privileges", "let go")) and not human:
            continue
        if words.startswith(("retrain", "re-train")) and re.search(
            r"\b(?:model|classifier|network|weights|detector)s?\b", sentence.text, re.IGNORECASE
        ):
            continue
        if words.startswith(("tell", "told", "instruct", "urge")):
            continue
        personal = "training" in words or words.startswith(
            ("refresher", "disciplin", "reinforce", "stress", "emphas", "re", "communicate", "talk", "speak", "spoke")
        )
        if (human or personal) and not acted_by_thing(sentence, span):
            yield match(span)
