"""How well a nano answers lessons that its training never shows."""

from collections.abc import Sequence
from random import Random

import torch
from torch import Tensor, nn
from transformers import PreTrainedTokenizerFast

from oraclecoder.dataset.invented_corpus import STAGES, lesson
from oraclecoder.model.nano_lessons import IGNORED, Batch, Encoded, encode_lesson
from oraclecoder.model.nano_reader import LessonReader

NUM_MEASURED = 24
"""Lessons of eight drills in each of the two measured sets."""


def measured_lessons(seed: int, tokenizer: PreTrainedTokenizerFast, *, unseen: bool) -> list[Encoded]:
    """Lessons that training never shows, of known words or of words kept out of it.

    They are of the last stage but one: up to six tables, and hardly ever more. Those beyond the window are left out.
    """
    random = Random(f"{seed}/measure")
    stage = STAGES[-2][-1]
    items = [encode_lesson(lesson(random, stage, num_drills=8, unseen=unseen), tokenizer) for _ in range(NUM_MEASURED)]
    return [item for item in items if item.num_free >= 0]


@torch.no_grad()
def measure(reader: LessonReader, batches: Sequence[Batch], *, bf16: bool) -> dict[str, float]:
    """Mean loss, token accuracy and exact match of whole answers.

    An answer whose every token is the best guess after the true tokens before it is also what greedy decoding
    writes, so the exact match is that of greedy answers.
    """
    loss = tokens = right = exact = answers = 0.0
    for batch in batches:
        with torch.autocast(batch.ids.device.type, torch.bfloat16, enabled=bf16):
            logits = reader.logits(batch).float()
        labels = batch.labels[batch.labels != IGNORED]
        loss += float(nn.functional.cross_entropy(logits, labels, reduction="sum"))
        hits = logits.argmax(-1) == labels
        tokens, right = tokens + len(labels), right + int(hits.sum())
        wrong = _wrong_per_drill(batch, hits)
        answers, exact = answers + len(wrong), exact + int((wrong == 0).sum())
    return {"loss": loss / tokens, "token_accuracy": right / tokens, "exact_match": exact / answers}


def _wrong_per_drill(batch: Batch, hits: Tensor) -> Tensor:
    """Wrong tokens in the answer of each drill of the batch."""
    counts = torch.tensor([len(lengths) for lengths in batch.lengths])
    first = torch.repeat_interleave(counts.cumsum(0) - counts, torch.tensor(batch.sizes)).to(hits.device)
    kept = batch.labels != IGNORED
    drill = (first + batch.parts - 1)[kept]
    return torch.zeros(int(counts.sum()), device=hits.device).index_add_(0, drill, (~hits).float())
