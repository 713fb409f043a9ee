"""reStructuredText: source in, blocks out, and the way back."""

from __future__ import annotations

import pytest
from reading import at, brief, marks, read

H, P, L, C = "heading", "paragraph", "item", "cell"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("====\nTop\n====\n\nSub\n---\n\nx\ny\n", [(H, "Top"), (H, "Sub"), (P, "x y")]),
        ("* a\n  b\n* c\n\n  d\n\n  - e\n", [(L, "a b"), (L, "c"), (L, "d"), (L, "e")]),
        ("1. a\n2. b\n\n#. c\n", [(L, "a"), (L, "b"), (L, "c")]),
        ("A. Smith did it and\nwent on.\n", [(P, "A. Smith did it and went on.")]),
        ("term\n  meaning\n  more\n\n  last\n", [(P, "term"), (L, "meaning more"), (L, "last")]),
        ("a\n\n  quoted\n", [(P, "a"), (P, "quoted")]),
        ("| one\n| two\n  more\n", [(P, "one"), (P, "two more")]),
        (".. note:: First\n   second\n\n   * item\n", [(P, "First second"), (L, "item")]),
        (".. warning::\n\n   Text.\n", [(P, "Text.")]),
        (".. code-block:: py\n\n   no\n\n.. image:: x\n   :alt: no\n\n.. math:: no\n\nyes", [(P, "yes")]),
        (".. toctree::\n   :maxdepth: 2\n\n   no\n\n.. raw:: html\n\n   no\n", []),
        ("A literal::\n\n   no\n\nyes\n", [(P, "A literal:"), (P, "yes")]),
        ("::\n\n   no\n\nyes\n", [(P, "yes")]),
        (".. a comment\n   no\n\n.. _target: http://x\n\nyes\n", [(P, "yes")]),
        (".. [1] A note\n   goes on.\n", [(P, "A note goes on.")]),
        ("a [1]_ b [#]_ |s| |t|\n\n.. |s| replace:: Sub\n", [(P, "a  b  Sub t")]),
        ("*a* **b** ``c*d`` :sub:`e` `f` g\\*h 2 * 3 * 4 *x", [(P, "a b c*d e f g*h 2 * 3 * 4 *x")]),
        (".. figure:: x.png\n   :width: 3\n\n   Caption.\n", [(P, "Caption.")]),
        ("----\n\na\n", [(P, "a")]),
        ("", []),
    ],
)
def test_constructs(source: str, expected: list[tuple[str, str]]) -> None:
    assert brief(source, "rst") == expected
    for line_end in ("\r\n", "\r"):
        assert brief("\ufeff" + source.replace("\n", line_end), "rst") == expected


def test_marks() -> None:
    source = "``x`` `l <http://u>`_ named_ `two words`_ :ref:`T <t>` :func:`f` http://y.z/a_.\n\n.. _named: http://n\n"
    source += ".. _two words: http://w\n"
    (block,) = read(source, "rst")
    assert block.text == "x l named two words T f http://y.z/a_."
    assert marks(block) == [
        ("code", "x", ""), ("link", "l", "http://u"), ("link", "named", "http://n"), ("link", "two words", "http://w"),
        ("link", "T", "t"), ("code", "f", ""), ("url", "http://y.z/a", "http://y.z/a"),
    ]  # fmt: skip


def test_docinfo() -> None:
    source = "Title\n=====\n\n:Author: Ana Lee\n:Status: done\n:Impact: Users could not\n  log in.\n"
    assert [(b.text, b.metadata) for b in read(source, "rst")[1:]] == [
        ("Author: Ana Lee", True), ("Status: done", True), ("Impact: Users could not log in.", False),
    ]  # fmt: skip


def test_tables() -> None:
    grid = "+-----+------+\n| Who | What |\n+=====+======+\n| Ana | one  |\n|     | two  |\n+-----+------+\n"
    simple = "===  ====\nWho  What\n===  ====\nAna  one\n     two\nBo   x\n===  ====\n"
    listed = ".. list-table:: T\n   :header-rows: 1\n\n   * - Who\n     - What\n   * - Ana\n     - one\n       two\n"
    for source in (grid, simple, listed, "* x\n\n  " + grid.replace("\n", "\n  ")):
        cells = [b for b in read(source, "rst") if b.kind == C]
        assert [(b.text, b.column, b.row_label) for b in cells][:4] == [
            ("Who", "Who", ""), ("What", "What", ""), ("Ana", "Who", ""), ("one two", "What", "Ana"),
        ]  # fmt: skip
        assert at(cells[3], "two").start == source.index("two")


def test_quoting() -> None:
    blocks = read("a\n\n  b\n\n.. epigraph::\n\n   c\n\n* d\n", "rst")
    assert [(b.text, b.quoted) for b in blocks] == [("a", False), ("b", True), ("c", True), ("d", False)]
