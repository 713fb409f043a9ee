"""HTML pages: source in, blocks out, and the way back."""

from __future__ import annotations

import pytest
from reading import at, brief, marks, read

H, P, L, C, F = "heading", "paragraph", "item", "cell", "front_matter"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<!doctype html><html><head><title>T</title><style>x</style></head><body><p>a</body>", [(F, "T"), (P, "a")]),
        ("<h1>Hi &amp; x</h1><p>a\n  b<p>c", [(H, "Hi & x"), (P, "a b"), (P, "c")]),
        ("<p>a <br> b<br/>c</p>", [(P, "a\nb\nc")]),
        ("<ul><li>a<ul><li>b</ul><li><p>c</p><p>d</p></ul>e", [(L, "a"), (L, "b"), (L, "c"), (L, "d"), (P, "e")]),
        ("<script>x<y</script><pre>p</pre><textarea>t</textarea><svg><text>s</text></svg><!-- c -->z", [(P, "z")]),
        ("<div>a<div>b</div>c</div>", [(P, "a"), (P, "b"), (P, "c")]),
        ("a <b>b</b><i> c</i>", [(P, "a b c")]),
        ("a < b & c <3 </nope> &lt;d&gt; &bogus; &#x41;", [(P, "a < b & c <3 <d> &bogus; A")]),
        ("<p>open <b>never closed <a href='x", [(P, "open never closed <a href='x")]),
        ("<pre>never closed", []),
        ("<!-- never closed <p>a", [(P, "<!-- never closed"), (P, "a")]),
        ("<img alt='no' src=x> <meta name=description content='no'>", []),
        ("<dl><dt>Author<dd>Ana<dt>Impact<dd>Long.</dl>", [(P, "Author"), (L, "Ana"), (P, "Impact"), (L, "Long.")]),
        ("", []),
    ],
)
def test_constructs(source: str, expected: list[tuple[str, str]]) -> None:
    assert brief(source, "html") == expected
    assert brief("\ufeff" + source.replace("\n", "\r\n"), "html") == expected


def test_marks_and_offsets() -> None:
    source = "<p>\u00e9 <code>a b</code> &eacute;\n <a href='u&amp;v'>👩‍💻 l</a> <strong>s</strong> http://x.y.</p>"
    (block,) = read(source, "html")
    assert block.text == "é a b é 👩‍💻 l s http://x.y."
    assert marks(block) == [
        ("code", "a b", ""), ("link", "👩‍💻 l", "u&v"), ("strong", "s", ""), ("url", "http://x.y", "http://x.y"),
    ]  # fmt: skip
    assert at(block, "👩‍💻").start == source.index("👩‍💻")


def test_tables() -> None:
    source = (
        "<table><thead><tr><th>Role<th>Name</thead><tr><td>Lead<td><p>Ana</p><p>Bo</p></table>"
        "<table><tr><th>Author</th><td>Ana</td></tr><tr><th>Impact</th><td>Users waited.</td></tr></table>"
    )
    assert [(b.text, b.column, b.row_label, b.metadata) for b in read(source, "html")] == [
        ("Role", "Role", "", True),
        ("Name", "Name", "", True),
        ("Lead", "Role", "", True),
        ("Ana", "Name", "Lead", True),
        ("Bo", "Name", "Lead", True),
        ("Author", "Author", "", True),
        ("Ana", "", "Author", True),
        ("Impact", "", "", False),
        ("Users waited.", "", "Impact", False),
    ]


def test_quotes_and_sections() -> None:
    source = "<h2>Timeline</h2><blockquote><p>a</blockquote><p>b<h2>Impact</h2>c"
    assert [(b.text, b.quoted, b.section) for b in read(source, "html")] == [
        ("Timeline", False, "timeline"), ("a", True, "timeline"), ("b", False, "timeline"),
        ("Impact", False, "impact"), ("c", False, "impact"),
    ]  # fmt: skip
