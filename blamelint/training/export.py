"""From a trained network to what is shipped: ONNX, eight bits a weight, and a vocabulary of the words in use."""

from __future__ import annotations

import json
import logging
import shutil
import tempfile
import warnings
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import nn

from blamelint.classifier.encoder import MODEL, TOKENIZER
from blamelint.training.network import Network

#: Word pieces seen less often in the exemplars are spelt in shorter ones, which are all kept.
_LEAST_SEEN = 2

#: So many pieces stand first in the vocabulary of the pretrained encoder: marks, letters and the commonest words.
_COMMONEST = 6_000


def export(net: Network, tokenizer: Tokenizer, texts: Iterable[str], folder: Path, *, quantized: bool = True) -> None:
    """Writes encoder and tokenizer into `folder`; `texts` decide which word pieces are kept."""
    folder.mkdir(parents=True, exist_ok=True)
    kept, small = pruned(tokenizer, texts)
    small.save(str(folder / TOKENIZER))
    embeddings = net.bert.embeddings.word_embeddings
    shrunk = nn.Embedding.from_pretrained(embeddings.weight.detach()[kept].clone())
    net.bert.embeddings.word_embeddings = shrunk
    try:
        with tempfile.TemporaryDirectory() as scratch:
            plain = Path(scratch) / MODEL
            _to_onnx(net, plain)
            if quantized:
                _quantize(plain, folder / MODEL)
            else:
                shutil.copy(plain, folder / MODEL)
    finally:
        net.bert.embeddings.word_embeddings = embeddings


def pruned(tokenizer: Tokenizer, texts: Iterable[str]) -> tuple[list[int], Tokenizer]:
    """The ids that are kept, in order, and a tokenizer that knows only those."""
    seen: Counter[int] = Counter()
    for text in texts:
        seen.update(tokenizer.encode(text).ids)
    vocabulary = tokenizer.get_vocab()
    kept = sorted(
        index
        for piece, index in vocabulary.items()
        if (index < _COMMONEST and not piece.startswith("[unused"))
        or seen[index] >= _LEAST_SEEN
        or len(piece.removeprefix("##")) <= 2
        or (piece.startswith("[") and not piece.startswith("[unused"))
    )
    data = json.loads(tokenizer.to_str())
    pieces = {index: piece for piece, index in vocabulary.items()}
    renumbered = {pieces[index]: place for place, index in enumerate(kept)}
    data["model"]["vocab"] = renumbered
    for token in data["added_tokens"]:
        token["id"] = renumbered[token["content"]]
    for token in data["post_processor"]["special_tokens"].values():
        token["ids"] = [renumbered[name] for name in token["tokens"]]
    data["truncation"] = data["padding"] = None
    return kept, Tokenizer.from_str(json.dumps(data))


def _to_onnx(net: Network, path: Path) -> None:
    net.eval()
    ids = torch.ones(2, 8, dtype=torch.long)
    pool = torch.full((2, 2, 8), 1 / 8)
    two = {0: "passages", 1: "tokens"}
    three = {0: "passages", 1: "sentences"}
    logging.getLogger("torch.onnx").setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            net,
            (ids, ids, ids * 0, pool),
            str(path),
            input_names=["ids", "mask", "segments", "pool"],
            output_names=["logits", "vectors"],
            dynamic_axes={
                "ids": two, "mask": two, "segments": two, "pool": {**three, 2: "tokens"},
                "logits": three, "vectors": three,
            },
            opset_version=17,
            dynamo=False,
        )  # fmt: skip


def _quantize(plain: Path, path: Path) -> None:
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.shape_inference import quant_pre_process

    prepared = plain.with_name("prepared.onnx")
    quant_pre_process(str(plain), str(prepared), skip_symbolic_shape=True)
    quantize_dynamic(str(prepared), str(path), weight_type=QuantType.QInt8, per_channel=True)
