"""In which order a run reads its groups: each once an epoch, a function of the seed alone."""

import math
import random
from collections.abc import Sequence
from dataclasses import replace

from oraclecoder.config import TrainConfig, TrainingConfig
from oraclecoder.fingerprint import digest_value
from oraclecoder.model.batches import Group


def count_read(config: TrainingConfig, num_groups: int) -> int:
    """Groups that trunk and branch read, each as often as it is read: `epochs` of all, or what `max_steps` take."""
    if config.max_steps is not None:
        return config.max_steps * config.groups_per_step
    return max(1, round(config.epochs * num_groups))


def count_trunk_steps(config: TrainConfig, num_groups: int) -> int:
    """Optimizer steps of the trunk; at least one is left to the branch."""
    steps = math.ceil(count_read(config.training, num_groups) / config.training.groups_per_step)
    return min(round(config.lora.trunk.fraction * steps), steps - 1)


def trunk_order(config: TrainConfig, num_groups: int) -> list[int]:
    """Numbers of the groups in the order in which the trunk reads them: whole shuffles, of which the last is cut."""
    num_read = count_trunk_steps(config, num_groups) * config.training.groups_per_step
    return _shuffles(num_groups, num_read, seed=config.seed)


def branch_order(config: TrainConfig, num_groups: int) -> list[int]:
    """What the branch reads after the trunk: first what that left of its epoch, each ratio in an order of its own.

    Where there is no trunk it is the order of the whole run, the same for all ratios.
    """
    done = trunk_order(config, num_groups)
    num_read = count_read(config.training, num_groups) - len(done)
    seed = branch_seed(config) if done else config.seed
    whole = math.ceil(len(done) / num_groups) * num_groups
    left = _shuffles(num_groups, whole, seed=config.seed)[len(done) :]
    random.Random(seed).shuffle(left)
    return (left + _shuffles(num_groups, num_read - len(left), seed=seed))[:num_read]


def branch_seed(config: TrainConfig) -> int:
    """The order of a branch's data follows from the seed and its ratio."""
    return int(digest_value([config.seed, config.lora.lr_ratio]), 16) % 2**31


def _shuffles(num_groups: int, num_read: int, *, seed: int) -> list[int]:
    chance = random.Random(seed)
    order: list[int] = []
    while len(order) < num_read:
        order += chance.sample(range(num_groups), num_groups)
    return order[: max(0, num_read)]


def fill(groups: Sequence[Group], multiple: int) -> list[Group]:
    """The groups, and as many without an answer as give every process as many batches: they teach nothing.

    Without them accelerate would repeat groups from the start.
    """
    first = groups[0]
    silent = Group(first.prefix, (replace(first.members[0], answer=()),))
    return [*groups, *([silent] * (-len(groups) % multiple))]
