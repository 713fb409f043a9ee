"""`blamelint config`: what is in force, and from where."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from blamelint.cli.options import config_options, configs_for, format_option
from blamelint.cli.output import write, write_machine
from blamelint.report.json import dump
from blamelint.report.style import visible


@click.command("config", short_help="Show the configuration in force.")
@click.argument("path", metavar="[PATH]", default=".", type=click.Path(path_type=Path))
@click.option("--schema", is_flag=True, help="Print the JSON Schema of .blamelint.yaml instead.")
@format_option
@config_options
def command(path: Path, schema: bool, output_format: str, config_file: Path | None, isolated: bool) -> None:
    """Show the configuration in force for a file or folder, and where each setting comes from.

    PATH is the file or folder meant, this folder if none is given.
    """
    from blamelint.config import Config

    if schema:
        write_machine(dump(_schema(Config)))
        return
    config = configs_for(config_file, isolated).of(path).for_path(path)
    values = config.model_dump(mode="json", by_alias=True)
    if output_format == "json":
        settings = {key: {"value": value, "from": config.provenance[key]} for key, value in values.items()}
        write_machine(dump({"file": None if config.path is None else str(config.path), "settings": settings}))
        return
    lines = [f"# {config.path}" if config.path else "# no configuration file: these are the defaults"]
    for key, value in values.items():
        for name, inner in value.items() if key == "people" else [("", value)]:
            label = f"{key}.{name}" if name else key
            lines.append(f"{label:<18} {_shown(inner):<40} # {config.provenance[key]}")
    write("".join(f"{visible(line)}\n" for line in lines))


def _schema(config: Any) -> dict[str, Any]:
    schema = config.model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": "blamelint configuration"}


def _shown(value: Any) -> str:
    """A value as it would be written in YAML, on one line."""
    if isinstance(value, bool) or value is None:
        return str(value).lower()
    if isinstance(value, list):
        return f"[{', '.join(_shown(item) for item in value)}]"
    if isinstance(value, dict):
        inner = ", ".join(f"{key}: {_shown(item)}" for key, item in value.items() if item is not None)
        return f"{{{inner}}}"
    return str(value)
