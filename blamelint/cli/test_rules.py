"""`blamelint test-rules`: run the examples of rules as their tests."""

from __future__ import annotations

from pathlib import Path

import click

from blamelint.cli.options import color_option, config_options, configs_for, linter_for
from blamelint.cli.output import style_for, write
from blamelint.diagnostic import Diagnostic
from blamelint.resources import data_root


@click.command("test-rules", short_help="Run the examples of rules as tests.")
@click.argument("paths", nargs=-1, metavar="[PATHS]...", type=click.Path(path_type=Path, exists=True))
@color_option
@config_options
def command(paths: tuple[Path, ...], color: str, config_file: Path | None, isolated: bool) -> int:
    """Run the examples in rule files: bad ones must be found where they are marked, good ones not at all.

    PATHS are rule files and folders of your own, tested together with the rules in force. Without any, all rules in
    force are tested. Exits with 1 when an example fails.
    """
    from blamelint.examples import run_examples

    config = configs_for(config_file, isolated).of(Path())
    # an example stands for its rule, whatever this repository has switched off
    update = {
        "select": (),
        "ignore": (),
        "extend_select": ("all",),
        "severity": {},
        "per_path": (),
        "allow_names_in": (),
    }
    given = tuple(path.resolve() for path in paths)
    shipped = data_root("rules").resolve()
    own = tuple(path for path in given if not path.is_relative_to(shipped))
    linter = linter_for(config.model_copy(update=update).with_packs(own))

    def lint(text: str, format: str) -> list[Diagnostic]:
        return list(linter.lint_text(text, format=format).diagnostics)

    wanted = [rule for rule in linter.rules if not given or _below(rule.origin, given)]
    if not wanted:
        raise click.ClickException("there are no rules to test")
    style = style_for(color)
    examples = failures = 0
    for rule in wanted:
        examples += len(rule.bad) + len(rule.good)
        for failure in run_examples(rule, lint):
            failures += 1
            write(f"{failure}\n\n")
    counted = f"{len(wanted)} rule{'s' * (len(wanted) != 1)}, {examples} examples"
    write(
        style.paint(f"{counted}: all as they should be.", "green") if not failures else f"{counted}, {failures} wrong."
    )
    write("\n")
    return int(failures > 0)


def _below(origin: Path | None, given: tuple[Path, ...]) -> bool:
    return origin is not None and any(origin.resolve().is_relative_to(path) for path in given)
