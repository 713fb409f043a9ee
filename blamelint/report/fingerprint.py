"""What stays the same about a finding while the document around it changes."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator

from blamelint.diagnostic import Diagnostic, Report


def fingerprinted(report: Report) -> Iterator[tuple[Diagnostic, str]]:
    """Each finding and each suppressed one with a digest of rule, file and words, never of the line it stands in."""
    seen: Counter[str] = Counter()
    for finding in (*report.diagnostics, *report.suppressed):
        sentence = report.source[finding.sentence.start : finding.sentence.end]
        words = "\0".join((finding.code, report.path, " ".join(finding.text.split()), " ".join(sentence.split())))
        seen[words] += 1
        digest = hashlib.sha256(f"{words}\0{seen[words]}".encode("utf-8", "surrogatepass"))
        yield finding, digest.hexdigest()[:32]
