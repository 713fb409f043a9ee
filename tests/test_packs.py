from __future__ import annotations

import json
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest
from handmade import VOCAB, rule_text, sentence, write

from blamelint.block import BlockKind, Section
from blamelint.diagnostic import Severity
from blamelint.errors import RuleError
from blamelint.packs import RuleSet, load_packs
from blamelint.resources import data_root
from blamelint.rule import Rule
from blamelint.rulebuild import parse_marks, with_severity
from blamelint.rulefile import json_schema
from blamelint.span import Span
from blamelint.yamlfile import load_yaml

Load = Callable[..., RuleSet]


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    """A little folder of shipped rules."""
    root = tmp_path / "rules"
    write(root / "judgement/pack.yaml", "title: Judgement\nsummary: Words that judge\n")
    write(root / "judgement/some-blame.yaml", rule_text("- lemma: [$faults]\n- phrase: [bad]\n  severity: info"))
    write(root / "lexicon/faults.yaml", "list: faults\nsummary: Faults\nwords: [forget, no]\n")
    write(root / "lexicon/sections.yaml", "summary: [overview]\n")
    return root


@pytest.fixture
def load(shipped: Path) -> Load:
    return lambda *paths: load_packs(paths, VOCAB, shipped)


def finds(rule: Rule | None, text: str, **how: object) -> list[str]:
    assert rule is not None
    where = sentence(text, **how)  # type: ignore[arg-type]
    matches = [match for matcher in rule.match for match in matcher.find(where)]
    return [text[m.span.start : m.span.end] for m in matches]


def refused(load: Callable[[], object]) -> str:
    with pytest.raises(RuleError) as caught:
        load()
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_shipped_rules(load: Load, shipped: Path) -> None:
    rules = load()
    (rule,) = rules
    assert rules.get("BL401") is rules.get("some-blame") is rule
    assert rules.get("BL999") is None
    assert rules.lists == {"faults": frozenset({"forget", "no"})}
    assert (rule.pack, rule.origin, rule.line) == ("judgement", shipped / "judgement/some-blame.yaml", 1)
    assert rule.bad[1].text == "bad two"
    assert rule.bad[1].spans == (Span(0, 3),)
    assert finds(rule, "no forget bad") == ["no", "forget", "bad"]
    assert [(pack.name, pack.title, pack.on) for pack in rules.packs] == [("judgement", "Judgement", True)]


def test_rules_come_in_the_order_of_their_codes(load: Load, tmp_path: Path) -> None:
    write(tmp_path / "own/z.yaml", rule_text(code="AB100", name="z"))
    write(tmp_path / "own/a.yaml", rule_text(code="ZZ100", name="a"))
    assert [rule.code for rule in load(tmp_path / "own")] == ["AB100", "BL401", "ZZ100"]


def test_a_rule_file_by_itself_and_the_same_one_twice(load: Load, tmp_path: Path) -> None:
    path = write(tmp_path / "mine.yaml", rule_text(code="AC001", name="mine"))
    rule = load(path, str(path), path).get("AC001")
    assert rule is not None
    assert rule.pack == tmp_path.name


def test_everything_in_a_rule_file(load: Load, tmp_path: Path) -> None:
    more = """
    sections: {only: [summary, timeline], except: [root_cause]}
    blocks: {except: [heading]}
    sources: ["Dekker, *The field guide*"]
    report: sentence
    since: 0.1
    unless:
      - regex: ["^bad$"]
    """
    rule = load(write(tmp_path / "r.yaml", rule_text(code="AC001", name="mine", more=more))).get("mine")
    assert rule is not None
    assert rule.sections_only == {Section.SUMMARY, Section.TIMELINE}
    assert rule.sections_except == {Section.ROOT_CAUSE}
    assert rule.blocks_except == {BlockKind.HEADING}
    assert (rule.report, rule.since, len(rule.unless)) == ("sentence", "0.1", 1)


def test_a_pack_extends_lists_and_changes_rules(load: Load, tmp_path: Path) -> None:
    own = tmp_path / "own"
    pack = """
    title: Ours
    extend: {faults: [botch, $more]}
    rules:
      BL401:
        severity: error
        message: "{agent}: {match}"
        why: Ours.
        instead: Better.
        sections: {except: [timeline]}
        enabled: false
    """
    write(own / "pack.yaml", textwrap.dedent(pack))
    write(own / "more.yaml", "list: more\nsummary: More\nwords: [bungle]")
    rules = load(own)
    rule = rules.get("BL401")
    assert rules.lists["faults"] == {"forget", "no", "botch", "bungle"}
    assert finds(rule, "botch bungle forget") == ["botch", "bungle", "forget"]
    assert rule is not None
    assert (rule.severity, rule.message, rule.why) == (Severity.ERROR, "{agent}: {match}", "Ours.")
    assert rule.sections_except == {Section.TIMELINE}
    assert not any(hasattr(matcher, "severity") for matcher in rule.match)
    assert rules.off == {"BL401"}


def test_a_pack_may_be_off_but_for_a_rule(load: Load, tmp_path: Path) -> None:
    own = tmp_path / "own"
    write(own / "pack.yaml", "title: Ours\ndefault: off\nrules: {AC002: {enabled: yes}}")
    write(own / "one.yaml", rule_text(code="AC001", name="one"))
    write(own / "deeper/two.yml", rule_text(code="AC002", name="two"))
    rules = load(own)
    assert rules.off == {"AC001"}
    assert {rule.pack for rule in rules} == {"judgement", "own"}


def test_with_severity_takes_all_matches_along(load: Load) -> None:
    rule = load().get("BL401")
    assert rule is not None
    assert with_severity(rule, Severity.ERROR).severity is Severity.ERROR
    assert not any(hasattr(matcher, "severity") for matcher in with_severity(rule, Severity.ERROR).match)


def test_a_list_is_put_in_wherever_words_stand(load: Load, tmp_path: Path) -> None:
    match = """
    - tokens: [[{LEMMA: $faults}], [{LEMMA: {IN: [lose, $faults]}}, {LOWER: it}]]
    - dependency: {fault: {LEMMA: [$faults]}}
    - clause: {predicate: $faults, agent: human}
    - regex: ['$faults']
    """
    rule = load(write(tmp_path / "r.yaml", rule_text(match, code="AC001", name="mine"))).get("mine")
    assert finds(rule, "forget it lose it") == ["forget it", "lose it", "forget"]


def test_an_installed_package_is_read_but_not_imported(
    load: Load, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site"
    write(site / "acme_rules/__init__.py", "raise SystemExit('imported')")
    write(site / "acme_rules/pack/pack.yaml", "title: Acme")
    write(site / "acme_rules/pack/one.yaml", rule_text(code="ACME001", name="one"))
    write(site / "acme_rules/other.yaml", "not: a rule")
    info = site / "acme_rules-1.0.dist-info"
    write(info / "METADATA", "Metadata-Version: 2.1\nName: acme-rules\nVersion: 1.0\n")
    write(info / "RECORD", "acme_rules/__init__.py,,\nacme_rules/pack/pack.yaml,,\nacme_rules/pack/one.yaml,,\n")
    monkeypatch.syspath_prepend(site)
    assert load("package:acme-rules").get("ACME001") is not None
    assert "acme_rules" not in sys.modules
    write(info / "RECORD", "acme_rules/__init__.py,,\n")
    assert "holds no pack.yaml" in refused(lambda: load("package:acme-rules"))
    assert "'no-such-pack' is not installed" in refused(lambda: load("package:no-such-pack"))
    assert "is not installed" in refused(lambda: load("package:"))


def test_paths_that_hold_no_pack(load: Load, tmp_path: Path) -> None:
    assert "no rule pack there" in refused(lambda: load(tmp_path / "nowhere"))
    assert "write 'package:acme'" in refused(lambda: load("acme"))
    (tmp_path / "empty").mkdir()
    assert "holds no YAML files" in refused(lambda: load(tmp_path / "empty"))
    assert "can't be read" in refused(lambda: load_packs([], VOCAB, tmp_path / "nowhere"))


BAD_RULES = {
    "broken": ("code: [", "not valid YAML"),
    "nothing": ("", "missing key 'code'"),
    "bomb": ("code: &a [x]\nname: *a", ":1:7: anchors and aliases"),
    "code": (rule_text(code="bl1"), ":1:7: code: 'bl1' doesn't have the form"),
    "name": (rule_text(name="Some Blame"), ":2:7: name: 'Some Blame' doesn't have the form"),
    "key": (rule_text().replace("message:", "mesage:"), ":6:1: unknown key 'mesage' (did you mean 'message'?)"),
    "type": (rule_text().replace("why: It ends the inquiry.", "why: [a]"), ":7:6: why: should be text"),
    "category": (rule_text().replace("category: blame", "category: blam"), ":3:11: category: no category 'blam'"),
    "severity": (rule_text().replace("warning", "wraning"), "(did you mean 'warning'?)"),
    "section": (rule_text(more="sections: {only: [sumary]}"), "did you mean 'summary'?"),
    "regex": (rule_text("- regex: [a, '(b']"), ":10:16: not a regular expression that RE2 takes"),
    "tokens": (rule_text("- tokens: [[{LOWER: {REGEX: a}}]]"), "REGEX is not supported"),
    "dependency": (rule_text("- dependency: {a: {LEMMA: x}, b: {left: q, rel: '>'}}"), ":10:43: no earlier part 'q'"),
    "check": (rule_text("- check: no_such_check"), ":10:12: no check 'no_such_check'"),
    "list": (rule_text("- lemma: [a, $fautls]"), ":10:16: no word list 'fautls' (did you mean 'faults'?)"),
    "list in unless": (rule_text(more="unless: [{lemma: $nope}]"), "no word list 'nope'"),
    "part": (rule_text().replace("'{match}'", "'{culprit}'"), ":6:10: no part 'culprit' in this rule: one of agent"),
    "brace": (rule_text().replace("'{match}'", "{match.span}"), "not the name of a part in braces"),
    "stray brace": (rule_text().replace("'{match}'", "{match"), "'{' is not the name of a part"),
    "report": (rule_text(more="report: culprit"), "no part 'culprit' in this rule"),
    "no examples": (rule_text().split("examples:")[0], "missing key 'examples'"),
    "no bad ones": (
        rule_text().replace('["[[bad]] one", "[[bad]] two", "[[bad]] three"]', "[]"),
        "should not be empty",
    ),
    "no good ones": (rule_text().replace("  good: [good one, good two, good three]\n", ""), "missing key 'good'"),
    "unmarked": (
        rule_text().replace("[[bad]] two", "bad two"),
        ":12:24: examples.bad[2]: a bad example marks by [[ ]]",
    ),
    "unpaired": (rule_text().replace("[[bad]] two", "[[bad]] [[two"), "is not closed"),
    "marked": (rule_text().replace("good two", "'[[good]]'"), "a good example marks nothing"),
    "entry": (rule_text("- severity: info"), "needs exactly one of"),
}


@pytest.mark.parametrize(("text", "reason"), BAD_RULES.values(), ids=BAD_RULES.keys())
def test_bad_rules_are_one_clear_line(load: Load, tmp_path: Path, text: str, reason: str) -> None:
    path = write(tmp_path / "own/r.yaml", text.replace("BL401", "AC001").replace("some-blame", "mine"))
    message = refused(lambda: load(path))
    assert message.startswith(f"{path}:")
    assert reason in message


def test_shipped_rules_need_three_examples(shipped: Path) -> None:
    write(shipped / "judgement/some-blame.yaml", rule_text().replace(", good three", ""))
    assert "needs at least 3 good examples" in refused(lambda: load_packs([], VOCAB, shipped))


@pytest.mark.parametrize(("code", "name"), [("BL401", "other"), ("AC001", "some-blame")])
def test_duplicates_name_both_places(load: Load, shipped: Path, tmp_path: Path, code: str, name: str) -> None:
    path = write(tmp_path / "r.yaml", rule_text(code=code, name=name))
    message = refused(lambda: load(path))
    assert message.startswith(f"{path}:{1 if code == 'BL401' else 2}:7: the ")
    assert f"{shipped / 'judgement/some-blame.yaml'}:1" in message


BAD_PACKS = {
    "unknown code": ("title: x\nrules:\n  BL410: {severity: info}", ":3:3: no rule 'BL410' to change (did you mean"),
    "unknown list": ("title: x\nextend: {fault: [a]}", ":2:17: no word list 'fault' (did you mean 'faults'?)"),
    "inner list": ("title: x\nextend: {faults: [a, $b]}", ":2:22: no word list 'b'"),
    "itself": ("title: x\nextend: {faults: [$faults]}", "would have to hold itself"),
    "message": ("title: x\nrules: {BL401: {message: '{culprit}'}}", ":2:26: no part 'culprit'"),
    "key": ("title: x\nrules: {BL401: {sevrity: info}}", "did you mean 'severity'?"),
    "default": ("title: x\ndefault: maybe", "default: 'maybe' is not one of on, off"),
}


@pytest.mark.parametrize(("text", "reason"), BAD_PACKS.values(), ids=BAD_PACKS.keys())
def test_bad_packs_are_one_clear_line(load: Load, tmp_path: Path, text: str, reason: str) -> None:
    write(tmp_path / "own/pack.yaml", text)
    message = refused(lambda: load(tmp_path / "own"))
    assert message.startswith(str(tmp_path / "own/pack.yaml"))
    assert reason in message


def test_bad_lists(load: Load, tmp_path: Path) -> None:
    path = write(tmp_path / "l.yaml", "list: faults\nsummary: x\nwords: [a]")
    assert "already in" in refused(lambda: load(path))
    write(path, "list: Faults\nsummary: x\nwords: [a]")
    assert "doesn't have the form" in refused(lambda: load(path))
    write(path, "list: a\nsummary: x\nwords: [$b]")
    other = write(tmp_path / "m.yaml", "list: b\nsummary: x\nwords: [$a]")
    assert "would have to hold itself" in refused(lambda: load(path, other))


def test_an_empty_list_matches_nothing_but_no_clause(load: Load, tmp_path: Path) -> None:
    words = write(tmp_path / "l.yaml", "list: ours\nsummary: x\nwords: []")
    path = write(tmp_path / "r.yaml", rule_text("- phrase: [$ours]\n- lemma: $ours", code="AC001", name="mine"))
    assert finds(load(words, path).get("mine"), "a b") == []
    write(path, rule_text("- clause: {predicate: [$ours]}", code="AC001", name="mine"))
    assert "predicate: should not be empty" in refused(lambda: load(words, path))


def test_parse_marks() -> None:
    assert parse_marks("a [[b]] c [[🔥]]!") == ("a b c 🔥!", (Span(2, 3), Span(6, 7)))
    for text in ("[[a", "a]]", "[[a [[b]] c]]"):
        with pytest.raises(ValueError, match="mark"):
            parse_marks(text)


def test_the_schema_takes_what_the_loader_takes(shipped: Path) -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema())
    schema = jsonschema.Draft202012Validator(json_schema())
    for path in shipped.rglob("*.yaml"):
        valid = not list(schema.iter_errors(load_yaml(path, RuleError).data))
        assert valid == (path.name != "sections.yaml"), path


def test_the_published_schema_is_fresh() -> None:
    path = data_root("rules") / "schema.json"
    fresh = json.dumps(json_schema(), indent=1) + "\n"
    assert path.read_text(encoding="utf-8") == fresh, "run: python -m blamelint.rulefile > rules/schema.json"
