"""Made-up findings in awkward prose."""

from __future__ import annotations

from dataclasses import replace

from blamelint.diagnostic import Applicability, Diagnostic, Edit, Evidence, Fix, Related, Report, Severity, in_order
from blamelint.span import Span

WHY = "A person who fails is where the story ends; what made the mistake easy is where it begins."
INSTEAD = "What did they see, and what made the step easy to miss?"


def finding(source: str, words: str, **changes: object) -> Diagnostic:
    """A finding at the first place where the words stand."""
    start = source.index(words)
    span = Span(start, start + len(words))
    made = Diagnostic(
        "BL401", "failed-to", "blame", Severity.WARNING, f"“{words}” blames", span, span, words, WHY, INSTEAD
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def report(source: str, *words: str, path: str = "docs/pm.md", **changes: object) -> Report:
    """A report with one finding for each of the words."""
    return Report(path, source, in_order(finding(source, word, **changes) for word in words))


RICH_SOURCE = "Dave forgot 🔥.\r\nIt was\r\ncareless.\r\n\tThen Ana <fixed> it & all was 100% well.\r\n"


def rich_report() -> Report:
    """One of everything: several lines, evidence, related places, fixes, suppressed and failed."""
    source = RICH_SOURCE
    one = finding(
        source,
        "Dave forgot 🔥",
        severity=Severity.ERROR,
        evidence=(Evidence("agent", Span(0, 4), "a name"),),
        related=(Related(Span(source.index("Ana"), source.index("Ana") + 3), "mended here"),),
        fixes=(Fix("Say what", (Edit(Span(0, 4), "The form"),), Applicability.UNSAFE),),
    )
    two = finding(
        source, "was\r\ncareless", code="BL402", name="careless", message="a: b, 100%\nc", severity=Severity.INFO
    )
    gone = finding(source, "<fixed>", code="BL201", name="hero", category="hero")
    return Report("docs/a b,c.md", source, in_order((one, two)), (gone,), ("rule BL999 failed: ValueError: x\nPlease",))
