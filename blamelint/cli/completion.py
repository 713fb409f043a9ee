"""`blamelint completion`: the script that makes a shell complete commands and options."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from blamelint.cli.output import write

_HOW = """\
\b
bash   eval "$(blamelint completion bash)"           in ~/.bashrc
zsh    eval "$(blamelint completion zsh)"            in ~/.zshrc
fish   blamelint completion fish | source            in ~/.config/fish/config.fish
"""


@click.command(
    "completion",
    short_help="Print the script for completion in a shell.",
    help=f"Print the script that makes a shell complete blamelint's words.\n\n{_HOW}",
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> None:
    """Print a shell's completion script."""
    from blamelint.cli import cli

    kind = get_completion_class(shell)
    if kind is None:
        raise click.ClickException(f"click knows no completion for {shell}")
    write(kind(cli, {}, "blamelint", "_BLAMELINT_COMPLETE").source() + "\n")
