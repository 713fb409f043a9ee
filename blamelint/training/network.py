"""The encoder while it learns: MiniLM's first layers, mean-pooled by sentence, under one linear layer."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits
from transformers import BertConfig, BertModel

from blamelint.classifier.encoder import tokens_of
from blamelint.classifier.labels import LABELS
from blamelint.training.corpus import Case
from blamelint.training.settings import Settings

#: A passage of more tokens is cut; passages are made shorter than that, unless one sentence is longer.
_MOST_TOKENS = 192

#: What a passage is called where its tag is held back, so that the text has to do.
_ANY_TAG = "paragraph"


@dataclass(frozen=True, slots=True)
class Sample:
    """A case in numbers: two encodings (with and without its tag), the labels as a matrix with -1 for no judgement."""

    case: Case
    tagged: Any
    bare: Any
    labels: Tensor


class Network(nn.Module):
    """[passages, tokens] ids to [passages, sentences, labels] logits and [passages, sentences, width] vectors."""

    def __init__(self, weights: Path, layers: int) -> None:
        super().__init__()
        config = BertConfig.from_pretrained(weights)
        config.num_hidden_layers = layers
        self.bert = BertModel.from_pretrained(weights, config=config, add_pooling_layer=False)
        self.dropout = nn.Dropout(0.1)
        self.head = nn.Linear(config.hidden_size, len(LABELS))

    def forward(self, ids: Tensor, mask: Tensor, segments: Tensor, pool: Tensor) -> tuple[Tensor, Tensor]:
        """Logits and vectors; `pool` [passages, sentences, tokens] takes the mean over each sentence's tokens."""
        hidden = self.bert(input_ids=ids, attention_mask=mask, token_type_ids=segments).last_hidden_state
        vectors = pool @ hidden
        return self.head(self.dropout(vectors)), vectors


def load_tokenizer(weights: Path) -> Tokenizer:
    """The tokenizer of the pretrained encoder, without padding."""
    tokenizer = Tokenizer.from_file(str(weights / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(_MOST_TOKENS)
    return tokenizer


def samples(cases: Sequence[Case], tokenizer: Tokenizer) -> list[Sample]:
    """The cases, tokenised."""
    return [
        Sample(
            case,
            tokenizer.encode(case.passage.tag, case.passage.text),
            tokenizer.encode(_ANY_TAG, case.passage.text),
            torch.tensor(
                [[-1.0] * len(LABELS) if told is None else [float(x in told) for x in LABELS] for told in case.labels]
            ),
        )
        for case in cases
    ]


def inputs(batch: Sequence[Sample], bare: Sequence[bool] = ()) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """ids, mask, segments, pool; `bare` says whose tag is held back."""
    encodings = [s.bare if bare and bare[i] else s.tagged for i, s in enumerate(batch)]
    width = max(len(encoding.ids) for encoding in encodings)
    ids, mask, segments = (torch.zeros(len(batch), width, dtype=torch.long) for _ in range(3))
    pool = torch.zeros(len(batch), max(len(s.labels) for s in batch), width)
    for row, (sample, encoding) in enumerate(zip(batch, encodings, strict=True)):
        count = len(encoding.ids)
        ids[row, :count], mask[row, :count] = torch.tensor(encoding.ids), 1
        segments[row, :count] = torch.tensor(encoding.type_ids)
        for sentence, tokens in enumerate(tokens_of(encoding, sample.case.passage)):
            if tokens:
                pool[row, sentence, tokens] = 1 / len(tokens)
    return ids, mask, segments, pool


def targets(batch: Sequence[Sample]) -> Tensor:
    """[passages, sentences, labels], -1 where nothing is known."""
    most = max(len(sample.labels) for sample in batch)
    whole = torch.full((len(batch), most, len(LABELS)), -1.0)
    for row, sample in enumerate(batch):
        whole[row, : len(sample.labels)] = sample.labels
    return whole


def train(
    data: Sequence[Sample],
    weights: Path,
    settings: Settings,
    told: Callable[[str], None] = lambda line: None,
    after_epoch: Callable[[Network], None] = lambda net: None,
) -> Network:
    """Fine-tunes all weights; a line to `told` now and then. The same seed and data give the same network."""
    torch.manual_seed(settings.seed)
    chance = random.Random(settings.seed)
    net = Network(weights, settings.layers)
    net.train()
    optimizer = torch.optim.AdamW(net.parameters(), lr=settings.rate, weight_decay=0.01)
    steps = settings.epochs * len(_batches(data, settings.tokens, random.Random(0)))
    warm = max(1, steps // 16)
    pace = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warm, max(0.0, (steps - step) / max(1, steps - warm)))
    )
    done = 0
    for epoch in range(settings.epochs):
        total = 0.0
        for count, batch in enumerate(_batches(data, settings.tokens, chance), start=1):
            bare = [chance.random() < settings.tag_dropout for _ in batch]
            logits, _ = net(*inputs(batch, bare))
            loss = _loss(logits, targets(batch), batch, settings)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            pace.step()
            total, done = total + float(loss.detach()), done + 1
            if count % 100 == 0:
                told(f"epoch {epoch + 1}, step {done} of about {steps}: loss {total / count:.4f}")
        net.eval()
        after_epoch(net)
        net.train()
    net.eval()
    return net


def predict(net: Network, data: Sequence[Sample]) -> list[Tensor]:
    """The logits [sentences, labels] of each sample, in order."""
    net.eval()
    order = sorted(range(len(data)), key=lambda i: len(data[i].tagged.ids))
    found: dict[int, Tensor] = {}
    with torch.no_grad():
        for first in range(0, len(order), 32):
            rows = order[first : first + 32]
            logits, _ = net(*inputs([data[i] for i in rows]))
            found.update((i, logits[row, : len(data[i].labels)]) for row, i in enumerate(rows))
    return [found[i] for i in range(len(data))]


def _batches(data: Sequence[Sample], tokens: int, chance: random.Random) -> list[list[Sample]]:
    """Batches of about so many tokens, of passages of like length; a contrast set stays together."""
    groups: dict[str, list[Sample]] = {}
    for sample in data:
        groups.setdefault(sample.case.group or sample.case.id, []).append(sample)
    sets = list(groups.values())
    chance.shuffle(sets)
    sets.sort(key=lambda group: max(len(s.tagged.ids) for s in group) + chance.uniform(0, 8))
    batches: list[list[Sample]] = [[]]
    for group in sets:
        width = max(len(s.tagged.ids) for s in (*batches[-1], *group))
        if batches[-1] and width * (len(batches[-1]) + len(group)) > tokens:
            batches.append([])
        batches[-1] += group
    chance.shuffle(batches)
    return batches


def _loss(logits: Tensor, told: Tensor, batch: Sequence[Sample], settings: Settings) -> Tensor:
    known = (told >= 0).float()
    soft = told.clamp(min=0) * (1 - settings.smoothing) + settings.smoothing / 2
    each = binary_cross_entropy_with_logits(logits, soft, reduction="none")
    loss = (each * known).sum() / known.sum().clamp(min=1) * len(LABELS)
    return loss + settings.margin_weight * _margin(logits, told, batch, settings.margin)


def _margin(logits: Tensor, told: Tensor, batch: Sequence[Sample], margin: float) -> Tensor:
    """Within a contrast set the labelled row is to lie above the clean ones in each of its labels, by `margin`."""
    groups: dict[str, list[int]] = {}
    for row, sample in enumerate(batch):
        if sample.case.group:
            groups.setdefault(sample.case.group, []).append(row)
    parts = []
    for rows in groups.values():
        # the judged unit of a row is its last sentence; what stands before it is context
        last = [len(batch[row].labels) - 1 for row in rows]
        values = torch.stack([logits[row, at] for row, at in zip(rows, last, strict=True)])
        labels = torch.stack([told[row, at] for row, at in zip(rows, last, strict=True)])
        gaps = values.unsqueeze(1) - values.unsqueeze(0)
        wanted = (labels.unsqueeze(1) == 1) & (labels.unsqueeze(0) == 0)
        if wanted.any():
            parts.append((margin - gaps[wanted]).clamp(min=0).mean())
    return torch.stack(parts).mean() if parts else logits.sum() * 0
