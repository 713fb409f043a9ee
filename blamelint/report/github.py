"""Workflow commands, which GitHub Actions turns into annotations."""

from __future__ import annotations

from collections.abc import Sequence

from blamelint.diagnostic import Report, Severity
from blamelint.lines import LineIndex
from blamelint.report.style import Style

_COMMANDS = {Severity.INFO: "notice", Severity.WARNING: "warning", Severity.ERROR: "error"}


def render(reports: Sequence[Report], style: Style) -> str:
    """`::warning file=…,line=…::message`, one line a finding."""
    shown: list[str] = []
    for report in reports:
        lines = LineIndex(report.source)
        for finding in report.diagnostics:
            (row, column), (last, end) = lines.position(finding.span.start), lines.position(finding.span.end)
            values = {"file": report.path, "line": row + 1, "endLine": last + 1}
            if row == last:  # GitHub refuses columns for a range of several lines
                values |= {"col": column + 1, "endColumn": end + 1}
            values["title"] = f"{finding.code} {finding.name}"
            properties = ",".join(f"{key}={_property(str(value))}" for key, value in values.items())
            message = finding.message + (f"\nInstead: {finding.instead}" if finding.instead else "")
            shown.append(f"::{_COMMANDS[finding.severity]} {properties}::{_data(message)}\n")
        shown.extend(f"::error file={_property(report.path)}::{_data(failure)}\n" for failure in report.failures)
    return "".join(shown)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
