import re

import pytest

from blamelint.diagnostic import Applicability, Diagnostic, Severity
from blamelint.directives import find_directives
from blamelint.document import Document
from blamelint.markup import read_blocks
from blamelint.span import Span
from blamelint.suppress import apply


class R:
    def __init__(self, code, name, category):
        self.code, self.name, self.category = code, name, category


RULES = (R("BL401", "judged-trait", "blame"), R("BL101", "named-person", "named"))


def findings(source):
    """BL401 at each "careless", BL101 at each "Dave"; a sentence ends with a full stop."""
    found = []
    for match in re.finditer("careless|Dave", source):
        rule = RULES[match[0] == "Dave"]
        before = re.match(r"(?s).*(?:\. |\n\n|-->\n|blamelint:[^\n]*\n|\|)", source[: match.start()])
        after = re.compile(r"[^.|]*").match(source, match.end())
        sentence = Span(before.end() if before else 0, after.end())
        span = Span(*match.span())
        found.append(Diagnostic(rule.code, rule.name, rule.category, Severity.WARNING, "m", span, sentence, match[0]))
    return found


def run(source, format="markdown", **more):
    document = Document("x", source, format, tuple(read_blocks(source, format)))  # as the linter has it
    kept, suppressed, own = apply(source, format, findings(source), RULES, inline_code=document.code_spans, **more)
    return [d.code for d in kept], [d.code for d in suppressed], [(d.code, d.text) for d in own]


NEXT = {
    "markdown": "<!-- blamelint: ignore-next-line {} -->",
    "html": "<!-- blamelint: ignore-next-line {} -->",
    "rst": ".. blamelint: ignore-next-line {}",
    "text": "# blamelint: ignore-next-line {}",
}


@pytest.mark.parametrize("format", NEXT)
@pytest.mark.parametrize("gap", ["\n", "\n\n", "\n\n\n"])
@pytest.mark.parametrize(
    ("targets", "kept"),
    [
        ("BL401 -- quoted", ["BL101"]),
        ("blame", ["BL101"]),
        ("BL4", ["BL101"]),
        ("judged-trait", ["BL101"]),
        ("BL401, named -- a reason", []),
        ("BL401 BL101", []),
        ("-- a reason", []),
        ("— a reason", []),
        ("", []),
    ],
)
def test_next_line(format, gap, targets, kept):
    source = NEXT[format].format(targets).rstrip() + gap + "Dave was careless.\n"
    assert run(source, format)[0] == kept
    assert run(source, format)[2] == []


def test_next_line_means_the_whole_sentence_that_starts_there_and_no_more():
    source = "<!-- blamelint: ignore-next-line blame -->\nThe engineer on call was\ncareless. He was careless.\n"
    assert run(source)[:2] == (["BL401"], ["BL401"])


def test_stacked_comments_speak_of_the_same_line():
    source = (
        "<!-- blamelint: ignore-next-line blame -->\n<!-- blamelint: ignore-next-line named -->\n"
        "> \n> Dave was careless.\n\nDave.\n"
    )
    assert run(source) == (["BL101"], ["BL101", "BL401"], [])


def test_same_line():
    assert run("Dave was careless. <!-- blamelint: ignore BL401 -->\n\nDave.\n")[:2] == (["BL101", "BL101"], ["BL401"])
    assert run("| a | Dave <!-- blamelint: ignore --> |\n|---|---|\n| b | Dave |\n")[:2] == (["BL101"], ["BL101"])
    assert run("[blamelint: ignore named] Dave.\n", "text")[:2] == ([], ["BL101"])


def test_same_line_reaches_back_to_where_the_sentence_began():
    assert run("It was Dave who was\ncareless. <!-- blamelint: ignore -->\n")[0] == []


def test_blocks():
    source = (
        "Dave.\n\n<!-- blamelint: ignore-start named -->\nDave was careless.\n\nDave.\n"
        "<!-- blamelint: ignore-end -->\n\nDave.\n"
    )
    assert run(source) == (["BL101", "BL401", "BL101"], ["BL101", "BL101"], [])


def test_file():
    assert run("Dave was careless.\n\n<!-- blamelint: ignore-file named -- people agreed -->\n")[0] == ["BL401"]


@pytest.mark.parametrize(
    "source",
    [
        "```html\n<!-- blamelint: ignore-file -->\n```\n\nDave.\n",
        "- item\n\n  ```\n  <!-- blamelint: ignore-file -->\n  ```\n\nDave.\n",
        "> ~~~\n> <!-- blamelint: ignore-file -->\n> ~~~\n\nDave.\n",
        "Text\n\n    <!-- blamelint: ignore-file -->\n\nDave.\n",
        "Write `<!-- blamelint: ignore-file -->` there, Dave.\n",
        "---\ntitle: <!-- blamelint: ignore-file -->\n---\n\nDave.\n",
        "Ünïcödé 😀 `<!-- blamelint: ignore-file -->` Dave.\n",
    ],
)
def test_code_that_shows_a_comment_is_none(source):
    assert run(source) == (["BL101"], [], [])


def test_code_in_other_formats():
    assert run("Text::\n\n    .. blamelint: ignore-file\n\nDave.\n", "rst")[0] == ["BL101"]
    assert run("- a\n\n  .. blamelint: ignore-file\n\nDave.\n", "rst")[0] == []
    assert run("<pre>&lt;!-- blamelint: ignore-file --&gt;</pre><p>Dave.</p>", "html")[0] == ["BL101"]
    assert run("<script>'<!-- blamelint: ignore-file -->'</script><p>Dave.</p>", "html")[0] == ["BL101"]


@pytest.mark.parametrize(
    ("source", "own"),
    [
        ("<!-- blamelint: ignore-next-line -->\nfine.\n", [("BL001", "<!-- blamelint: ignore-next-line -->")]),
        ("<!-- blamelint: ignore-next-line BL401, named -->\nDave.\n", [("BL001", "BL401")]),
        ("<!-- blamelint: ignore-next-line BL41 -->\nDave.\n", [("BL002", "BL41")]),
        ("<!-- blamelint: ingore-next-line -->\nDave.\n", [("BL002", "<!-- blamelint: ingore-next-line -->")]),
        ("<!-- blamelint: ignore-start -->\nDave.\n", [("BL003", "<!-- blamelint: ignore-start -->")]),
        ("Dave.\n\n<!-- blamelint: ignore-end -->\n", [("BL003", "<!-- blamelint: ignore-end -->")]),
        ("<!-- blamelint: -->\nDave.\n", [("BL002", "<!-- blamelint: -->")]),
    ],
)
def test_what_is_wrong_with_a_comment_is_said(source, own):
    assert run(source)[2] == own


def test_suggestions():
    own = apply("<!-- blamelint: ingore-file nmaed -->", "markdown", [], RULES)[2]
    assert "did you mean 'ignore-file'?" in own[0].message
    own = apply("<!-- blamelint: ignore-file nmaed -->", "markdown", [], RULES)[2]
    assert "did you mean 'named'?" in own[0].message


def test_an_unclosed_block_hides_nothing():
    assert run("<!-- blamelint: ignore-start -->\nDave.\n")[:2] == (["BL101"], [])


def test_a_rule_that_did_not_run_is_not_called_unused():
    source = "<!-- blamelint: ignore-next-line named -->\nHe was careless.\n"
    assert run(source, on={"BL401"})[2] == []
    assert run(source, on={"BL401", "BL101"})[2] == [("BL001", "<!-- blamelint: ignore-next-line named -->")]


def test_reasons_can_be_asked_for():
    source = "<!-- blamelint: ignore-next-line named -->\nDave.\n"
    assert run(source)[2] == []
    assert [code for code, _ in run(source, require_reason=True)[2]] == ["BL004"]
    assert run(source.replace("named", "named -- agreed"), require_reason=True)[2] == []


@pytest.mark.parametrize(
    ("source", "after"),
    [
        ("a\n<!-- blamelint: ignore-next-line -->\nb\n", "a\nb\n"),
        ("a\r\n<!-- blamelint: ignore-next-line -->\r\nb", "a\r\nb"),
        ("a <!-- blamelint: ignore --> b", "a b"),
        ("<!-- blamelint: ignore-file -->", ""),
    ],
)
def test_the_unused_can_be_removed(source, after):
    (own,) = apply(source, "markdown", [], RULES)[2]
    (fix,) = own.fixes
    assert fix.applicability is Applicability.SAFE
    (edit,) = fix.edits
    assert source[: edit.span.start] + edit.text + source[edit.span.end :] == after


def test_many_comments_that_never_close_are_cheap():
    assert find_directives("<!-- blamelint: " * 50_000, "markdown") == ()


def test_a_comment_may_span_lines():
    (directive,) = find_directives("<!--\n  blamelint: ignore-file BL401\n  -- a long\n  reason\n-->\n", "markdown")
    assert directive.verb == "ignore-file"
    assert [word for word, _ in directive.targets] == ["BL401"]
    assert directive.reason.startswith("a long")


def test_a_reason_is_not_linted():
    assert run("# blamelint: ignore-next-line -- Dave was quoted\nDave was careless.\n", "text")[0] == []


def test_many_comments_in_hostile_text_are_read_in_linear_time():
    # what took the square, or worse, here: it would not end within the test's patience
    text = "*a **b " * 3000 + "<!-- blamelint: ignore BL401 -->\n" + "x <!-- blamelint: ignore BL401 --> y\n" * 1000
    assert len(find_directives(text, "markdown", tuple)) == 1001
