"""The version, from what is installed; no module of ours is imported for it."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, metadata


def version() -> str:
    """The version of the installed distribution; of a bare checkout it is not known."""
    try:
        return metadata("blamelint")["Version"]
    except PackageNotFoundError:
        return "0.0.0+checkout"
