"""`blamelint init`: write a configuration to start from."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from blamelint.cli.output import write
from blamelint.errors import ConfigError

if TYPE_CHECKING:
    from blamelint.config import Config

#: What each key might say, where its default shows nothing.
_EXAMPLES = {
    "select": "[named, blame]",
    "ignore": "[BL5]",
    "extend-select": "[BL401]",
    "severity": "{hindsight: info, BL101: error}",
    "packs": "[blamelint-rules/, package:acme-blamelint]",
    "systems": "[Hudson, Alfred]",
    "roles": "[release captain]",
    "groups": "[team Falcon]",
    "vendors": "[Acme Cloud]",
    "allow-names-in": "[timeline]",
    "exclude": "[drafts/]",
}
_PER_PATH = """\
#per-path:
#  - paths: [postmortems/published/]
#    fail-on: info
#    allow-names-in: []
"""
_PEOPLE = """\
#people:
#  names: [Dave Okafor, "@tlee"]
#  roster: [oncall.csv]
#  codeowners: true
#  mailmap: true
#  git: true
"""


@click.command("init", short_help="Write a configuration to start from.")
@click.argument("folder", metavar="[FOLDER]", default=".", type=click.Path(path_type=Path, file_okay=False))
@click.option("--force", is_flag=True, help="Replace a .blamelint.yaml that is already there.")
def command(folder: Path, force: bool) -> None:
    """Write a .blamelint.yaml with every setting explained.

    All settings are commented out, so that it changes nothing until you edit it. FOLDER is where it goes.
    """
    from blamelint.config import Config
    from blamelint.configfile import FILE

    path = folder / FILE
    try:
        with path.open("w" if force else "x", encoding="utf-8") as file:
            file.write(template(Config))
    except FileExistsError:
        raise ConfigError("is already there, and was left as it is", path=path, hint="--force replaces it") from None
    except OSError as problem:
        raise ConfigError(f"can't be written: {problem.strerror or problem}", path=path) from problem
    write(f"Wrote {path}. Next: blamelint check {folder if str(folder) != '.' else ''}".rstrip() + "\n")


def template(config: type[Config]) -> str:
    """A configuration file with all keys commented out, made of the descriptions that the schema shows too."""
    return "\n".join(_paragraphs(config))


def _paragraphs(config: type[Config]) -> Iterator[str]:
    yield "# Configuration of blamelint. `blamelint config` shows what is in force and from where.\n"
    defaults = config().model_dump(mode="json", by_alias=True)
    for name, field in config.model_fields.items():
        key = field.alias or name
        about = "".join(f"# {line}\n" for line in textwrap.wrap(" ".join(str(field.description).split()), 98))
        if key == "per-path":
            yield about + _PER_PATH
        elif key == "people":
            yield about + _PEOPLE
        else:
            yield f"{about}#{key}: {_EXAMPLES.get(key) or _value(defaults[key])}\n"


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return f"[{', '.join(chr(34) + str(item) + chr(34) for item in value)}]"
    return str(value)
