"""Each construct of Markdown: source in, blocks out, and the way back."""

from __future__ import annotations

import pytest
from reading import at, brief, marks, read

H, P, L, C, F = "heading", "paragraph", "item", "cell", "front_matter"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("# Head *a* #\n", [(H, "Head a")]),
        ("Two\nlines\n===\n\nb\n---\n", [(H, "Two lines"), (H, "b")]),
        ("## Head {#id}\n", [(H, "Head")]),
        ("#\n\nx\n", [(P, "x")]),
        ("one\ntwo\n\nthree\n", [(P, "one two"), (P, "three")]),
        ("one  \ntwo\\\nthree<br>\nfour <br/> five", [(P, "one\ntwo\nthree\nfour\nfive")]),
        ("- a\n  b\n- c\n\n  d\n  - e\n", [(L, "a b"), (L, "c"), (L, "d"), (L, "e")]),
        ("1. a\n2) b\n", [(L, "a"), (L, "b")]),
        ("- [ ] todo\n- [x] done\n", [(L, "todo"), (L, "done")]),
        ("> a\n> > b\n> > c\nlazy\n", [(P, "a"), (P, "b c lazy")]),
        ("> - a\n>   b\n", [(L, "a b")]),
        ("- a\n  > b\n  > c\n", [(L, "a"), (P, "b c")]),
        ("a *b* **c** ~~d~~ _e_ __f__ ***g***", [(P, "a b c d e f g")]),
        ("snake_case_word and 2*3*4", [(P, "snake_case_word and 234")]),
        ("\\*a\\* &amp; &#65; &nosuch; &copy;", [(P, "*a* & A &nosuch; ©")]),
        ("`` a`b `` and `c\nd`", [(P, "a`b and c d")]),
        ("`a`` b` and ` lone", [(P, "a`` b and ` lone")]),
        ("![alt *text*](x.png) after", [(P, "after")]),
        ("[![badge](b)](c)\n", []),
        ("a[^1] b\n\n[^1]: The note\n    goes on\n\n    and on\n",
         [(P, "a b"), (P, "The note goes on"), (P, "and on")]),
        ("[^1]: Seriously\n", [(P, "Seriously")]),
        ("```python\nx = 1\n```\n\n    code\n\nafter\n", [(P, "after")]),
        ("~~~\nhost: web1\nport: 80\n~~~\n", []),
        ("$$\nx = y\n$$\n\nafter", [(P, "after")]),
        ("{{< figure src=x >}}\n\n{% include a.html %}\n\na {{< ref x >}} b\n", [(P, "a  b")]),
        ("[r]: http://x.y 'T'\n\na\n", [(P, "a")]),
        ("<div>\n<p>one <b>two</b>\n</p></div>\n\nthree\n", [(P, "one two"), (P, "three")]),
        ("> <p>one\n> two</p>\n", [(P, "one two")]),
        ("<!-- no\n\nno -->\n\na <!-- no --> b\n", [(P, "a  b")]),
        ("<script>\nno\n</script>\n<pre>no\n\nno</pre>\n\nyes\n", [(P, "yes")]),
        ("<details><summary>Sum</summary>\n\n*in*\n\n</details>\n", [(P, "Sum"), (P, "in")]),
        ('a <span title="x > y">b</span> <i>c</i>\n', [(P, "a b c")]),
        ("> [!NOTE]\n> Careful.\n", [(P, "Careful.")]),
        ('!!! note "T"\n    Inside.\n', [(P, "Inside.")]),
        (":::{.callout}\nInside.\n:::\n", [(P, "Inside.")]),
        ("import X from 'y'\n\n{/* no */}\n\nyes\n", [(P, "yes")]),
        ("Term\n: meaning\n", [(P, "Term"), (P, "meaning")]),
        ("---\n\na\n\n***\n\nb\n", [(P, "a"), (P, "b")]),
        ("a < b & c > d [e] f] g\n", [(P, "a < b & c > d [e] f] g")]),
        ("", []),
        ("\n\n", []),
    ],
)  # fmt: skip
def test_constructs(source: str, expected: list[tuple[str, str]]) -> None:
    assert brief(source, "markdown") == expected
    assert brief("\ufeff" + source, "markdown") == expected
    for line_end in ("\r\n", "\r"):
        assert brief(source.replace("\n", line_end), "markdown") == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("---\ntitle: The *big* one\ndate: 2020-01-01\nsummary: \"It \\\"broke\\\"\"\n---\nx",
         [(F, "The *big* one"), (F, 'It "broke"'), (P, "x")]),
        ("---\ndescription: >\n  one\n  two\n---\n", [(F, "one two")]),
        ("---\ntitle: Server: part two\ntags: x\n---\n\nx", [(F, "Server: part two"), (P, "x")]),
        ("+++\ntitle = 'It''s'\n[extra]\ntitle = \"no\"\n+++\nx", None),
        ("+++\ntitle = \"a\"\nn = 1\n+++\nx", [(F, "a"), (P, "x")]),
        ("---\n: [ broken\n---\n\nx\n", [(H, ": [ broken"), (P, "x")]),
        ("---\n- just\n---\n\nx\n", [(L, "just"), (P, "x")]),
        ("---\nnever: closed\n\nx\n", [(P, "never: closed"), (P, "x")]),
    ],
)  # fmt: skip
def test_front_matter(source: str, expected: list[tuple[str, str]] | None) -> None:
    found = brief(source, "markdown")
    assert expected is None or found == expected


def test_offsets_after_wide_characters() -> None:
    source = "\ufeff# 🔥 é\r\n\r\n> - **Dave**\r\n>   e\u0301 👩‍💻 &amp; `x`\r\n"
    heading, item = read(source, "markdown")
    assert at(heading, "é").start == source.index("é")
    for word in ("Dave", "e\u0301", "👩‍💻", "x"):
        span = at(item, word)
        assert source[span.start : span.end] == word
    amp = at(item, "&")
    assert source[amp.start : amp.end] == "&amp;"
    assert item.text == "Dave e\u0301 👩‍💻 & x"
    assert item.line_starts == (5,)
    blank = item.to_source(item.marks[0].span.shift(1))
    assert source[blank.start : blank.end] == "ave**\r\n>   "
    assert item.quoted and not heading.quoted


def test_marks() -> None:
    source = (
        '[a *b*](http://u "t") [c][r] [r] [r][] [no] <http://x.y> <a@b.c> https://z.q/a_b). `code` **s** '
        "<code>k</code> <a href='v'>l</a>\n\n[R]: <http://r>\n"
    )
    (block,) = read(source, "markdown")
    assert marks(block) == [
        ("link", "a b", "http://u"),
        ("emphasis", "b", ""),
        ("link", "c", "http://r"),
        ("link", "r", "http://r"),
        ("link", "r", "http://r"),
        ("url", "http://x.y", "http://x.y"),
        ("url", "a@b.c", "a@b.c"),
        ("url", "https://z.q/a_b", "https://z.q/a_b"),
        ("code", "code", ""),
        ("strong", "s", ""),
        ("code", "k", ""),
        ("link", "l", "v"),
    ]
    assert "[no]" in block.text


def test_links_do_not_nest() -> None:
    (block,) = read("[a [b](c) d](e)", "markdown")
    assert block.text == "[a b d](e)"
    assert marks(block) == [("link", "b", "c")]


def test_table() -> None:
    source = "| Who | `a` \\| b |\n|:--|--:|\n| **Ana** | x |\n| | only |\n"
    blocks = read(source, "markdown")
    assert [(b.text, b.column, b.row_label) for b in blocks] == [
        ("Who", "Who", ""),
        ("a | b", "a | b", ""),
        ("Ana", "Who", ""),
        ("x", "a | b", "Ana"),
        ("only", "a | b", ""),
    ]
    assert at(blocks[2], "Ana").start == source.index("Ana")
    assert all(block.kind == C for block in blocks)


def test_table_in_quote_and_list() -> None:
    source = "> | A | B |\n> |---|---|\n> | 1 | 2 |\n\n- x\n\n  | A |\n  |---|\n  | y |\n"
    blocks = read(source, "markdown")
    assert [b.text for b in blocks] == ["A", "B", "1", "2", "x", "A", "y"]
    assert [b.quoted for b in blocks] == [True] * 4 + [False] * 3


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("```\n<tom> who the hell merged this\n<ana> I did\n```\n", ["<tom> who the hell merged this", "<ana> I did"]),
        ("```text\n[09:14] tom: it broke\n\n[09:15] ana: yes\n```", ["[09:14] tom: it broke", "[09:15] ana: yes"]),
        ("```slack\njust words\n```", ["just words"]),
        ("```\ntom: this is very broken\nana: I will look at it\n```",
         ["tom: this is very broken", "ana: I will look at it"]),
        ("```\n2020-01-01 10:00 ERROR: it failed\n2020-01-01 10:00 INFO: starting\n```", []),
        ("```python\ntom: hello there you\n```", []),
        ("> ```irc\n> <a> b\n> ```", ["<a> b"]),
    ],
)  # fmt: skip
def test_chat_in_fences(source: str, expected: list[str]) -> None:
    blocks = read(source, "markdown")
    assert [block.text for block in blocks] == expected
    assert all(block.quoted and block.kind == P for block in blocks)


def test_headings_and_sections() -> None:
    source = "# Postmortem: data loss of May\n\na\n\n## Timeline\n\n### 10:05\n\nb\n\n"
    source += "## Impact\n\nc\n\n**Root cause**\n\nd\n"
    blocks = read(source, "markdown")
    assert [(b.text, b.section, b.level, b.headings[1:]) for b in blocks] == [
        ("Postmortem: data loss of May", "none", 1, ()),
        ("a", "none", 0, ()),
        ("Timeline", "timeline", 2, ()),
        ("10:05", "timeline", 3, ("Timeline",)),
        ("b", "timeline", 0, ("Timeline", "10:05")),
        ("Impact", "impact", 2, ()),
        ("c", "impact", 0, ("Impact",)),
        ("Root cause", "root_cause", 6, ("Impact",)),
        ("d", "root_cause", 0, ("Impact", "Root cause")),
    ]
    assert all(b.headings[0] == "Postmortem: data loss of May" for b in blocks[1:])
