"""Answers from a model: each schema is read once, its questions are decoded as one batch."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from transformers import DynamicCache, PreTrainedTokenizerBase

from oraclecoder.model.batches import Group, group_by_prefix, pack_groups, pad_left
from oraclecoder.model.tokens import Tokens


@dataclass(frozen=True)
class Completion:
    """One answer: its text, how many tokens it took, their summed log-likelihood in nats, and whether it ended."""

    text: str
    num_tokens: int
    log_likelihood: float
    ended: bool


@dataclass(frozen=True)
class Decoding:
    """Greedy at temperature 0, else sampled. `max_batch_tokens` bounds rows times context, and so memory."""

    max_new_tokens: int
    temperature: float = 0.0
    num_samples: int = 1
    max_batch_tokens: int = 65_536
    max_rows: int = 64
    seed: int = 0


def generate(
    model: nn.Module,
    tokenizer: PreTrainedTokenizerBase,
    questions: Sequence[Tokens],
    decoding: Decoding,
    *,
    advance: Callable[[int], None] = lambda _: None,
) -> list[list[Completion]]:
    """`num_samples` answers to each question, in the order of the questions; `advance` hears how many are done.

    Greedy answers are those of decoding one by one (the same tokens in fp32).
    """
    model.eval()
    chance = torch.Generator(device="cpu").manual_seed(decoding.seed)
    place = {id(question): number for number, question in enumerate(questions)}
    answers: list[list[Completion]] = [[] for _ in questions]
    groups = group_by_prefix(questions, group_size=max(1, decoding.max_rows // decoding.num_samples))
    for batch in _batches(groups, decoding):
        members = [member for group in batch for member in group.members for _ in range(decoding.num_samples)]
        for member, completion in zip(members, _decode(model, tokenizer, batch, decoding, chance), strict=True):
            answers[place[id(member)]].append(completion)
        advance(sum(len(group.members) for group in batch))
    return answers


def _batches(groups: list[Group], decoding: Decoding) -> list[list[Group]]:
    limit = decoding.max_batch_tokens // decoding.num_samples
    batches: list[list[Group]] = []
    for packed in pack_groups(groups, max_tokens=limit):
        batches.append([])
        for group in packed:
            rows = sum(len(g.members) for g in [*batches[-1], group]) * decoding.num_samples
            if batches[-1] and rows > decoding.max_rows:
                batches.append([])
            batches[-1].append(group)
    return batches


@dataclass
class _Rows:
    """The rows that are still being decoded; `place` is where each stands in the batch."""

    place: Tensor
    mask: Tensor
    position: Tensor
    logits: Tensor
    cache: DynamicCache


@torch.no_grad()
def _decode(
    model: nn.Module,
    tokenizer: PreTrainedTokenizerBase,
    groups: Sequence[Group],
    decoding: Decoding,
    chance: torch.Generator,
) -> list[Completion]:
    rows = _read(model, tokenizer, groups, decoding.num_samples)
    count = len(rows.place)
    texts: list[list[int]] = [[] for _ in range(count)]
    scores, ended = [0.0] * count, [False] * count
    for _ in range(decoding.max_new_tokens):
        token, score = _choose(rows.logits, decoding.temperature, chance)
        alive = []
        for row, (place, chosen) in enumerate(zip(rows.place.tolist(), token.tolist(), strict=True)):
            scores[place] += float(score[row])
            if chosen == tokenizer.eos_token_id:
                ended[place] = True
            else:
                texts[place].append(chosen)
                alive.append(row)
        if not alive:
            break
        rows, token = _keep(rows, token, alive)
        _step(model, rows, token)
    return [
        Completion(str(tokenizer.decode(ids, skip_special_tokens=True)), len(ids), score, end)
        for ids, score, end in zip(texts, scores, ended, strict=True)
    ]


def _read(model: nn.Module, tokenizer: PreTrainedTokenizerBase, groups: Sequence[Group], num_samples: int) -> _Rows:
    """Prefixes once, then all questions on top of them; pads stand before the question, so that answers line up."""
    device = next(model.parameters()).device
    prefix, prefix_mask = (t.to(device) for t in pad_left([g.prefix for g in groups], tokenizer.pad_token_id))
    index = torch.tensor([n for n, g in enumerate(groups) for _ in g.members], device=device)
    asked = [member.question for group in groups for member in group.members]
    question, question_mask = (t.to(device) for t in pad_left(asked, tokenizer.pad_token_id))
    start = prefix_mask.sum(1)
    cache = model(
        input_ids=prefix,
        attention_mask=None if bool(prefix_mask.all()) else prefix_mask,
        position_ids=(prefix_mask.cumsum(1) - 1).clamp(min=0),
        use_cache=True,
        logits_to_keep=1,
    ).past_key_values
    cache.batch_select_indices(index)
    mask = torch.cat([prefix_mask[index], question_mask], dim=1)
    logits = model(
        input_ids=question,
        attention_mask=mask,
        position_ids=start[index][:, None] + (question_mask.cumsum(1) - 1).clamp(min=0),
        past_key_values=cache,
        use_cache=True,
        logits_to_keep=1,
    ).logits[:, -1]
    repeat = torch.arange(len(asked), device=device).repeat_interleave(num_samples)
    if num_samples > 1:
        cache.batch_select_indices(repeat)
    return _Rows(torch.arange(len(repeat)), mask[repeat], mask.sum(1)[repeat], logits[repeat], cache)


def _choose(logits: Tensor, temperature: float, chance: torch.Generator) -> tuple[Tensor, Tensor]:
    """The next token of each row and its log-likelihood at temperature 1."""
    likelihoods = logits.float().log_softmax(-1).cpu()
    if temperature == 0:
        token = likelihoods.argmax(-1)
    else:
        token = torch.multinomial((likelihoods / temperature).softmax(-1), 1, generator=chance)[:, 0]
    return token, likelihoods.gather(1, token[:, None])[:, 0]


def _keep(rows: _Rows, token: Tensor, alive: list[int]) -> tuple[_Rows, Tensor]:
    """Only the rows that have not ended."""
    if len(alive) == len(rows.place):
        return rows, token
    kept = torch.tensor(alive)
    there = kept.to(rows.mask.device)
    rows.cache.batch_select_indices(there)
    return _Rows(rows.place[kept], rows.mask[there], rows.position[there], rows.logits, rows.cache), token[kept]


def _step(model: nn.Module, rows: _Rows, token: Tensor) -> None:
    """Feed one token per row and replace the logits."""
    device = rows.mask.device
    rows.mask = torch.cat([rows.mask, torch.ones_like(rows.mask[:, :1])], dim=1)
    rows.logits = model(
        input_ids=token.to(device)[:, None],
        attention_mask=rows.mask,
        position_ids=rows.position[:, None],
        past_key_values=rows.cache,
        use_cache=True,
    ).logits[:, -1]
    rows.position = rows.position + 1
