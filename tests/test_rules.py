"""Every shipped rule: its examples, and what holds for all rules."""

from __future__ import annotations

from dataclasses import replace

import pytest
from people_reading import linter

from blamelint.diagnostic import CATEGORIES, Diagnostic
from blamelint.examples import run_examples
from blamelint.rule import Rule

RULES = linter().rules


def _lint(text: str, format: str) -> list[Diagnostic]:
    return list(linter().lint_text(text, format=format).diagnostics)


CASES = [
    pytest.param(replace(rule, bad=(), good=()), kind, example, id=f"{rule.code}-{kind}{index}")
    for rule in RULES
    for kind in ("bad", "good")
    for index, example in enumerate(getattr(rule, kind))
]


@pytest.mark.parametrize(("rule", "kind", "example"), CASES)
def test_example(rule: Rule, kind: str, example: object) -> None:
    failures = run_examples(replace(rule, **{kind: (example,)}), _lint)
    assert not failures, "\n".join(map(str, failures))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_explains_itself(rule: Rule) -> None:
    assert len(rule.bad) >= 3 and len(rule.good) >= 3
    assert rule.why and rule.instead and rule.summary and rule.sources
    assert rule.category in CATEGORIES
    assert not rule.message.endswith(".")


def test_codes_and_names_are_unique_and_families_are_in_their_folder() -> None:
    assert len({rule.code for rule in RULES}) == len({rule.name for rule in RULES}) == len(RULES)
    families = {"named": "BL1", "framing": "BL2", "attribution": "BL3", "judgement": "BL4", "causes": "BL5"}
    families["learned"] = "BL9"
    assert {rule.pack for rule in RULES} == set(families)
    assert all(rule.code.startswith(families[rule.pack]) for rule in RULES)
    assert all(rule.origin is not None and rule.origin.stem == rule.name for rule in RULES)
