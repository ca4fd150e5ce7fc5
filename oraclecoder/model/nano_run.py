"""The whole pretraining of oraclecoder-nano, from a seed: tokenizer, lessons drawn ahead, steps and measurements."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any, cast

from torch.utils.data import DataLoader, Dataset, Sampler
from transformers import AutoTokenizer, LlamaForCausalLM, PreTrainedTokenizerFast

from oraclecoder.config import PretrainingConfig
from oraclecoder.dataset.invented_corpus import STAGES, Stage, lesson, stage_at
from oraclecoder.model.nano_lessons import Batch, Encoded, encode_lesson, split_lessons, with_gap
from oraclecoder.model.nano_measure import measure, measured_lessons
from oraclecoder.model.nano_tokenizer import build_tokenizer
from oraclecoder.model.nano_training import (
    Trainee,
    load_checkpoint,
    new_trainee,
    progress,
    save_checkpoint,
    train_step,
)

GAP_SHARE = 0.3
"""Share of lessons with free positions between schema and drills."""


def corpus_texts(config: PretrainingConfig) -> Iterator[str]:
    """The texts that the tokenizer is trained on: lessons made mostly of ordinary words."""
    random = Random(f"{config.seed}/tokenizer")
    for _ in range(config.tokenizer_lessons):
        item = lesson(random, STAGES[-2][-1], num_drills=8, invented=0.12)
        yield from (item.schema_text, *(drill.prompt + drill.answer for drill in item.drills))


def build(config: PretrainingConfig) -> PreTrainedTokenizerFast:
    """The tokenizer of this configuration; kept in its folder, where a training that was cut off finds it again."""
    kept = Path(config.start or config.folder)
    if (kept / "tokenizer.json").is_file():
        taken: Any = AutoTokenizer.from_pretrained(kept)
        return cast(PreTrainedTokenizerFast, taken)
    tokenizer = build_tokenizer(corpus_texts(config), vocabulary_size=config.vocabulary_size)
    tokenizer.save_pretrained(kept)
    return tokenizer


class DrawnLessons(Dataset[list[Batch]]):
    """The lessons of each (step, stage), which depend on these and the seed only."""

    def __init__(self, config: PretrainingConfig, tokenizer: PreTrainedTokenizerFast) -> None:
        self._config, self._tokenizer = config, tokenizer

    def __getitem__(self, index: tuple[int, Stage]) -> list[Batch]:
        (step, stage), config = index, self._config
        random = Random(f"{config.seed}/{step}")
        items = [self._one(random, stage) for _ in range(config.lessons_per_step)]
        return split_lessons(items, max_padded_tokens=config.max_padded_tokens)

    def _one(self, random: Random, stage: Stage) -> Encoded:
        while True:
            item = encode_lesson(lesson(random, stage, num_drills=self._config.drills_per_lesson), self._tokenizer)
            if item.num_free >= 0:
                break
        wide = random.random() < GAP_SHARE and stage.max_rows > 0
        return with_gap(item, random.randint(0, item.num_free)) if wide else item


class Steps(Sampler[tuple[int, Stage]]):
    """The steps from where a trainee is, each with the stage of its lessons when it is drawn.

    Worker processes draw a little ahead, so that a stage then ends some steps later.
    """

    def __init__(self, config: PretrainingConfig, trainee: Trainee) -> None:
        self._config, self._trainee = config, trainee

    def __iter__(self) -> Iterator[tuple[int, Stage]]:
        step = self._trainee.step
        while True:
            now = stage_at(step, progress=progress(self._config, self._trainee))
            yield step, STAGES[-1][-1] if self._config.start else now
            step += 1


def draw(
    config: PretrainingConfig, tokenizer: PreTrainedTokenizerFast, trainee: Trainee, *, workers: int
) -> DataLoader:
    """The batches of each step from where the trainee is, without an end."""
    return DataLoader(
        DrawnLessons(config, tokenizer),
        sampler=Steps(config, trainee),
        batch_size=None,
        num_workers=workers,
        prefetch_factor=4 if workers else None,
    )


def run(
    config: PretrainingConfig,
    tokenizer: PreTrainedTokenizerFast,
    *,
    workers: int,
    checkpoint: Path,
    report: Callable[[dict[str, float]], None],
) -> Trainee:
    """Train to the end, going on from the checkpoint if there is one; `report` gets each measurement."""
    trainee = new_trainee(config, tokenizer)
    if checkpoint.is_file():
        load_checkpoint(checkpoint, trainee)
    measured = {
        name: split_lessons(
            measured_lessons(config.seed, tokenizer, unseen=name == "unseen"),
            max_padded_tokens=config.max_padded_tokens,
        )
        for name in ("seen", "unseen")
    }
    started, saved, losses = time.monotonic() - trainee.seconds, time.monotonic(), list[float]()
    batches = iter(draw(config, tokenizer, trainee, workers=workers))
    while progress(config, trainee) < 1:
        losses.append(train_step(config, trainee, next(batches)))
        trainee.seconds = time.monotonic() - started
        last = progress(config, trainee) >= 1
        if trainee.step % config.measure_every == 0 or last:
            report({**_head(config, trainee), "loss": sum(losses) / len(losses), **_values(trainee, measured)})
            losses.clear()
        if time.monotonic() - saved > config.save_every_seconds or last:
            save_checkpoint(checkpoint, trainee)
            saved = time.monotonic()
    return trainee


def _head(config: PretrainingConfig, trainee: Trainee) -> dict[str, float]:
    return {
        "step": trainee.step,
        "tokens": trainee.tokens,
        "progress": progress(config, trainee),
        "seconds": trainee.seconds,
        "tokens_per_second": trainee.tokens / trainee.seconds,
    }


def _values(trainee: Trainee, measured: dict[str, list[Batch]]) -> dict[str, float]:
    device = trainee.model.device
    return {
        f"{name}_{key}": value
        for name, batches in measured.items()
        for key, value in measure(trainee.reader, [b.to(device) for b in batches], bf16=trainee.bf16).items()
    }


def save_model(folder: Path, model: LlamaForCausalLM, tokenizer: PreTrainedTokenizerFast) -> None:
    """Write the model in bf16 and the tokenizer as transformers loads them."""
    copy = LlamaForCausalLM(model.config)
    copy.load_state_dict(model.state_dict())
    copy.bfloat16()
    copy.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
