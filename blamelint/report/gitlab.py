"""GitLab's code quality report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from blamelint.diagnostic import Report, Severity
from blamelint.lines import LineIndex
from blamelint.report.fingerprint import fingerprinted
from blamelint.report.json import dump
from blamelint.report.style import Style

_SEVERITIES = {Severity.INFO: "info", Severity.WARNING: "minor", Severity.ERROR: "major"}


def render(reports: Sequence[Report], style: Style) -> str:
    """A list of issues; what is suppressed is left out, as GitLab has no word for it."""
    issues: list[dict[str, Any]] = []
    for report in reports:
        lines = LineIndex(report.source)
        for finding, fingerprint in list(fingerprinted(report))[: len(report.diagnostics)]:
            begin, end = lines.position(finding.span.start)[0], lines.position(finding.span.end)[0]
            issues.append(
                {
                    "check_name": finding.code,
                    "description": finding.message,
                    "categories": ["Style"],
                    "fingerprint": fingerprint,
                    "severity": _SEVERITIES[finding.severity],
                    "location": {"path": report.path, "lines": {"begin": begin + 1, "end": end + 1}},
                }
            )
    return dump(issues)
