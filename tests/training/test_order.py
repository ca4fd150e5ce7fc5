"""Every group is read once an epoch, in an order that follows from the seed, by trunk and branch together."""

from collections import Counter

import pytest

from oraclecoder.model.batches import Group, collate
from oraclecoder.model.tokens import Tokens
from oraclecoder.training.order import branch_order, count_trunk_steps, fill, trunk_order


@pytest.mark.parametrize("fraction", [0.0, 0.3, 0.5, 0.9])
@pytest.mark.parametrize(("epochs", "num_groups", "per_step"), [(1, 7, 4), (2, 5, 4), (3, 8, 4), (2, 3, 1), (1, 1, 4)])
def test_trunk_and_branch_together_read_each_group_once_an_epoch(
    train_config, fraction, epochs, num_groups, per_step
):  # fmt: skip
    config = train_config(
        "training.max_steps=null", f"training.epochs={epochs}", f"training.groups_per_step={per_step}",
        f"lora.trunk.fraction={fraction}",
    )  # fmt: skip
    trunk, branch = trunk_order(config, num_groups), branch_order(config, num_groups)
    whole = trunk + branch
    for epoch in range(epochs):
        assert sorted(whole[epoch * num_groups : (epoch + 1) * num_groups]) == list(range(num_groups))
    assert len(whole) == epochs * num_groups
    assert len(trunk) == per_step * count_trunk_steps(config, num_groups)
    assert len(branch) > 0


def test_the_order_is_a_function_of_the_seed(train_config):
    def of(*overrides: str) -> list[int]:
        config = train_config("training.max_steps=null", "training.epochs=2", "lora.trunk.fraction=0.5", *overrides)
        return trunk_order(config, 20) + branch_order(config, 20)

    assert of() == of() != of("seed=7")
    other = of("lora.lr_ratio=8")
    assert other[:20] == of()[:20]  # the trunk is that of all ratios
    assert other[20:] != of()[20:]  # and each branch goes its own way


def test_ratios_without_a_trunk_read_in_the_same_order(train_config):
    first, second = (branch_order(train_config(f"lora.lr_ratio={ratio}"), 9) for ratio in (8, 16))
    assert first == second


def test_max_steps_reads_on_in_whole_epochs(train_config):
    config = train_config("training.max_steps=4", "training.groups_per_step=4")
    order = branch_order(config, 5)
    assert len(order) == 16
    assert Counter(order[:15]) == dict.fromkeys(range(5), 3)


def test_what_fills_the_last_batches_of_several_processes_teaches_nothing():
    group = Group((5, 6), (Tokens("0", (5, 6), (7, 8), (9, 1)), Tokens("1", (5, 6), (8,), (9, 1))))
    filled = fill([group] * 5, 4)
    assert filled[:5] == [group] * 5
    assert len(filled) == 8
    assert (collate(filled[5:], pad_id=0)["shift_labels"] == -100).all()
    assert fill([group] * 4, 4) == [group] * 4
