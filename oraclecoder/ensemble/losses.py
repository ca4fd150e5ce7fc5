"""Teacher-forced losses of members, committees and merges on one base that is loaded once."""

import logging
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random

from oraclecoder.answer.answerer import window
from oraclecoder.config import EnsembleConfig
from oraclecoder.dataset import Dataset, load_dataset
from oraclecoder.ensemble.asked import Bases
from oraclecoder.ensemble.candidates import Candidate, Kind, make
from oraclecoder.ensemble.team import Team
from oraclecoder.errors import DataError, OracleCoderError
from oraclecoder.model.adapter import applied_many
from oraclecoder.model.base import Base
from oraclecoder.model.batches import Group, group_by_prefix
from oraclecoder.model.factors import Adapter, applied_factors
from oraclecoder.model.prefix import PrefixModel
from oraclecoder.model.prefix_choice import scoring_route
from oraclecoder.model.prefix_scores import mean_loss, score_adapters
from oraclecoder.model.tokens import encode
from oraclecoder.records import Example
from oraclecoder.task import prompts_for

logger = logging.getLogger(__name__)


def gold_groups(
    team: Team, base: Base, examples: Sequence[Example], databases: Mapping[str, Path], *, limit: int | None, seed: int
) -> list[Group]:
    """The questions with their gold answers as tokens, by prefix; a seeded sample of at most `limit` of them.

    Raises:
        DataError: if none of them can be used.
    """
    asking = team.asking
    prompts = prompts_for(
        asking.task, examples, databases, window=window(base.tokenizer, asking.model), seed=team.settings["seed"]
    ).prompts
    if not prompts:
        raise DataError(f"none of {len(examples)} validation questions fits the window; raise model.max_length")
    if limit is not None and limit < len(prompts):
        chosen = sorted(Random(seed).sample(range(len(prompts)), limit))
        prompts = tuple(prompts[number] for number in chosen)
    tokens = [encode(prompt, base.tokenizer, asking.model.prompt_format) for prompt in prompts]
    return group_by_prefix(tokens, group_size=asking.answer.max_rows, max_tokens=asking.answer.max_batch_tokens)


class LossMeter:
    """The mean loss per answer token in nats of whatever the members of one team come to; each is taken once."""

    def __init__(self, base: Base, team: Team, groups: Sequence[Group]) -> None:
        self.base, self.team, self.groups = base, team, groups
        self.num_passes = 0
        self._known: dict[tuple, float] = {}

    @property
    def num_questions(self) -> int:
        """The questions that each loss is taken on."""
        return sum(len(group.members) for group in self.groups)

    def loss(self, candidate: Candidate) -> float:
        """The loss of a member or of a merge."""
        key = _identity(candidate)
        if key not in self._known:
            self._known[key] = self.loss_of(make(candidate, self.team).adapter)
        return self._known[key]

    def loss_of(self, adapter: Adapter) -> float:
        """The loss of any deltas."""
        self.num_passes += self.num_questions
        with applied_factors(self.base, adapter, like=self.team.runs[0].adapter) as model:
            engine = PrefixModel(model, route=scoring_route(model))
            return _sound(mean_loss(engine, self.groups, pad_id=self._pad_id))

    def committee(self, singles: Sequence[Candidate]) -> float:
        """The loss of the members' averaged logits; in passing those of the members are taken, too."""
        folders = {f"member{number}": run.adapter for number, run in enumerate(self.team.runs)}
        self.num_passes += self.num_questions * len(folders)
        with applied_many(self.base, folders) as model:
            scores = score_adapters(model, self.groups, adapters=list(folders), pad_id=self._pad_id)
        for single, loss in zip(singles, scores.mean_losses().values(), strict=True):
            self._known[_identity(single)] = _sound(loss)
        return _sound(scores.mean_committee)

    @property
    def _pad_id(self) -> int:
        return self.base.tokenizer.pad_token_id


def take_losses(team: Team, dataset: Dataset, base: Base, config: EnsembleConfig) -> LossMeter:
    """A meter of the team's losses on `ensemble.loss_questions` of the choosing part of validation.

    Raises:
        DataError: if none of them can be used.
    """
    examples, limit = dataset.choose, config.loss_questions
    return LossMeter(base, team, gold_groups(team, base, examples, dataset.databases, limit=limit, seed=config.seed))


def losses_at_hand(team: Team, config: EnsembleConfig, bases: Bases) -> LossMeter | None:
    """A meter for a merge whose base and questions are at hand; a warning says what is not."""
    if len(team.runs) < 2:
        return None
    try:
        return take_losses(team, load_dataset(team.dataset), bases.of(team.asking.model), config)
    except OracleCoderError as error:
        logger.warning("%s: losses and logits of the merge are not checked on its base: %s", team.task, error)
        return None


def _sound(loss: float) -> float:
    """A loss that can be compared: what is no number is worse than any."""
    return loss if math.isfinite(loss) else math.inf


def _identity(candidate: Candidate) -> tuple:
    """What decides the deltas; a merge of one member is that member."""
    coefficients = tuple(round(candidate.scale * weight, 9) for weight in candidate.weights)
    kind = Kind.merged if candidate.kind is Kind.single else candidate.kind
    return kind, coefficients, candidate.method, candidate.rank, candidate.density, candidate.seed, candidate.adapter
