"""Answers from a model: each schema is read once, its questions are decoded as one batch.

The members of a committee are rows of the same batches.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import torch
from torch import nn
from transformers import PreTrainedTokenizerBase

from oraclecoder.config import Route
from oraclecoder.model.batches import group_by_prefix
from oraclecoder.model.decode import Completion, Decoding, decode
from oraclecoder.model.grammar import Constraint, Spelling
from oraclecoder.model.prefix_cache import PrefixCache, PrefixReader
from oraclecoder.model.prefix_choice import (
    NOT_KEPT,
    NOT_SHARED,
    goes_on,
    is_exact,
    kind_of,
    say_once,
    sliding_window,
)
from oraclecoder.model.rows import Asked, CachedRows, PlainRows
from oraclecoder.model.tokens import Tokens
from oraclecoder.task import Grammar

logger = logging.getLogger(__name__)
Advance = Callable[[int], None]
Voices = tuple[str | None, ...]
Grammars = Sequence[Grammar | None]


def no_progress(_: int) -> None:
    """Tell nobody how many questions are answered."""


def generate(
    model: nn.Module,
    tokenizer: PreTrainedTokenizerBase,
    questions: Sequence[Tokens],
    decoding: Decoding,
    *,
    adapter: str | None = None,
    grammars: Grammars | None = None,
    cache: PrefixCache | None = None,
    advance: Advance = no_progress,
) -> list[list[Completion]]:
    """`num_samples` answers to each question, in the order of the questions; `advance` hears how many are done.

    Answers are those of decoding one by one (the same tokens in fp32, but where a model turns positions by the length
    of the longest row). `adapter` None is the active one, or the model as it is. `grammars`, one a question, say what
    answers may be. `cache` keeps prefixes from call to call.
    """
    return _answer(model, tokenizer, (adapter,), questions, decoding, grammars=grammars, cache=cache, advance=advance)


def generate_committee(
    model: nn.Module,
    tokenizer: PreTrainedTokenizerBase,
    questions: Sequence[Tokens],
    decoding: Decoding,
    *,
    adapters: Sequence[str],
    weights: Sequence[float] | None = None,
    grammars: Grammars | None = None,
    cache: PrefixCache | None = None,
    advance: Advance = no_progress,
) -> list[list[Completion]]:
    """Answers that the named adapters tell together, each token from their average (see `decode.average`)."""
    return _answer(
        model, tokenizer, tuple(adapters), questions, decoding,
        grammars=grammars, cache=cache, advance=advance, weights=weights,
    )  # fmt: skip


@torch.no_grad()
def _answer(
    model: nn.Module,
    tokenizer: PreTrainedTokenizerBase,
    voices: Voices,
    questions: Sequence[Tokens],
    decoding: Decoding,
    *,
    grammars: Grammars | None,
    cache: PrefixCache | None,
    advance: Advance,
    weights: Sequence[float] | None = None,
) -> list[list[Completion]]:
    model.eval()
    reader = PrefixReader(model, cache, pad_id=tokenizer.pad_token_id)
    spelling = Spelling(tokenizer)
    shared, ends = is_exact(model, Route.prefix), _ends(model, tokenizer)
    keeps_cache = shared or goes_on(model)
    if not shared:
        say_once(f"{kind_of(model)} {NOT_SHARED if keeps_cache else NOT_KEPT}", logging.WARNING)
    answers: list[list[Completion]] = [[] for _ in questions]
    for batch in _batches(_groups(model, voices, questions, decoding, shared=shared), decoding):
        rows = (CachedRows if keeps_cache else PlainRows)(reader, batch, decoding.num_samples)
        constraints = None if grammars is None else [
            Constraint(grammars[int(member.example_id)], spelling, ends)
            for group in batch for member in group.members for _ in range(decoding.num_samples)
        ]  # fmt: skip
        chances = [
            _chance(member, sample, decoding.seed)
            for group in batch for member in group.members for sample in range(decoding.num_samples)
        ]  # fmt: skip
        completions = iter(
            decode(rows, tokenizer, decoding, chances=chances, ends=ends, weights=weights, constraints=constraints)
        )
        for group in batch:
            for member in group.members:
                answers[int(member.example_id)] = [next(completions) for _ in range(decoding.num_samples)]
        advance(sum(len(group.members) for group in batch))
    return answers


def _groups(
    model: nn.Module, voices: Voices, questions: Sequence[Tokens], decoding: Decoding, *, shared: bool
) -> list[Asked]:
    """Questions by prefix, each under its number, as many as a batch holds; each for itself where none can share."""
    window = sliding_window(model) if shared else None
    longest = max((len(q.prefix) for q in questions), default=0) + max((len(q.question) for q in questions), default=0)
    if window is not None and longest + decoding.max_new_tokens >= window:
        logger.info("contexts beyond the model's window of %d tokens: every prefix is read for itself", window)
        shared = False
    numbered = [replace(question, example_id=str(number)) for number, question in enumerate(questions)]
    if not shared or not all(question.prefix for question in questions):
        return [Asked((), (replace(one, prefix=(), question=one.prefix + one.question),), voices) for one in numbered]
    groups = group_by_prefix(numbered, group_size=max(1, len(numbered)))
    return [part for group in groups for part in _parts(Asked(group.prefix, group.members, voices), decoding)]


def _parts(group: Asked, decoding: Decoding) -> list[Asked]:
    """A group in as few parts as fit a batch, or single questions; questions of similar length stay together."""
    count = len(group.members)
    for size in (-(-count // number) for number in range(1, count + 1)):
        parts = [replace(group, members=group.members[start : start + size]) for start in range(0, count, size)]
        if size == 1 or all(_fits([part], decoding) for part in parts):
            break
    return parts


def _batches(groups: list[Asked], decoding: Decoding) -> list[list[Asked]]:
    """Groups of similar length that are decoded together: within both limits, or a single one."""
    batches: list[list[Asked]] = []
    for group in sorted(groups, key=lambda group: (len(group.prefix), len(group.members[-1].question))):
        more = [*batches[-1], group] if batches else [group]
        batches = [*batches[:-1], more] if batches and _fits(more, decoding) else [*batches, [group]]
    return batches


def _fits(batch: list[Asked], decoding: Decoding) -> bool:
    """Whether rows, and tokens whose keys and values are held, padding too, are within the limits.

    A prefix is held once for each voice, every row holds its own question and answer.
    """
    rows = decoding.num_samples * sum(len(group.members) * len(group.adapters) for group in batch)
    longest = max(len(member.question) for group in batch for member in group.members)
    prefixes = sum(len(group.adapters) for group in batch) * max(len(group.prefix) for group in batch)
    held = prefixes + rows * (longest + decoding.max_new_tokens)
    return rows <= decoding.max_rows and held <= decoding.max_batch_tokens


def _chance(question: Tokens, sample: int, seed: int) -> torch.Generator:
    """What draws one sample of a question, whatever is asked beside it."""
    key = hash((seed, sample, *question.prefix, *question.question))  # of whole numbers: the same in every process
    return torch.Generator().manual_seed(key % 2**63)


def _ends(model: Any, tokenizer: PreTrainedTokenizerBase) -> set[int]:
    """The tokens that end an answer: the tokenizer's, and those that the model's own files name."""
    own = model.generation_config.eos_token_id
    return {tokenizer.eos_token_id, *(own if isinstance(own, list) else [] if own is None else [own])}
