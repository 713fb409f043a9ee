from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from handmade import VOCAB, sentence
from hypothesis import given
from hypothesis import strategies as st

from blamelint.checks import CHECKS
from blamelint.diagnostic import Severity
from blamelint.document import Match, Sentence
from blamelint.errors import RuleError
from blamelint.match import KINDS, Graded, compile_entry
from blamelint.match.phrase import compile_phrase
from blamelint.matchspec import SpecError
from blamelint.mention import Kind
from blamelint.rulefile import KIND_NAMES, Entry
from blamelint.span import Span
from blamelint.yamlfile import parse_yaml, validate

FORGOT: dict[str, Any] = {
    "heads": [1, 2, 2, 4, 2],
    "deps": ["det", "nsubj", "ROOT", "det", "dobj"],
    "lemmas": ["the", "engineer", "forget", "the", "flag"],
    "pos": ["DET", "NOUN", "VERB", "DET", "NOUN"],
    "actors": [(0, 2, Kind.ROLE)],
}


def entry(text: str) -> Entry:
    return validate(Entry, parse_yaml(text, Path("entry.yaml"), RuleError), RuleError)


def found(text: str, where: Sentence) -> list[str]:
    matches = compile_entry(entry(text), VOCAB).find(where)
    return [where.text[m.span.start : m.span.end] for m in matches]


def test_every_kind_has_a_compiler() -> None:
    assert (*KINDS, "ledger") == KIND_NAMES


@pytest.mark.parametrize(
    ("phrases", "text", "expected"),
    [
        ("[human error]", "A Human  Error and HUMAN ERROR", ["Human  Error", "HUMAN ERROR"]),
        ("[error]", "terror errors error_ erroré error", ["error"]),
        ("[a b, a, b c]", "a b c", ["a b"]),
        ("[human error]", "human error human error", ["human error", "human error"]),
        ('["didn\'t"]', "He didn’t, she didn't", ["didn’t", "didn't"]),
        ("[on-call]", "the on‑call, the ON-CALL", ["on‑call", "ON-CALL"]),
        ("[ünder]", "Ünder wünder", ["Ünder"]),
        ("[human error]", "🔥 human\u00a0error 🔥", ["human\u00a0error"]),
        ("['a.c', '(x)']", "abc a.c (x)", ["a.c", "(x)"]),
        ("[error]", "", []),
        ("[]", "anything", []),
    ],
)
def test_phrase(phrases: str, text: str, expected: list[str]) -> None:
    assert found(f"phrase: {phrases}", sentence(text)) == expected


@given(st.lists(st.text("ab c-'🔥", min_size=1).filter(str.strip), min_size=1, max_size=4), st.text("ab c-'🔥"))
def test_phrases_are_whole_words_in_their_place(phrases: list[str], text: str) -> None:
    where = sentence("x")
    where.text = text
    for match in compile_phrase(phrases, VOCAB).find(where):
        before, after = text[: match.span.start][-1:], text[match.span.end :][:1]
        assert not before.isalnum()
        assert not after.isalnum()
        read = " ".join(text[match.span.start : match.span.end].split())
        assert read in {" ".join(phrase.split()) for phrase in phrases}


@pytest.mark.parametrize(
    ("lemmas", "expected"),
    [
        ("[mess up]", ["messed up"]),
        ("[mess, mess up]", ["messed", "messed up"]),
        ("[Mess]", ["messed"]),
        ("[up mess]", []),
        ("[deploy]", ["Deploys"]),
        ("[]", []),
    ],
)
def test_lemma(lemmas: str, expected: list[str]) -> None:
    where = sentence("Dave messed up the Deploys", lemmas=["Dave", "mess", "up", "the", "Deploy"])
    assert found(f"lemma: {lemmas}", where) == expected


def test_a_hyphenated_lemma_is_found_split_or_whole() -> None:
    assert found("lemma: [double-check]", sentence("never double-check it")) == ["double-check"]
    split = sentence("never double - check it", read=["never", "double", "-", "check", "it"])
    assert found("lemma: [double-check]", split) == ["double - check"]


def test_spans_are_of_the_text_not_of_placeholders() -> None:
    where = sentence("Nguyễn 🔥 failed", read=["Tom", "x", "failed"], lemmas=["Tom", "x", "fail"])
    assert found("lemma: [fail]", where) == ["failed"]
    assert found("tokens: [[{LEMMA: fail}]]", where) == ["failed"]
    assert found("phrase: [nguyễn]", where) == ["Nguyễn"]


def test_regex_with_parts() -> None:
    matcher = compile_entry(entry(r"regex: ['(?P<agent>\w+) (broke|(?P<other>cut)) it', 'x*']"), VOCAB)
    (match,) = matcher.find(sentence("🔥 Dave Broke It"))
    assert match.span == Span(2, 15)
    assert match.parts == {"agent": Span(2, 6)}


def test_a_regex_that_hangs_elsewhere_takes_linear_time() -> None:
    matcher = compile_entry(entry("regex: ['(a+)+$', '(a|a)*b', '(.*)*x']"), VOCAB)
    where = sentence("a" * 50_000 + "!")
    began = time.perf_counter()
    assert list(matcher.find(where)) == []
    assert time.perf_counter() - began < 2


@pytest.mark.parametrize("pattern", ["(a", "(?=a)", r"(a)\1", "a**", "(a{1000}){1000}", "[[:x:]]"])
def test_a_bad_regex_is_refused_at_its_place(pattern: str) -> None:
    with pytest.raises(SpecError, match="RE2") as caught:
        compile_entry(Entry(regex=["a", pattern]), VOCAB)
    assert caught.value.loc == ("regex", 1)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("[{WHO: role}]", ["the engineer"]),
        ("[{WHO: role, POS: NOUN}, {LEMMA: {IN: [forget, drop]}}]", ["engineer forgot"]),
        ("[{WHO: human, OP: +}, {LEMMA: [forget, drop]}]", ["the engineer forgot"]),
        ("[{WHO: others, POS: NOUN}, {POS: VERB}]", ["engineer forgot"]),
        ("[{ENT_TYPE: {NOT_IN: [human]}, LOWER: the}]", ["the"]),
        ("[{WHO: none, POS: NOUN}]", ["flag"]),
        ("[{WHO: [system, we]}]", []),
        ("[{LENGTH: 4}]", ["flag"]),
        ("[{LENGTH: {'>=': 5}, IS_ALPHA: yes}]", ["engineer", "forgot"]),
        ("[{DEP: dobj, IS_LOWER: true}]", ["flag"]),
        ("[{LOWER: {NOT_IN: [the]}, OP: '{2,3}'}]", ["engineer forgot"]),
    ],
)
def test_tokens(pattern: str, expected: list[str]) -> None:
    pattern = pattern.replace("[{WHO: role}]", "[{WHO: role, OP: '{1,4}'}]")
    assert found(f"tokens: [{pattern}]", sentence("the engineer forgot the flag", **FORGOT)) == expected


BAD_TOKENS = {
    "regex as value": ("[[{LOWER: {REGEX: 'a+'}}]]", "REGEX is not supported"),
    "regex as key": ("[[{REGEX: 'a+'}]]", "REGEX is not supported"),
    "fuzzy": ("[[{LOWER: {FUZZY: a}}]]", "write an entry `regex: [...]`"),
    "fuzzy in a part": ("[[{LOWER: x}, {FUZZY: a}]]", "FUZZY is not supported"),
    "typo": ("[[{LEMA: a}]]", "did you mean 'LEMMA'?"),
    "who": ("[[{WHO: humn}]]", "did you mean 'human'?"),
    "kind": ("[[{ENT_TYPE: ORG}]]", "no kind of actor 'ORG'"),
    "both": ("[[{ENT_TYPE: ROLE, WHO: role}]]", "write one of them"),
    "operator": ("[[{OP: '**'}]]", "no operator '**'"),
    "huge": ("[[{OP: '{1,1000}'}]]", "more than 20 times"),
    "flat": ("[{LOWER: a}]", "should be a list"),
    "truth": ("[[{IS_ALPHA: maybe}]]", "should be true or false"),
    "nothing": ("[]", "should not be empty"),
}


@pytest.mark.parametrize(("tokens", "reason"), BAD_TOKENS.values(), ids=BAD_TOKENS.keys())
def test_bad_token_patterns(tokens: str, reason: str) -> None:
    with pytest.raises(RuleError) as caught:
        entry(f"tokens: {tokens}")
    assert reason in str(caught.value)
    assert caught.value.line == 1


@pytest.mark.parametrize("tokens", ["[[]]", "[[{OP: '*'}, {OP: '*'}, {OP: '+'}, {OP: '*'}, {LOWER: x}]]"])
def test_token_patterns_that_would_take_forever_are_refused(tokens: str) -> None:
    with pytest.raises(SpecError):
        compile_entry(entry(f"tokens: {tokens}"), VOCAB)


def test_dependency() -> None:
    text = "dependency: {fault: {LEMMA: forget}, actor: {left: fault, rel: '>', DEP: nsubj, WHO: human}}"
    (match,) = compile_entry(entry(text), VOCAB).find(sentence("the engineer forgot the flag", **FORGOT))
    assert match.span == Span(0, 19)
    assert match.parts == {"fault": Span(13, 19), "actor": Span(0, 12)}


def test_dependency_without_actor_gives_words() -> None:
    text = "dependency: {fault: {LEMMA: forget}, it: {left: fault, rel: '>', DEP: [nsubj]}}"
    (match,) = compile_entry(entry(text), VOCAB).find(sentence("the engineer forgot the flag", **FORGOT))
    assert match.parts["it"] == Span(4, 12)


BAD_DEPENDENCIES = {
    "anchor hangs": ("{a: {left: b, rel: '>'}}", "is the anchor", ("dependency", "a")),
    "loose": ("{a: {LEMMA: x}, b: {LEMMA: y}}", "needs `left`", ("dependency", "b")),
    "unknown": ("{a: {LEMMA: x}, b: {left: c, rel: '>'}}", "no earlier part 'c'", ("dependency", "b", "left")),
    "name": ("{match: {LEMMA: x}}", "can't be the name", ("dependency", "match")),
    "empty": ("{}", "1 to 8 parts", ("dependency",)),
}


@pytest.mark.parametrize(("spec", "reason", "loc"), BAD_DEPENDENCIES.values(), ids=BAD_DEPENDENCIES.keys())
def test_bad_dependencies(spec: str, reason: str, loc: tuple[str, ...]) -> None:
    with pytest.raises(SpecError, match=reason) as caught:
        compile_entry(entry(f"dependency: {spec}"), VOCAB)
    assert caught.value.loc == loc


def test_bad_relation() -> None:
    with pytest.raises(RuleError, match="is not one of"):
        entry("dependency: {a: {LEMMA: x}, b: {left: a, rel: '=>'}}")


def test_check(monkeypatch: pytest.MonkeyPatch) -> None:
    def first_words(where: Sentence, options: Mapping[str, object]) -> Iterator[Match]:
        yield Match(where.span_of(0, int(str(options["count"])) - 1))

    monkeypatch.setitem(CHECKS, "first_words", first_words)
    assert found("check: first_words\noptions: {count: 2}", sentence("one two three")) == ["one two"]
    with pytest.raises(SpecError, match="did you mean 'first_words'"):
        compile_entry(entry("check: first_word"), VOCAB)


def test_an_entry_may_have_its_own_severity() -> None:
    matcher = compile_entry(entry("phrase: [x]\nseverity: info"), VOCAB)
    assert isinstance(matcher, Graded)
    assert matcher.severity is Severity.INFO
    assert len(list(matcher.find(sentence("x")))) == 1


BAD_ENTRIES = {
    "none": ("severity: info", "needs exactly one of"),
    "two": ("phrase: [a]\nlemma: [b]", "has phrase and lemma"),
    "options": ("phrase: [a]\noptions: {a: b}", "belong to a check"),
    "typo": ("prase: [a]", "did you mean 'phrase'?"),
    "empty clause": ("clause: {}", "at least one of its fields"),
    "empty field": ("clause: {predicate: []}", "should not be empty"),
    "voice": ("clause: {voice: actve}", "did you mean 'active'?"),
    "agent": ("clause: {agent: [human, grup]}", "did you mean 'group'?"),
    "blank phrase": ("phrase: ['']", "should not be empty"),
}


@pytest.mark.parametrize(("text", "reason"), BAD_ENTRIES.values(), ids=BAD_ENTRIES.keys())
def test_bad_entries(text: str, reason: str) -> None:
    with pytest.raises(RuleError) as caught:
        entry(text)
    assert reason in str(caught.value)


def test_a_clause_takes_words_where_lists_are_meant() -> None:
    spec = entry("clause: {agent: human, predicate: mess up, negated: no, modality: [none, can]}").clause
    assert spec is not None
    assert (spec.agent, spec.predicate, spec.negated) == (["human"], ["mess up"], False)
    assert spec.modality == ["none", "can"]
    compile_entry(Entry(clause=spec), VOCAB)
