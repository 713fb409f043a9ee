"""The last line of a run, and the table of how often each rule found something."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from blamelint.diagnostic import Diagnostic, Report
from blamelint.report.json import dump
from blamelint.report.style import Style


def summary(reports: Sequence[Report], hidden: int, style: Style) -> str:
    """One kind line: how many places there are to reword, and where to read on. `hidden` are below the threshold."""
    found = [finding for report in reports for finding in report.diagnostics]
    broken = sum(bool(report.failures) for report in reports)
    failed = f"; {_count(broken, 'file')} could not be linted in full" if broken else ""
    more = f" {hidden} more at severity info: --min-severity info shows {'it' if hidden == 1 else 'them'}."
    tail = more if hidden else ""
    if not found:
        whole = len(reports) - broken
        clean = f"No blame found in {_count(whole, 'file')}{failed}." if whole or not broken else f"{failed[2:]}."
        return style.paint(clean, "bold" if broken else "green") + tail + "\n"
    files = sum(bool(report.diagnostics) for report in reports)
    reword = sum(finding.category != "suppression" for finding in found)
    tidy = len(found) - reword
    parts = []
    if reword:
        parts.append(f"{_count(reword, 'place')} to reword")
    if tidy:
        parts.append(f"{_count(tidy, 'comment')} to tidy")
    code = Counter(finding.code for finding in found).most_common(1)[0][0]
    head = style.paint(f"{' and '.join(parts)} in {_count(files, 'file')}", "bold")
    return f"{head}; `blamelint rule {code}` says more{failed}.{tail}\n"


def statistics(reports: Sequence[Report], style: Style) -> str:
    """How often each rule found something, the most frequent first."""
    rows = _counted(reports)
    if not rows:
        return ""
    width = max(len(str(count)) for count, _ in rows)
    names = max(len(finding.name) for _, finding in rows)
    return "".join(
        f"{count:>{width}}  {style.grave(found.code, found.severity)}  {found.name:<{names}}  {found.category}\n"
        for count, found in rows
    )


def statistics_json(reports: Sequence[Report]) -> str:
    """The same counts for programs."""
    return dump(
        [
            {"code": f.code, "name": f.name, "category": f.category, "severity": str(f.severity), "count": count}
            for count, f in _counted(reports)
        ]
    )


def _counted(reports: Sequence[Report]) -> list[tuple[int, Diagnostic]]:
    found = [finding for report in reports for finding in report.diagnostics]
    counts = Counter(finding.code for finding in found)
    first = {finding.code: finding for finding in reversed(found)}
    return sorted(((count, first[code]) for code, count in counts.items()), key=lambda row: (-row[0], row[1].code))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")
