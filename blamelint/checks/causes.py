"""Causes and remedies: the family BL5xx."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from blamelint.agency import kind_of
from blamelint.block import Section
from blamelint.checks.common import HUMAN, acted_by_thing, hits, match, mentioned, pattern
from blamelint.document import Match, Sentence
from blamelint.mention import Kind
from blamelint.span import Span

_ONE = r"(?:single|sole|one|only|one and only|real|true|actual|ultimate|underlying|fundamental|definitive|lone|entire|whole)"
_SINGLE = pattern(
    rf"(?:the|our|its|whose|this|that) (?:{_ONE} )?(?:and (?:only|sole) )?root[- ]cause(?! (?:analys|investig|review|section|document|report|categor|field|template|is (?:still|unknown|not|under|being|unclear)|was not|has not|remains|identified))",
    rf"the {_ONE} (?:and {_ONE} )?(?:cause|reason)",
    r"(?:identified|found|determined|pinpointed|named|confirmed|established|traced|given|shown|deemed) (?:as|to be) the (?:\w+ )?cause",
    r"(?:comes?|came|boils?|boiled|goes|went|traced?|narrows?) (?:back |all )?down to (?:one|a single|just one|nothing but|this one|this)\b(?: \w+)?",
    r"one thing and one thing (?:alone|only)", r"for one reason(?: only| alone|,)", r"nothing (?:else|more|other) (?:than|but)",
    r"(?:is|was) the (?:whole|entire|full) (?:story|explanation|of it)", r"(?:solely|entirely|exclusively|purely|only) (?:due to|because|caused by|down to|to blame on|the result of)",
    r"caused (?:solely|entirely|exclusively|purely|only|by nothing) (?:but |more than )?by?", r"(?:is|was) (?:solely|entirely|wholly) (?:responsible|attributable|to blame|explained by)",
    r"all (?:because of|down to|due to|thanks to|for want of) (?:a|an|one|the)", r"and (?:that|this) (?:alone|is all)", r"alone (?:explains?|explained|caused|accounts? for|brought|was enough)",
    r"for one reason and one reason only", r"(?:and|with) (?:by )?nothing (?:else|more)(?: to it)?", r"nothing more to it", r"and only that", r"that and nothing more",
    r"(?:it was|was|is|but) only (?:dns|the|a|an)\b", r"by itself (?:accounts?|explains?|caused)", r"all (?:comes?|came|goes|went|boils?|boiled) (?:back |all )?down to", r"(?:reduces?|reduced) to (?:a|an|the|one)\b",
    r"(?:herewith |that is |here is )the whole story", r"(?:trace[sd]?|goes|go|went) (?:all the way )?back to (?:a single|one|a lone)", r"(?:all|what) (?:that )?remains as an explanation", r"for want of", r"no other (?:cause|reason|factor)", r"nothing else (?:was|went|contributed|failed|mattered|is needed)", r"full stop", r"end of story", r"it was (?:just|simply|all|only) (?:a|an|the|because|one)\b[^.;]{0,40}",
)  # fmt: skip
_LABEL = re.compile(r"^(?:the )?root[- ]cause(?: of [^:]{1,60})?\s*(?::|–|—|=|-\s)\s*(?=\S)", re.IGNORECASE)
_DOUBT = re.compile(
    r"\b(?:no|not|never|isn.t|wasn.t|without|rather than|instead of|beyond|more than|unlikely|whether|if|unknown|unclear|several|many|one of|believed|thought|suspected|considered|likely|looking for|find|seek|search for|look for)\b(?: \w+){0,3} ?$",
    re.IGNORECASE,
)
_COPULA = re.compile(
    r"^(?: (?:of|for|behind|in|on) [^.;:]{1,120}?)?,?(?: (?:then|here|therefore|in the end|once again|as it turns out|in our view))?,? ?"
    r"(?:\b(?:is|was|were|being|lay|lies|turned out|turns out|proved|appears to be|seems to be|has been|had been|came|could|can)\b|:|–|—)",
    re.IGNORECASE,
)

_HARDER = pattern(
    r"(?:be|being|stay|remain|become) (?:a (?:bit|little) )?(?:more |extra |especially |very |much more |ever |particularly |far more )?(?:careful|vigilant|attentive|mindful|cautious|diligent|alert|thorough|disciplined|conscientious|on (?:their|your|our) (?:guard|toes))",
    r"pay(?:ing)? (?:\w+ )?(?:more |closer |greater |better |special |particular |full |proper )?attention", r"tak(?:e|ing) (?:\w+ )?(?:more|greater|extra|better|special|particular|due) care",
    r"(?:exercise|use|apply|show) (?:more |greater |extra |due |better |increased |proper )?(?:caution|care|diligence|vigilance|judgement|judgment|common sense|restraint)", r"double-? ?check(?:ing)?", r"triple-? ?check",
    r"think(?:ing)? twice", r"think before", r"look(?:ing)? (?:twice|harder|more (?:carefully|closely)|before)", r"read(?:ing)? [^.;,]{0,40}(?:carefully|properly|twice|more closely|thoroughly|to the end|line by line)",
    r"(?:keep|keeping) (?:a (?:closer|sharper|better|close|keen)|their|your|our) eyes?(?: open| peeled)?", r"(?:twice|doubly) as careful", r"(?:extra |greater |higher )?degree of (?:attentiveness|care|attention|vigilance)", r"stay(?:ing)? (?:sharp|awake|alert)", r"keep (?:our|your|their) wits", r"try(?:ing)? harder", r"do(?:ing)? better", r"raise awareness", r"(?:more|greater|better|increased|extra|closer) (?:care|vigilance|diligence|discipline|attention|awareness|caution|concentration|ownership)",
    r"(?:take|have|give) [^.;]{0,20}(?:second|calmer|closer|harder|longer|good|proper) look", r"(?:must|should|need to|needs to|will|to) (?:always |please |in future |simply )?remember to", r"remember(?:ing)? to", r"slow(?:ing)? down", r"not (?:to )?(?:rush|forget|assume|panic|underestimate)",
    r"(?:communicate|test|review|plan|check|listen|coordinate) (?:better|more carefully|more often|more thoroughly|properly|harder)", r"keep (?:in mind|their wits|a cool head|calm)", r"know (?:all )?your \w+", r"(?:take|show|feel) more (?:ownership|responsibility)",
    r"(?:never|always) (?:ignore|trust|assume|check|ask|look|verify) ?(?:any|the|that|your|before)?", r"(?:put|use) (?:your|their|our|some) (?:brain|head|mind|common sense|thought)", r"make (?:quite |very |absolutely )?sure (?:that )?(?:everyone|everybody|people|engineers|staff|all \w+|operators|developers|they|we) (?:know|knows|read|understand|understands|remember|remembers|follow|follows|check|checks|is aware|are aware)",
    r"concentrate", r"stick to the (?:runbook|procedure|process|rules)", r"follow the (?:runbook|procedure|process|checklist|rules)(?: (?:to the letter|properly|next time|in future|strictly|more closely))", r"stay focused", r"be (?:ready|prepared) (?:for|at)", r"ask (?:before|first|when in doubt)",
)  # fmt: skip
_ASKING = re.compile(
    r"\b(?:must|should|will|shall|need(?:s|ed)? to|have to|has to|ought to|going forward|in (?:the )?future|from now on|next time|asked to|told to|reminded|to be|please|let.s|lesson|wanted|needed|answer|fix|remedy|follow-up|action|expect(?:s|ed)?|want|urge|encourage|agreed to|promised|undert(?:ake|ook)|resolve|vow|takeaway|to\b)",
    re.IGNORECASE,
)
_REJECTED = re.compile(
    r"\b(?:no (?:remedy|fix|substitute|action|answer)|not (?:a|the|an) (?:remedy|fix|answer|solution|action|plan|strategy)|is not enough|isn.t enough|won.t (?:help|fix|do)|does not (?:help|fix|scale)|doesn.t (?:help|fix|scale)|rather than|instead of|cannot be (?:fixed|solved)|do(?:es)? not rely|can.t rely|relied on|relies on|depend(?:s|ed)? on|no longer)\b",
    re.IGNORECASE,
)
_PERSONNEL = pattern(
    r"re-?train(?:ed|ing)?", r"refresher(?: (?:course|training|session)s?)?", r"disciplin(?:ed|ary(?: \w+)?)", r"reprimand(?:ed)?", r"(?:formal(?:ly)?|written|verbal(?:ly)?|final) warn(?:ing|ed)",
    r"(?:been|be|was|were|will be|is being|having been) (?:spoken|talked) to", r"(?:speak|talk|have a (?:word|talk|chat)|had a (?:word|talk|chat)|spoke|talked) (?:sternly |firmly |seriously )?(?:to|with) (?=the|him|her|them|every|all|our|[A-Z])", r"talking-to", r"pep talk", r"(?:frank|stern|serious|firm|quiet) (?:talk|word|chat|conversation)", r"(?:have|has|had) (?:since )?had a (?:talk|word|chat|conversation) with", r"(?:sent|put|back) on (?:the|a) [^.;]{0,40}course",
    r"spelled out to (?:him|her|them)", r"refresh (?:his|her|their) \w+", r"(?:a |the )?(?:talk|chat|conversation) about (?:\w+ )?(?:diligence|discipline|care|attention|responsibility)", r"impressed on (?:the )?(?:\w+ )?(?:staff|team|everyone|all)",
    r"(?:remind(?:ed|ing)?|re-remind|caution(?:ed)?|counsel(?:led|ed)?|coach(?:ed)?|urged?|exhort(?:ed)?|admonish(?:ed)?|instruct(?:ed)?|tell|told) (?:everyone|everybody|every|all|the|our|staff|people|team|engineers|operators|developers|folks|him|her|them|those|each|both)",
    r"(?:was|were|been|be|is|are) (?:\w+ )?(?:reminded|cautioned|counselled|counseled|coached|admonished|warned|lectured|briefed again)", r"reinforce[ds]? (?:the )?(?:importance|need|message)", r"(?:stress|emphasi[sz]e|re-?affirm|re-?iterate|impress)(?:ed|ing|d)? (?:the importance|the need|to|on|upon|that|communication)",
    r"(?:performance|improvement) (?:review|plan)", r"let go", r"removed from the (?:rota|rotation|team)", r"(?:access|privileges) (?:was|were|has been|have been) (?:revoked|withdrawn|taken away)", r"sent (?:on|back to) (?:a )?(?:training|course)", r"(?:more|additional|further|extra|better|mandatory) training",
    r"communicate (?:to (?:the|all|every)[^.;]{0,30} )?that",
)  # fmt: skip


def single_cause(sentence: Sentence, options: Mapping[str, object]) -> Iterator[Match]:
    """One cause as the whole explanation; not a heading, a doubt, or one of several."""
    label = _LABEL.match(sentence.text)
    if label:
        yield match(Span(label.start(), label.start() + len(label.group().rstrip(" :–—=-"))))
    for span in hits(sentence, _SINGLE):
        if _DOUBT.search(sentence.text[: span.start]):
            continue
        words = sentence.text[span.start : span.end].lower()
        after = sentence.text[span.end :]
        if words.endswith(("root cause", "root-cause")) or re.search(rf"^the {_ONE}.*(?:cause|reason)$", words):
            as_named = re.search(r"\b(?:as|is|was|be|being|became|become|considered)\s+$", sentence.text[: span.start], re.IGNORECASE)
            if not as_named and not _COPULA.match(after):
                continue
            if "reason" in words and not mentioned(sentence, HUMAN) and not re.search(r"outage|incident|failure|downtime|loss|disruption|down\b|delay", sentence.text, re.IGNORECASE):
                continue
            if re.match(r" ?(?:(?:of|for|behind|in) [^.;:]{1,80}? )?(?:is|was|has) (?:still |now |yet |currently )?(?:not|unknown|unclear|being|under|yet|believed|thought|identified|found|determined|confirmed)\b(?! (?:as|to be))", after, re.IGNORECASE):
                continue
        if "nothing" in words and not re.search(r"\b(?:caus\w+|expla\w+|reason|why|because|due|outage|incident|behind|stopped)\b", sentence.text, re.IGNORECASE):
            continue
        yield match(span)


def person_as_cause(sentence: Sentence, options: Mapping[str, object]) -> Iterator[Match]:
    """ "Caused by the DBA", "the root cause was Dave", "the night shift caused"."""
    wanted = HUMAN - {Kind.YOU, Kind.NOBODY}
    doc = sentence.doc
    for clause in sentence.clauses:
        verb = doc[clause.predicate]
        if clause.lemma == "cause" and clause.kind in wanted and not clause.negated and clause.modality in ("", "would_have") and clause.agent is not None:
            mention = sentence.mention_at(clause.agent)
            who = mention.span if mention else sentence.token_span(doc[clause.agent])
            yield match(who.cover(sentence.token_span(verb)), agent=who)
        subject = doc[clause.agent] if clause.agent is not None else None
        if clause.voice == "copular" and subject is not None and subject.lemma_.lower() in ("cause", "reason", "problem", "explanation"):
            for index in clause.objects:
                if kind_of(doc[index]) in wanted and doc[index].dep_ in ("attr", "conj"):
                    where = sentence.mention_at(index)
                    yield match(where.span if where else sentence.token_span(doc[index]))


def try_harder(sentence: Sentence, options: Mapping[str, object]) -> Iterator[Match]:
    """More care as the remedy, asked of people."""
    if _REJECTED.search(sentence.text) or sentence.block.quoted:
        return
    forward = sentence.block.section in (Section.ACTIONS, Section.LESSONS)
    for span in hits(sentence, _HARDER):
        before = sentence.text[: span.start]
        opens = not before.strip() or before.rstrip().endswith((":", "–", "—", "-", ";", ",")) or before.lower().strip() in ("always", "please")
        if not (opens or _ASKING.search(before) or forward):
            continue
        if re.search(r"\b(?:did|was|were|had|have|has|been)(?:n.t| not)? (?:\w+ )?$", before) and not re.search(r"asked|told|reminded", before):
            continue
        if not acted_by_thing(sentence, span) and "“" + sentence.text[span.start : span.end] not in sentence.text:
            yield match(span)


def remind(sentence: Sentence, options: Mapping[str, object]) -> Iterator[Match]:
    """Reminders, retraining and discipline of people."""
    if _REJECTED.search(sentence.text):
        return
    for span in hits(sentence, _PERSONNEL):
        words = sentence.text[span.start : span.end].lower()
        human = mentioned(sentence, HUMAN | {Kind.VENDOR}) or re.search(r"\b(?:employees?|staff|people|everyone|person|colleagues?)\b", sentence.text, re.IGNORECASE)
        if words.startswith(("access", "privileges", "let go")) and not human:
            continue
        if words.startswith(("retrain", "re-train")) and re.search(r"\b(?:model|classifier|network|weights|detector)s?\b", sentence.text, re.IGNORECASE):
            continue
        if words.startswith(("tell", "told", "instruct", "urge")):
            continue
        personal = "training" in words or words.startswith(("refresher", "disciplin", "reinforce", "stress", "emphas", "re", "communicate", "talk", "speak", "spoke"))
        if (human or personal) and not acted_by_thing(sentence, span):
            yield match(span)
