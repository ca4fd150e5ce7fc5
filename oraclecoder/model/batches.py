"""Groups of questions that share a prefix, and the tensors that the prefix engine reads."""

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

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


def group_by_prefix(examples: Iterable[Tokens], *, group_size: int, seed: int | None = None) -> list[Group]:
    """Groups of at most `group_size` examples of one prefix, each example once.

    With a seed the members and the groups are shuffled; without, their order is that of the examples.
    """
    by_prefix: dict[Ids, list[Tokens]] = defaultdict(list)
    for example in examples:
        by_prefix[example.prefix].append(example)
    chance = random.Random(seed)
    groups = []
    for prefix, members in by_prefix.items():
        if seed is not None:
            chance.shuffle(members)
        num_groups = -(-len(members) // group_size)
        groups += [Group(prefix, tuple(members[start::num_groups])) for start in range(num_groups)]
    if seed is not None:
        chance.shuffle(groups)
    return groups


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
    """
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


def pack_groups(groups: Sequence[Group], *, max_tokens: int) -> list[list[Group]]:
    """Batches of groups of similar prefix length, each at most `max_tokens` when padded (or a single group)."""
    batches: list[list[Group]] = []
    batch: list[Group] = []
    for group in sorted(groups, key=lambda g: len(g.prefix)):
        if batch and _padded_size([*batch, group]) > max_tokens:
            batches.append(batch)
            batch = []
        batch.append(group)
    return [*batches, batch] if batch else batches


def _padded_size(groups: Sequence[Group]) -> int:
    """Tokens of a batch after padding, the prefix counted for every branch, as the attention cache holds it."""
    longest = max(len(group.prefix) for group in groups)
    branch = max(len(m.question) + len(m.answer) for group in groups for m in group.members)
    return sum(len(group.members) for group in groups) * (longest + branch)
