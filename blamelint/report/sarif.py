"""SARIF 2.1.0, for code scanning services."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from blamelint.diagnostic import Diagnostic, Fix, Report, Severity
from blamelint.lines import LineIndex
from blamelint.report.fingerprint import fingerprinted
from blamelint.report.json import dump
from blamelint.report.style import Style
from blamelint.span import Span
from blamelint.version import version

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"

_LEVELS = {Severity.INFO: "note", Severity.WARNING: "warning", Severity.ERROR: "error"}


def render(reports: Sequence[Report], style: Style) -> str:
    """One run, with the rules that found something, and suppressed findings marked as such."""
    every = [finding for report in reports for finding in (*report.diagnostics, *report.suppressed)]
    rules = {finding.code: finding for finding in sorted(every, key=lambda finding: finding.code)}
    order = {code: index for index, code in enumerate(rules)}
    failures = [(report.path, failure) for report in reports for failure in report.failures]
    driver = {
        "name": "blamelint",
        "version": version(),
        "rules": [_rule(finding) for finding in rules.values()],
    }
    run: dict[str, Any] = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": not failures,
                "toolExecutionNotifications": [_notification(path, failure) for path, failure in failures],
            }
        ],
        "results": [result for report in reports for result in _results(report, order)],
    }
    return dump({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(finding: Diagnostic) -> dict[str, Any]:
    title = finding.name.replace("-", " ")
    help_text = "\n\n".join(filter(None, (finding.why, finding.instead and f"Instead: {finding.instead}")))
    markdown = "\n\n".join(filter(None, (finding.why, finding.instead and f"**Instead:** {finding.instead}")))
    return {
        "id": finding.code,
        "name": "".join(word.capitalize() for word in finding.name.split("-")),
        "shortDescription": {"text": title[:1].upper() + title[1:]},
        "fullDescription": {"text": finding.why or title},
        "help": {"text": help_text or title, "markdown": markdown or title},
        "defaultConfiguration": {"level": _LEVELS[finding.severity]},
        "properties": {"category": finding.category, "tags": ["blameless", finding.category]},
    }


def _results(report: Report, order: dict[str, int]) -> Iterator[dict[str, Any]]:
    lines = LineIndex(report.source)
    artifact = {"uri": _uri(report.path)}
    hidden = set(map(id, report.suppressed))
    for finding, fingerprint in fingerprinted(report):
        result: dict[str, Any] = {
            "ruleId": finding.code,
            "ruleIndex": order[finding.code],
            "level": _LEVELS[finding.severity],
            "message": {"text": finding.message},
            "locations": [_location(finding.span, lines, artifact)],
            "partialFingerprints": {"blamelint/v1": fingerprint},
            "suppressions": [{"kind": "inSource"}] if id(finding) in hidden else [],
        }
        if finding.related:
            result["relatedLocations"] = [
                {"id": index, **_location(other.span, lines, artifact), "message": {"text": other.message}}
                for index, other in enumerate(finding.related)
            ]
        if finding.fixes:
            result["fixes"] = [_fix(fix, lines, artifact) for fix in finding.fixes]
        yield result


def _location(span: Span, lines: LineIndex, artifact: dict[str, str]) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": artifact, "region": _region(span, lines)}}


def _region(span: Span, lines: LineIndex) -> dict[str, Any]:
    (row, column), (last, end) = lines.position(span.start), lines.position(span.end)
    return {"startLine": row + 1, "startColumn": column + 1, "endLine": last + 1, "endColumn": end + 1}


def _fix(fix: Fix, lines: LineIndex, artifact: dict[str, str]) -> dict[str, Any]:
    changes = [
        {"deletedRegion": _region(edit.span, lines), "insertedContent": {"text": edit.text}} for edit in fix.edits
    ]
    change = {"artifactLocation": artifact, "replacements": changes}
    return {"description": {"text": fix.title}, "artifactChanges": [change]}


def _notification(path: str, failure: str) -> dict[str, Any]:
    location = {"physicalLocation": {"artifactLocation": {"uri": _uri(path)}}}
    return {"level": "error", "message": {"text": failure}, "locations": [location]}


def _uri(path: str) -> str:
    pure = PurePath(path)
    return pure.as_uri() if pure.is_absolute() else quote(pure.as_posix())
