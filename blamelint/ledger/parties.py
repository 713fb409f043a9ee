"""Who is meant by the agent of a clause, with a key by which the same one is counted together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from spacy.tokens import Token

from blamelint.clause import Clause
from blamelint.document import Sentence
from blamelint.ledger.effects import Effects
from blamelint.ledger.entry import NOBODY, OTHERS, Entry, Party, Stand
from blamelint.mention import Kind, Mention

_STANDS = {
    Kind.PERSON: Stand.PERSON, Kind.ROLE: Stand.ROLE, Kind.GROUP: Stand.GROUP, Kind.WE: Stand.TEAM,
    Kind.AUTHOR: Stand.TEAM, Kind.SOMEONE: Stand.SOMEONE, Kind.NOBODY: Stand.SOMEONE, Kind.YOU: Stand.SOMEONE,
    Kind.VENDOR: Stand.VENDOR, Kind.ATTACKER: Stand.SYSTEM, Kind.SYSTEM: Stand.SYSTEM,
}  # fmt: skip
#: What stands before a name without being part of it.
_LEADING = frozenset(
    "the a an our their its his her this that these those some same other second first third one two three four five "
    "six all both each every when later then only another new mr mrs ms dr meanwhile".split()
)
#: What a body is called beside its own name: the edge team is edge.
_GENERIC = frozenset(
    "team teams desk shift crew office staff group squad department engineer engineers operator operators developer "
    "developers agent agents people side unit committee member members on-call oncall duty lead".split()
)
_BODIES = (Stand.GROUP, Stand.VENDOR)
_MEMBER = frozenset(("of", "from", "at", "in", "on"))


@dataclass
class Parties:
    """Resolves agents in the order of the document; remembers bodies for "the team", and the last for "it"."""

    effects: Effects
    _by_head: dict[str, Party] = field(default_factory=dict)
    _last: Party | None = None  # the body that the sentence before was about
    _here: Party | None = None  # the body that acted last in this sentence
    _name: Party | None = None  # the last name that acted and is not known to be a person's
    people_after_all: dict[str, Party] = field(default_factory=dict)
    _named: dict[str, Party] = field(default_factory=dict)
    _people: dict[str, Party] = field(default_factory=dict)

    def of(self, sentence: Sentence, clause: Clause) -> tuple[Party, tuple[int, ...]]:
        """(the party, the tokens that name it)."""
        if clause.agent is None:
            return NOBODY, ()
        token = sentence.doc[clause.agent]
        mention = sentence.mention_at(clause.agent)
        if mention is not None:
            party = self._mentioned(sentence, token, mention)
            self._here = party if party.kind in _BODIES else None
            return party, tuple(range(*mention.tokens))
        written = tuple(_phrase(token))
        if token.lower_ == "it" and token.dep_ == "nsubj":
            here = self._here or (self._last if _opens(token) else None)
            if here is not None:
                return here, written
        party = self._unmentioned(sentence, token)
        if party.kind in _BODIES:
            self._here = party
        elif token.pos_ == "PROPN" and token.dep_ == "nsubj" and party.kind is Stand.SYSTEM:
            self._name = party
        return party, written

    def beside(self, sentence: Sentence, clause: Clause) -> Iterator[tuple[Party, tuple[int, ...]]]:
        """Whoever else is said to act in the clause: "Priya and Dave restored it"."""
        if clause.agent is None:
            return
        for other in sentence.doc[clause.agent].conjuncts:
            mention = sentence.mention_at(other.i)
            if mention is not None and _STANDS[mention.kind] in OTHERS:
                yield self._mentioned(sentence, other, mention), tuple(range(*mention.tokens))

    def _mentioned(self, sentence: Sentence, token: Token, mention: Mention) -> Party:
        kind = _STANDS[mention.kind]
        if kind is Stand.TEAM:
            return Party("we", Stand.TEAM, "we")
        if kind is Stand.PERSON:
            name = mention.name or mention.text
            return self._seen(Party(name.casefold(), kind, name, self._side(token)))
        if kind is Stand.SOMEONE:
            return Party(mention.text.casefold(), kind, mention.text)
        if mention.pronoun:
            if not mention.name:
                return self._unveiled() or Party("he or she", Stand.SOMEONE, mention.text)
            words = mention.name.split()
        else:
            words = [_word(sentence, i) for i in _phrase(token, mention)]
        if kind is Stand.SYSTEM:
            if words[-1].casefold() in self.effects.party_nouns:  # "Platform paused the intake"
                return self._body(words, Stand.GROUP)
            return _thing(words)
        if token.lower_ in self.effects.crowds:
            return Party(" ".join(words).casefold(), Stand.SOMEONE, " ".join(words))
        return self._body(words, kind, self._side(token) if kind is Stand.ROLE else "")

    def _unmentioned(self, sentence: Sentence, token: Token) -> Party:
        follower = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
        if follower is not None and follower.lower_ in self.effects.party_nouns and token.pos_ in ("NOUN", "PROPN"):
            token = follower  # "The permits team": the parser may have taken the team for a verb
        phrase = _phrase(token)
        words = [_word(sentence, i) for i in phrase]
        lemma = token.lemma_.lower()
        named = self._named.get(words[-1].casefold())
        if named is not None:
            return named
        for child in token.children if token.pos_ == "PROPN" else ():
            if child.dep_ == "appos" and child.lemma_.lower() in self.effects.outside_nouns:
                party = self._named[words[-1].casefold()] = self._body(words, Stand.VENDOR)
                return party
        if token.pos_ in ("NOUN", "PROPN") and not any(t.lower_ in ("no", "none") for t in token.lefts):
            if token.lower_ in self.effects.crowds:
                return Party(" ".join(words).casefold(), Stand.SOMEONE, " ".join(words))
            if lemma in self.effects.outside_nouns:
                return self._body(words, Stand.VENDOR)
            if lemma in self.effects.party_nouns or token.lower_ in self.effects.party_nouns:
                return self._body(words, Stand.GROUP)
        known = self._people.get(words[-1].casefold()) if words else None
        if known is not None:
            return known
        return _thing(words)

    def _body(self, words: Sequence[str], kind: Stand, side: str = "") -> Party:
        bare = [word for word in words if word.casefold() not in _LEADING] or list(words)
        head = bare[-1].casefold()
        if len(bare) == 1 and head in self._by_head and head in _GENERIC:
            return self._seen(self._by_head[head])
        own = [word for word in bare if word.casefold().strip("()") not in _GENERIC]
        key = " ".join(own or bare).casefold()
        party = Party(key, kind, " ".join(bare), side)
        self._by_head[head] = party
        return self._seen(party)

    def _seen(self, party: Party) -> Party:
        if party.kind is Stand.PERSON:
            for part in party.name.split():
                self._people.setdefault(part.casefold(), party)
        return party

    def _unveiled(self) -> Party | None:
        """Whom a "he" shows to be a person: the name that acted last, though nothing else told whose it is."""
        if self._name is None:
            return None
        party = Party(self._name.name.casefold(), Stand.PERSON, self._name.name)
        self.people_after_all[self._name.key] = party
        return self._seen(party)

    def _side(self, token: Token) -> str:
        """The body that somebody is said to belong to: "Hauwa of SRE", "Saule (day shift)"."""
        for child in token.children:
            found = child if child.dep_ == "appos" else None
            if child.dep_ == "prep" and child.lower_ in _MEMBER:
                found = next((c for c in child.children if c.dep_ == "pobj"), None)
            if found is None:
                continue
            kind = found.ent_type_
            if kind in (Kind.GROUP, Kind.VENDOR) or found.lemma_.lower() in self.effects.party_nouns:
                words = [found.doc[i].text for i in _phrase(found)]
                own = [w.casefold() for w in words if w.casefold() not in _LEADING | _GENERIC]
                return " ".join(own or [w.casefold() for w in words if w.casefold() not in _LEADING])
        return ""

    def end_sentence(self, sentence: Sentence) -> None:
        """What "it" stands for in the sentence that follows: the body that this one is about, if any."""
        root = next((c for c in sentence.clauses if sentence.doc[c.predicate].dep_ == "ROOT"), None)
        party = NOBODY if root is None or root.agent is None else self.of(sentence, root)[0]
        self._last = party if party.kind in _BODIES else None
        self._here = None
        if root is not None and party.key != (self._name.key if self._name else ""):
            self._name = self._name if party.kind in (Stand.NONE, Stand.PERSON, Stand.ROLE) else None


def _thing(words: Sequence[str]) -> Party:
    bare = " ".join(word for word in words if word.casefold() not in _LEADING) or " ".join(words)
    return Party(f"system:{bare.casefold()}", Stand.SYSTEM, bare)


def _opens(token: Token) -> bool:
    """Whether nothing that "it" could stand for comes before it in the sentence."""
    return not any(t.pos_ in ("NOUN", "PROPN") and t.dep_ in ("nsubj", "dobj") for t in token.doc[: token.i])


def _phrase(token: Token, mention: Mention | None = None) -> list[int]:
    """The tokens of the noun phrase that the agent heads, without what hangs behind it."""
    first = token.i
    while first > 0:
        left = token.doc[first - 1]
        if left.dep_ not in ("compound", "amod", "nmod", "nummod", "poss", "det") or left.pos_ in ("PUNCT", "VERB"):
            break
        if left.dep_ in ("poss",) and left.pos_ == "PRON":
            break
        first -= 1
    if first == token.i and token.i > 0 and token.doc[token.i - 1].dep_ == "nsubj":
        first = token.doc[token.i - 1].left_edge.i
    last = token.i
    if mention is not None:
        first, last = min(first, mention.tokens[0]), max(last, mention.tokens[1] - 1)
    return list(range(first, last + 1))


def _word(sentence: Sentence, index: int) -> str:
    span = sentence.offsets[index]
    return sentence.text[span.start : span.end]


def united(entries: Sequence[Entry], people: Mapping[str, Party]) -> list[Entry]:
    """The entries with one name and side for each party: the first, and whom a "he" has shown to be a person."""
    parties: dict[str, Party] = {}
    for entry in entries:
        party = people.get(entry.party.key, entry.party)
        held = parties.setdefault(party.key, party)
        if party.side and not held.side:
            parties[party.key] = replace(held, side=party.side)
    return [replace(e, party=parties[people.get(e.party.key, e.party).key]) for e in entries]
