"""`blamelint check`: lint documents."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from blamelint.cli.options import FILE, LEVELS, as_level, as_words, color_option, config_options, configs_for
from blamelint.cli.output import complain, style_for, write, write_machine
from blamelint.diagnostic import Severity
from blamelint.report import FORMATS, HUMAN
from blamelint.report.summary import statistics, statistics_json, summary


@click.command("check", short_help="Lint documents.")
@click.argument("paths", nargs=-1, metavar="[PATHS|-]...", type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--select", callback=as_words, metavar="RULES", help="Run these rules only: codes, prefixes or categories."
)
@click.option("--ignore", callback=as_words, metavar="RULES", help="Do not run these rules.")
@click.option("--extend-select", callback=as_words, metavar="RULES", help="Run these rules besides those selected.")
@click.option(
    "--fail-on",
    type=LEVELS,
    callback=as_level,
    help="Exit with 1 from this severity on.  [default: warning]",
)
@click.option(
    "--min-severity", type=LEVELS, callback=as_level, help="Show findings from this severity on.  [default: warning]"
)
@click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever is found.")
@click.option(
    "--output-format", type=click.Choice(list(FORMATS)), default="full", show_default=True, help="How to tell it."
)
@click.option("--output-file", "-o", type=FILE, metavar="FILE", help="Write there instead of the standard output.")
@click.option("--statistics", "counts", is_flag=True, help="Show how often each rule found something, not where.")
@click.option("--stdin-filename", type=FILE, metavar="FILE", help="The name of what comes in by the standard input.")
@click.option("--quiet", "-q", is_flag=True, help="Show the findings alone, without the line at the end.")
@color_option
@config_options
def command(
    paths: tuple[Path, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    extend_select: tuple[str, ...],
    fail_on: Severity | None,
    min_severity: Severity | None,
    exit_zero: bool,
    output_format: str,
    output_file: Path | None,
    counts: bool,
    stdin_filename: Path | None,
    quiet: bool,
    color: str,
    config_file: Path | None,
    isolated: bool,
) -> int:
    """Find sentences that blame, heroise or name people.

    PATHS are files and folders (this one, if none is given); - is the standard input. Exits with 0 when all is
    well, 1 when something was found, 2 when something could not be done.
    """
    from blamelint.cli.progress import Progress
    from blamelint.cli.run import STDIN, Run, Target
    from blamelint.config import Overrides
    from blamelint.files import find

    if counts and output_format not in (*HUMAN, "json"):
        raise click.UsageError(f"--statistics can be shown as text or as json, not as {output_format}")
    overrides = Overrides(select, ignore, extend_select, fail_on, min_severity)
    configs = configs_for(config_file, isolated, overrides)
    if config_file is not None:
        configs.of(config_file)  # one that is broken is an error even where there is nothing to lint
    run = Run(configs, click.get_current_context().find_root().params.get("traceback", False))
    found = find([path for path in paths or (Path(),) if str(path) != "-"], configs.of)
    for error in found.errors:
        run.error(str(error))
    for note in found.notes:
        complain(note)
    targets = [Target(str(path), path) for path in found.files]
    if any(str(path) == "-" for path in paths):
        name = str(stdin_filename or STDIN)
        targets.insert(0, Target(name, stdin_filename or Path(), sys.stdin.buffer.read()))
    if not targets and not run.errors:
        complain("found no documents to lint")
    with Progress(len(targets)) as progress:
        for target in targets:
            run.lint(target)
            progress.advance()
    for message in run.errors:
        complain(message)

    style = style_for(color, output_file)
    if output_format not in HUMAN:
        write_machine(
            statistics_json(run.reports) if counts else FORMATS[output_format](run.reports, style), output_file
        )
    else:
        text = statistics(run.reports, style) if counts else FORMATS[output_format](run.reports, style)
        end = "" if quiet or not run.reports else summary(run.reports, run.hidden, style)
        write(text + end, output_file)
    if run.errors:
        return 2
    return int(run.failed and not exit_zero)
