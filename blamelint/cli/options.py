"""Options that several commands share, and what they make."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from blamelint.diagnostic import Severity

if TYPE_CHECKING:
    from blamelint.config import Config, Overrides
    from blamelint.configfile import Configs
    from blamelint.linter import Linter

F = TypeVar("F", bound=Callable[..., Any])


LEVELS = click.Choice([str(level) for level in Severity])


def as_level(context: click.Context, option: click.Parameter, value: str | None) -> Severity | None:
    """The severity of that name."""
    return None if value is None else Severity.parse(value)


def as_words(context: click.Context, option: click.Parameter, value: str | None) -> tuple[str, ...]:
    """Selectors between commas or blanks."""
    words = tuple((value or "").replace(",", " ").split())
    if value is not None and not words:
        raise click.BadParameter("names no rule")
    return words


FILE = click.Path(path_type=Path, dir_okay=False)


def config_options(command: F) -> F:
    """--config and --isolated."""
    command = click.option("--isolated", is_flag=True, help="Read no configuration file.")(command)
    help_text = "Take this configuration instead of the nearest .blamelint.yaml or pyproject.toml."
    return click.option("--config", "config_file", type=FILE, metavar="FILE", help=help_text)(command)


def color_option(command: F) -> F:
    """--color."""
    help_text = "Colour the output. auto: on a terminal, unless NO_COLOR or FORCE_COLOR is set."
    choice = click.Choice(["auto", "always", "never"])
    return click.option("--color", type=choice, default="auto", show_default=True, help=help_text)(command)


def format_option(command: F) -> F:
    """--output-format of the commands that know text and JSON."""
    choice = click.Choice(["text", "json"])
    return click.option(
        "--output-format",
        "output_format",
        type=choice,
        default="text",
        show_default=True,
        help="For people or programs.",
    )(command)


def configs_for(config_file: Path | None, isolated: bool, overrides: Overrides | None = None) -> Configs:
    """The configurations that those options mean."""
    from blamelint.config import Overrides
    from blamelint.configfile import Configs

    if config_file is not None and isolated:
        raise click.UsageError("--config and --isolated exclude each other")
    return Configs(config_file, isolated, overrides or Overrides())


def linter_for(config: Config) -> Linter:
    """A linter; imported here and not above, since it brings spaCy with it."""
    from blamelint.linter import Linter

    return Linter(config)
