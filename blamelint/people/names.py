"""Where names may stand in a row of tokens, and what their form alone says about them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from blamelint.lexicon import Lexicon
from blamelint.people.gazetteer import Gazetteer, fold
from blamelint.segment import Tok

_CAPITALISED = re.compile(r"(?:[^\W\d_]\.){2,3}|[^\W\d_][^\W\d_]*(?:['’-][^\W\d_]+)*\.?", re.UNICODE)
_INITIAL = re.compile(r"[^\W\d_]\.|[^\W\d_]\.[^\W\d_]\.?")
_PARTICLES = frozenset(
    "de del della der den di da dos du van von bin ibn al el la le ten ter abu ben y e mac mc".split()
)
_TITLES = frozenset("mr mr. mrs mrs. ms ms. mx mx. dr dr. prof prof. sir madam herr frau".split())
#: Capitalised words of reports that open sentences or headings and are never somebody.
_NOT_NAMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april june july august "
    "september "
    "october november december english utc gmt pst pdt est edt cet cest bst ist jst api url http https sql cpu "
    "ram ssd "
    "i ii iii iv the a an this that these those it we they he she you my our your his her their its and or but "
    "if when "
    "while after before as at by for from in into of on to with without within during no not none nobody someone "
    "everything anything something each everyone everybody anyone anybody both all some most many few two three "
    "four five "
    "had has have was were is are did does do would could should might let been being "
    "whoever whatever whichever six one another other others every which who whose what why how where until "
    "unless despite "
    "there here then thus also however although because since once root cause impact summary timeline lessons action "
    "incident postmortem post-mortem thanks thank kudos note update todo tbd n/a yes ok okay please "
    "hi hello dear".split()
)
_COMPANY = frozenset(
    "gmbh ag inc ltd llc plc corp bv nv oy ab as sa srl kg limited group holding holdings labs".split()
)
_BOT_PARTS = frozenset("bot robot ci cd automation deployer svc service system alerts alert pager webhook app".split())
_GROUP_PARTS = frozenset(
    "oncall on call team teams ops devops sre sres support all here channel everyone eng engineering infra platform "
    "security admins staff maintainers reviewers leads moderators mods noc soc dev devs helpdesk committers "
    "owners core".split()
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Tokens [start, end) that may name somebody; `key` is the folded name; `form` how it is written."""

    start: int
    end: int
    key: str
    name: str
    form: str  # handle, address, full, single, initials, lower


def handle_kind(handle: str, lexicon: Lexicon) -> str:
    """`person`, `group` or `system`: what a handle without `@` looks like."""
    parts = [part for part in re.split(r"[-_./]+", handle.lower()) if part]
    if handle.lower() in lexicon.people:
        return "person"
    if (
        any(part in _BOT_PARTS or part.endswith("bot") for part in parts)
        or handle.lower() in lexicon.systems - lexicon.name_words
    ):
        return "system"
    if len(parts) > 1 and (any(part in _GROUP_PARTS for part in parts) or "/" in handle):
        return "group"
    whole = handle.lower()
    return "group" if whole in _GROUP_PARTS or whole in lexicon.groups or whole in lexicon.roles else "person"


def candidates(toks: Sequence[Tok], known: frozenset[str], lexicon: Lexicon) -> list[Candidate]:
    """Every place a name may stand, left to right without overlap. `known` holds lower-case names to accept."""
    found: list[Candidate] = []
    index = 0
    while index < len(toks):
        tok = toks[index]
        if tok.handle:
            found.append(_one(index, tok.text.lstrip("@"), "handle"))
        elif "@" in tok.text and "." in tok.text.rpartition("@")[2]:
            found.append(_one(index, tok.text.split("@")[0], "address"))
        elif (end := _run(toks, index)) > index:
            start = index  # "our DBA Oyelaran": the role is no part of the name
            while start + 1 < end and toks[start].text.lower() in lexicon.roles and toks[start].text.isupper():
                start += 1
            found += _named(toks, start, end)
            index = end
            continue
        elif tok.text.lower() in known and not tok.code and tok.text[0].islower():
            found.append(_one(index, tok.text, "lower"))
        index += 1
    return found


def _one(index: int, name: str, form: str) -> Candidate:
    return Candidate(index, index + 1, fold(name), name, form)


def _is_part(tok: Tok) -> bool:
    if tok.code or tok.url or tok.handle or not tok.text[0].isupper() or not _CAPITALISED.fullmatch(tok.text):
        return False
    word = tok.text.lower().rstrip(".")
    return word not in _NOT_NAMES and tok.text.lower() not in _TITLES


def _run(toks: Sequence[Tok], start: int) -> int:
    """The end of a run of capitalised words, with particles inside; `start` where none begins."""
    if not _is_part(toks[start]):
        return start
    end = start + 1
    while end < len(toks):
        if _is_part(toks[end]) or toks[end].text in ("An", "May", "April", "June", "August"):
            end += 1
        elif toks[end].text.lower() in _PARTICLES and end + 1 < len(toks) and _is_part(toks[end + 1]):
            end += 2
        else:
            break
    return end


def _named(toks: Sequence[Tok], start: int, end: int) -> list[Candidate]:
    words = [tok.text for tok in toks[start:end]]
    if end - start == 1:
        word = words[0]
        if word.endswith(".") and not _INITIAL.fullmatch(word):
            word = word.rstrip(".")
        if _INITIAL.fullmatch(word) and len(word) < 3:
            return []
        form = "initials" if 2 <= len(word.replace(".", "")) <= 3 and word.isupper() else "single"
        return [Candidate(start, end, fold(word), word, form)]
    name = " ".join(words)
    return [Candidate(start, end, fold(name), name, "full")]


#: Of the nouns for people or systems, those that are people where they do what people do.
PERSON_FIRST = frozenset(
    "operator dispatcher planner owner supervisor reviewer approver manager keeper inspector auditor".split()
)
#: Those that are things where it is said what they work on: "the lifecycle scheduler", "our DNS publisher".
THING_FIRST = frozenset(
    "agent alerter annotator authenticator blocker broker builder checker cleaner collector controller "
    "conductor deployer driver enforcer executor fetcher handler harvester launcher listener marshaller merger "
    "migrator monitor notifier orchestrator packer prober producer provisioner publisher ranker reader reaper "
    "recorder releaser resolver runner scavenger scheduler scorer sender sorter sweeper tracker tuner upgrader "
    "verifier viewer watcher worker writer".split()
)
#: What stands before such a noun where it is a person's.
AT_WORK = frozenset(
    "on-call oncall night duty junior senior human new tired relief trainee shift day weekend experienced".split()
)


_MONTHS = frozenset("jan feb mar apr may jun jul aug sep sept oct nov dec april june august".split())


def is_month(candidate: Candidate, toks: Sequence[Tok]) -> bool:
    """ "2 May", "August 12th": a name that is a month, beside a number."""
    before = toks[candidate.start - 1].text if candidate.start else ""
    after = toks[candidate.end].text if candidate.end < len(toks) else ""
    return candidate.key in _MONTHS and (before[-1:].isdigit() or after[:1].isdigit())


def is_function_word(word: str) -> bool:
    """Whether a word is one of those that are never somebody's name."""
    return word.lower() in _NOT_NAMES


def form_score(
    candidate: Candidate, lexicon: Lexicon, gaz: Gazetteer, english: frozenset[str]
) -> list[tuple[float, str]]:
    """What the written form alone says, as (weight, note): positive speaks for a person."""
    words = candidate.name.split()
    lowered = [word.lower() for word in words]
    score: list[tuple[float, str]] = []
    if candidate.key in lexicon.people or candidate.name.lower() in lexicon.people:
        return [(5.0, "the team's list of people")]
    if candidate.form == "handle":
        kind = handle_kind(candidate.name, lexicon)
        return [(3.0, "an @handle")] if kind == "person" else [(-6.0, f"a handle of a {kind}")]
    if candidate.form == "address":
        kind = handle_kind(candidate.name, lexicon)
        personal = "." in candidate.name or gaz.is_given(candidate.name)
        return [(2.5, "an e-mail address")] if kind == "person" and personal else [(-2.0, "a mailbox")]
    if candidate.name.lower() in lexicon.systems or candidate.name.lower() in lexicon.vendors:
        score.append((-4.0, "known as a system or organisation"))
    if candidate.form == "full":
        return score + _full_score(words, lowered, lexicon, gaz, english)
    word = lowered[0]
    is_word = word in english
    if word in lexicon.places:
        score.append((-2.0, "known as a place"))
    if word in lexicon.roles or word in lexicon.groups or word in lexicon.system_nouns:
        score.append((-3.0, "a common noun"))
    if candidate.form == "initials":
        return [*score, (0.7, "initials with stops") if "." in candidate.name else (-0.8, "could be an abbreviation")]
    if re.match(r"(?:O['’]|Mc|Mac)[A-Z]", candidate.name) and gaz.is_surname(word.replace("’", "'")):
        score.append((1.2, "a surname's form"))
    elif "-" in word and fold(word) not in gaz.given and _compound(word, english):
        score.append((-1.2, "made of ordinary words"))
    elif word.endswith("s") and word[:-1] in english and word not in lexicon.name_words:
        score.append((-1.5, "a plural"))
    elif gaz.is_given(word) and candidate.name.isupper() and len(word) > 3:
        score.append((0.3, "a given name in capitals"))
    elif gaz.is_given(word):
        score.append(
            (0.2, "a given name that is also a word")
            if is_word or word in lexicon.name_words
            else (1.6, "a given name")
        )
    elif gaz.is_surname(word):
        score.append((-0.3, "a word") if is_word else (0.8, "a surname"))
    elif is_word:
        score.append((-1.5, "an ordinary word"))
    elif candidate.name.isupper() and len(word) > 3:
        score.append((-1.5, "an abbreviation"))
    elif _inner_capital(words[0]):
        score.append((-1.2, "a product's spelling"))
    elif word.endswith("s") and (
        word[:-1] in english or word[:-1] in lexicon.system_nouns or candidate.name[:-1].isupper()
    ):
        score.append((-1.5, "a plural"))
    elif word.endswith(("ing", "tion")) or _compound(word, english):
        score.append((-1.2, "made of ordinary words"))
    else:
        score.append((0.5, "an unknown name"))
    return score


def _compound(word: str, english: frozenset[str]) -> bool:
    """Whether it is two English words in one, as products are called: Quicknode, Code-review, Buildkite."""
    if "-" in word:
        return all(part in english for part in word.split("-"))
    return any(len(word) - i >= 4 and word[:i] in english and word[i:] in english for i in range(4, len(word) - 3))


def _inner_capital(word: str) -> bool:
    return any(a.islower() and b.isupper() for a, b in itertools.pairwise(word)) and not word.startswith(
        ("Mc", "Mac", "De", "Le", "La", "O")
    )


def _full_score(
    words: list[str], lowered: list[str], lexicon: Lexicon, gaz: Gazetteer, english: frozenset[str]
) -> list[tuple[float, str]]:
    score: list[tuple[float, str]] = []
    first, last = lowered[0], lowered[-1]
    given = gaz.is_given(first) or bool(_INITIAL.fullmatch(words[0])) or gaz.is_given(last)
    surname = gaz.is_surname(last) or (gaz.is_given(last) and gaz.is_surname(first))
    particles = [word for word in lowered[1:-1] if word in _PARTICLES]
    plain = [word for word in lowered if word not in particles and (word in english or word in lexicon.system_nouns)]
    systems = [word for word in lowered if word in lexicon.systems or word in lexicon.vendors]
    surname_in_capitals = given and not words[0].isupper() and all(word.isupper() for word in words[1:])
    if surname_in_capitals:
        return [*score, (2.5, "a given name and a surname in capitals")]
    if any(word.isupper() and len(word) > 2 for word in words) or any(_inner_capital(word) for word in words):
        score.append((-1.5, "not spelt as a name"))
    if last.rstrip(".") in _COMPANY:
        return [*score, (-4.0, "a company")]
    if last in lexicon.system_nouns or last in lexicon.groups or (last in english and last in lexicon.roles):
        return [*score, (-3.0, "ends in a common noun")]
    if given and surname:
        score.append(
            (3.0 - 0.8 * (len(plain) == len(words)) - 1.5 * (len(systems) == len(words)), "given name and surname")
        )
    elif given and systems:
        score.append((-1.5, "a given name and a product"))
    elif given and (last not in english or particles):
        score.append((2.2, "a given name and another"))
    elif given:
        score.append((0.3 if first not in english else -0.5, "a given name and a word"))
    elif surname and not systems and not plain:
        score.append((0.9, "a surname"))
    elif particles and not plain and not systems:
        score.append((1.5, "a name with a particle"))
    elif surname and not plain:
        score.append((0.6, "a surname that is a method's or product's too"))
    elif plain or systems:
        score.append((-2.0, "ordinary words or a product"))
    else:
        score.append((0.8, "unknown names"))
    return score
