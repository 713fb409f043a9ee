"""From a parse to clauses: who acts in each predication, through voice, control, coordination and nouns.

The parser names only the grammatical subject. Blame hangs on the agent, so each predicate is followed to whoever does
it: the "by" of a passive, the antecedent of a relative pronoun, the subject of the governing verb ("managed to break"),
the subject shared by coordinated verbs, the owner of an action noun ("Dave's failure to …").
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from blamelint.clause import Clause
from blamelint.mention import Kind

_SUBJECTS = ("nsubj", "csubj", "nsubjpass", "csubjpass")
_RELATIVE = frozenset("who that which whom".split())
#: Verbs whose object, not whose subject, does what the infinitive says ("asked the DBA to drop it").
_OBJECT_CONTROL = frozenset(
    "ask tell order instruct remind urge advise allow permit let make cause lead enable expect require request want "
    "force help get have teach train encourage leave find see notice watch keep prevent stop".split()
)
#: Nouns that stand for the group that follows "of": "one of our engineers".
_PARTITIVE = frozenset(
    "one two three some many most several few none neither both either each any member members couple pair number "
    "handful majority half rest part lot bunch".split()
)
#: Nouns of acts and omissions: with a human owner they are what that human did.
ACTION_NOUNS = frozenset(
    "failure mistake error oversight omission negligence neglect carelessness inattention lapse slip blunder refusal "
    "reluctance inability decision deletion removal change assumption misunderstanding misconfiguration typo fault "
    "haste recklessness incompetence ignorance complacency laziness sloppiness inexperience indifference arrogance "
    "stubbornness misjudgement misjudgment misreading mishandling mismanagement choice action inaction act edit fix "
    "push merge commit deployment deploy rollback release restart attempt effort intervention insistence silence "
    "delay "
    "hesitation doing work handling judgement judgment report message suggestion discovery investigation diagnosis "
    "rebase reading update request reply response warning question idea plan approval review patch migration "
    "experiment shortcut "
    "workaround help quick-thinking thinking persistence heroics stamina nerve instinct vigilance dedication "
    "patience".split()
)
_MODALS = {
    "should": "should", "ought": "should", "could": "could", "might": "might", "would": "would", "may": "may",
    "must": "must", "can": "can", "will": "will", "'ll": "will", "’ll": "will", "'d": "would", "’d": "would",
    "shall": "will",
}  # fmt: skip


def clauses(doc: Doc) -> tuple[Clause, ...]:
    """Every clause of a parsed sentence whose tokens carry their Kind as `ent_type_`."""
    return tuple(_clauses(doc))


def kind_of(token: Token | None) -> Kind | None:
    """What an agent token stands for; looks through "one of …" and coordinated subjects."""
    if token is None:
        return None
    if token.ent_type_ in Kind.__members__:
        return Kind(token.ent_type_)
    if token.lemma_.lower() in _PARTITIVE or token.pos_ in ("NUM", "DET"):
        for prep in token.children:
            if prep.lower_ == "of":
                for child in prep.children:
                    inner = kind_of(child) if child.dep_ == "pobj" else None
                    if inner is not None:
                        return Kind.NOBODY if token.lower_ in ("none", "neither") else inner
    for child in token.children:
        if child.dep_ in ("conj", "appos") and child.ent_type_ in Kind.__members__:
            kind = Kind(child.ent_type_)
            if kind is not Kind.SYSTEM:
                return kind
    return None


def _clauses(doc: Doc) -> Iterator[Clause]:
    for token in doc:
        if token.pos_ in ("VERB", "AUX") and token.dep_ not in ("aux", "auxpass") and not _adjectival(token):
            yield _verbal(token)
        elif token.pos_ in ("NOUN", "PROPN"):
            yield from _nominal(token)


def _adjectival(token: Token) -> bool:
    return token.dep_ in ("amod", "compound", "case")


def _verbal(verb: Token) -> Clause:
    agent, voice = agent_of(verb)
    if verb.lemma_ == "be" and any(child.dep_ in ("attr", "acomp", "prep") for child in verb.children):
        voice = "copular"
    children = list(verb.children)
    objects = [c.i for c in children if c.dep_ in ("dobj", "attr", "acomp", "oprd", "dative")]
    if voice == "passive":
        objects += [c.i for c in children if c.dep_ == "nsubjpass"]
    for child in [c for c in children if c.dep_ in ("dobj", "attr", "acomp", "nsubjpass")]:
        objects += [c.i for c in child.conjuncts]
    adverbs = [c.i for c in children if c.dep_ in ("advmod", "npadvmod") or (c.dep_ == "dep" and c.pos_ == "ADV")]
    complements = [
        c.i for c in children if c.dep_ in ("xcomp", "ccomp", "acomp", "attr", "prt", "prep", "advcl", "pcomp")
    ]
    return Clause(
        verb.i, lemma_of(verb), agent.i if agent is not None else None, kind_of(agent), voice, negated(verb),
        modality(verb), tuple(objects), tuple(adverbs), tuple(complements),
    )  # fmt: skip


def lemma_of(token: Token) -> str:
    """The lemma in lower case; hyphenated verbs get that of their last part ("fat-fingered" -> "fat-finger")."""
    word = token.lemma_.lower()
    if "-" in word and token.pos_ == "VERB":
        head, _, tail = token.lower_.rpartition("-")
        for suffix in ("ed", "ing", "s"):
            if tail.endswith(suffix) and len(tail) > len(suffix) + 2:
                return f"{head}-{tail.removesuffix(suffix)}"
    return word


def negated(verb: Token) -> bool:
    """Whether the predicate itself is negated: not, never, hardly, nor."""
    return any(
        c.dep_ == "neg" or c.lower_ in ("never", "n't", "n’t", "hardly", "scarcely", "nor", "barely")
        for c in verb.children
    )


def modality(verb: Token) -> str:
    """The modality as Clause names it; a bare infinitive that opens a sentence is an imperative."""
    auxiliaries = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
    perfect = any(c.lemma_ == "have" or c.lower_ in ("have", "'ve", "’ve", "of") for c in auxiliaries)
    for aux in auxiliaries:
        modal = _MODALS.get(aux.lower_, "")
        if modal == "would" and aux.lower_ in ("'d", "’d") and verb.tag_ == "VBN":
            modal = ""
        if modal:
            return f"{modal}_have" if perfect and modal in ("should", "could", "might", "would", "must") else modal
    subject = next((c for c in verb.children if c.dep_ in _SUBJECTS), None)
    had = next((c for c in auxiliaries if c.lower_ == "had"), None)
    if had is not None and subject is not None and had.i < subject.i:
        return "had_inverted"
    if any(c.dep_ == "mark" and c.lower_ == "if" for c in verb.children):
        return "if"
    if verb.tag_ == "VB" and verb.dep_ == "ROOT" and subject is None and not any(c.lower_ == "to" for c in auxiliaries):
        return "imperative"
    return ""


def agent_of(verb: Token, depth: int = 0) -> tuple[Token | None, str]:
    """(the token that stands for who acts, the voice); (None, voice) where nobody is said."""
    if depth > 8:
        return None, "active"
    deps = {c.dep_ for c in verb.children}
    passive = deps & {"nsubjpass", "csubjpass", "auxpass"} or ("agent" in deps and "nsubj" not in deps)
    if passive or (verb.tag_ == "VBN" and verb.dep_ == "acl"):
        return _by(verb), "passive"
    subjects = [c for c in verb.children if c.dep_ in _SUBJECTS]
    if subjects:  # "the disk filled and nobody noticed": of two the nearer
        subject = subjects[-1]
        if subject.lower_ in _RELATIVE and subject.pos_ == "PRON":
            owner = _relative_head(verb)
            return (owner if owner is not None else subject), "active"
        return subject, "active"
    if verb.dep_ == "ROOT":  # "The DBA forgot.": of so short a sentence the parser makes a compound
        left = next((c for c in verb.lefts if c.dep_ == "compound" and c.i == verb.i - 1), None)
        if left is not None and verb.tag_ in ("VBD", "VBZ"):
            return left, "active"
    return _inherited(verb, depth)


def _relative_head(verb: Token) -> Token | None:
    node = verb
    while node.dep_ == "conj":
        node = node.head
    if node.dep_ not in ("relcl", "acl"):
        return None
    owner = node.head
    if owner.lower_ in ("one", "ones") and owner.dep_ == "attr":  # "he is the one who wiped it out"
        return next((c for c in owner.head.children if c.dep_ == "nsubj"), owner)
    return owner


def _inherited(verb: Token, depth: int) -> tuple[Token | None, str]:
    """The agent of a verb without a subject of its own."""
    head = verb.head
    if verb.dep_ == "conj" and head.pos_ in ("VERB", "AUX"):
        agent, voice = agent_of(head, depth + 1)
        if voice == "passive" and verb.tag_ not in ("VBN", "VBD"):
            return _surface_subject(head), "active"
        return (_by(verb) or agent, voice) if voice == "passive" else (agent, voice)
    if verb.dep_ in ("xcomp", "ccomp") and head.pos_ in ("VERB", "AUX", "ADJ", "NOUN"):
        return _controller(verb, head, depth)
    if verb.dep_ in ("advcl", "dep", "pcomp", "acl"):
        if verb.dep_ == "acl" and head.pos_ in ("NOUN", "PROPN", "PRON"):
            if verb.tag_ == "VBG":
                return head, "active"
            return _owner(head), "active"  # "failure to check": whose failure
        anchor = head.head if verb.dep_ == "pcomp" else head
        if anchor.pos_ in ("VERB", "AUX"):
            if verb.dep_ == "pcomp" or verb.tag_ == "VBG":
                agent, voice = agent_of(anchor, depth + 1)
                return (
                    agent if voice == "passive" and agent is not None else _surface_subject(anchor) or agent
                ), "active"
            return _surface_subject(anchor), "participle" if verb.tag_ in ("VBN", "VBD") else "active"
    by = _by(verb)
    return (by, "passive") if by is not None else (None, "active")


def _controller(verb: Token, head: Token, depth: int) -> tuple[Token | None, str]:
    voice = "active"
    if head.pos_ in ("ADJ", "NOUN"):
        head = head.head if head.head.pos_ in ("VERB", "AUX") else head
    objects = [c for c in head.children if c.dep_ in ("dobj", "dative", "nsubjpass")]
    if objects and lemma_of(head) in _OBJECT_CONTROL:
        return objects[0], voice
    if head.pos_ not in ("VERB", "AUX"):
        return _owner(head), voice
    agent, head_voice = agent_of(head, depth + 1)
    return (_surface_subject(head) if head_voice == "passive" else agent), voice


def _surface_subject(verb: Token) -> Token | None:
    node = verb
    for _ in range(8):
        found = next((c for c in node.children if c.dep_ in _SUBJECTS), None)
        if found is not None:
            if found.lower_ in _RELATIVE and found.pos_ == "PRON":
                return _relative_head(node) or found
            return found
        if node.dep_ not in ("conj", "xcomp", "advcl", "ccomp") or node.head is node:
            return None
        node = node.head
    return None


def _by(verb: Token) -> Token | None:
    """The one after "by": a person in "by the DBA"; not the gerund of "by restarting"."""
    for child in verb.children:
        if child.lower_ == "by" and child.dep_ in ("agent", "prep"):
            found = next((c for c in child.children if c.dep_ == "pobj"), None)
            if found is not None:
                return found
    return None


def _owner(noun: Token) -> Token | None:
    """Whose act a noun is: possessive, then "by X", then "of X", then "on X's part"."""
    for child in noun.children:
        if child.dep_ == "poss":
            return child
    for preposition in ("by", "of", "from", "on", "in"):
        for child in noun.children:
            if child.lower_ == preposition and child.dep_ in ("prep", "agent"):
                found = next((c for c in child.children if c.dep_ == "pobj"), None)
                if found is not None and preposition == "on":
                    found = _on_part_of(found)
                if found is not None:
                    return found
    return None


def _on_part_of(noun: Token) -> Token | None:
    """Whose part: "on Dave's part", "on the part of the control centre"."""
    if noun.lower_ not in ("part", "side"):
        return None
    for child in noun.children:
        if child.dep_ == "poss":
            return child
        if child.lower_ == "of":
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    return None


def _nominal(noun: Token) -> Iterator[Clause]:
    action = noun.lemma_.lower() in ACTION_NOUNS
    owner = _owner(noun) if action else next((c for c in noun.children if c.dep_ == "poss"), None)
    kind = kind_of(owner)
    if owner is None or kind is None:
        return
    complements = tuple(c.i for c in noun.children if c.dep_ in ("acl", "prep"))
    yield Clause(noun.i, noun.lemma_.lower(), owner.i, kind, "nominal", complements=complements)
