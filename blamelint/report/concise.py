"""One line a finding, as editors and grep like it."""

from __future__ import annotations

from collections.abc import Sequence

from blamelint.diagnostic import Report
from blamelint.lines import LineIndex
from blamelint.report.style import Style, one_line, visible


def render(reports: Sequence[Report], style: Style) -> str:
    """`path:row:column: severity code message`, rows and columns 1-based."""
    shown: list[str] = []
    for report in reports:
        lines = LineIndex(report.source)
        for finding in report.diagnostics:
            row, column = lines.position(finding.span.start)
            place = style.paint(f"{visible(report.path)}:{row + 1}:{column + 1}:", "bold")
            severity = style.grave(str(finding.severity), finding.severity)
            shown.append(f"{place} {severity} {finding.code} {one_line(finding.message)}\n")
    return "".join(shown)
