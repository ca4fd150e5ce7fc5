"""Groups that share a prefix, and the tensors that are made of them."""

from collections import Counter
from dataclasses import replace

import pytest
import torch
from hydra import compose, initialize_config_dir

from oraclecoder.config import Route, TrainConfig
from oraclecoder.errors import DataError
from oraclecoder.model.batches import (
    IGNORED,
    Group,
    alike,
    collate,
    group_by_prefix,
    group_to_learn,
    pack_groups,
    pad_left,
    pad_right,
)
from oraclecoder.model.tokens import Tokens
from oraclecoder.settings import CONF, register_schemas, to_config


def example(name: int, prefix: tuple[int, ...], question: int = 2, answer: int = 3) -> Tokens:
    return Tokens(str(name), prefix, tuple(range(10, 10 + question)), (*range(50, 50 + answer - 1), 1))


def examples(count: int = 23) -> list[Tokens]:
    prefixes = [(7, 7, 7), (8, 8), (9, 9, 9, 9, 9)]
    return [example(number, prefixes[number % 3], 2 + number % 4, 2 + number % 3) for number in range(count)]


@pytest.mark.parametrize("seed", [None, 0, 1])
@pytest.mark.parametrize("group_size", [1, 3, 8, 100])
def test_each_example_stands_in_exactly_one_group_of_its_prefix(group_size, seed):
    groups = group_by_prefix(examples(), group_size=group_size, seed=seed)
    assert Counter(member.example_id for group in groups for member in group.members) == Counter(map(str, range(23)))
    for group in groups:
        assert 1 <= len(group.members) <= group_size
        assert {member.prefix for member in group.members} == {group.prefix}


def test_groups_of_one_prefix_are_of_almost_the_same_size():
    sizes = [len(group.members) for group in group_by_prefix([example(n, (5,)) for n in range(17)], group_size=8)]
    assert sorted(sizes) == [5, 6, 6]


def test_a_seed_gives_the_same_order_again_and_another_seed_another():
    first, again, other = (group_by_prefix(examples(), group_size=3, seed=seed) for seed in (1, 1, 2))
    assert first == again
    assert [m.example_id for g in first for m in g.members] != [m.example_id for g in other for m in g.members]


def test_groups_to_learn_hold_the_settings_of_a_training():
    register_schemas()
    with initialize_config_dir(str(CONF), version_base="1.3"):
        training = to_config(compose("train"), TrainConfig).training
    training = replace(training, group_size=4, max_group_tokens=64)
    wide = [example(number, tuple(range(100, 150)), 4, 3) for number in range(8)]
    assert [len(group.members) for group in group_to_learn(wide, training, seed=1)] == [2, 2, 2, 2]
    padded = replace(training, route=Route.padded)
    assert [len(group.members) for group in group_to_learn(wide, padded, seed=1)] == [1] * 8


def test_members_of_a_group_stand_by_length_and_as_they_came_among_equals():
    group, *_ = group_by_prefix(examples(), group_size=100)
    lengths = [len(member.question) + len(member.answer) for member in group.members]
    assert lengths == [4, 4, 5, 5, 6, 6, 7, 7]
    assert [member.example_id for member in group.members] == ["0", "12", "9", "21", "6", "18", "3", "15"]


def test_a_group_counts_its_prefix_once():
    group = Group((1, 2, 3), (example(0, (1, 2, 3), 2, 3), example(1, (1, 2, 3), 4, 2)))
    assert group.num_tokens == 3 + 5 + 6


def test_rows_of_one_pass_are_padded_by_no_more_than_half_their_length():
    lengths = [11, 90, 30, 60, 8, 61, 45, 9, 1]
    passes = alike(lengths, torch.device("cpu"))
    assert passes == [[1, 3, 5], [2, 6], [0, 4, 7], [8]]
    assert all(2 * max(lengths[n] for n in one) <= 3 * min(lengths[n] for n in one) for one in passes)


def test_a_gpu_reads_no_pass_of_less_than_a_thousand_tokens_while_there_are_more_rows():
    lengths = [100 - n for n in range(100)]
    passes = alike(lengths, torch.device("cuda"))
    assert sorted(number for one in passes for number in one) == list(range(100))
    assert [len(one) * max(lengths[n] for n in one) for one in passes] == [3400, 1518, 1032, 361]
    assert alike([5, 1], torch.device("cuda")) == [[0, 1]]


def test_padding_on_either_side_with_its_mask():
    ids, mask = pad_left([[1, 2, 3], [4]], 0)
    assert ids.tolist() == [[1, 2, 3], [0, 0, 4]]
    assert mask.tolist() == [[1, 1, 1], [0, 0, 1]]
    ids, mask = pad_right([[1, 2, 3], [4], []], 9)
    assert ids.tolist() == [[1, 2, 3], [4, 9, 9], [9, 9, 9]]
    assert mask.tolist() == [[1, 1, 1], [1, 0, 0], [0, 0, 0]]


def test_the_tensors_of_two_groups():
    first = Group((7, 7, 7), (Tokens("a", (7, 7, 7), (10, 11), (50, 1)), Tokens("b", (7, 7, 7), (12,), (51, 52, 1))))
    second = Group((8,), (Tokens("c", (8,), (13, 14), (1,)),))
    batch = collate([first, second], pad_id=0)
    assert batch["prefix_ids"].tolist() == [[7, 7, 7], [0, 0, 8]]
    assert batch["prefix_mask"].tolist() == [[1, 1, 1], [0, 0, 1]]
    assert batch["group_index"].tolist() == [0, 0, 1]
    assert batch["branch_ids"].tolist() == [[10, 11, 50, 1], [12, 51, 52, 1], [13, 14, 1, 0]]
    assert batch["branch_mask"].tolist() == [[1, 1, 1, 1], [1, 1, 1, 1], [1, 1, 1, 0]]
    assert batch["shift_labels"].tolist() == [
        [IGNORED, 50, 1, IGNORED],
        [51, 52, 1, IGNORED],
        [IGNORED, 1, IGNORED, IGNORED],
    ]
    assert batch["labels"] is batch["shift_labels"]


def test_a_label_is_the_next_token_of_its_row():
    batch = collate(group_by_prefix(examples(), group_size=4, seed=1), pad_id=0)
    following = torch.nn.functional.pad(batch["branch_ids"][:, 1:], (0, 1), value=IGNORED)
    labelled = batch["shift_labels"] != IGNORED
    assert torch.equal(batch["shift_labels"][labelled], following[labelled])
    assert int(labelled.sum()) == sum(len(item.answer) for item in examples())


@pytest.mark.parametrize("limit", [1, 20, 60, 10_000])
def test_batches_of_groups_stay_below_the_limit_and_lose_none(limit):
    groups = group_by_prefix(examples(), group_size=3)
    batches = pack_groups(groups, max_tokens=limit)
    assert sorted(id(group) for batch in batches for group in batch) == sorted(map(id, groups))
    for batch in batches:
        tensors = collate(batch, pad_id=0)
        cells = len(tensors["group_index"]) * (tensors["prefix_ids"].shape[1] + tensors["branch_ids"].shape[1])
        assert cells <= limit or len(batch) == 1
    assert pack_groups([], max_tokens=limit) == []


@pytest.mark.parametrize("odd", [Tokens("odd", (), (1,), (2,)), Tokens("odd", (1,), (), (2,))])
def test_an_example_with_nothing_to_go_on_from_is_refused(odd):
    with pytest.raises(DataError, match="example odd has an empty prefix or question"):
        collate([Group(odd.prefix, (odd,))], pad_id=0)
