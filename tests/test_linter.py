"""The linter over whole texts: the contrasts that the tool exists for, and exact places."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from people_reading import linter

from blamelint.diagnostic import Severity


def categories(text: str) -> set[str]:
    report = linter().lint_text(text, format="markdown")
    assert not report.failures
    return {d.category for d in report.at_least(Severity.WARNING)}


@pytest.mark.parametrize(
    ("blamed", "category", "neutral"),
    [
        ("The on-call engineer failed to check the lag.", "blame", "The health check failed to start."),
        ("The culprit was a contractor.", "villain", "The culprit was a null pointer."),
        ("The reviewer should have run a dry run.", "counterfactual", "The breaker should have opened at 50 %."),
        ("A rogue engineer changed the route.", "villain", "A rogue process filled the disk."),
        (
            "It was obvious from the graph, but nobody noticed.",
            "hindsight",
            "The error is clearly visible in the graph.",
        ),
        ("The root cause was a missing index.", "single_cause", "A missing index was one of the root causes."),
        ("Engineers must be more careful.", "surface_fix", "Add a confirmation prompt to the command."),
        ("The DBA single-handedly rebuilt it.", "hero", "The DBA rebuilt it."),
        ("Dave restarted the queue.", "named", "Jenkins restarted the queue."),
        ("It was missed by the reviewer.", "blame", "It was missed by the matcher."),
        ("The DBA forgot.", "blame", "The index was large, so the DBA dropped it."),
        ("The DBA\\\nforgot the table.", "blame", "The driver forgot the state."),
        ("This should have been caught in review.", "counterfactual", "With a canary this would have been caught."),
        ("The namespace was accidentally deleted by an engineer.", "blame", "The namespace was accidentally deleted."),
    ],
)
def test_agency_decides(blamed: str, category: str, neutral: str) -> None:
    assert category in categories(blamed)
    assert categories(neutral) == set()


@pytest.mark.parametrize(
    "text",
    [
        "Author: Sarah Lindqvist",
        "| Role | Name |\n| --- | --- |\n| Incident commander | Sarah Lindqvist |",
        "## Action items\n\n- Add a canary (owner: Dave Okafor)",
        "“Be more careful” is no remedy.",
        "This is not to say that the engineer ought to have known.",
        "Dave will add a canary to the pipeline.",
        "```\nDave broke prod\n```",
    ],
)
def test_left_alone(text: str) -> None:
    assert categories(text) == set()


@settings(max_examples=25, deadline=None)
@given(
    before=st.sampled_from(
        ["", "🔥 ", "é̂ ", "> ", "- ", "1. ", "# Timeline\n\n", "intro line\nthat wraps. ", "\ufeff"]
    ),
    opening=st.sampled_from(["", "**", "_", "`code` "]),
    end=st.sampled_from(["\n", "\r\n", ""]),
)
def test_the_source_at_a_finding_reads_as_its_text(before: str, opening: str, end: str) -> None:
    closing = opening if opening in ("**", "_") else ""
    source = f"{before}{opening}The night shift{closing} failed to check the lag.{end}"
    report = linter().lint_text(source, format="markdown")
    found = [d for d in report.diagnostics if d.code == "BL401"]
    assert len(found) == 1
    written = source[found[0].span.start : found[0].span.end].replace("**", "").replace("_", "")
    assert written == found[0].text == "The night shift failed"


def test_names_may_be_allowed_in_the_timeline_alone() -> None:
    from blamelint.config import Config
    from blamelint.linter import Linter

    text = "# Timeline\n\n- 02:14 Sarah restarted it.\n\n# Causes\n\nSarah restarted it twice.\n"
    lenient = Linter(Config(allow_names_in=("timeline",)))  # type: ignore[arg-type]
    rows = {r.source[: d.span.start].count("\n") for r in [lenient.lint_text(text)] for d in r.diagnostics}
    assert rows == {6}
