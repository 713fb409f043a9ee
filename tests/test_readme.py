"""The front page: what it claims is found is found, and its example says what it shows."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from people_reading import linter

from blamelint.diagnostic import Severity

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLE, TWIN = (ROOT / "examples" / name for name in ("postmortem.md", "postmortem-blameless.md"))


def _rows(head: str) -> list[list[str]]:
    table = README.partition(f"{head}\n")[2].partition("\n\n")[0]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in table.splitlines()[1:]]


@pytest.mark.parametrize(("found", "left"), _rows("| Found | Left alone |"))
def test_the_contrasts_hold(found: str, left: str) -> None:
    (marked,) = re.findall(r"\*\*(.+?)\*\*", found)
    report = linter().lint_text(found.replace("**", ""), format="markdown")
    assert any(marked in d.text or d.text in marked for d in report.at_least(Severity.WARNING))
    assert not linter().lint_text(left, format="markdown").at_least(Severity.WARNING)


QUOTES = [quote for row in _rows("| Family | Codes | For example |") for quote in re.findall("“(.+?)”", row[2])]


@pytest.mark.parametrize("words", QUOTES)
def test_the_examples_of_the_families_are_found(words: str) -> None:
    texts = {
        "he had not seen it": "Dave restarted it, but he had not seen it.",
        "single-handedly saved the launch": "The DBA single-handedly saved the launch.",
        "took down prod again": "The contractor took down prod again.",
        "forgot to": "The operator forgot to renew it.",
        "human error": "It was human error.",
        "should have noticed": "The reviewer should have noticed.",
        "obvious from the graph": "It was obvious from the graph, but nobody noticed.",
        "the root cause was": "The root cause was a missing index.",
        "be more careful": "Engineers must be more careful.",
        "was retrained": "The engineer was retrained.",
    }
    assert linter().lint_text(texts.get(words, f"{words}."), format="markdown").at_least(Severity.WARNING)


def test_the_example_and_its_twin() -> None:
    found = linter().lint_text(EXAMPLE.read_text(encoding="utf-8"), path=str(EXAMPLE)).at_least(Severity.WARNING)
    assert 8 <= len(found) <= 12
    assert {d.code[:3] for d in found} == {"BL1", "BL2", "BL4", "BL5"}
    assert linter().lint_text(TWIN.read_text(encoding="utf-8"), path=str(TWIN)).diagnostics == ()


def test_its_command_runs_on_the_example() -> None:
    setup, tests = re.findall(r"^python3 -m venv .+$", README, re.MULTILINE)
    assert setup.endswith(" && .venv/bin/blamelint check examples/postmortem.md")
    assert '.venv/bin/pip install -q -e ".[test]" && .venv/bin/pytest' in tests
    command = [sys.executable, "-m", "blamelint", "check", "examples/postmortem.md"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1 and not done.stderr
    assert "examples/postmortem.md:14:50" in done.stdout


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "benchmarks/README.md"])
def test_links_lead_somewhere(page: str) -> None:
    path = ROOT / page
    for target in re.findall(r"\]\(([^)\s#]+)", path.read_text(encoding="utf-8")):
        assert "://" in target or (path.parent / target).exists(), target
