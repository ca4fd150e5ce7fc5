"""Teacher-forced scores: what a model, or several adapters over one base and their committee, think of gold answers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from oraclecoder.model.adapter import speaking
from oraclecoder.model.batches import IGNORED, Group, collate, pack_groups
from oraclecoder.model.decode import average
from oraclecoder.model.dense import dense_weights
from oraclecoder.model.prefix import PrefixModel, sum_by_row
from oraclecoder.model.prefix_choice import scoring_route
from oraclecoder.model.prefix_routes import Batch

MAX_SCORED_TOKENS = 32_768


def mean_loss(engine: PrefixModel, groups: Sequence[Group], *, pad_id: int) -> float:
    """Mean negative log-likelihood per answer token in nats, over all groups."""
    training = engine.training
    engine.eval()
    total, count = 0.0, 0
    device = next(engine.parameters()).device
    with dense_weights(engine.model):
        for batch in pack_groups(groups, max_tokens=MAX_SCORED_TOKENS):
            losses, counts = engine.score({k: v.to(device) for k, v in collate(batch, pad_id=pad_id).items()})
            total, count = total + float(losses.sum()), count + int(counts.sum())
    engine.train(training)
    return total / count


@dataclass(frozen=True)
class Scores:
    """Of N examples: answer tokens [N], and the summed negative log-likelihood in nats [N] by adapter and together."""

    example_ids: tuple[str, ...]
    counts: Tensor
    losses: Mapping[str, Tensor]
    committee: Tensor

    def mean_losses(self) -> dict[str, float]:
        """Nats per answer token of each adapter."""
        return {name: float(losses.sum() / self.counts.sum()) for name, losses in self.losses.items()}

    @property
    def mean_committee(self) -> float:
        """Nats per answer token of the committee."""
        return float(self.committee.sum() / self.counts.sum())


def score_adapters(
    model: nn.Module,
    groups: Sequence[Group],
    *,
    adapters: Sequence[str],
    pad_id: int,
    weights: Sequence[float] | None = None,
    max_tokens: int = MAX_SCORED_TOKENS,
) -> Scores:
    """The scores of named adapters of one model (see `adapter.applied_many`), and of their `decode.average`.

    `weights` are those of the committee; None: equal.
    """
    ids: list[str] = []
    counts: list[Tensor] = []
    losses: list[Tensor] = []  # [adapters + committee, examples of a batch]
    for said in _said(model, groups, adapters, pad_id, max_tokens, weights):
        labelled = said.labels != IGNORED
        of_gold = [*said.of_gold, _gold(said.together, said.labels)]
        ids += said.members
        counts.append(labelled.sum(1).cpu())
        losses.append(torch.stack([sum_by_row(-row.double(), labelled).cpu() for row in of_gold]))
    *own, together = torch.cat(losses, dim=1)
    return Scores(tuple(ids), torch.cat(counts), dict(zip(adapters, own, strict=True)), together)


@dataclass(frozen=True)
class Taught:
    """What a committee says at each of the L positions of an answer: its k likeliest tokens and their log-likelihood.

    `tokens` [L, k] int32, `log_probs` [L, k] fp32, likeliest first.
    """

    tokens: Tensor
    log_probs: Tensor


def teach(
    model: nn.Module,
    groups: Sequence[Group],
    *,
    adapters: Sequence[str],
    pad_id: int,
    top_k: int = 64,
    weights: Sequence[float] | None = None,
    max_tokens: int = MAX_SCORED_TOKENS,
) -> dict[str, Taught]:
    """What the committee says along the gold answer of each example, by its id; to be learnt with `collate_taught`."""
    found: dict[str, Taught] = {}
    for said in _said(model, groups, adapters, pad_id, max_tokens, weights):
        log_probs, tokens = said.together.topk(min(top_k, said.together.shape[-1]))
        lengths = (said.labels != IGNORED).sum(1).tolist()
        parts = zip(tokens.int().cpu().split(lengths), log_probs.float().cpu().split(lengths), strict=True)
        found |= {name: Taught(*part) for name, part in zip(said.members, parts, strict=True)}
    return found


def collate_taught(groups: Sequence[Group], *, pad_id: int, taught: Mapping[str, Taught]) -> dict[str, Tensor]:
    """As `batches.collate`, with the soft labels [number of labels, k] that `PrefixModel` then learns instead.

    A member without an answer, which fills the last batch of several processes, has none.
    """
    own = [taught[member.example_id] for group in groups for member in group.members if member.answer]
    like = next(iter(taught.values()))
    return collate(groups, pad_id=pad_id) | {
        "soft_tokens": torch.cat([like.tokens[:0], *(one.tokens for one in own)]).long(),
        "soft_log_probs": torch.cat([like.log_probs[:0], *(one.log_probs for one in own)]),
    }


@dataclass(frozen=True)
class _Said:
    """Of a batch: its examples, their labels [examples, length], by adapter the log-likelihood of each gold token
    [labels], and what the adapters say together [labels, vocabulary]."""

    members: list[str]
    labels: Tensor
    of_gold: list[Tensor]
    together: Tensor


@torch.no_grad()
def _said(
    model: nn.Module,
    groups: Sequence[Group],
    adapters: Sequence[str],
    pad_id: int,
    max_tokens: int,
    weights: Sequence[float] | None,
) -> Iterator[_Said]:
    """What adapters say batch by batch, mixed one after the other: a vocabulary is too wide to hold one for each."""
    engine, training = PrefixModel(model, route=scoring_route(model)), model.training
    engine.eval()
    device = next(engine.parameters()).device
    for packed in pack_groups(groups, max_tokens=max_tokens):
        tensors = {name: tensor.to(device) for name, tensor in collate(packed, pad_id=pad_id).items()}
        del tensors["labels"]
        batch, of_gold = Batch(**tensors), list[Tensor]()
        together = average(_each(engine, batch, adapters, of_gold), weights or [1.0] * len(adapters))
        members = [member.example_id for group in packed for member in group.members]
        yield _Said(members, batch.shift_labels, of_gold, together)
    engine.train(training)


def _each(engine: PrefixModel, batch: Batch, adapters: Sequence[str], of_gold: list[Tensor]) -> Iterator[Tensor]:
    """What each adapter says [labels, vocabulary], in turn; what it says of the gold tokens is left in `of_gold`."""
    for name in adapters:
        with speaking(engine.model, name), dense_weights(engine.model):
            said = engine.logits(batch).log_softmax(-1)
        of_gold.append(_gold(said, batch.shift_labels))
        yield said


def _gold(said: Tensor, labels: Tensor) -> Tensor:
    """The log-likelihoods [labels] of the gold tokens."""
    return said.gather(-1, labels[labels != IGNORED][:, None])[:, 0]
