"""For people: the source with the place underlined, why it matters, and what to write instead."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from blamelint.diagnostic import Diagnostic, Report
from blamelint.lines import LineIndex
from blamelint.report.excerpt import excerpt
from blamelint.report.style import Style, one_line, visible

#: Prose in wider columns than this is tiring to read, however wide the terminal.
_READABLE = 100

_LABEL = len("instead")


def render(reports: Sequence[Report], style: Style) -> str:
    """All findings, a blank line after each."""
    return "".join(block for report in reports for block in _blocks(report, style))


def _blocks(report: Report, style: Style) -> Iterator[str]:
    lines = LineIndex(report.source)
    for finding in report.diagnostics:
        yield "\n".join(_lines(report.path, finding, lines, style)) + "\n\n"


def _lines(path: str, finding: Diagnostic, lines: LineIndex, style: Style) -> Iterator[str]:
    row, column = lines.position(finding.span.start)
    last = lines.position(finding.span.end)[0]
    gutter = len(str(last + 1))
    blank = " " * gutter
    bar = style.paint("|", "blue")
    title = style.grave(f"{finding.severity}[{finding.code} {finding.name}]", finding.severity)
    yield title + style.paint(f": {one_line(finding.message)}", "bold")
    yield f"{blank}{style.paint('-->', 'blue')} {visible(path)}:{row + 1}:{column + 1}"
    yield f"{blank} {bar}"
    for line in excerpt(lines, finding.span, max(style.width - gutter - 3, 24)):
        if line.number < 0:
            yield style.paint(line.text, "blue")
            continue
        number = f"{line.number or '':>{gutter}}"
        yield f"{style.paint(number, 'blue')} {bar} {line.text}".rstrip()
        yield f"{blank} {bar} {' ' * line.indent}{style.grave('^' * line.carets, finding.severity)}"
    notes = list(_notes(finding, lines))
    if notes:
        yield f"{blank} {bar}"
    for label, text in notes:
        width = min(style.width, _READABLE) - gutter - _LABEL - 5
        mark, head = style.paint("=", "blue"), style.paint(f"{label}:".ljust(_LABEL + 1), "bold")
        for index, part in enumerate(textwrap.wrap(one_line(text), max(width, 24), break_on_hyphens=False)):
            yield f"{blank} {mark} {head} {part}" if index == 0 else f"{blank}   {' ' * _LABEL}  {part}"


def _notes(finding: Diagnostic, lines: LineIndex) -> Iterator[tuple[str, str]]:
    if finding.why:
        yield "why", finding.why
    if finding.instead:
        yield "instead", finding.instead
    for other in finding.related:
        yield "see", f"line {lines.position(other.span.start)[0] + 1}: {other.message}"
