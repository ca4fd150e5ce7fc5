"""Groups of questions that share a prefix, and the tensors that the prefix engine reads."""

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import torch
from torch import Tensor

from oraclecoder.config import Route, TrainingConfig
from oraclecoder.errors import DataError
from oraclecoder.model.tokens import Ids, Tokens

IGNORED = -100


@dataclass(frozen=True)
class Group:
    """Some examples of one prefix."""

    prefix: Ids
    members: tuple[Tokens, ...]

    @property
    def num_tokens(self) -> int:
        """Tokens that are computed: the prefix once, and every branch."""
        return len(self.prefix) + sum(len(m.question) + len(m.answer) for m in self.members)


AnyGroup = TypeVar("AnyGroup", bound=Group)


def group_by_prefix(
    examples: Iterable[Tokens],
    *,
    group_size: int,
    max_tokens: int | None = None,
    shared: bool = False,
    seed: int | None = None,
) -> list[Group]:
    """Groups of examples of one prefix, each example once: at most `group_size` of them, and `max_tokens`.

    These are counted as they are padded, or with one prefix for all where it is `shared`.

    With a seed it is random which examples form a group, and the order of the groups; without, both are as the examples
    come. Within a group members stand by length, so that few together need little padding.
    """
    by_prefix: dict[Ids, list[Tokens]] = defaultdict(list)
    for example in examples:
        by_prefix[example.prefix].append(example)
    chance = random.Random(seed)
    groups = []
    for prefix, members in by_prefix.items():
        if seed is not None:
            chance.shuffle(members)
        groups += _split(prefix, members, group_size, max_tokens, shared)
    if seed is not None:
        chance.shuffle(groups)
    return groups


def group_to_learn(examples: Iterable[Tokens], training: TrainingConfig, *, seed: int | None) -> list[Group]:
    """Groups of examples of one prefix as these settings say, with a seed shuffled."""
    return group_by_prefix(
        examples,
        group_size=training.group_size,
        max_tokens=training.max_group_tokens,
        shared=training.route is not Route.padded,
        seed=seed,
    )


def _split(
    prefix: Ids, members: Sequence[Tokens], group_size: int, max_tokens: int | None, shared: bool
) -> list[Group]:
    """As few groups of almost the same size as the limits allow."""
    for num_groups in range(-(-len(members) // group_size), len(members) + 1):
        parts = [sorted(members[start::num_groups], key=_branch_length) for start in range(num_groups)]
        groups = [Group(prefix, tuple(part)) for part in parts]
        sizes = [group.num_tokens if shared else padded_size([group]) for group in groups]
        if max_tokens is None or max(sizes) <= max_tokens:
            break
    return groups


def _branch_length(example: Tokens) -> int:
    return len(example.question) + len(example.answer)


def alike(lengths: Sequence[int], device: torch.device) -> list[list[int]]:
    """Numbers of the rows that are read in one pass, the longest first: none is padded by more than half its length.

    But where a pass has fewer tokens than are worth one on that device, shorter rows join it.
    """
    least = least_tokens(device)
    passes: list[list[int]] = []
    for number in sorted(range(len(lengths)), key=lambda number: -lengths[number]):
        longest = lengths[passes[-1][0]] if passes else 0
        if passes and (3 * lengths[number] >= 2 * longest or longest * len(passes[-1]) < least):
            passes[-1].append(number)
        else:
            passes.append([number])
    return [sorted(numbers) for numbers in passes]


def least_tokens(device: torch.device) -> int:
    """Tokens of a pass below which a pass of its own is not worth it.

    On a GPU 4-bit weights are unpacked anew for each pass, and small ones wait for the CPU.
    """
    return 0 if device.type == "cpu" else 1024


def pad_left(rows: Sequence[Sequence[int]], value: int) -> tuple[Tensor, Tensor]:
    """Rows [N, longest] that end together, and the mask of real tokens."""
    return _pad(rows, value, left=True)


def pad_right(rows: Sequence[Sequence[int]], value: int) -> tuple[Tensor, Tensor]:
    """Rows [N, longest] that start together, and the mask of real tokens."""
    return _pad(rows, value, left=False)


def _pad(rows: Sequence[Sequence[int]], value: int, *, left: bool) -> tuple[Tensor, Tensor]:
    longest = max(len(row) for row in rows)
    ids = torch.full((len(rows), longest), value, dtype=torch.long)
    mask = torch.zeros((len(rows), longest), dtype=torch.long)
    for number, row in enumerate(rows):
        place = slice(longest - len(row), longest) if left else slice(0, len(row))
        ids[number, place] = torch.tensor(row, dtype=torch.long)
        mask[number, place] = 1
    return ids, mask


def collate(groups: Sequence[Group], *, pad_id: int) -> dict[str, Tensor]:
    """The tensors of G groups with N examples in all.

    prefix_ids, prefix_mask [G, P] end together, so that a branch follows its prefix without a gap; group_index [N];
    branch_ids, branch_mask, shift_labels [N, L]: `shift_labels[n, j]` is the token that position j must predict,
    IGNORED outside the answer. `labels` is the same tensor, under the name by which Trainer knows labelled data.

    Raises:
        DataError: if a prefix or a question has no tokens, so that there is nothing to go on from.
    """
    for group in groups:
        for member in group.members:
            if not group.prefix or not member.question:
                raise DataError(f"example {member.example_id} has an empty prefix or question; leave it out")
    prefix_ids, prefix_mask = pad_left([group.prefix for group in groups], pad_id)
    members = [member for group in groups for member in group.members]
    index = torch.tensor([number for number, group in enumerate(groups) for _ in group.members])
    branch_ids, branch_mask = pad_right([member.question + member.answer for member in members], pad_id)
    targets, _ = pad_right(
        [(IGNORED,) * (len(member.question) - 1) + member.answer + (IGNORED,) for member in members], IGNORED
    )
    return {
        "prefix_ids": prefix_ids,
        "prefix_mask": prefix_mask,
        "group_index": index,
        "branch_ids": branch_ids,
        "branch_mask": branch_mask,
        "shift_labels": targets,
        "labels": targets,
    }


def pack_groups(groups: Sequence[AnyGroup], *, max_tokens: int) -> list[list[AnyGroup]]:
    """Batches of groups of similar prefix length, each at most `max_tokens` when padded (or a single group)."""
    batches: list[list[AnyGroup]] = []
    batch: list[AnyGroup] = []
    for group in sorted(groups, key=lambda g: len(g.prefix)):
        if batch and padded_size([*batch, group]) > max_tokens:
            batches.append(batch)
            batch = []
        batch.append(group)
    return [*batches, batch] if batch else batches


def padded_size(groups: Sequence[Group]) -> int:
    """Tokens of a batch after padding, the prefix counted for every branch, as the attention cache holds it."""
    longest = max(len(group.prefix) for group in groups)
    branch = max(_branch_length(member) for group in groups for member in group.members)
    return sum(len(group.members) for group in groups) * (longest + branch)
