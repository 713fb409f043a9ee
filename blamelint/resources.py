"""Where the package's own data lie: in the wheel under `_data`, in a checkout beside the package."""

from __future__ import annotations

from pathlib import Path


def data_root(kind: str) -> Path:
    """The folder of the shipped `rules` or `exemplars`."""
    package = Path(__file__).resolve().parent
    inside = package / "_data" / kind
    return inside if inside.is_dir() else package.parent / kind
