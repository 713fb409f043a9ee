"""JUnit XML: a suite a file, a failed case a finding, one passed case for a clean file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree import ElementTree

from blamelint.diagnostic import Report
from blamelint.lines import LineIndex
from blamelint.report.style import Style

# what XML 1.0 can't hold, not even escaped
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(reports: Sequence[Report], style: Style) -> str:
    """One document for all files."""
    total = sum(len(report.diagnostics) for report in reports)
    errors = sum(len(report.failures) for report in reports)
    root = _element(None, "testsuites", name="blamelint", failures=str(total), errors=str(errors))
    tests = 0
    for report in reports:
        cases = max(len(report.diagnostics) + len(report.failures), 1)
        tests += cases
        _suite(root, report, cases)
    root.set("tests", str(tests))
    ElementTree.indent(root)
    return ElementTree.tostring(root, "unicode", xml_declaration=False).join(('<?xml version="1.0"?>\n', "\n"))


def _suite(root: ElementTree.Element, report: Report, cases: int) -> None:
    counts = {"tests": cases, "failures": len(report.diagnostics), "errors": len(report.failures)}
    suite = _element(root, "testsuite", name=report.path, **{key: str(count) for key, count in counts.items()})
    lines = LineIndex(report.source)
    for finding in report.diagnostics:
        row, column = lines.position(finding.span.start)
        case = _element(suite, "testcase", name=f"{finding.code} {finding.name}", classname=report.path)
        case.set("line", str(row + 1))
        case.set("column", str(column + 1))
        failure = _element(case, "failure", type=str(finding.severity), message=finding.message)
        parts = (f"line {row + 1}, column {column + 1}: {finding.text}", finding.why, finding.instead)
        failure.text = _clean("\n".join(filter(None, parts)))
    for text in report.failures:
        case = _element(suite, "testcase", name="blamelint", classname=report.path)
        _element(case, "error", message=text)
    if not (report.diagnostics or report.failures):
        _element(suite, "testcase", name="blamelint", classname=report.path)


def _element(parent: ElementTree.Element | None, tag: str, **attributes: str) -> ElementTree.Element:
    clean = {key: _clean(value) for key, value in attributes.items()}
    return ElementTree.Element(tag, clean) if parent is None else ElementTree.SubElement(parent, tag, clean)


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)
