"""The JSON contract, frozen by docs/schemas/check.schema.json: places 1-based, in code points, ends exclusive."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from blamelint.diagnostic import Diagnostic, Fix, Report
from blamelint.lines import LineIndex
from blamelint.report.style import Style
from blamelint.span import Span


def render(reports: Sequence[Report], style: Style) -> str:
    """A list of all findings."""
    found: list[dict[str, Any]] = []
    for report in reports:
        lines = LineIndex(report.source)
        found.extend(as_data(report.path, finding, lines) for finding in report.diagnostics)
    return dump(found)


def dump(data: object) -> str:
    """JSON as all commands write it: indented, in UTF-8, with a line end; lone surrogates escaped."""
    text = json.dumps(data, ensure_ascii=False, indent=2)
    return text.encode("utf-8", "backslashreplace").decode("utf-8") + "\n"


def as_data(path: str, finding: Diagnostic, lines: LineIndex) -> dict[str, Any]:
    """One finding as an object of the contract."""
    return {
        "filename": path,
        "code": finding.code,
        "name": finding.name,
        "category": finding.category,
        "severity": str(finding.severity),
        "message": finding.message,
        **place(finding.span, lines),
        "text": finding.text,
        "why": finding.why,
        "instead": finding.instead,
        "evidence": [{"role": e.role, "note": e.note, **place(e.span, lines)} for e in finding.evidence],
        "related": [{"message": r.message, **place(r.span, lines)} for r in finding.related],
        "fixes": [_fix(fix, lines) for fix in finding.fixes],
    }


def place(span: Span, lines: LineIndex) -> dict[str, Any]:
    """Where a range starts and ends."""
    return {"location": _position(span.start, lines), "end_location": _position(span.end, lines)}


def _position(offset: int, lines: LineIndex) -> dict[str, int]:
    row, column = lines.position(offset)
    return {"row": row + 1, "column": column + 1}


def _fix(fix: Fix, lines: LineIndex) -> dict[str, Any]:
    return {
        "title": fix.title,
        "applicability": fix.applicability.name.lower(),
        "edits": [{"content": edit.text, **place(edit.span, lines)} for edit in fix.edits],
    }
