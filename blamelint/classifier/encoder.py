"""The encoder: a small transformer that reads passages and gives each sentence eight logits and a vector."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from blamelint.classifier.passages import Passage
from blamelint.errors import ModelError

if TYPE_CHECKING:
    from numpy.typing import NDArray

MODEL, TOKENIZER = "encoder.onnx", "tokenizer.json"

#: More passages at once are no faster on one thread, and none is padded by more tokens than the second figure.
_BATCH, _PADDING = 16, 4

#: The encoder has no more positions; what lies beyond is not read.
_MOST_TOKENS = 512


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of one passage: `logits` [sentences, labels] and `vectors` [sentences, width]."""

    logits: NDArray[np.float32]
    vectors: NDArray[np.float32] | None = None


class Encoder:
    """Runs the ONNX file in `folder` on one thread. ModelError where it can't be loaded."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        try:
            tokenizer = Tokenizer.from_file(str(self.folder / TOKENIZER))
        except Exception as problem:  # the library raises bare Exceptions
            raise ModelError("the encoder's vocabulary can't be read", path=self.folder / TOKENIZER) from problem
        tokenizer.no_padding()
        tokenizer.enable_truncation(_MOST_TOKENS)
        return tokenizer

    @cached_property
    def _session(self) -> Any:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            return onnxruntime.InferenceSession(str(self.folder / MODEL), options, providers=["CPUExecutionProvider"])
        except Exception as problem:  # as above
            raise ModelError("the encoder can't be loaded", path=self.folder / MODEL) from problem

    def read(self, passages: Sequence[Passage]) -> list[Reading]:
        """One reading a passage, in order."""
        encodings = [self._tokenizer.encode(passage.tag, passage.text) for passage in passages]
        readings: dict[int, Reading] = {}
        for batch in _batches([len(encoding.ids) for encoding in encodings]):
            inputs = _inputs([encodings[i] for i in batch], [passages[i] for i in batch])
            logits, vectors = self._session.run(["logits", "vectors"], inputs)
            for row, index in enumerate(batch):
                count = len(passages[index].spans)
                readings[index] = Reading(logits[row, :count], vectors[row, :count])
        return [readings[index] for index in range(len(passages))]


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """The places of passages of like length, together; on one thread padding costs more than another run."""
    batch: list[int] = []
    for place in sorted(range(len(lengths)), key=lambda place: lengths[place]):
        if batch and (len(batch) == _BATCH or lengths[place] > lengths[batch[0]] + _PADDING):
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch


def _inputs(encodings: Sequence[Any], passages: Sequence[Passage]) -> dict[str, NDArray[Any]]:
    """`ids`, `mask` and `segments` [passages, tokens]; `pool` [passages, sentences, tokens], each row a mean."""
    shape = len(passages), max(len(encoding.ids) for encoding in encodings)
    ids, mask, segments = (np.zeros(shape, np.int64) for _ in range(3))
    pool = np.zeros((shape[0], max(len(p.spans) for p in passages), shape[1]), np.float32)
    for row, (encoding, passage) in enumerate(zip(encodings, passages, strict=True)):
        count = len(encoding.ids)
        ids[row, :count], mask[row, :count], segments[row, :count] = encoding.ids, 1, encoding.type_ids
        for sentence, tokens in enumerate(tokens_of(encoding, passage)):
            if tokens:
                pool[row, sentence, tokens] = 1 / len(tokens)
    return {"ids": ids, "mask": mask, "segments": segments, "pool": pool}


def tokens_of(encoding: Any, passage: Passage) -> Iterator[list[int]]:
    """For each sentence of the passage the places of its tokens in the encoding of (tag, text)."""
    places = [
        (place, start, end)
        for place, ((start, end), sequence) in enumerate(zip(encoding.offsets, encoding.sequence_ids, strict=True))
        if sequence == 1
    ]
    for span in passage.spans:
        yield [place for place, start, end in places if start < span.end and end > span.start]
