"""Decoding of one batch: a token per row until every answer has ended."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import torch
from torch import Tensor
from transformers import PreTrainedTokenizerBase

from oraclecoder.model.grammar import Constraint
from oraclecoder.model.rows import CachedRows, PlainRows


@dataclass(frozen=True)
class Completion:
    """One answer: its text, how many tokens it took, their summed log-likelihood in nats, and whether it ended."""

    text: str
    num_tokens: int
    log_likelihood: float
    ended: bool

    @property
    def mean_log_likelihood(self) -> float:
        """Nats per token."""
        return self.log_likelihood / max(1, self.num_tokens)


@dataclass(frozen=True)
class Decoding:
    """Greedy at temperature 0, else sampled: a sample follows from the seed, its number and its question's tokens.

    `max_batch_tokens` bounds what a batch holds, and so memory.
    """

    max_new_tokens: int
    temperature: float = 0.0
    num_samples: int = 1
    max_batch_tokens: int = 65_536
    max_rows: int = 256
    seed: int = 0


def decode(
    rows: CachedRows | PlainRows,
    tokenizer: PreTrainedTokenizerBase,
    decoding: Decoding,
    *,
    chances: Sequence[torch.Generator],
    ends: set[int],
    weights: Sequence[float] | None = None,
    constraints: Sequence[Constraint] | None = None,
) -> list[Completion]:
    """The answers that the rows go on to, each until one of the tokens in `ends`.

    `chances`, one an answer, draw it at a temperature. `weights` are those of the adapters that tell an answer
    together; None: equal. `constraints`, one an answer, say which tokens may follow; an answer that they give up is
    empty and has not ended.
    """
    place = torch.arange(len(rows.logits) // rows.num_voices)
    found = [_Partial() for _ in place]
    for step in range(decoding.max_new_tokens):
        likelihoods = rows.logits.unflatten(0, (rows.num_voices, -1)).float().log_softmax(-1)
        told = average(likelihoods, weights or [1.0] * rows.num_voices)
        if decoding.temperature or constraints is not None:
            told = told.cpu()  # where noise is drawn and grammars try tokens
        wanted = _perturbed(told, decoding.temperature, [chances[n] for n in place.tolist()])
        token = wanted.argmax(-1)
        if constraints is not None:
            chosen = zip(place.tolist(), wanted, strict=True)
            token = torch.tensor([constraints[n].choose(found[n].tokens, row) for n, row in chosen])
        gained = told.gather(1, token[:, None])[:, 0]
        for n, one, score in zip(place.tolist(), token.tolist(), gained.tolist(), strict=True):
            found[n].add(one, score, ends, given_up=constraints is not None and constraints[n].given_up)
        alive = torch.tensor([found[n].goes_on for n in place.tolist()]).nonzero()[:, 0]
        if len(alive) == 0 or step == decoding.max_new_tokens - 1:
            break
        place = place[alive]
        rows.keep(alive)
        rows.step(token[alive])
    return [one.completion(tokenizer) for one in found]


@dataclass
class _Partial:
    """An answer while it is told."""

    tokens: list[int] = field(default_factory=list)
    score: float = 0.0
    ended: bool = False
    goes_on: bool = True

    def add(self, token: int, score: float, ends: set[int], *, given_up: bool) -> None:
        """Go on with a token, end with it, or come to nothing."""
        if given_up:
            self.tokens, self.goes_on = [], False
            return
        self.score += score
        self.ended = token in ends
        self.goes_on = not self.ended
        self.tokens += [] if self.ended else [token]

    def completion(self, tokenizer: PreTrainedTokenizerBase) -> Completion:
        """The answer as it is now."""
        text = str(tokenizer.decode(self.tokens, skip_special_tokens=True))
        return Completion(text, len(self.tokens), self.score, self.ended)


def average(log_probs: Iterable[Tensor], weights: Sequence[float]) -> Tensor:
    """What members say together [..., vocabulary], of the log-probabilities [..., vocabulary] of each, taken in turn.

    The weighted mean of log-probabilities, made a distribution again (a product of experts): a token that one member
    finds impossible stays impossible, and greedy decoding is that of averaged logits.
    """
    first, *shares = [weight / sum(weights) for weight in weights]
    each = iter(log_probs)
    if not shares:
        return next(each)
    mixed = next(each) * first
    for share, said in zip(shares, each, strict=True):
        mixed.add_(said, alpha=share)
    return mixed.log_softmax(-1)


def _perturbed(likelihoods: Tensor, temperature: float, chances: Sequence[torch.Generator]) -> Tensor:
    """Scores [answers, vocabulary] whose largest is the next token, and whose order is that of the next best ones.

    At a temperature, Gumbel noise makes the largest a sample, and the largest of any tokens a sample among those. Each
    answer has noise of its own, so that it is the same whatever else is in the batch.
    """
    if temperature == 0:
        return likelihoods
    noise = torch.empty_like(likelihoods)
    for row, chance in zip(noise, chances, strict=True):
        row.exponential_(generator=chance)
    return likelihoods / temperature - noise.log()
