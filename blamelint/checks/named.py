"""Is an individual tied to an act, an omission, a decision or a state of mind? The family BL1xx."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from spacy.tokens import Token

from blamelint.agency import ACTION_NOUNS
from blamelint.block import BlockKind, Section
from blamelint.clause import Clause
from blamelint.document import Match, Sentence
from blamelint.markup.metadata import in_byline
from blamelint.mention import Kind, Mention

#: What is told of the future or asked for is a plan or an owner, not an act in the incident.
_PLANNED = frozenset({"will", "must", "should", "may", "imperative"})
_PLANNING = frozenset("go plan need intend want".split())
_THANKS = frozenset(
    "thanks thank kudos shout-out shoutout props credit grateful hats cheers salute applaud praise".split()
)
_FIELDS = frozenset(
    "owner owners action assignee assignees scribe author authors reviewer reviewers commander ic lead custodian "
    "contact by responder "
    "responders approver approvers participants attendees present cc manager oncall on-call facilitator sponsor "
    "dri poc".split()
)
_PUBLISHED = frozenset("post write publish prepare author compile edit draft update approve sign review waive".split())
_DEADLINE = frozenset("due done open tbd monday tuesday wednesday thursday friday january february march april may "
                      "june july august september october november december".split())  # fmt: skip
_CREDITED = frozenset("without to of".split())
_TALK = frozenset("explain describe recall present summarise summarize".split())
_SOURCES = frozenset("by from via per".split())
_POSSESSED = ACTION_NOUNS | frozenset(
    "phone laptop shift watch idea guess hunch comment concern concerns advice view account script command query "
    "change "
    "note message email word roommate memory understanding attention belief impression instruction hand hands "
    "call turn "
    "part side behalf ticket pr branch typo absence vacation holiday knowledge expertise experience "
    "nose eye eyes".split()
)


def person_acts(sentence: Sentence, options: Mapping[str, object]) -> Iterator[Match]:
    """Names, handles and pronouns of individuals in the narrative, by `how` they are tied to what happened.

    `how` is one of: agent (does or undergoes something), owner (a possessive or "by X" of an act), thanked.
    `pronoun` says whether pronouns are wanted, or names.
    """
    if sentence.block.metadata:
        return
    if sentence.block.kind is BlockKind.HEADING and len(sentence.doc) <= 3:
        return  # "Sarah's notes" as a heading names a section
    wanted_pronoun = options.get("pronoun") == "true" or options.get("pronoun") is True
    told: set[str] = set()
    for mention in sentence.mentions:
        if mention.kind is not Kind.PERSON or mention.pronoun is not wanted_pronoun:
            continue
        how, note = _tie(sentence, mention)
        if how and how in str(options.get("how", "agent")).split("|") and mention.text.lower() not in told:
            told.add(mention.text.lower())
            yield Match(mention.span, {"person": mention.span}, {"person": note})


def _tie(sentence: Sentence, mention: Mention) -> tuple[str, str]:
    """(how the person is tied to an act, in words); ("", "") where the person is not."""
    doc = sentence.doc
    tokens = range(*mention.tokens)
    head = _head(doc[mention.tokens[0] : mention.tokens[1]])
    if _vocative(sentence, mention) or _in_field(sentence, mention):
        return "", ""
    if _thanked(sentence, mention, head):
        return "thanked", "thanked for an act"
    planned = False
    for clause in sentence.clauses:
        if clause.agent in tokens or _coordinated(doc[clause.agent] if clause.agent is not None else None, head):
            if _is_planned(sentence, clause):
                planned = True
                continue
            if clause.predicate <= 1 and clause.voice == "passive" and clause.lemma in _PUBLISHED:
                continue  # "Posted on 2 May by …": who wrote the report
            if (
                clause.lemma in ("own", "edit", "compile", "maintain")
                or _on_the_report(sentence, clause)
                or _is_contact(sentence, clause)
            ):
                continue
            if clause.lemma in _TALK or (clause.voice == "nominal" and _only_pointed_to(sentence)):
                continue
            if clause.voice == "nominal":
                if clause.lemma not in _POSSESSED:
                    continue
                return "owner", f"whose {doc[clause.predicate].text}"
            return "agent", f"agent of “{doc[clause.predicate].text}”"
    if planned:
        return "", ""
    subject = head
    while subject.dep_ == "conj":
        subject = subject.head
    if subject.dep_ == "nsubjpass" and not _is_assignment(subject.head):
        return "agent", f"“{subject.head.text}” is told of them"
    if (
        head.dep_ == "poss"
        and not _only_pointed_to(sentence)
        and (head.head.lemma_.lower() in _POSSESSED or head.head.tag_ == "VBG")
    ):
        return "owner", f"whose {head.head.text}"
    if head.dep_ == "attr" and _names_a_contact(head):
        return "", ""
    if head.dep_ == "attr" or (head.dep_ == "appos" and head.head.dep_ == "attr"):
        return "agent", "said to be it"
    preposition = head.head if head.dep_ == "pobj" else None
    owned = preposition is not None and preposition.head.lemma_ in ("own", "edit", "compile", "maintain", "chair")
    if preposition is not None and preposition.head.i == 0 and preposition.head.lemma_ in _PUBLISHED:
        owned = True  # "Approved by Ana": a signature
    if preposition is not None and not owned and preposition.lower_ in _SOURCES and _of_an_act(preposition):
        return "owner", f"{preposition.text} whom"
    if preposition is not None and preposition.lower_ in _CREDITED and _credited(sentence, preposition):
        return "owner", f"{preposition.text} whom"
    if (
        head.dep_ == "ROOT"
        and mention.tokens[0] == 0
        and any(t.tag_ in ("VBD", "VBN") for t in doc[mention.tokens[1] + 1 :])
    ):
        return "agent", "told of in the sentence"
    if _opens_entry(sentence, mention):
        return "agent", "opens the entry"
    return "", ""


def _in_field(sentence: Sentence, mention: Mention) -> bool:
    """ "(owner: Ines)", "Scribe: Leilani": the value of a field, wherever it stands."""
    told = sentence.stamped or sentence.block.section is Section.TIMELINE
    if not told and in_byline(sentence.text, mention.span.start):
        return True
    before = [token.lower_ for token in sentence.doc[: mention.tokens[0]]]
    if ":" in before:
        label = before[: len(before) - before[::-1].index(":") - 1]
        near = label[-3:] if "from" in label else label[-1:]
        if any(word in _FIELDS for word in near):
            return True
    after = [token.lower_ for token in sentence.doc[mention.tokens[1] : mention.tokens[1] + 3]]
    if after[:1] == ["("] and after[1:2] in (["owner"], ["assignee"]):
        return True
    lead = before[-1:] in ([], ["dr"], ["dr."], ["ms"], ["ms."], ["mr"], ["mr."], ["prof"], ["prof."])
    follows = [token.tag_ for token in sentence.doc[mention.tokens[1] : mention.tokens[1] + 2]]
    if lead and after[:1] == [":"] and not sentence.stamped and follows[1:] in (["VB"], ["VBP"]):
        return True  # "Dr Chaudhry: get the readings added"
    if before[-1:] == ["|"] and after[:1] == ["|"]:
        return True  # a cell of a table that is none
    if before[-1:] in ([], ["("], [":"], ["·"], [";"], [","]):
        said = [token.lower_ for token in sentence.doc[mention.tokens[1] : mention.tokens[1] + 5]]
        if said[:1] == [","] and _is_deadline(said[1:]):
            return True  # "(Ana Kim, 8 December)", "Ana Kim, was due 14 Nov."
        if said[:1] in ([","], [":"]) and _is_state(said[1:]):
            return True  # "Ana Kim: approved, 24 June"
    if (
        mention.tokens[0] > 1
        and before[-1:] in (["ms."], ["mr."], ["mrs."], ["dr."])
        and before[-2:-1] == [","]
        and after[:1] == [","]
    ):
        return True  # "your order, Ms. Haddad, …"
    return before[-1:] == ["owner"] or before[-2:] == ["assigned", "to"]


def _is_deadline(words: list[str]) -> bool:
    """Whether a day, a state or "due" stands there."""
    if words[:2] == ["was", "due"]:
        return True
    day = words[1:2] if words[:1] == ["by"] else words[:1]
    return bool(day) and (day[0][:1].isdigit() or day[0] in _DEADLINE)


def _is_state(words: list[str]) -> bool:
    """Whether a reviewer's state stands there, alone or with its day; "approved the change" is an act."""
    words = words[1:] if words[:1] == ["not"] else words
    if words[:1] not in (["approved"], ["signed"], ["unsigned"], ["pending"], ["declined"]):
        return False
    rest = [word for word in words[1:] if word.isalnum()]
    return not rest or rest[0][0].isdigit()


def _head(tokens: Iterable[Token]) -> Token:
    span = list(tokens)
    inside = {token.i for token in span}
    return next((token for token in span if token.head.i not in inside or token.head is token), span[-1])


def _coordinated(agent: Token | None, head: Token) -> bool:
    """Whether `head` is joined to the agent by "and" ("dustin, jhford and pmoore begin")."""
    node = head
    while agent is not None and node.dep_ in ("conj", "appos"):
        if node.dep_ == "appos" and node.head.ent_type_ == Kind.GROUP.value:
            return False  # "the build team (@vuzy)": said to belong to it, not to act
        node = node.head
        if node.i == agent.i:
            return True
    return False


def _is_planned(sentence: Sentence, clause: Clause) -> bool:
    verb = sentence.doc[clause.predicate]
    if clause.modality in _PLANNED or (clause.lemma == "need" and verb.tag_ in ("VBZ", "VBP")):
        return True
    if any(
        token.lower_ in ("will", "'ll", "’ll") and token.dep_ == "aux"
        for above in verb.ancestors
        for token in above.children
    ):
        return True
    if verb.dep_ == "acl" and verb.head.lemma_ in (
        "ability",
        "capacity",
        "chance",
        "access",
        "permission",
        "right",
        "reason",
    ):
        return True
    if verb.dep_ == "xcomp" and verb.head.lemma_ == "be" and any(c.lower_ == "to" for c in verb.children):
        return not any(c.dep_ in ("acomp", "attr") for c in verb.head.children)
    if (
        verb.head.lemma_ in _PLANNING
        and verb.dep_ == "xcomp"
        and not any(c.lower_ in ("was", "were") for c in verb.head.children)
    ):
        return True
    if (
        verb.lemma_ == "be"
        and any(c.dep_ == "xcomp" and any(g.lower_ == "to" for g in c.children) for c in verb.children)
        and not any(c.dep_ in ("acomp", "attr") for c in verb.children)
    ):
        return True  # "Jelena is to add a check"
    if verb.lemma_ in ("go",) and any(c.dep_ == "xcomp" for c in verb.children):
        return True
    if sentence.block.section is Section.ACTIONS:  # "Dave adds a canary": an owner and what is to be done
        return verb.tag_ not in ("VBD", "VBN")
    to_do = any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)
    if to_do and clause.voice == "passive":  # "to be made unique by Dmytro before June"
        return True
    return to_do and (verb.dep_ == "ROOT" or any(c.dep_ == "nsubj" for c in verb.children))  # "Dave to add a canary"


def _is_assignment(verb: Token) -> bool:
    return verb.lemma_ in ("assign", "list", "invite", "schedule", "appoint", "own", "name")


def _thanked(sentence: Sentence, mention: Mention, head: Token) -> bool:
    before = {
        token.lower_.rstrip("s") if token.lower_ == "thanks" else token.lower_
        for token in sentence.doc[: mention.tokens[0]]
    }
    if before & (_THANKS | {"thank"}):
        return True
    after = sentence.doc[mention.tokens[1] : mention.tokens[1] + 2]
    opens = mention.tokens[0] == 0
    return opens and len(after) == 2 and after[0].lower_ == "for" and after[1].tag_ in ("VBG", "DT", "PRP$", "NN", "JJ")


def _vocative(sentence: Sentence, mention: Mention) -> bool:
    """ "@tom can you look", "Dave, thanks": spoken to, not of."""
    doc = sentence.doc
    after = doc[mention.tokens[1]] if mention.tokens[1] < len(doc) else None
    if after is None:
        return False
    ahead = [token.lower_ for token in doc[mention.tokens[1] : mention.tokens[1] + 3]]
    if ahead[1:2] in (["you"], ["i"], ["we"]) and ahead[0] in (
        "are",
        "do",
        "did",
        "can",
        "could",
        "have",
        "would",
        "will",
    ):
        return True
    if ahead[:2] in (["sounds", "good"], ["sgtm"], ["lgtm"], ["thank", "you"]):
        return True
    before = doc[: mention.tokens[0]]
    if any(not token.text.startswith("@") and token.ent_type_ != Kind.PERSON.value for token in before):
        return False
    if after.ent_type_ == Kind.PERSON.value:  # "@tom @ana can I get …"
        return any(token.lower_ in ("i", "you", "we") and token.i - after.i <= 3 for token in doc[after.i :])
    follower = doc[mention.tokens[1] + 1] if after.text in (",", ":") and mention.tokens[1] + 1 < len(doc) else after
    spoken = follower.lower_ in (
        "i",
        "we",
        "you",
        "thanks",
        "thank",
        "please",
        "can",
        "could",
        "would",
        "sorry",
        "hi",
        "hey",
    )
    if follower.lower_ in ("can", "could", "would"):
        spoken = mention.tokens[1] + 1 < len(doc) and doc[follower.i + 1].lower_ in ("you", "we", "i")
    return spoken or (after.text == "," and follower.tag_ == "VB" and sentence.speaker != "")


def _of_an_act(preposition: Token) -> bool:
    """Whether "by X", "from X", "via X" hangs on something done."""
    head = preposition.head
    if preposition.lower_ == "per":
        return True
    if preposition.lower_ == "from":
        if head.pos_ == "VERB":
            return head.lemma_ in ("arrive", "come", "hear", "learn", "get", "receive")
        return head.lemma_.lower() in ACTION_NOUNS
    return head.pos_ in ("VERB", "NOUN", "PROPN", "AUX", "ADJ")


def _is_contact(sentence: Sentence, clause: Clause) -> bool:
    """ "Yevhenia is the depot's contact": an office held, told in the present."""
    verb = sentence.doc[clause.predicate]
    office = (sentence.doc[i] for i in clause.objects)
    return clause.lemma == "be" and verb.tag_ == "VBZ" and any(
        t.ent_type_ == Kind.ROLE.value or t.lemma_.lower() in ("contact", "owner", "lead", "custodian") for t in office
    )  # fmt: skip


def _names_a_contact(person: Token) -> bool:
    """ "The contact for the template is Dr Nkosi"."""
    subject = next((c for c in person.head.children if c.dep_ == "nsubj"), None)
    return subject is not None and subject.lemma_.lower() in _FIELDS and person.head.tag_ in ("VBZ", "VBP")


def _on_the_report(sentence: Sentence, clause: Clause) -> bool:
    """ "… reviewed this document": what is done to the report, not in the incident."""
    return any(
        sentence.doc[i].lemma_.lower()
        in ("document", "postmortem", "post-mortem", "write-up", "draft", "retrospective")
        for i in clause.objects
    )


def _only_pointed_to(sentence: Sentence) -> bool:
    """ "See Soo-jin's message": a pointer for the reader, not an act in the incident."""
    return any(token.lower_ in ("see", "cf", "cf.") and token.tag_ in ("VB", "VBP", "FW") for token in sentence.doc)


def _credited(sentence: Sentence, preposition: Token) -> bool:
    """ "Without Siobhán we would …", "that is down to Rahel", "thanks to Ana"."""
    before = " ".join(token.lower_ for token in sentence.doc[max(0, preposition.i - 2) : preposition.i + 1])
    if preposition.lower_ == "without":
        return any(token.lower_ in ("would", "could", "'d", "might") for token in sentence.doc)
    return before.endswith(("down to", "thanks to", "because of", "due to"))


def _opens_entry(sentence: Sentence, mention: Mention) -> bool:
    """A time-line entry that begins with a person tells what that person does, however terse it is."""
    if mention.tokens[0] != 0 or not (sentence.stamped or sentence.block.section is Section.TIMELINE):
        return False
    after = sentence.doc[mention.tokens[1]] if mention.tokens[1] < len(sentence.doc) else None
    if after is None or after.lower_ in (",", ")", "'s", "’s", "'", "’"):
        return False
    rest = sentence.doc[mention.tokens[1] :]
    return after.pos_ in ("ADV", "ADJ", "ADP") or any(token.pos_ in ("VERB", "AUX") for token in rest)
