"""The actors of each sentence: people by the cast, roles and groups by the lexicon, pronouns by what came before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token
from spacy.tokens import Span as DocSpan

from blamelint.diagnostic import Evidence
from blamelint.lexicon import Lexicon
from blamelint.mention import Kind, Mention
from blamelint.people.cast import THING, Cast
from blamelint.people.names import AT_WORK, PERSON_FIRST, Candidate, candidates, handle_kind, is_month
from blamelint.segment import Segment
from blamelint.span import Span

_FIXED: dict[str, Kind] = {
    **dict.fromkeys("we us our ours ourselves".split(), Kind.WE),
    **dict.fromkeys("i me my mine myself".split(), Kind.AUTHOR),
    **dict.fromkeys("you your yours yourself yourselves".split(), Kind.YOU),
    **dict.fromkeys("someone somebody anyone anybody everyone everybody whoever".split(), Kind.SOMEONE),
    **dict.fromkeys("nobody no-one noone".split(), Kind.NOBODY),
    "people": Kind.GROUP, "folks": Kind.GROUP, "guys": Kind.GROUP, "guy": Kind.ROLE,
}  # fmt: skip
_SINGULAR = frozenset("he she him her his hers himself herself".split())
_OBJECT_AHEAD = frozenset("the a an this that these those all each every any both it them".split())
_PLURAL = frozenset("they them their theirs themselves themself".split())
_JUDGED = frozenset("over-eager careless inattentive sloppy inexperienced negligent distracted hasty untrained".split())
#: Groups whose bare noun is as often the activity as the people.
_BARE = frozenset("support operations security engineering management testing".split())


@dataclass
class Memory:
    """Who was last meant, for the pronouns of the sentences that follow in the same part of the document."""

    singular: Mention | None = None
    plural: Mention | None = None
    age: int = 99
    things: bool = False  # whether a plural thing was the last subject
    label: Mention | None = None  # the person of the table row

    def next_sentence(self) -> None:
        """What was said longer ago than three sentences is forgotten."""
        self.age += 1
        if self.age > 3:
            self.singular = self.plural = None

    def remember(self, mention: Mention) -> None:
        """A mention that a later pronoun may stand for."""
        if mention.kind in (Kind.PERSON, Kind.ROLE):
            fresh_person = self.singular is not None and self.singular.kind is Kind.PERSON and self.age == 0
            if not (mention.kind is Kind.ROLE and fresh_person):  # "Tomasz was rostered as technician. He …"
                self.singular, self.age = mention, 0
        elif mention.kind in (Kind.GROUP, Kind.VENDOR, Kind.ATTACKER):
            self.plural, self.age = mention, 0


def find_mentions(segment: Segment, doc: Doc, cast: Cast, memory: Memory) -> tuple[Mention, ...]:
    """The actors of one sentence in order; also written to the tokens as `ent_type_`."""
    memory.next_sentence()
    found: dict[int, Mention] = {}
    taken: set[int] = set()
    for mention in (*_people(segment, doc, cast), *_collectives(segment, doc, cast)):
        span = range(*mention.tokens)
        if taken.isdisjoint(span):
            found[mention.tokens[0]] = mention
            taken.update(span)
    for token in doc:
        word = segment.toks[token.i].text.lower()  # the parser may have read a placeholder
        if token.i not in taken and (word in _SINGULAR or word in _PLURAL):
            mention_or_none = _pronoun(segment, token, found, memory)
            if mention_or_none is not None:
                found[token.i] = mention_or_none
    mentions = tuple(found[index] for index in sorted(found))
    doc.set_ents([DocSpan(doc, *m.tokens, label=m.kind.value) for m in mentions])
    for mention in mentions:
        if not mention.pronoun or mention.kind is Kind.PERSON:
            memory.remember(mention)
    memory.things = _plural_thing(doc)
    return mentions


def _span(segment: Segment, start: int, end: int) -> Span:
    base = segment.span.start
    return Span(segment.toks[start].span.start - base, segment.toks[end - 1].span.end - base)


def _mention(segment: Segment, kind: Kind, start: int, end: int, **more: object) -> Mention:
    span = _span(segment, start, end)
    text = " ".join(tok.text for tok in segment.toks[start:end])
    return Mention(kind, span, (start, end), text, **more)  # type: ignore[arg-type]


def _people(segment: Segment, doc: Doc, cast: Cast) -> Iterable[Mention]:
    for candidate in candidates(segment.toks, cast.known, cast.lexicon):
        head = doc[candidate.end - 1]
        if candidate.form == "handle" and handle_kind(candidate.name, cast.lexicon) == "group":
            yield _mention(segment, Kind.GROUP, candidate.start, candidate.end, name=candidate.name)
            continue
        here = not _local_thing(candidate.start, head, doc, cast) and not _imperative(candidate, segment, cast)
        here = here and not is_month(candidate, segment.toks)
        if cast.is_person(candidate.key) and here:
            span = _span(segment, candidate.start, candidate.end)
            evidence = tuple(
                Evidence("name", span, f"{note} ({weight:+.1f})") for note, weight in cast.notes(candidate.key)
            )
            yield _mention(
                segment, Kind.PERSON, candidate.start, candidate.end,
                name=cast.full_name(candidate.key, candidate.name),
                confidence=cast.confidence(candidate.key), evidence=evidence,
            )  # fmt: skip
        elif candidate.name.lower() in cast.lexicon.vendors:
            yield _mention(segment, Kind.VENDOR, candidate.start, candidate.end, name=candidate.name)
        elif cast.score(candidate.key) < THING and not _is_collective(candidate.name, cast.lexicon):
            yield _mention(segment, Kind.SYSTEM, candidate.start, candidate.end, name=candidate.name)


def _imperative(candidate: Candidate, segment: Segment, cast: Cast) -> bool:
    """ "Mark the alert as read": a name that is a verb, where no finite verb follows it."""
    word = candidate.name.lower()
    if candidate.start or candidate.form != "single" or word not in cast.dictionary.verbs:
        return False
    after = segment.toks[1].text if len(segment.toks) > 1 else ""
    return after.lower() in _OBJECT_AHEAD or (after.lower() == "as" and word == "mark")


def _is_collective(name: str, lexicon: Lexicon) -> bool:
    return any(word in lexicon.groups or word in lexicon.roles for word in name.lower().split())


def _local_thing(start: int, head: Token, doc: Doc, cast: Cast) -> bool:
    """Whether this mention of a person's name is part of a thing's: "the Okafor cluster", "Hope Street"."""
    if head.i == start > 0 and doc[start - 1].lower_ in ("the", "a", "an") and doc[start].text[0].isupper():
        return True
    following = doc[head.i + 1] if head.i + 1 < len(doc) else None
    if following is None or not following.text[:1].isalpha():
        return False
    if head.dep_ == "compound" and head.head.lemma_.lower() in cast.lexicon.system_nouns and head.head.i > following.i:
        return True  # "the Leilani till emulator"
    noun = following.lemma_.lower() in cast.lexicon.system_nouns
    article = start > 0 and doc[start - 1].lower_ in ("the", "a", "an")
    return (
        noun
        and following.pos_ in ("NOUN", "PROPN")
        and (article or (head.dep_ == "compound" and head.head.i == following.i))
    )


def _collectives(segment: Segment, doc: Doc, cast: Cast) -> Iterable[Mention]:
    """Roles, groups, vendors, attackers and the fixed pronouns."""
    words = [tok.text.lower() for tok in segment.toks]
    lemmas = [token.lemma_.lower() if token.pos_ in ("NOUN", "PROPN") else token.lower_ for token in doc]
    lexicon = cast.lexicon
    index = 0
    while index < len(words):
        word = words[index]
        if word in ("no", "none") and index + 1 < len(words) and words[index + 1] in ("one", "of"):
            if words[index + 1] == "one":
                yield _mention(segment, Kind.NOBODY, index, index + 2)
                index += 2
                continue
            if any(w in ("us", "them", "our", "the") for w in words[index + 2 : index + 3]) and _human_ahead(
                lemmas, index + 2, lexicon
            ):
                yield _mention(segment, Kind.NOBODY, index, index + 1)
        elif words[index : index + 3] == ["not", "a", "soul"]:
            yield _mention(segment, Kind.NOBODY, index + 1, index + 3)
            index += 3
            continue
        elif words[index : index + 3] == ["not", "one", "of"] and _human_ahead(lemmas, index + 3, lexicon):
            yield _mention(segment, Kind.NOBODY, index + 1, index + 2)
            index += 2
            continue
        elif word in _FIXED and not segment.toks[index].code:
            yield _mention(segment, _FIXED[word], index, index + 1)
        elif not segment.toks[index].code:
            kind, length = _lexical(words, lemmas, index, doc, lexicon)
            if kind is not None and _heads_itself(doc, index + length - 1, lexicon):
                yield _mention(segment, kind, _left_edge(doc, index), index + length)
                index += length
                continue
            if kind is None and length:
                index += length
                continue
        index += 1


def _left_edge(doc: Doc, index: int) -> int:
    """Where the noun phrase begins: "the tired on-call engineer" is one mention; "our" is one of its own."""
    start = index
    while start > 0:
        token = doc[start - 1]
        if (
            token.dep_ not in ("det", "amod", "nummod", "compound", "nmod", "advmod", "quantmod")
            or not start <= token.head.i <= index + 3
        ):
            break
        if token.lower_ in _FIXED or token.pos_ in ("PUNCT", "PROPN") or token.lower_ in ("not", "only"):
            break
        start -= 1
    return start


def _human_ahead(lemmas: Sequence[str], start: int, lexicon: Lexicon) -> bool:
    return any(w == "us" or w in lexicon.roles or w in lexicon.groups for w in lemmas[start : start + 5])


def _lexical(words: list[str], lemmas: list[str], index: int, doc: Doc, lexicon: Lexicon) -> tuple[Kind | None, int]:
    """The kind and length of the longest lexicon entry at `index`; plural roles are groups.

    Of a longer thing ("status board") the kind is None and the length that of the words to pass over.
    """
    best: tuple[Kind | None, int] = (None, 0)
    for candidate, name in (
        (Kind.ATTACKER, "attackers"),
        (Kind.ROLE, "roles"),
        (Kind.GROUP, "groups"),
        (Kind.VENDOR, "vendors"),
    ):
        length = max(lexicon.longest(name, words, index), lexicon.longest(name, lemmas, index))
        if length > best[1]:
            best = candidate, length
    kind, length = best
    thing = max(lexicon.longest("system_nouns", words, index), lexicon.longest("system_nouns", lemmas, index))
    if thing > max(length, 1):
        return None, thing
    if kind is None:
        token = doc[index]
        if lemmas[index] in lexicon.ambiguous_nouns and token.pos_ == "NOUN" and _acts_human(token, lexicon):
            return Kind.GROUP if token.tag_ == "NNS" else Kind.ROLE, 1
        return None, 0
    last = doc[index + length - 1]
    if last.text == "it" or (length == 1 and last.pos_ == "PRON" and last.lower_ == "it"):
        return None, 0  # "IT" is a department, "it" is not
    if (
        lemmas[index] in lexicon.ambiguous_nouns
        and length == 1
        and not _acts_human(last, lexicon, default=kind in (Kind.ROLE, Kind.VENDOR, Kind.ATTACKER))
    ):
        return None, 0
    if last.pos_ not in ("NOUN", "PROPN", "PRON", "ADJ", "NUM") and length == 1:
        return None, 0
    described = index > 0 and doc[index - 1].pos_ in ("DET", "ADJ") and doc[index - 1].head.i == index
    if last.lower_ in _BARE and length == 1 and described:
        return None, 0  # "the ongoing support" is help, "support" a team
    if (
        last.lower_ in _BARE
        and length == 1
        and not (last.dep_ in ("nsubj", "pobj") and last.head.pos_ in ("VERB", "ADP", "AUX"))
    ):
        return None, 0
    if kind is Kind.ROLE and last.tag_ in ("NNS", "NNPS"):
        kind = Kind.GROUP
    return kind, length


def _acts_human(token: Token, lexicon: Lexicon, *, default: bool = False) -> bool:
    """An operator, agent or driver is a person where a human verb or a human attribute says so; else `default`."""
    modifiers = [child for child in token.lefts if child.dep_ in ("compound", "amod", "nmod", "poss")]
    if any(m.lower_ in AT_WORK for m in modifiers):
        return True
    if token.lemma_ in ("operator", "driver", "dispatcher", "guard") and any(m.lower_ in _JUDGED for m in modifiers):
        return True
    if any(
        m.pos_ == "PROPN" or m.lower_ in lexicon.systems or m.lemma_.lower() in lexicon.system_nouns for m in modifiers
    ):
        return False
    things = any(other.lower_ in ("its", "itself") for other in token.head.subtree)
    if token.dep_ == "nsubj" and token.head.lemma_.lower() in lexicon.human_verbs and not things:
        return default or token.lemma_ in PERSON_FIRST
    return default


def _heads_itself(doc: Doc, index: int, lexicon: Lexicon) -> bool:
    """Not where the word only modifies a thing: "admin panel", "reviewer queue", "team page"."""
    token = doc[index]
    if token.dep_ not in ("compound", "nmod", "amod") or token.head.i <= index:
        return True
    head = token.head
    if (
        head.i + 1 < len(doc)
        and head.pos_ == "NOUN"
        and (head.lemma_.lower() in lexicon.roles or head.lemma_.lower() in lexicon.groups)
    ):
        return False  # the longer role ("staff engineer") is found at its head
    return not (head.pos_ in ("NOUN", "PROPN") and all(doc[i].pos_ != "PUNCT" for i in range(index, head.i)))


def _pronoun(segment: Segment, token: Token, found: dict[int, Mention], memory: Memory) -> Mention | None:
    earlier = [m for start, m in sorted(found.items()) if start < token.i]
    if token.lower_ in _SINGULAR:
        local = next((m for m in reversed(earlier) if m.kind in (Kind.PERSON, Kind.ROLE)), None)
        antecedent = local or memory.singular or memory.label
        if antecedent is None:  # somebody, but nobody whom the reader could name
            return _mention(segment, Kind.ROLE, token.i, token.i + 1, confidence=0.5, pronoun=True)
        kind = antecedent.kind
    else:
        humans = (Kind.GROUP, Kind.PERSON, Kind.ROLE, Kind.VENDOR, Kind.ATTACKER, Kind.SOMEONE, Kind.NOBODY)
        local = next((m for m in reversed(earlier) if m.kind in humans and not m.pronoun), None)
        if local is None and memory.things:
            return None
        since = local.tokens[1] if local is not None else 0
        if any(
            t.tag_ in ("NNS", "NNPS") and t.ent_type_ not in Kind.__members__ and t.i not in found
            for t in token.doc[since : token.i]
        ):
            return None  # a plural thing stands nearer
        antecedent = local or memory.plural or memory.singular
        if antecedent is None:
            return None
        kind = antecedent.kind
    return _mention(
        segment, kind, token.i, token.i + 1, name=antecedent.name or antecedent.text, pronoun=True,
        confidence=antecedent.confidence * 0.9,
    )  # fmt: skip


def _plural_thing(doc: Doc) -> bool:
    """Whether a plural noun that is nobody is a subject: the likelier "they" of the next sentence."""
    return any(
        t.tag_ in ("NNS", "NNPS") and t.dep_ in ("nsubj", "nsubjpass") and t.ent_type_ not in Kind.__members__
        for t in doc
    )
