"""The command line: the only place for arguments, streams and exit codes."""

from __future__ import annotations

import contextlib
import importlib
import os
import sys
from collections.abc import Sequence

import click

from blamelint.cli.output import TRACEBACK, PipeClosedError, bug, complain
from blamelint.errors import BlamelintError
from blamelint.version import version

#: Each command is the object of that name in the module of that name here, imported when it is asked for.
COMMANDS = (
    "check",
    "rule",
    "rules",
    "explain",
    "ledger",
    "config",
    "init",
    "doctor",
    "test-rules",
    "train",
    "calibrate",
    "completion",
)


class _Commands(click.Group):
    """Commands that are imported on use, so that none waits for what another needs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"blamelint.cli.{cmd_name.replace('-', '_')}")
        command: click.Command = module.command
        return command


@click.group(
    cls=_Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(version(), "-V", "--version", message="%(prog)s %(version)s", help="Show the version.")
@click.option(TRACEBACK, "traceback", is_flag=True, help="On an error inside blamelint, show where it happened.")
@click.pass_context
def cli(context: click.Context, traceback: bool) -> None:
    """Find the sentences of an incident postmortem that blame, heroise or name people.

    \b
    blamelint check postmortem.md      lint a document
    blamelint rule BL401               what a rule is about
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; the exit code. Whatever goes wrong is one line on the error stream."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    tell_all = TRACEBACK in arguments
    # wherever it was written: who adds it to a command that has failed adds it at the end
    arguments = [TRACEBACK] * tell_all + [argument for argument in arguments if argument != TRACEBACK]
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):  # a document may hold what the terminal can't show
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    try:
        code = cli.main(arguments, prog_name="blamelint", standalone_mode=False)
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except click.UsageError as problem:
        problem.show()
        return 2
    except click.ClickException as problem:
        complain(problem.format_message())
        return 2
    except BlamelintError as problem:
        complain(str(problem))
        return problem.exit_code
    except (click.Abort, KeyboardInterrupt):
        complain("interrupted")
        return 130
    except (PipeClosedError, BrokenPipeError):
        # the reader has gone, as in `blamelint rules | head`; Python must not fail again when it flushes at the end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except OSError as problem:
        complain(f"{problem.filename or 'the output'}: {problem.strerror or problem}")
        return 2
    except Exception as problem:
        complain(bug(problem, tell_all))
        return 2
