"""Writes docs/rules.md from the rule files: `python docs/generate.py`. A test fails while the page is stale."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from spacy.lang.en import English

from blamelint.packs import RuleSet, load_packs
from blamelint.quotes import quotes_of
from blamelint.rule import Example, Rule
from blamelint.suppress import NOTICES, Notice

PAGE = Path(__file__).with_name("rules.md")

_HEAD = """\
<!-- Written by docs/generate.py from rules/*/*.yaml: edit the rule and run it again. -->

# Rules

What blamelint looks for, why it matters, and what to write instead. The examples run as tests: in those under
“Found”, exactly the underlined words are reported; those under “Left alone” are silent under every rule.

A rule at `info` is only suspicious, and hidden unless you ask for it (`--min-severity info`). To silence a rule
once, see [suppression](suppression.md); to switch it off or grade it anew, see [configuration](configuration.md);
to add your own, see [writing rules](writing-rules.md). `blamelint rule BL401` shows a section of this page.
"""


def page() -> str:
    """The whole page."""
    rules = load_packs([], English().vocab)
    families = [(pack, list(own)) for pack, own in groupby(rules, key=lambda rule: rule.pack)]
    lines = [_HEAD, *_index(rules), ""]
    for pack, own in families:
        lines += ["", f"## {_title(rules, pack)}"]
        for rule in own:
            lines += _section(rule)
    lines += ["", "## Suppression comments", "", "What blamelint says about comments that speak to it."]
    for notice in NOTICES:
        lines += _section(notice)
    return "\n".join(lines).rstrip() + "\n"


def _index(rules: RuleSet) -> Iterator[str]:
    yield "| Code | Name | Category | Severity | What it finds |"
    yield "|---|---|---|---|---|"
    for rule in (*rules, *NOTICES):
        link = f"[{rule.code}](#{_anchor(rule)})"
        summary = _line(rule.summary).replace("|", "\\|")
        yield f"| {link} | {rule.name} | {rule.category} | {rule.severity} | {summary} |"


def _section(rule: Rule | Notice) -> Iterator[str]:
    yield from ("", f"### {rule.code} {rule.name}", "", f"{rule.category} · {rule.severity}", "")
    yield _line(rule.summary)
    yield from ("", f"**Why it matters.** {_line(rule.why)}", "", f"**Instead.** {_line(rule.instead)}")
    if isinstance(rule, Notice):
        return
    for title, sections in (("Only in", rule.sections_only), ("Not in", rule.sections_except)):
        if sections:
            names = ", ".join(f"`{section}`" for section in sorted(sections))
            yield from ("", f"**{title} the sections** {names}.")
    yield from ("", "**Found**", "", *_fenced(rule.bad))
    yield from ("", "**Left alone**", "", *_fenced(rule.good))
    if quoted := quotes_of(rule.code):
        yield from ("", "**Rewritten** (from the [exemplars](../exemplars/README.md))", "", "```diff")
        for index, quote in enumerate(quoted):
            yield from ([""] if index else [])
            yield from (f"- {quote.text}", f"+ {quote.rewrite}")
        yield "```"
    if rule.sources:
        yield from ("", "**Sources**", "", *(f"- {_line(source)}" for source in rule.sources))


def _fenced(examples: Sequence[Example]) -> Iterator[str]:
    """Examples as they are written, the ranges that are reported underlined."""
    ticks = max((len(run) for example in examples for run in re.findall("`+", example.text)), default=0)
    fence = "`" * max(3, ticks + 1)
    apart = any("\n" in example.text.strip() for example in examples)
    yield f"{fence}text"
    for index, example in enumerate(examples):
        if apart and index:
            yield ""
        yield from _underlined(example)
    yield fence


def _underlined(example: Example) -> Iterator[str]:
    start = 0
    for line in example.text.rstrip("\n").split("\n"):
        yield line.rstrip()
        marks = "".join(
            "^" if any(span.start <= start + column < span.end for span in example.spans) else " "
            for column in range(len(line))
        )
        if marks.strip():
            yield marks.rstrip()
        start += len(line) + 1


def _title(rules: RuleSet, pack: str) -> str:
    return next((known.title for known in rules.packs if known.name == pack), pack)


def _anchor(rule: Rule | Notice) -> str:
    return f"{rule.code}-{rule.name}".lower()


def _line(text: str) -> str:
    return " ".join(text.split())


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
