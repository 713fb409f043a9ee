"""`blamelint ledger`: who appears as the agent of what."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from blamelint.cli.options import color_option, config_options, configs_for, linter_for
from blamelint.cli.output import style_for, write, write_machine

if TYPE_CHECKING:
    from blamelint.linter import Linter


@click.command("ledger", short_help="Show who is told to have done what.")
@click.argument("paths", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@click.option("--all", "every", is_flag=True, help="Show also the clauses that tell neither harm nor help.")
@click.option(
    "--output-format",
    type=click.Choice(["text", "json", "csv"]),
    default="text",
    show_default=True,
    help="For people, programs or spreadsheets.",
)
@color_option
@config_options
def command(
    paths: tuple[Path, ...], every: bool, output_format: str, color: str, config_file: Path | None, isolated: bool
) -> None:
    """Show how a document distributes harm and help: who is told to have done what, clause by clause.

    Neutral in words is not neutral in sum. The rules BL301 to BL305 read the same ledger.
    """
    from blamelint.files import read
    from blamelint.report import ledger as report

    configs = configs_for(config_file, isolated)
    linters: dict[int, Linter] = {}
    books = []
    for path in paths:
        config = configs.of(path)
        linter = linters[id(config)] = linters.get(id(config)) or linter_for(config)
        document = linter.read(read(path, config.max_file_size), path=str(path))
        books.append((document, linter.ledger(document)))
    if output_format == "json":
        write_machine(report.json(books, every=every))
    elif output_format == "csv":
        write_machine(report.table(books, every=every))
    else:
        write(report.text(books, style_for(color), every=every))
