"""Evidence that can be seen before parsing: form, markup, metadata, chat prefixes, time lines, appositions."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from blamelint.block import Block, Section
from blamelint.people.cast import Cast
from blamelint.people.gazetteer import fold
from blamelint.people.names import AT_WORK, THING_FIRST, Candidate, candidates, form_score, is_function_word, is_month
from blamelint.segment import Segment, Tok

_PROFILE = re.compile(
    r"https?://(?:www\.)?(?:github|gitlab|twitter|x|bitbucket|linkedin)\.com/(?:in/)?@?[\w.-]+/?$|mailto:"
)
_DEMONSTRATIVE = frozenset("the this that these those a an".split())
_OPENERS = frozenset(': “ " ‘ ( [ – — - • >'.split())
_ARTICLED = frozenset("the our a an".split())
_BEFORE_OBJECTS = frozenset("to by from for with of".split())
_SERVICES = re.compile(
    r"^\W*(?:affected |impacted )?(?:services?|systems?|components?|products?|platforms?|applications?)\b", re.I
)
_PLACES = frozenset("regions zones sites halls racks".split())
_DEFINING = frozenset("called named nicknamed dubbed".split())
_STOP = frozenset(
    "no all some any most many few more other another each every both several first second initial final full "
    "new old "
    "manual automatic partial it we they he she you i there everything nothing something traffic latency load errors "
    "error impact users customers user customer end start mitigation resolution recovery investigation incident".split()
)


class Surface:
    """Looks through a whole document for what its words and markup say of names, and tells the cast."""

    def __init__(self, cast: Cast) -> None:
        self.cast, self.lexicon, self.gazetteer = cast, cast.lexicon, cast.names
        self.english, self.verb_form, self.note = cast.dictionary.english, cast.dictionary.verb_form, cast.note
        self._acts: dict[str, int] = defaultdict(int)
        self._lower_words: frozenset[str] = frozenset()
        self._terms: set[str] = set()

    def observe(self, units: Sequence[tuple[Block, Segment]]) -> None:
        """Evidence from form, markup, metadata, chat prefixes and time lines over the whole document."""
        lower: set[str] = set()
        self._lower_words = frozenset(tok.text for _, segment in units for tok in segment.toks if tok.text[0].islower())
        for block, segment in units:
            name = segment.speaker.lstrip("@+%~&")
            if name and not is_function_word(name):
                self.note(fold(name), 2.0, "speaks in the chat")
                lower.add(fold(name))
            lower.update(self._leads(block, segment))
            if thanked := self._thanked_lead(segment):
                self.note(fold(thanked), 1.6, "thanked for an act")
                lower.add(fold(thanked))
            lower.update(self._marked(block))
        self.cast.known |= {name for name in lower if self._may_be_lower(name)}
        for block, segment in units:
            if self._terms and segment.toks[0].text.lower() in ("our", "a", "an", "the"):
                self._observe_definition(segment)
            self._terms.clear()
            for candidate in candidates(segment.toks, self.cast.known, self.lexicon):
                self._observe(block, segment, candidate)

    def _may_be_lower(self, key: str) -> bool:
        return self.cast.is_person(key) and key not in self.lexicon.systems and key not in self.lexicon.system_nouns

    def _marked(self, block: Block) -> Iterable[str]:
        """Names that link to somebody's profile page."""
        for mark in block.marks:
            text = block.text[mark.span.start : mark.span.end].strip("@ ")
            if mark.kind == "link" and _PROFILE.match(mark.target) and len(text) > 1 and len(text.split()) <= 3:
                slug = mark.target.rstrip("/").rsplit("/", 1)[-1].lower()
                if "github.com" not in mark.target or slug == text.lower() or self.gazetteer.is_given(text.split()[0]):
                    self.note(fold(text), 3.0, "links to a profile")
                    yield fold(text)

    def _leads(self, block: Block, segment: Segment) -> Iterable[str]:
        """Lower-case words that open time-line entries and do something: "17:33 dustin lands the change"."""
        if not (segment.stamped or segment.speaker):
            return
        toks = segment.toks
        index = 0
        while index + 1 < len(toks):
            word, after = toks[index], toks[index + 1]
            if word.text in _DEMONSTRATIVE or not word.text.isascii() or not word.text[0].islower() or word.code:
                return
            if not re.fullmatch(r"[a-z][a-z0-9_.-]+", word.text) or not self._nameless(word.text):
                return
            if is_function_word(word.text) or self.verb_form(word.text):  # "08:20 failed joins fall"
                return
            key = fold(word.text)
            verb = self.verb_form(after.text)
            if after.text in (",", "and", "&", "/") and index + 2 < len(toks):
                if self._leads_to_verb(toks, index + 2):
                    self.note(key, 1.4, "acts in the timeline")
                    yield key
                index += 2
                continue
            if after.text == "(":  # "ebalazs (sheriff) closes the tree"
                close = next((i for i in range(index + 2, min(index + 7, len(toks))) if toks[i].text == ")"), 0)
                verb = self.verb_form(toks[close + 1].text) if close and close + 1 < len(toks) else ""
            if verb and word.text not in self.english:
                told = segment.stamped and not segment.speaker  # in a chat anything may open a line
                self.note(key, 1.6 if told else 0.9, "acts in the timeline")
                yield key
            elif verb in self.lexicon.human_verbs or verb in self.lexicon.operator_verbs:
                self._acts[key] += 2 if verb in self.lexicon.human_verbs else 1
                self.note(key, 0.6 * self._acts[key], "acts in the timeline")  # a common word needs several acts
                yield key
            return

    def _thanked_lead(self, segment: Segment) -> str:
        """ "garndt for finding the traceback": a word that opens an item of thanks."""
        words = [tok.text for tok in segment.toks[:3]]
        if len(words) < 3 or words[1] != "for" or not words[2].endswith("ing") or not words[0][0].islower():
            return ""
        return words[0] if words[0] not in self.english and self._nameless(words[0]) else ""

    def _leads_to_verb(self, toks: Sequence[Tok], index: int) -> bool:
        for position in range(index, min(index + 6, len(toks) - 1)):
            if toks[position].text in (",", "and", "&", "/"):
                continue
            if self.verb_form(toks[position + 1].text, finite=False):
                return True
            if toks[position + 1].text not in (",", "and", "&", "/"):
                return False
        return False

    def _nameless(self, word: str) -> bool:
        lexicon = self.lexicon
        lists = (lexicon.systems, lexicon.system_nouns, lexicon.roles, lexicon.groups, lexicon.vendors, lexicon.places,
                 lexicon.ambiguous_nouns, lexicon.attackers)  # fmt: skip
        stem = word.removesuffix("s")
        return not any(word in entries or stem in entries for entries in lists) and word not in _STOP

    def _observe(self, block: Block, segment: Segment, candidate: Candidate) -> None:
        toks, key = segment.toks, candidate.key
        for weight, reason in form_score(candidate, self.lexicon, self.gazetteer, self.english):
            self.note(key, weight, reason)
        if candidate.form == "full":
            self._link_parts(candidate)
        before = toks[candidate.start - 1].text.lower() if candidate.start else ""
        after = toks[candidate.end].text if candidate.end < len(toks) else ""
        rest = [tok.text.lower() for tok in toks[candidate.end : candidate.end + 14]]
        if any(toks[i].code and not toks[i].handle for i in range(candidate.start, candidate.end)):
            self.note(key, -2.5, "written as code")
        if before in ("mr", "mr.", "mrs", "mrs.", "ms", "ms.", "mx", "mx.", "dr", "dr.", "prof", "prof."):
            self.note(key, 3.0, "a title before the name")
        if before in self.lexicon.roles and candidate.form in ("single", "full"):
            self.note(key, 1.8, f"follows the role '{before}'")
        if block.metadata and block.section is not Section.REFERENCES:
            if _SERVICES.search(block.row_label or block.column or block.text.partition(":")[0]):
                self.note(key, -4.0, "listed as a service")
            else:
                self.note(key, 1.2, "a person's place in the metadata")
        if after == "(" and rest[1:2] and self._role_ahead(rest[1:]):
            self.note(key, 2.0, "a role in brackets")
        elif after == "(" and rest[1:2] and rest[1] in ("the", "our", "a", "an") and self._thing_ahead(rest[2:]):
            self.note(key, -4.0, "a thing in brackets")
        self._observe_noun_before(candidate, toks)
        if after == "," and rest[1:2] == ["which"] and before not in _BEFORE_OBJECTS and not self.verb_form(before):
            self.note(key, -2.5, "followed by which")
        if candidate.form in ("full", "single") and after == "(" and rest[2:3] == [")"] and 2 <= len(rest[1]) <= 3:
            initials = toks[candidate.end + 1].text
            if initials.isupper() and key.startswith(initials[0].lower()):
                self.note(fold(initials), 3.0, f"initials of {candidate.name}")
                self.cast.link(initials, candidate.name)
        if is_month(candidate, toks):
            self.note(key, -3.0, "a month")
        if (
            candidate.form == "single"
            and key in self._lower_words
            and key not in self.cast.known
            and not self.gazetteer.is_given(key)
        ):
            self.note(key, -1.0, "also written in lower case")
        touching = toks[candidate.end].span.start == toks[candidate.end - 1].span.end if after else False
        if (after in ("–", "—") and touching) or (
            before in ("–", "—") and toks[candidate.start - 1].span.end == toks[candidate.start].span.start
        ):
            self.note(key, -2.0, "joined by a dash, as methods are")
        if after == "&" or (after == "and" and rest[1:2] == ["sons"]):
            self.note(key, -3.0, "a firm's name")
        if before in _DEFINING:
            self.note(key, -3.0, "what something is called")
        if after == "," and rest[1:2] == ["as"] and "called" in rest[:8]:
            self.note(key, -4.0, "what something is called")
        if after and re.fullmatch(r"v?\d+(\.\d+)+", after):
            self.note(key, -2.5, "followed by a version")
        if before in ("at", "in", "on", "near", "outside", "between", "around") and candidate.form in (
            "full",
            "single",
        ):
            self.note(key, -1.2, "stands like a place")
        if before == "," and candidate.start > 1 and after in (",", "and", ".", ")", "", ";", "or"):
            self._observe_named_noun(key, toks[candidate.start - 2].text.lower(), candidate, toks)
        if after == "," and rest[1:2] == ["who"]:
            self.note(key, 1.6, "followed by who")
        nameable = self.gazetteer.is_given(key) or key not in self.english
        if nameable and after in ("from", "of", "on", "in") and "the" in rest[1:2] and self._role_ahead(rest[2:]):
            self.note(key, 2.9, "said to belong to a team")
        if candidate.start == 0 and after in (".", ":") and len(toks) == candidate.end + 1:
            self._terms.add(key)
        self._observe_apposition(key, after, rest)
        self._observe_opening(block, segment, candidate, after)

    def _observe_noun_before(self, candidate: Candidate, toks: Sequence[Tok]) -> None:
        """ "the gateway (Eusébio)", "the matching engine Arandu": a thing's noun, and then what it is called."""
        if candidate.start < 2:
            return
        before, earlier = toks[candidate.start - 1].text, toks[candidate.start - 2].text
        after = toks[candidate.end].text if candidate.end < len(toks) else ""
        if (before, after) == ("(", ")") and self._is_system(earlier):
            self.note(candidate.key, -2.5, f"brackets after '{earlier}'")
        elif self._is_system(before) and self._articled(toks, candidate.start - 1):
            # a verb behind it may make a relative clause: "the tool Ana wrote"
            self.note(candidate.key, -1.2 if self.verb_form(after) else -2.5, f"follows the thing '{before}'")

    def _observe_named_noun(self, key: str, noun: str, candidate: Candidate, toks: Sequence[Tok]) -> None:
        """ "Two clusters, Florence and Siena", "a pricing analyst, Brannigan": the noun before says what it is."""
        nouns = self.lexicon.system_nouns
        earlier = toks[candidate.start - 3].text.lower() if candidate.start > 2 else "the"
        if earlier not in _DEMONSTRATIVE | {"our"} and self._worked_by_a_thing([earlier, noun]):
            weight, reason = -4.0, f"said to be the {earlier} {noun}"
        elif noun in nouns or noun.removesuffix("s") in nouns or noun in _PLACES:
            weight, reason = -2.5, f"said to be one of the {noun}"
        elif noun in self.lexicon.roles or noun.removesuffix("s") in self.lexicon.roles:
            weight, reason = 1.8, f"said to be a {noun}"
        elif self._is_thing(noun, candidate, toks):
            weight, reason = -2.5, f"said to be the {noun}"
        else:
            return
        self.note(key, weight, reason)
        joined = toks[candidate.end : candidate.end + 2]
        if len(joined) == 2 and joined[0].text == "and" and joined[1].text[0].isupper():
            self.note(fold(joined[1].text), weight, reason)

    def _is_thing(self, noun: str, candidate: Candidate, toks: Sequence[Tok]) -> bool:
        """ "The reconciliation report, Clara, pairs …": a noun with its article, and the name between commas."""
        after = toks[candidate.end].text if candidate.end < len(toks) else ""
        before = [tok.text.lower() for tok in toks[max(0, candidate.start - 6) : candidate.start - 2]]
        human = noun in self.lexicon.groups or noun in self.lexicon.ambiguous_nouns or noun in self.lexicon.vendors
        return after == "," and noun in self.english and not human and bool(set(before) & {"the", "our", "a", "an"})

    def _link_parts(self, candidate: Candidate) -> None:
        words = candidate.name.split()
        if sum(w for w, _ in form_score(candidate, self.lexicon, self.gazetteer, self.english)) > 0:
            for word in (words[0], words[-1]):
                if len(word.rstrip(".")) > 1:
                    self.cast.link(word, candidate.name)
            initials = "".join(word[0] for word in words if word[0].isupper())
            if len(initials) > 1:
                self.cast.link(initials, candidate.name)

    def _observe_apposition(self, key: str, after: str, rest: list[str]) -> None:
        """ "X, our chat-ops bot, …", "X is a reverse proxy": what the document itself says that it is."""
        if (
            not (after == "," or after in ("is", "was"))
            or len(rest) < 3
            or rest[1] not in ("our", "the", "a", "an", "their")
        ):
            return
        head, role = "", False
        phrase: list[str] = []
        for word in rest[2:9]:
            if word in (
                ",",
                "(",
                "and",
                "which",
                "that",
                "who",
                "of",
                "for",
                "on",
                "in",
                ".",
                "at",
                "from",
                "with",
                ";",
                ":",
                "–",
                "—",
            ):
                break
            head, role = word, word in self.lexicon.roles or word in self.lexicon.groups
            phrase.append(word)
        if after == "," and self._worked_by_a_thing(phrase):
            self.note(key, -4.0, f"said to be {rest[1]} {head}")
        elif role or (head and self.lexicon.longest("roles", rest, 2)):
            self.note(key, 2.0, f"said to be {rest[1]} {head}")
        elif (
            head in self.lexicon.system_nouns
            or (head and after == "," and head in self.english and rest[1] != "the")
            or head in ("bot", "service", "tool", "job")
        ):
            self.note(key, -4.0, f"said to be {rest[1]} {head}")

    def _is_system(self, word: str) -> bool:
        return word.lower() in self.lexicon.system_nouns

    def _articled(self, toks: Sequence[Tok], noun: int) -> bool:
        """Whether the noun phrase that ends there begins with an article, at most two words before."""
        words = [tok.text.lower() for tok in toks[max(0, noun - 3) : noun]]
        return bool(set(words) & _ARTICLED) and not any(word in (",", ".", "of", "in") for word in words)

    def _thing_ahead(self, words: list[str]) -> bool:
        """Whether the phrase before the closing bracket is headed by a thing: "the account sync)"."""
        inner = words[: words.index(")")] if ")" in words else []
        return bool(inner) and (self._is_system(inner[-1]) or self._worked_by_a_thing(inner))

    def _worked_by_a_thing(self, phrase: Sequence[str]) -> bool:
        """ "lifecycle scheduler", "edge agent": a noun for people or things, and before it what the thing works on."""
        return len(phrase) > 1 and phrase[-1] in THING_FIRST and phrase[-2] not in AT_WORK

    def _role_ahead(self, words: list[str]) -> bool:
        inner = []
        for word in words[:7]:
            if word in (")", ","):
                break
            inner.append(word)
        return any(
            self.lexicon.longest("roles", inner, i) or self.lexicon.longest("groups", inner, i)
            for i in range(len(inner))
        )

    def _name_follows(self, segment: Segment, index: int) -> bool:
        """Whether a capitalised given name and then a finite verb stand there: "Grace and Chase rolled back"."""
        toks = segment.toks[index : index + 2]
        return (
            len(toks) == 2
            and toks[0].text[0].isupper()
            and self.gazetteer.is_given(toks[0].text)
            and bool(self.verb_form(toks[1].text))
        )

    @staticmethod
    def _stands_alone(rest: Sequence[Tok]) -> bool:
        """Whether only a participle, and who did it, follows: "Page acknowledged", "Run stopped by the guard"."""
        words = [tok.text.lower() for tok in rest[:2]]
        ends = words[1:] in ([], ["by"]) or not words[1].isalpha()
        return bool(words) and words[0].endswith("ed") and ends

    def _observe_definition(self, segment: Segment) -> None:
        """ "**Felix.** Our pricing service.": a term, and what it is."""
        words = [tok.text.lower() for tok in segment.toks[:7]]
        head = ""
        for word in words[1:]:
            if not word.isalpha() or word in ("that", "which", "for", "of", "and", "in", "who"):
                break
            head = word
        if head in self.lexicon.system_nouns:
            for key in self._terms:
                self.note(key, -4.0, f"defined as {words[0]} {head}")

    def _observe_opening(self, block: Block, segment: Segment, candidate: Candidate, after: str) -> None:
        """A word such as Will or Grace that opens a sentence is a name only where a finite verb or a comma follows."""
        if candidate.form not in ("single", "initials"):
            return
        word = candidate.name.lower()
        first = candidate.start == 0 or segment.toks[candidate.start - 1].text in _OPENERS
        word_name = (word in self.lexicon.name_words or word in self.english) and self.gazetteer.is_given(word)
        if first and word_name:
            if self._stands_alone(segment.toks[candidate.end :]):
                self.note(candidate.key, -0.6, "may be a word with its participle")  # "Page acknowledged"
            elif (self.verb_form(after) and after.lower() not in ("was", "were", "is", "are")) or after in ("'s", "’s"):
                self.note(candidate.key, 1.4, "opens a sentence as its subject")
            elif after in ("and", "&") and self._name_follows(segment, candidate.end + 1):
                self.note(candidate.key, 1.2, "joined to another name")
            elif after == ",":
                self.note(candidate.key, 0.6, "opens a sentence before a comma")
        elif (
            not first
            and word_name
            and not candidate.name.isupper()
            and not _starts_line(block, segment.toks[candidate.start])
            and segment.toks[candidate.start - 1].text.lower() not in _DEMONSTRATIVE
        ):
            self.note(candidate.key, 1.2, "capitalised inside a sentence")
        if first and segment.stamped and self.verb_form(after) and word not in self.lexicon.system_nouns:
            self.note(
                candidate.key, 1.0 if self.verb_form(after) in self.lexicon.human_verbs else 0.6, "acts in the timeline"
            )


def _starts_line(block: Block, tok: Tok) -> bool:
    """Verse and lists without markers begin their lines with a capital."""
    return tok.span.start in block.line_starts
