"""`blamelint rule`: all about one rule."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from blamelint.cli.options import color_option, config_options, configs_for, format_option, linter_for
from blamelint.cli.output import style_for, write, write_machine
from blamelint.lines import LineIndex
from blamelint.quotes import quotes_of
from blamelint.report.excerpt import excerpt
from blamelint.report.json import dump
from blamelint.report.style import Style, visible
from blamelint.selection import nearest
from blamelint.suppress import NOTICES, Notice

if TYPE_CHECKING:
    from blamelint.rule import Example, Rule


@click.command("rule", short_help="Tell all about one rule.")
@click.argument("code", metavar="CODE")
@format_option
@color_option
@config_options
def command(code: str, output_format: str, color: str, config_file: Path | None, isolated: bool) -> None:
    """Tell what a rule finds, why it matters, and what to write instead.

    CODE is a rule's code or its name, such as BL401.
    """
    rules: list[Rule | Notice] = [*linter_for(configs_for(config_file, isolated).of(Path())).rules, *NOTICES]
    rule = next((rule for rule in rules if code.upper() == rule.code or code.lower() == rule.name), None)
    if rule is None:
        near = nearest(code, [word for rule in rules for word in (rule.code, rule.name)])
        hint = f"did you mean {near}?" if near else "`blamelint rules` lists them all"
        raise click.ClickException(f"there is no rule '{code}' ({hint})")
    if output_format == "json":
        write_machine(dump(as_data(rule)))
    else:
        style = style_for(color)
        write("\n".join(_page(rule, style)) + "\n")


def as_data(rule: Rule | Notice) -> dict[str, Any]:
    """A rule as plain data, the same keys for all."""
    return {
        "code": rule.code,
        "name": rule.name,
        "category": rule.category,
        "severity": str(rule.severity),
        "summary": rule.summary,
        "message": getattr(rule, "message", ""),
        "why": rule.why,
        "instead": rule.instead,
        "sources": list(getattr(rule, "sources", ())),
        "pack": getattr(rule, "pack", ""),
        "sections_only": sorted(getattr(rule, "sections_only", ())),
        "sections_except": sorted(getattr(rule, "sections_except", ())),
        "bad": [_example(example) for example in getattr(rule, "bad", ())],
        "good": [_example(example) for example in getattr(rule, "good", ())],
        "rewrites": [{"text": q.text, "rewrite": q.rewrite, "why": q.why} for q in quotes_of(rule.code)],
    }


def _example(example: Example) -> dict[str, Any]:
    return {"text": example.text, "spans": [[span.start, span.end] for span in example.spans]}


def _page(rule: Rule | Notice, style: Style) -> Iterator[str]:
    yield f"{style.grave(rule.code, rule.severity)} {style.paint(rule.name, 'bold')}"
    yield f"{rule.category}, {rule.severity}"
    yield ""
    yield from _wrapped(rule.summary, style, "")
    for title, text in (("Why it matters", rule.why), ("Instead", rule.instead)):
        if text:
            yield from ("", style.paint(title, "bold"), *_wrapped(text, style, "  "))
    data = as_data(rule)
    for title, key in (("Found", "bad"), ("Left alone", "good")):
        if data[key]:
            yield from ("", style.paint(title, "bold"))
            for example in getattr(rule, key):
                yield from _drawn(example, style)
    if data["rewrites"]:
        yield from ("", style.paint("Rewritten", "bold"))
        for quote in data["rewrites"]:
            yield from _wrapped(f"- {quote['text']}", style, "  ")
            yield from _wrapped(f"+ {quote['rewrite']}", style, "  ")
            yield from _wrapped(f"({quote['why'].rstrip('.')})", style, "    ")
    for title, key in (("Only in the sections", "sections_only"), ("Not in the sections", "sections_except")):
        if data[key]:
            text = ", ".join(section.replace("_", " ") for section in data[key])
            yield from ("", style.paint(title, "bold"), *_wrapped(text, style, "  "))
    if data["sources"]:
        yield from ("", style.paint("Sources", "bold"))
        for source in data["sources"]:
            yield from _wrapped(source, style, "  ")
    yield from ("", style.paint("To silence it", "bold"))
    yield f"  in one place   <!-- blamelint: ignore-next-line {rule.code} -- the reason -->"
    yield f"  everywhere     ignore: [{rule.code}] in .blamelint.yaml"


def _drawn(example: Example, style: Style) -> Iterator[str]:
    lines, width = LineIndex(example.text), style.width - 4
    if not example.spans:
        yield from (f"  {visible(lines.line(row))}".rstrip() for row in range(len(lines)))
    for span in example.spans:
        for row in excerpt(lines, span, width):
            yield f"  {row.text}"
            yield f"  {' ' * row.indent}{style.paint('^' * row.carets, 'bold yellow')}"


def _wrapped(text: str, style: Style, indent: str) -> list[str]:
    width = min(style.width, 100)
    return textwrap.wrap(visible(" ".join(text.split())), width, initial_indent=indent, subsequent_indent=indent)
