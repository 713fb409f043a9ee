"""`blamelint train`: trains the classifier anew, from the exemplars."""

from __future__ import annotations

import contextlib
import importlib.util
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import click

from blamelint.cli.output import write
from blamelint.errors import BlamelintError

FOLDER = click.Path(path_type=Path, file_okay=False, exists=True)

_NEEDED = ("onnxruntime", "sklearn", "tokenizers")
_NEEDED_BY_THE_ENCODER = ("torch", "transformers", "onnx")


class TrainingError(BlamelintError):
    """What training needs is not there."""


@click.command("train", short_help="Train the classifier on the exemplars.")
@click.option("--exemplars", type=FOLDER, default="exemplars", show_default=True, help="Folder of the exemplars.")
@click.option("--weights", type=FOLDER, help="Folder of the pretrained encoder; else the one of the extra `train`.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Where to write; else the shipped model.")
@click.option("--keep-encoder", is_flag=True, help="Fit only words, combiner and bars; the encoder stays as it is.")
@click.option("--layers", type=click.IntRange(1, 6), default=6, show_default=True, help="Layers of the encoder.")
@click.option("--epochs", type=click.IntRange(1, 20), default=4, show_default=True, help="Passes over the data.")
@click.option("--seed", type=int, default=1, show_default=True, help="Where chance begins.")
def command(
    exemplars: Path, weights: Path | None, out: Path | None, keep_encoder: bool, layers: int, epochs: int, seed: int
) -> None:
    """Train the classifier on the exemplars: about an hour on two cores, the same every time.

    Needs `pip install "blamelint[train]"` and a checkout of blamelint, whose exemplars it reads.
    """
    needed = _NEEDED if keep_encoder else (*_NEEDED, *_NEEDED_BY_THE_ENCODER)
    missing = [name for name in needed if importlib.util.find_spec(name) is None]
    if missing:
        raise TrainingError(f"training needs {', '.join(missing)}", hint='pip install "blamelint[train]"')
    from blamelint.classifier.judge import SHIPPED
    from blamelint.training.run import run
    from blamelint.training.settings import Settings

    settings = Settings(layers=layers, epochs=epochs, seed=seed)
    with contextlib.nullcontext() if keep_encoder else _weights(weights) as folder:
        run(exemplars, folder, out or SHIPPED, settings, lambda line: write(f"{line}\n"))


@contextlib.contextmanager
def _weights(given: Path | None) -> Iterator[Path]:
    """A folder with the pretrained encoder: the given one, or what the package brings, whose code is not run."""
    if given is not None:
        yield given
        return
    spec = importlib.util.find_spec("all_minilm_l6_v2")
    packed = [Path(root) / "model.zip" for root in (spec and spec.submodule_search_locations) or ()]
    if not packed or not packed[0].is_file():
        raise TrainingError("the pretrained encoder is not installed", hint='pip install "blamelint[train]"')
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(packed[0]) as archive:
        archive.extractall(folder)
        yield Path(folder)
