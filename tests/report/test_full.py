import re
import time
from itertools import pairwise

import pytest
from made import finding, report
from rich.cells import cell_len

from blamelint.diagnostic import Related, Report, Severity
from blamelint.report import FORMATS, Style
from blamelint.report.summary import statistics, summary
from blamelint.span import Span

LONG = (
    "At 14:02 UTC the primary database in Frankfurt started to reject writes because its disk was full, and since the "
    "on-call engineer failed to check the dashboard before the failover was started, the second replica was promoted "
    "with eleven minutes of lag, which in turn lost 4,112 orders that had to be restored by hand over the weekend."
)


def full(made: Report, width: int = 100, color: bool = False) -> str:
    return FORMATS["full"]([made], Style(width, color))


def rows(text: str) -> list[tuple[str, str]]:
    """(what the carets underline, the shown line) for each pair of lines in the excerpt."""
    pairs = []
    lines = text.splitlines()
    for shown, under in pairwise(lines):
        found = re.fullmatch(r"\s*\| ( *)(\^+)", under)
        if found:
            prose = shown.split("| ", 1)[1]
            start, end = len(found[1]), len(found[1]) + len(found[2])
            cells, inside = 0, ""
            for char in prose:
                if start <= cells < end:
                    inside += char
                cells += cell_len(char)
            pairs.append((inside, prose))
    return pairs


def test_as_a_whole():
    assert full(report("One.\n\nThe on-call engineer failed to check.\n", "failed to check")) == (
        "warning[BL401 failed-to]: “failed to check” blames\n"
        " --> docs/pm.md:3:22\n"
        "  |\n"
        "3 | The on-call engineer failed to check.\n"
        "  |                      ^^^^^^^^^^^^^^^\n"
        "  |\n"
        "  = why:     A person who fails is where the story ends; what made the mistake easy is where it\n"
        "             begins.\n"
        "  = instead: What did they see, and what made the step easy to miss?\n"
        "\n"
    )


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("\tName\tDave forgot it.", "forgot"),
        ("日本語のメモ: 田中さん forgot it 👩‍👩‍👧 again", "forgot"),
        ("日本語のメモ: 田中さんは", "田中さん"),
        ("e\u0301tude cafe\u0301 forgot", "forgot"),
        ("🔥🔥 forgot 🔥", "forgot 🔥"),
        ("> > forgot", "forgot"),
        ("x " * 300 + "forgot" + " y" * 300, "forgot"),
        ("日本" * 300 + "forgot" + "日本" * 300, "forgot"),
        ("x" * 300 + "forgot" + "y" * 300, "forgot"),
        ("😀 " * 300 + "forgot", "forgot"),
        ("forgot" + " 😀" * 300, "forgot"),
        (LONG, "failed to check"),
        (LONG, "At"),
        (LONG, "weekend."),
    ],
)
@pytest.mark.parametrize("width", [40, 60, 100, 1000])
def test_carets_stand_exactly_below(source, words, width):
    text = full(report(source, words), width)
    assert [inside for inside, _ in rows(text)] == [words]
    assert all(cell_len(shown) <= width - 4 for _, shown in rows(text))


@pytest.mark.parametrize("width", [40, 60, 100])
def test_a_range_wider_than_the_terminal_is_wrapped(width):
    words = LONG[40:306]
    pairs = rows(full(report(LONG, words), width))
    assert all(cell_len(shown) <= width - 4 for _, shown in pairs)
    shown = " ".join(inside for inside, _ in pairs)
    assert shown.startswith(words[:20])
    assert shown.endswith(words[-20:])


def test_a_range_over_lines_leaves_out_quote_marks():
    source = "> The engineer on call\n>   should have\n> known. Then"
    assert [inside for inside, _ in rows(full(report(source, source[2:-5])))] == [
        "The engineer on call",
        "should have",
        "known.",
    ]


def test_a_range_over_many_lines_is_cut_in_the_middle():
    source = "\n".join(f"line {n}" for n in range(2000))
    text = full(report(source, source))
    assert "\n...\n" in text
    assert len(rows(text)) < 8
    assert rows(text)[-1][0] == "line 1999"


def test_an_empty_range_has_one_caret():
    made = report("abc", "b")
    empty = Report("a.md", "", (finding("", ""),))
    assert full(made).count("^") == 1
    assert full(empty).count("^") == 1


def test_nothing_that_a_terminal_would_obey():
    source = "Evil \x1b[31m\x07 forgot \u202eit\u202c \x9b"
    made = report(source, "forgot \u202eit", message="“\x1b]0;x\x07” blames\nyou", path="a\x1b.md")
    text = full(made) + FORMATS["concise"]([made], Style())
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)
    assert rows(full(made))[0][0] == "forgot �it"


def test_colour_only_when_asked_for():
    made = report("Dave forgot.", "forgot")
    assert "\x1b[" not in full(made)
    colored = full(made, color=True)
    assert "\x1b[1;33mwarning[BL401 failed-to]\x1b[0m" in colored
    assert re.sub("\x1b\\[[0-9;]*m", "", colored) == full(made)


def test_related_places_are_told():
    source = "Dave forgot.\n\nAna fixed it."
    assert "= see:     line 3: mended here" in full(
        report(source, "forgot", related=(Related(Span(14, 17), "mended here"),))
    )


def test_many_findings_in_a_line_of_a_megabyte_are_quick():
    source = "forgot and went on to do other things " * 27_000
    spans = [Span(i * 3800, i * 3800 + 6) for i in range(250)]
    made = Report("a.md", source, tuple(finding(source, "forgot", span=span) for span in spans))
    start = time.perf_counter()
    text = full(made)
    assert time.perf_counter() - start < 5
    assert len(rows(text)) == 250


def test_concise():
    made = report("Dave\nforgot and\nforgot", "forgot")
    assert FORMATS["concise"]([made], Style()) == "docs/pm.md:2:1: warning BL401 “forgot” blames\n"


def test_the_summary_is_kind():
    style = Style()
    clean, one = Report("a.md", ""), report("Dave forgot.", "forgot", "Dave")
    assert summary([clean, clean, clean], 0, style) == "No blame found in 3 files.\n"
    assert summary([one, clean], 0, style) == "2 places to reword in 1 file; `blamelint rule BL401` says more.\n"
    assert "1 more at severity info: --min-severity info shows it." in summary([clean], 1, style)
    failed = Report("b.md", "", failures=("no",))
    assert summary([clean, failed], 0, style) == "No blame found in 1 file; 1 file could not be linted in full.\n"
    tidy = report("x", "x", category="suppression", code="BL001")
    assert summary([tidy], 0, style).startswith("1 comment to tidy in 1 file;")
    both = summary([tidy, one], 0, style)
    assert both.startswith("2 places to reword and 1 comment to tidy in 2 files; `blamelint rule BL401`")


def test_statistics():
    made = Report(
        "a.md", "Dave forgot", (*report("Dave forgot", "forgot", "Dave").diagnostics, finding("x", "x", code="BL1"))
    )
    assert statistics([made], Style()) == "2  BL401  failed-to  blame\n1  BL1  failed-to  blame\n"
    assert statistics([], Style()) == ""


def test_severities_look_different():
    looks = {full(report("x", "x", severity=severity), color=True).split("[BL")[0] for severity in Severity}
    assert len(looks) == 3
