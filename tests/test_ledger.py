"""The attribution ledger: who, what, harm or help; and the rules that read it over a whole document."""

from __future__ import annotations

import importlib.util
import json
import sys
import textwrap
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from handmade import VOCAB, rule_text, sentence, write
from hypothesis import given
from hypothesis import strategies as st
from people_reading import linter

from blamelint.checks import sides
from blamelint.diagnostic import Diagnostic, Severity
from blamelint.engine import run_rules
from blamelint.errors import RuleError
from blamelint.ledger import Effect, Entry, Ledger, Party, Pattern, Stand
from blamelint.packs import load_packs
from blamelint.rule import Rule
from blamelint.span import Span

ROOT = Path(__file__).parents[1]


def entries(text: str) -> Ledger:
    return linter().ledger(linter().read(textwrap.dedent(text), format="markdown"))


def told(text: str) -> list[tuple[str, str, str]]:
    return [(entry.party.key, entry.predicate, str(entry.effect)) for entry in entries(text)]


def found(text: str) -> list[Diagnostic]:
    report = linter().lint_text(textwrap.dedent(text), format="markdown")
    assert not report.failures
    return [d for d in report.diagnostics if d.category == "asymmetric"]


@pytest.mark.parametrize(
    ("text", "effect"),
    [
        ("The contractor misconfigured the gateway.", "harm"),
        ("The contractor did not break the gateway.", "neutral"),
        ("The database engineer restored the table.", "help"),
        ("The database engineer did not roll back the release.", "harm"),
        ("The database engineer dropped the index.", "harm"),
        ("The database engineer dropped the latency.", "help"),
        ("The database engineer will restore the table.", "neutral"),
        ("The reviewer could have checked the diff.", "harm"),
        ("The on-call engineer did not page the database team.", "harm"),
        ("The on-call engineer took down production.", "harm"),
    ],
)
def test_the_effect_comes_from_verb_object_negation_and_modality(text: str, effect: str) -> None:
    assert effect in {entry.effect for entry in entries(text)}
    assert {str(entry.effect) for entry in entries(text)} - {"neutral"} <= {effect}


def test_a_change_is_harm_before_the_trouble_and_help_after() -> None:
    text = """\
        ## Timeline

        - 09:02 The storage team sets the quota to 40.
        - 09:31 Alert on the upload queue.
        - 09:40 The network team sets the quota to 400.
        """
    assert [(key, effect) for key, predicate, effect in told(text) if predicate == "set"] == [
        ("storage", "harm"), ("network", "help"),
    ]  # fmt: skip


def test_a_change_long_before_the_trouble_or_without_any_is_neutral() -> None:
    change = "## Timeline\n\n- 09:02 The storage team sets the quota to 40.\n"
    assert [effect for _, _, effect in told(change)] == ["neutral"]
    filler = "".join(f"- 09:{minute:02} The load stays normal.\n" for minute in range(3, 33))
    alert = "- 09:40 Alert on the queue.\n"
    assert ("storage", "set", "neutral") in told(change + filler + alert)
    assert ("storage", "set", "harm") in told(change + alert)


def test_the_same_one_has_one_key() -> None:
    text = """\
        ## Resolution

        The edge team found the loop. The team drained the node. It restored the route. Our edge team purged the cache.
        """
    assert {key for key, _, _ in told(text)} == {"edge"}
    people = "Dave Okafor restored the table. He replayed the queue. Dave purged the cache."
    assert {key for key, _, _ in told(people)} == {"dave okafor"}


def test_who_acts_together_is_booked_together() -> None:
    booked = told("Priya Nair and Dave Okafor restored the table.")
    assert {"priya nair", "dave okafor"} <= {key for key, _, effect in booked if effect == "help"}


def test_a_member_is_counted_to_their_side() -> None:
    (side, *_) = entries("## Resolution\n\nHauwa Gambo of SRE restored the table. SRE replayed the queue.").sides()
    assert side.party.name == "SRE" and len(side.help) == 2


def test_nobody_said_and_we() -> None:
    booked = entries("## Resolution\n\nThe table was restored. We replayed the queue.")
    assert [(e.party.kind, e.agent) for e in booked] == [(Stand.NONE, ""), (Stand.TEAM, "We")]


def test_action_items_and_metadata_are_no_part_of_it() -> None:
    assert told("## Action items\n\n- The storage team restores the quota.\n") == []


def test_spans_point_at_agent_predicate_and_object() -> None:
    text = "Intro 🔥.\n\nThe **contractor** misconfigured the gateway on Friday.\n"
    (entry,) = [e for e in entries(text) if e.effect is Effect.HARM]
    assert text[entry.source_span.start : entry.source_span.end] == "The **contractor** misconfigured the gateway"


def test_accounts_hold_every_entry_once() -> None:
    ledger = entries((ROOT / "examples/postmortem.md").read_text("utf-8"))
    accounts = ledger.accounts()
    assert sorted(e.source_span for a in accounts for e in (*a.harm, *a.help, *a.neutral)) == sorted(
        e.source_span for e in ledger
    )
    assert sum(map(len, accounts)) == len(ledger) > 0


TWO_SIDES = """\
## Cause

{harm} changed the retention to one day. {harm} disabled the check.

## Resolution

{help} found the gap. {help} restored the snapshot. {help} reopened the gateway.
"""


@pytest.mark.parametrize(
    ("harm", "help_", "codes"),
    [
        ("The night shift", "The platform team", ["BL301"]),
        ("The night shift", "We", ["BL301"]),
        ("The platform team", "The platform team", []),
        ("We", "The platform team", []),
        ("I", "I", []),
        ("The cleanup job", "The platform team", []),
    ],
)
def test_two_sides(harm: str, help_: str, codes: list[str]) -> None:
    assert [d.code for d in found(TWO_SIDES.format(harm=harm, help=help_)) if d.severity >= Severity.WARNING] == codes


def test_the_finding_names_both_sides_and_its_counts() -> None:
    text = TWO_SIDES.format(harm="The night shift", help="The platform team")
    (finding,) = found(text)
    assert text[finding.span.start : finding.span.end] == "The night shift changed the retention"
    assert finding.message == ("harm is told of night shift (2 of 2 sentences), recovery of platform team (3 of 3)")
    assert [text[r.span.start : r.span.end].partition(" ")[0] for r in finding.related] == ["The"] * 4
    assert [r.message.partition(",")[0] for r in finding.related] == ["harm", "recovery", "recovery", "recovery"]


def test_thin_evidence_is_silence() -> None:
    assert found("The night shift changed the retention. The platform team restored the snapshot.") == []
    once = TWO_SIDES.replace(" {harm} disabled the check.", "")
    assert found(once.format(harm="The night shift", help="The platform team")) == []


def test_rejected_sections_and_suppression() -> None:
    text = TWO_SIDES.format(harm="The night shift", help="The platform team")
    assert found(f"<!-- blamelint: ignore-file BL301 -- told to us so -->\n\n{text}") == []
    assert found(text.replace("## Cause", "## Action items")) == []


def test_a_pack_changes_thresholds_by_a_rule_of_its_own(tmp_path: Path) -> None:
    match = "- ledger: cause-and-cure\n  options: {harm: 1, help: 1, share: 0.5}"
    rule = _load(tmp_path, match)
    document = linter().read("Cause\n=====\n\nDave Okafor dropped the index. He restored the index.", format="markdown")
    diagnostics, failures = run_rules(document, [rule], linter().ledger(document))
    assert failures == [] and [d.code for d in diagnostics] == ["BL401"]
    assert run_rules(document, [rule]) == ([], [])


def _load(tmp_path: Path, match: str) -> Rule:
    (tmp_path / "none").mkdir(exist_ok=True)
    (rule,) = load_packs([write(tmp_path / "r.yaml", rule_text(match))], VOCAB, tmp_path / "none")
    return rule


@pytest.mark.parametrize(
    ("match", "message"),
    [
        ("- ledger: cause-and-cur\n  options: {}", "cause-and-cure"),
        ("- ledger: cause-and-cure\n  options: {harm: 1, help: 1, shar: 1}", "no option 'shar'"),
        ("- ledger: cause-and-cure\n  options: {harm: 1, help: 1}", "needs the option 'share'"),
        ("- ledger: cause-and-cure\n  options: {harm: many, help: 1, share: 1}", "'harm' is a number"),
        ("- ledger: cause-and-cure\n- phrase: [bad]", "not at both"),
        ("- ledger: cause-and-cure\n  severity: info", "severity of its rule"),
    ],
)
def test_what_is_wrong_in_a_rule_file_is_told(tmp_path: Path, match: str, message: str) -> None:
    with pytest.raises(RuleError, match=message):
        _load(tmp_path, match)


def test_a_check_that_fails_is_reported_and_the_others_go_on() -> None:
    class Broken:
        def find(self, ledger: Ledger) -> list[Pattern]:
            raise RuntimeError("oops")

    document = linter().read(TWO_SIDES.format(harm="The night shift", help="We"), format="markdown")
    good = next(rule for rule in linter().rules if rule.code == "BL301")
    from dataclasses import replace

    diagnostics, failures = run_rules(
        document, [replace(good, code="BL399", whole=(Broken(),)), good], linter().ledger(document)
    )
    assert [d.code for d in diagnostics] == ["BL301"]
    assert len(failures) == 1 and "BL399" in failures[0] and "oops" in failures[0]


WHO = st.sampled_from(["a", "b", "we"])
ACT = st.tuples(WHO, st.sampled_from(list(Effect)), st.sampled_from(["set", "drop", "find"]))
OPTIONS = {"harm": 2, "help": 3, "each": 2, "purity": 2, "share": 0.5, "weight": 0.2, "things": 4, "things_share": 0.8}


def made(acts: Sequence[tuple[str, Effect, str]]) -> Ledger:
    def entry(index: int, who: str, effect: Effect, verb: str) -> Entry:
        where = sentence(f"{who} {verb} it", start=index * 20)
        party = Party(who, Stand.TEAM if who == "we" else Stand.GROUP, who)
        return Entry(party, who, verb, (), effect, "the verb", False, "", "active", where, Span(0, 3))

    return Ledger(tuple(entry(index, *act) for index, act in enumerate(acts)))


@given(st.lists(ACT, max_size=14))
def test_whatever_is_booked_a_finding_has_its_evidence(acts: list[tuple[str, Effect, str]]) -> None:
    for pattern in sides.harm_here_credit_there(made(acts), OPTIONS):
        harmed = pattern.at.party.key
        assert pattern.at.effect is Effect.HARM and harmed != "we"
        assert sum(who == harmed and effect is Effect.HARM for who, effect, _ in acts) >= 2
        assert sum(who != harmed and effect is Effect.HELP for who, effect, _ in acts) >= 3
        assert {e.effect for e, _ in pattern.related} <= {Effect.HARM, Effect.HELP}
        assert Effect.HELP in {e.effect for e, _ in pattern.related}


@given(st.lists(ACT, max_size=14))
def test_one_side_alone_is_never_two(acts: list[tuple[str, Effect, str]]) -> None:
    alone = made([("a", effect, verb) for _, effect, verb in acts])
    assert list(sides.harm_here_credit_there(alone, OPTIONS)) == []
    assert list(sides.blame_moved(alone, OPTIONS)) == []


def test_sentences_are_counted_not_clauses() -> None:
    ledger = made([("a", Effect.HARM, "set")] * 3)
    assert sides.sentences(ledger.entries) == 3
    assert sides.sentences([ledger.entries[0]] * 3) == 1


def test_the_ledger_is_linear() -> None:
    text = TWO_SIDES.format(harm="The night shift", help="The platform team")
    small, large = (linter().read(text * times, format="markdown") for times in (10, 80))
    linter().ledger(small)

    def seconds(document: object) -> float:
        start = time.perf_counter()
        linter().ledger(document)  # type: ignore[arg-type]
        return time.perf_counter() - start

    assert min(seconds(large) for _ in range(3)) < 24 * min(seconds(small) for _ in range(3))


def test_the_halves_of_the_benchmark_share_no_writer() -> None:
    spec = importlib.util.spec_from_file_location("asymmetric_benchmark", ROOT / "benchmarks/asymmetric.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    names = [path.stem for path in (ROOT / "exemplars/documents").glob("*.json")]
    halves = {half: {n.partition("-")[0] for n in names if module.half_of(n) == half} for half in module.HALVES}
    first, second = halves.values()
    assert first and second and not first & second


def test_every_word_list_of_the_ledger_is_there() -> None:
    from dataclasses import fields

    effects = linter()._effects
    assert all(getattr(effects, field.name) for field in fields(effects))


def test_json_keeps_the_schema(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    from jsonschema import Draft202012Validator

    from blamelint.cli import main

    schema = json.loads((ROOT / "docs/schemas/ledger.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    path = write(tmp_path / "x.md", TWO_SIDES.format(harm="The night shift", help="We"))
    assert main(["ledger", "--isolated", "--all", "--output-format", "json", str(path)]) == 0
    (data,) = json.loads(capsysbinary.readouterr().out)
    Draft202012Validator(schema).validate([data])
    assert {agent["key"]: (agent["harm"], agent["help"]) for agent in data["agents"] if agent["key"]} == {
        "night": (2, 0),
        "we": (0, 3),
    }
    first = next(entry for entry in data["entries"] if entry["agent"] == "night")
    assert first["location"] == {"row": 3, "column": 1}


def test_text_and_csv(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    from blamelint.cli import main

    path = write(tmp_path / "x.md", "## Resolution\n\nWe restored the table. The queue has a name.\n")
    assert main(["ledger", "--isolated", str(path)]) == 0
    text = capsysbinary.readouterr().out.decode()
    assert "restore" in text and "100%" in text and "name" not in text.replace("agent", "")
    assert main(["ledger", "--isolated", "--all", "--output-format", "csv", str(path)]) == 0
    rows = capsysbinary.readouterr().out.decode().splitlines()
    assert rows[0].startswith("file,line,column,section,agent") and len(rows) == 3
    assert main(["ledger", "--isolated", str(tmp_path / "none.md")]) == 2
    assert capsysbinary.readouterr().err.decode().count("\n") == 1
