"""Evidence from the parse: subjects of human verbs, possessors, compounds; and spaCy's entities, where they decide."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from blamelint.agency import ACTION_NOUNS
from blamelint.people.cast import THING, THRESHOLD, Cast
from blamelint.people.names import Candidate, candidates
from blamelint.segment import Segment

_ARTICLES = frozenset("the this that these those a an".split())
_HUMAN_NOUNS = frozenset(
    "phone laptop shift decision mistake fault idea help hunch guess message comment question suggestion request "
    "advice "
    "understanding assumption opinion impression memory attention holiday vacation desk desktop absence failure "
    "error "
    "oversight negligence typo roommate manager team predecessor handover work efforts words reply "
    "call knowledge".split()
)
_HUMAN_STATES = frozenset(
    "awake asleep ill sick unwell aware unaware on-call oncall away busy tired sorry glad happy unsure sure "
    "certain convinced confident confused".split()
)
_DONE_TO_SYSTEMS = frozenset(
    "deploy restart install upgrade configure redeploy update reboot patch provision scale migrate reinstall".split()
)
_USED = frozenset("deploy restart install upgrade run use configure".split())
#: What people are told to do as a habit, or to be doing while the report is written.
_PEOPLE_HABITUALLY = frozenset(
    "think believe know say own lead manage work join leave agree expect suggest ask want propose recall feel see note "
    "add look find try go come take deserve".split()
)


#: What spaCy's entities weigh: for a person's name, and against it.
_PERSON, _NO_PERSON = 0.7, -0.3


def learn(cast: Cast, segment: Segment, doc: Doc, *, habits: bool = False) -> None:
    """Evidence from the parse: subjects of human verbs, possessors, compounds.

    `habits` says that the present tense tells there what always happens, as it does outside time lines and plans.
    """
    for candidate in _telling(cast, segment, doc):
        head = doc[candidate.end - 1]
        key = candidate.key
        for token in doc[candidate.start : candidate.end]:
            if token.head.i >= candidate.end or token.head.i < candidate.start:
                head = token
                break
        left = doc[candidate.start - 1].lower_ if candidate.start else ""
        if left in _ARTICLES and head.dep_ not in ("poss",):
            cast.note(key, -1.2, "stands after an article")
        if (
            head.dep_ == "compound"
            and head.head.lemma_.lower() in cast.lexicon.system_nouns
            and head.head.i <= candidate.end + 3
        ):
            cast.note(key, -2.0, f"part of '{head.head.text}'")
        verb = head.head
        lemma = verb.lemma_.lower()
        if head.dep_ == "nsubj" and verb.pos_ in ("VERB", "AUX"):
            if _told_of_as_it(doc, candidate.end):
                cast.note(key, -2.0, "told of as it")
            if habits and verb.tag_ == "VBZ" and verb.pos_ == "VERB" and lemma not in _PEOPLE_HABITUALLY:
                phrases = (lemma, *(f"{lemma} {particle.lower_}" for particle in _particles(verb)))
                by_hand = not cast.lexicon.operator_verbs.isdisjoint(phrases)
                cast.note(key, -0.5 if by_hand else -1.0, f"always '{verb.text}'")
            if lemma in cast.lexicon.human_verbs:
                cast.note(key, 1.4, f"subject of '{verb.lemma_}'")
            elif lemma in cast.lexicon.operator_verbs:
                cast.note(key, 0.6, "subject of an operator's verb")
            if any(c.dep_ in ("acomp", "prep") and c.lower_ in _HUMAN_STATES for c in verb.children):
                cast.note(key, 1.4, "in a state that only people are in")
        elif head.dep_ == "nsubjpass" and verb.lemma_ in _DONE_TO_SYSTEMS:
            cast.note(key, -2.0, f"was {verb.text}")
        elif head.dep_ == "dobj" and verb.lemma_ in _USED:
            cast.note(key, -1.0, f"object of '{verb.lemma_}'")
        elif head.dep_ == "poss" and head.head.lemma_.lower() in cast.lexicon.systems:
            cast.note(key, -1.2, f"has a '{head.head.text}'")
        elif head.dep_ == "poss" and head.head.lemma_.lower() in _HUMAN_NOUNS:
            cast.note(key, 1.2, f"owner of '{head.head.text}'")
        elif head.dep_ == "poss" and head.head.lemma_.lower() in ACTION_NOUNS:
            cast.note(key, 0.6, "owner of an act")
        elif head.dep_ == "pobj" and verb.lower_ == "by" and verb.dep_ == "agent":
            weight = 1.0 if verb.head.lemma_.lower() in cast.lexicon.human_verbs else 0.4
            cast.note(key, weight, f"agent of '{verb.head.text}'")


def is_open(cast: Cast, segment: Segment, doc: Doc) -> bool:
    """Whether the sentence has a name that spaCy's entities could yet make a person's or a thing's."""
    return any(
        cast.score(candidate.key) + _NO_PERSON <= bound < cast.score(candidate.key) + _PERSON
        for candidate in _telling(cast, segment, doc)
        for bound in (THRESHOLD, THING)
    )


def learn_entities(cast: Cast, segment: Segment, doc: Doc) -> None:
    """Evidence from the entities that spaCy found in a sentence."""
    for candidate in _telling(cast, segment, doc):
        labels = {token.ent_type_ for token in doc[candidate.start : candidate.end]}
        if "PERSON" in labels:
            cast.note(candidate.key, _PERSON, "spaCy: person")
        elif labels & {"ORG", "PRODUCT", "GPE", "LOC"}:
            cast.note(candidate.key, _NO_PERSON, "spaCy: no person")


def _telling(cast: Cast, segment: Segment, doc: Doc) -> Iterator[Candidate]:
    """The candidates of whom the parser's reading is evidence; it is none in "Mark unschedulable, then drain"."""
    for candidate in candidates(segment.toks, cast.known, cast.lexicon):
        if candidate.start == 0 and candidate.form == "single" and candidate.name.lower() in cast.dictionary.english:
            follower = doc[candidate.end].text if candidate.end < len(doc) else ""
            if not (cast.dictionary.verb_form(follower) or follower in (",", "'s", "’s")):
                continue
        yield candidate


def _particles(verb: Token) -> list[Token]:
    """What may make a phrase with the verb: "fails over"."""
    return [c for c in verb.children if c.dep_ in ("prt", "prep", "advmod")]


def _told_of_as_it(doc: Doc, end: int) -> bool:
    """ "Barbara writes to its own log", "Božena, for its part, …": no other noun stands before "its"."""
    for token in doc[end:]:
        if token.lower_ in ("its", "itself"):
            return True
        if token.pos_ in ("NOUN", "PROPN") or token.dep_ in ("nsubj", "nsubjpass"):
            return False
    return False
