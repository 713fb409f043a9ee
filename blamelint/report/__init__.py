"""Reports as text: each format is one pure function of what was found and how it should look."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from blamelint.diagnostic import Report
from blamelint.report import concise, full, github, gitlab, json, junit, sarif
from blamelint.report.style import Style

Render = Callable[[Sequence[Report], Style], str]

FORMATS: Mapping[str, Render] = {
    "full": full.render,
    "concise": concise.render,
    "json": json.render,
    "sarif": sarif.render,
    "github": github.render,
    "gitlab": gitlab.render,
    "junit": junit.render,
}

#: The formats that people read; beside the others nothing else may stand on the standard output.
HUMAN = frozenset({"full", "concise"})

__all__ = ["FORMATS", "HUMAN", "Render", "Style"]
