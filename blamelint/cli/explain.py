"""`blamelint explain`: why a sentence was flagged or not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from blamelint.cli.options import config_options, configs_for, format_option, linter_for
from blamelint.cli.output import write, write_machine
from blamelint.report.json import dump
from blamelint.report.style import visible


@click.command("explain", short_help="Tell why a sentence was flagged or not.")
@click.argument("place", metavar="FILE:ROW")
@click.option("--all", "every", is_flag=True, help="List also the rules that found nothing.")
@format_option
@config_options
def command(place: str, every: bool, output_format: str, config_file: Path | None, isolated: bool) -> None:
    """Tell why the sentences on a row of a document were flagged, or why not.

    Shows who is seen in them and who does what, and what every rule made of it. FILE:ROW:COLUMN, as `check` prints
    it, means the one sentence there.
    """
    found = re.fullmatch(r"(.+?):(\d+)(?::(\d+))?", place)
    if not found:
        raise click.UsageError(f"'{place}' is not FILE:ROW, such as postmortem.md:12")
    path, row, column = Path(found[1]), int(found[2]), int(found[3]) if found[3] else None
    from blamelint.explain import as_data, outcomes, sentences_at
    from blamelint.files import read
    from blamelint.markup import format_of

    config = configs_for(config_file, isolated).of(path)
    source = read(path, config.max_file_size)
    linter = linter_for(config)
    off = linter.off
    document = linter.read(source, path=found[1], format=format_of(found[1]))
    if not 1 <= row <= len(document.lines):
        raise click.ClickException(f"{path} has {len(document.lines)} rows, so no row {row}")
    report = linter.lint_document(document)
    here = config.for_path(path)
    sentences = sentences_at(document, row, column)
    data = [as_data(document, one, outcomes(document, one, linter.rules, report, here, off)) for one in sentences]
    if linter.classifier is not None:
        from blamelint.classifier.why import explained

        for one, sentence in zip(data, sentences, strict=True):
            one["classifier"] = explained(linter.classifier, document, sentence, report)
    if output_format == "json":
        write_machine(dump({"filename": found[1], "row": row, "sentences": data}))
    elif not data:
        write(f"Row {row} of {path} holds no prose: it is blank, code, a URL or markup.\n")
    else:
        write("\n".join("".join(f"{visible(line)}\n" for line in _lines(one, every)) for one in data))


def _lines(data: dict[str, Any], every: bool) -> Iterator[str]:
    from blamelint.classifier import why
    from blamelint.explain import lines_of

    yield from lines_of(data, every=every)
    if "classifier" in data:
        yield from why.lines_of(data["classifier"])
