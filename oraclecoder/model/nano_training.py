"""Pretraining of oraclecoder-nano: tokenizer, start, steps, measurement and checkpoints, all from one seed."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

import torch
from torch import nn
from transformers import LlamaForCausalLM, PreTrainedTokenizerFast

from oraclecoder.config import PretrainConfig
from oraclecoder.dataset.invented_corpus import STAGES, Stage, lesson, stage_at
from oraclecoder.model.nano_start import COPYING_LAYERS, nano_config, start_weights
from oraclecoder.model.nano_tokenizer import build_tokenizer
from oraclecoder.model.pretraining import IGNORED, Encoded, LessonReader, encode_lesson, measure

WINDOW = 4096
GAP_SHARE = 0.3
"""Share of lessons with free positions between schema and drills."""
LAID_FACTOR, LAID_TOKENS, LAID_SHARE = 0.2, 1_800_000, 0.4
"""Learning rate of the attention in which the copying circuit was laid, as a share of the others', and until when: so
many tokens, or that share of the training if it is less. At the full rate, copying is unlearnt before it is of use."""
NUM_MEASURED = 24
"""Lessons of eight drills in each of the two measured sets."""


@dataclass
class Trainee:
    """A model in training with its optimizers and how far it is."""

    model: LlamaForCausalLM
    reader: LessonReader
    optimizers: list[torch.optim.Optimizer]
    step: int = 0
    tokens: int = 0


def corpus_texts(config: PretrainConfig) -> list[str]:
    """The texts that the tokenizer is trained on: lessons made mostly of ordinary words."""
    random = Random(f"{config.seed}/tokenizer")
    texts = []
    for _ in range(config.tokenizer_lessons):
        item = lesson(random, STAGES[-2][-1], num_drills=8, invented=0.12)
        texts += [item.schema_text, *(drill.prompt + drill.answer for drill in item.drills)]
    return texts


def new_trainee(config: PretrainConfig, tokenizer: PreTrainedTokenizerFast) -> Trainee:
    """The model at its start: Muon (Jordan et al. 2024) for matrices, AdamW for embeddings and norms."""
    torch.manual_seed(config.seed)
    shape = nano_config(
        len(tokenizer),
        width=config.width,
        num_layers=config.num_layers,
        inner=config.inner,
        eos=tokenizer.eos_token_id,
        bos=tokenizer.bos_token_id,
        pad=tokenizer.pad_token_id,
    )
    model = LlamaForCausalLM(shape)
    start_weights(model)
    table = model.get_input_embeddings().weight
    laid = [p for layer in model.model.layers[: max(COPYING_LAYERS) + 1] for p in layer.self_attn.parameters()]
    kept = {id(p) for p in (table, *laid)}
    free = [p for p in model.parameters() if p.ndim == 2 and id(p) not in kept]
    others = [table, *(p for p in model.parameters() if p.ndim == 1)]
    muon = torch.optim.Muon(
        [{"params": free, "factor": 1.0}, {"params": laid, "factor": LAID_FACTOR}],
        lr=config.lr,
        momentum=0.95,
        weight_decay=config.weight_decay,
        adjust_lr_fn="match_rms_adamw",
    )
    adamw = torch.optim.AdamW(
        [{"params": others, "factor": 1.0}], lr=config.lr, betas=(0.9, 0.95), weight_decay=0.0, fused=True
    )
    return Trainee(model, LessonReader(model), [muon, adamw])


def rate_at(config: PretrainConfig, trainee: Trainee) -> float:
    """The learning rate: a linear warm-up, a plateau, a linear way down to a hundredth."""
    left = (1 - trainee.tokens / config.num_tokens) / config.decay_fraction
    return config.lr * min(1.0, (trainee.step + 1) / config.warmup_steps) * max(0.01, min(1.0, left))


def draw_lessons(
    config: PretrainConfig, tokenizer: PreTrainedTokenizerFast, *, step: int, stage: Stage
) -> list[Encoded]:
    """The lessons of one step, which depend on the seed, the step and the stage only."""
    random = Random(f"{config.seed}/{step}")
    items = []
    for _ in range(config.lessons_per_step):
        item = lesson(random, stage, num_drills=config.drills_per_lesson)
        wide = random.random() < GAP_SHARE and stage.max_rows > 0
        encoded = encode_lesson(item, tokenizer)
        free = WINDOW - int(encoded.positions.max()) - 1
        items.append(encode_lesson(item, tokenizer, gap=random.randint(0, max(0, free))) if wide else encoded)
    return [item for item in items if int(item.positions.max()) < WINDOW]


def train_step(config: PretrainConfig, trainee: Trainee, items: list[Encoded]) -> float:
    """One update on these lessons; returns the loss per learnt token."""
    with torch.autocast("cpu", torch.bfloat16):  # one region, so that weights are cast once for all lessons
        logits = torch.cat([trainee.reader.logits(item) for item in items])
    labels = torch.cat([item.labels[item.labels != IGNORED] for item in items])
    loss = nn.functional.cross_entropy(logits.float(), labels)
    loss.backward()
    nn.utils.clip_grad_norm_(trainee.model.parameters(), config.max_grad_norm)
    rate = rate_at(config, trainee)
    released = trainee.tokens >= min(LAID_TOKENS, LAID_SHARE * config.num_tokens)
    for optimizer in trainee.optimizers:
        for group in optimizer.param_groups:
            group["lr"] = rate * (1.0 if released else group["factor"])
        optimizer.step()
        optimizer.zero_grad()
    trainee.step += 1
    trainee.tokens += sum(len(item.ids) for item in items)
    return loss.item()


def measured_lessons(config: PretrainConfig, tokenizer: PreTrainedTokenizerFast, *, unseen: bool) -> list[Encoded]:
    """Lessons that training never shows, of known words or of words kept out of it; of the last stage but not long."""
    random = Random(f"{config.seed}/measure")
    stage = STAGES[-2][-1]
    return [encode_lesson(lesson(random, stage, num_drills=8, unseen=unseen), tokenizer) for _ in range(NUM_MEASURED)]


def run(
    config: PretrainConfig,
    tokenizer: PreTrainedTokenizerFast,
    *,
    checkpoint: Path,
    report: Callable[[dict[str, float]], None],
) -> Trainee:
    """Train to `num_tokens`, going on from the checkpoint if there is one; `report` gets each measurement."""
    trainee = new_trainee(config, tokenizer)
    if checkpoint.is_file():
        load_checkpoint(checkpoint, trainee)
    sets = {name: measured_lessons(config, tokenizer, unseen=name == "unseen") for name in ("seen", "unseen")}
    started, saved, first = time.monotonic(), time.monotonic(), trainee.tokens
    losses: list[float] = []
    while trainee.tokens < config.num_tokens:
        stage = stage_at(trainee.tokens, num_tokens=config.num_tokens)
        losses.append(train_step(config, trainee, draw_lessons(config, tokenizer, step=trainee.step, stage=stage)))
        last = trainee.tokens >= config.num_tokens
        if trainee.step % config.measure_every == 0 or last:
            values = {f"{n}_{k}": v for n, items in sets.items() for k, v in measure(trainee.reader, items).items()}
            seconds = time.monotonic() - started
            speed = (trainee.tokens - first) / seconds
            head = {"step": trainee.step, "tokens": trainee.tokens, "seconds": seconds, "tokens_per_second": speed}
            report({**head, "loss": sum(losses) / len(losses), **values})
            losses.clear()
        if time.monotonic() - saved > config.save_every_seconds or last:
            save_checkpoint(checkpoint, trainee)
            saved = time.monotonic()
    return trainee


def save_checkpoint(path: Path, trainee: Trainee) -> None:
    """Write everything needed to go on, atomically."""
    path.parent.mkdir(parents=True, exist_ok=True)
    state = {
        "model": trainee.model.state_dict(),
        "optimizers": [optimizer.state_dict() for optimizer in trainee.optimizers],
        "step": trainee.step,
        "tokens": trainee.tokens,
    }
    temporary = path.with_suffix(".part")
    torch.save(state, temporary)
    os.replace(temporary, path)


def load_checkpoint(path: Path, trainee: Trainee) -> None:
    """Put a saved state into a new trainee."""
    state = torch.load(path, weights_only=True)
    trainee.model.load_state_dict(state["model"])
    for optimizer, saved in zip(trainee.optimizers, state["optimizers"], strict=True):
        optimizer.load_state_dict(saved)
    trainee.step, trainee.tokens = state["step"], state["tokens"]


def save_model(folder: Path, model: LlamaForCausalLM, tokenizer: PreTrainedTokenizerFast) -> None:
    """Write the model in bf16 and the tokenizer as transformers loads them."""
    copy = LlamaForCausalLM(model.config)
    copy.load_state_dict(model.state_dict())
    copy.bfloat16()
    copy.save_pretrained(folder)
    tokenizer.save_pretrained(folder)


def build(config: PretrainConfig) -> PreTrainedTokenizerFast:
    """The tokenizer of this configuration."""
    return build_tokenizer(corpus_texts(config), vocabulary_size=config.vocabulary_size)
