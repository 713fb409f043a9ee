"""Plain text, formats by suffix, and metadata in all formats."""

from __future__ import annotations

import pytest
from reading import at, brief, read

from blamelint.markup import format_of, read_blocks

H, P, L = "heading", "paragraph", "item"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a\nb\n\nc\n", [(P, "a b"), (P, "c")]),
        ("- a\n  b\n* c\n1. d\n", [(L, "a b"), (L, "c"), (L, "d")]),
        ("Title\n=====\n\nPart\n----\nx\n", [(H, "Title"), (H, "Part"), (P, "x")]),
        ("Root cause\n\nx\n", [(H, "Root cause"), (P, "x")]),
        ("Timeline:\nx\n", [(H, "Timeline:"), (P, "x")]),
        ("ROOT CAUSE\nx\n", [(H, "ROOT CAUSE"), (P, "x")]),
        ("10:01 a\n10:02 b\nmore\n", [(P, "10:01 a"), (P, "10:02 b more")]),
        ("== Impact ==\nh2. Cause\n# Fix\nx", [(H, "Impact"), (H, "Cause"), (H, "Fix"), (P, "x")]),
        ("> a\n> b\nc\n", [(P, "a b"), (P, "c")]),
        ("-----\na\n*****\n", [(P, "a")]),
        ("", []),
    ],
)
def test_text(source: str, expected: list[tuple[str, str]]) -> None:
    assert brief(source, "text") == expected
    for line_end in ("\r\n", "\r"):
        assert brief("\ufeff" + source.replace("\n", line_end), "text") == expected


def test_text_offsets() -> None:
    source = "🔥 one\r\n\ttwo e\u0301\r\n\r\n> q"
    first, second = read(source, "text")
    assert first.line_starts == (6,)
    assert at(first, "e\u0301").start == source.index("e\u0301")
    assert second.quoted


def test_formats() -> None:
    names = {"a.md": "markdown", "A.MARKDOWN": "markdown", "b.qmd": "markdown", "c.mdx": "markdown", "d.htm": "html"}
    names |= {"d.html": "html", "e.rst": "rst", "f.txt": "text", "README": "text", "g.adoc": "text", "x.md/y": "text"}
    assert {name: format_of(name) for name in names} == names
    with pytest.raises(ValueError, match="no format 'docx'"):
        read_blocks("", "docx")


@pytest.mark.parametrize(
    "line",
    [
        "Author: Ana Lee",
        "**Incident commander:** @x",
        "Owner(s): @ana, @bo (SRE), Chi Lin, the storage team and Dee",
        "Created by: [K](http://u)",
        "Reviewers: A. Lee, B. Ko, C. Wu, D. Xi, E. Yo",
        "Date: 2020-01-01",
        "*Status* - Complete",
        "Severity: SEV-1",
        "Slack channel: #inc-1",
        "- Duration: 3h",
        "Written by Ana Lee on 3 May",
        "By Ana Lee, 2020-01-01",
        "Reviewers: Ana Kim (IP Core): approved 21/08. Bo Li (Change Planning): comments pending",
        "Approval: Tolentino: approved 2025-02-27. Kuzmanović: pending",
        "Review: Ana Kim approved on 9 March; Bo Li has open comments on the penalty figure",
        "Author: Ana\nDate: today",
        "- **Scribe**: Ana",
    ],
)
def test_metadata(line: str) -> None:
    (block,) = read(line, "markdown")
    assert block.metadata


@pytest.mark.parametrize(
    "line",
    [
        "Impact: users could not log in",
        "Root cause: Dave deleted the table",
        "Owner: Dave forgot to renew the certificate and nobody noticed it for a week",
        "At 10:00: Dave restarted it",
        "By restarting the server we fixed it",
        "Reported by a customer who could not log in and was very angry about it",
        "Dave: I restarted it",
        "Approval: Dave merged it before the change was approved by anyone.",
        "Review: Dave rolled the fix back at noon. It is pending since.",
        "# Owner: Ana",
        "Status: Dave broke it and then he left for the day without telling anyone",
    ],
)
def test_narrative(line: str) -> None:
    (block,) = read(line, "markdown")
    assert not block.metadata


def test_field_lines_are_cut_off_the_narrative() -> None:
    blocks = read("Author: Ana\nDate: 1 May\nImpact: users could not log in\nat all.\n", "markdown")
    assert [(b.text, b.metadata) for b in blocks] == [
        ("Author: Ana Date: 1 May", True), ("Impact: users could not log in at all.", False),
    ]  # fmt: skip


def test_people_below_a_label_or_heading() -> None:
    source = "Attendees:\n\n- Ana\n- Bo\n\nDave broke it.\n\n"
    source += "## Participants\n\n- Ana\n- Bo, the lead of the team\n\n## Fix\n\n- Ana fixed it\n"
    assert [b.text for b in read(source, "markdown") if b.metadata] == [
        "Attendees:", "Ana", "Bo", "Ana", "Bo, the lead of the team",
    ]  # fmt: skip


def test_columns_of_people() -> None:
    source = (
        "| Action | Owner | Due date |\n|--|--|--|\n| Add a check | Ana | 1 May |\n\n"
        "| Incident lead | Ana |\n|--|--|\n| Impact | Dave broke it |\n| Reviewers | Bo |\n"
    )
    found = {b.text for b in read(source, "markdown") if b.metadata}
    assert found == {"Owner", "Due date", "Ana", "1 May", "Incident lead", "Reviewers", "Bo"} | (found & {"Impact"})
    narrative = {b.text for b in read(source, "markdown") if not b.metadata}
    assert {"Action", "Add a check", "Dave broke it"} <= narrative
