"""`blamelint rules`: the list of rules."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from blamelint.cli.options import color_option, config_options, configs_for, format_option, linter_for
from blamelint.cli.output import style_for, write, write_machine
from blamelint.cli.rule import as_data
from blamelint.report.json import dump
from blamelint.selection import Decision, Selection, specificity, unknown
from blamelint.suppress import NOTICES, Notice

if TYPE_CHECKING:
    from blamelint.rule import Rule


@click.command("rules", short_help="List the rules.")
@click.argument("wanted", nargs=-1, metavar="[RULES]...")
@format_option
@color_option
@config_options
def command(wanted: tuple[str, ...], output_format: str, color: str, config_file: Path | None, isolated: bool) -> None:
    """List the rules, and whether they are on here.

    RULES are codes, prefixes or categories; without any, all rules are listed.
    """
    config = configs_for(config_file, isolated).of(Path())
    linter = linter_for(config)
    rules: list[Rule | Notice] = sorted([*linter.rules, *NOTICES], key=lambda rule: rule.code)
    for word, near in unknown(wanted, rules):
        hint = f" (did you mean '{near}'?)" if near else ""
        raise click.ClickException(f"'{word}' is no rule, prefix or category{hint}")
    selection = Selection.of(config, linter.off)
    shown = [rule for rule in rules if not wanted or any(specificity(word, rule) for word in wanted)]
    decided = [(rule, selection.decide(rule)) for rule in shown]
    if output_format == "json":
        write_machine(dump([{**as_data(rule), "on": on.on, "because": on.why} for rule, on in decided]))
    else:
        write(_table(decided, selection, color))


def _table(decided: list[tuple[Rule | Notice, Decision]], selection: Selection, color: str) -> str:
    style = style_for(color)
    names = max((len(rule.name) for rule, _ in decided), default=0)
    categories = max((len(rule.category) for rule, _ in decided), default=0)
    lines: list[str] = []
    for rule, on in decided:
        severity = selection.severity_of(rule, rule.severity)
        state = f"{severity!s:<7}" if on.on else style.paint("off    ", "dim")
        head = f"{style.grave(rule.code, severity)}  {rule.name:<{names}}  {rule.category:<{categories}}  {state}"
        used = len(rule.code) + names + categories + 13
        lines.append(f"{head}  {_cut(rule.summary, used)}".rstrip() + "\n")
    return "".join(lines)


def _cut(text: str, used: int) -> str:
    """The text, cut at the edge of a terminal; in a pipe it is left whole."""
    text = " ".join(text.split())
    if not sys.stdout.isatty():
        return text
    room = max(shutil.get_terminal_size().columns - used - 1, 10)
    return text if len(text) <= room else text[: room - 1].rstrip() + "…"
