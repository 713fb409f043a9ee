"""The classifier's files: plain JSON, of bounded size, and known by their digests."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from blamelint.errors import ModelError

MANIFEST = "manifest.json"

_MOST_BYTES = 40_000_000


def read_bytes(path: Path) -> bytes:
    """The file's bytes; ModelError where it is missing or larger than any file of a model."""
    try:
        with path.open("rb") as file:
            raw = file.read(_MOST_BYTES + 1)
    except OSError as problem:
        raise ModelError(f"can't be read: {problem.strerror or problem}", path=path) from problem
    if len(raw) > _MOST_BYTES:
        raise ModelError(f"is larger than {_MOST_BYTES // 1_000_000} MB", path=path)
    return raw


def read_json(path: Path) -> Any:
    """The mapping in a JSON file; ModelError for anything else."""
    raw = read_bytes(path)
    try:
        data = json.loads(raw)
    except (ValueError, RecursionError) as problem:
        raise ModelError("is not valid JSON", path=path) from problem
    if not isinstance(data, dict):
        raise ModelError("is not a mapping", path=path)
    return data


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(read_bytes(path)).hexdigest()


def changed(folder: Path) -> list[str]:
    """The files that the folder's manifest lists and that are not what it says; ModelError without a manifest."""
    listed = read_json(folder / MANIFEST).get("sha256")
    if not isinstance(listed, dict) or not listed:
        raise ModelError("lists no files", path=folder / MANIFEST)
    for name in listed:
        if Path(name).name != name:
            raise ModelError(f"lists '{name}', which lies elsewhere", path=folder / MANIFEST)
    return [name for name, expected in listed.items() if digest(folder / name) != expected]


def write_manifest(folder: Path) -> None:
    """Lists the digests of all other files of the folder."""
    files = sorted(path for path in folder.iterdir() if path.name != MANIFEST and path.suffix in (".json", ".onnx"))
    text = json.dumps({"sha256": {path.name: digest(path) for path in files}}, indent=1)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")
