"""A group of sixteen questions is learnt in about the memory of one padded row."""

import weakref
from collections import Counter

import pytest
import torch
from torch import Tensor, nn

from oraclecoder.config import Route
from oraclecoder.model.adapter import add_adapter
from oraclecoder.model.base import load_base
from oraclecoder.model.batches import IGNORED, collate, group_by_prefix, least_tokens
from oraclecoder.model.prefix import PrefixModel
from oraclecoder.model.prefix_routes import Batch
from oraclecoder.model.prefix_turns import SHARE, split
from oraclecoder.model.shared_attention import attend_again, attend_plainly
from oraclecoder.model.tokens import Tokens
from tests.model.test_prefix_exact import LORA


def questions(prefix_length: int = 600) -> list[Tokens]:
    """Sixteen of one prefix; questions of 15 to 30 and answers of 10 to 50 tokens."""
    chance = torch.Generator().manual_seed(7)

    def draw(length: int) -> tuple[int, ...]:
        return tuple(torch.randint(3, 1000, (length,), generator=chance).tolist())

    prefix = draw(prefix_length)
    return [Tokens(str(n), prefix, draw(15 + n), draw(10 + (n * 7) % 41)) for n in range(16)]


class Held:
    """Counts the bytes that are kept for the way back, each storage once, and their most."""

    def __init__(self, model: nn.Module) -> None:
        self.free = {p.untyped_storage().data_ptr() for p in model.parameters()}
        self.users: Counter[int] = Counter()
        self.now = self.most = 0

    def pack(self, tensor: Tensor) -> list[Tensor]:
        place, size = tensor.untyped_storage().data_ptr(), tensor.untyped_storage().nbytes()
        kept = _Kept([tensor.detach()])
        if place not in self.free:
            self.now += size if self.users[place] == 0 else 0
            self.users[place] += 1
            self.most = max(self.most, self.now)
            weakref.finalize(kept, self._drop, place, size)
        return kept

    def _drop(self, place: int, size: int) -> None:
        self.users[place] -= 1
        self.now -= size if self.users[place] == 0 else 0


class _Kept(list):
    """A list that can be watched."""


def most_held(model: nn.Module, route: Route, examples: list[Tokens]) -> int:
    """Bytes kept for the way back at the worst moment of a step over one group."""
    engine, held = PrefixModel(model, route=route), Held(model)
    with torch.autograd.graph.saved_tensors_hooks(held.pack, lambda kept: kept[0]):
        engine(**collate(group_by_prefix(examples, group_size=16), pad_id=0))["loss"].backward()
    assert held.now == 0
    return held.most


@pytest.fixture(scope="module")
def nano(model_config) -> nn.Module:
    return add_adapter(load_base(model_config("nano")), LORA, seed=1).train()


def test_sixteen_questions_keep_little_more_for_the_way_back_than_one_padded_row(nano):
    one, two = questions()[:2]
    of_one_row = most_held(nano, Route.padded, [max(questions(), key=len)])
    assert of_one_row > 2**25
    assert most_held(nano, Route.padded, [one, two]) > 1.8 * of_one_row
    assert most_held(nano, Route.packed, questions()) > 2.5 * of_one_row
    assert most_held(nano, Route.prefix, questions()) < 1.3 * of_one_row


def test_by_turns_and_attention_of_a_gpu_sixteen_questions_keep_less_than_four_padded_rows(nano, monkeypatch):
    monkeypatch.setattr("oraclecoder.model.prefix_turns.SHARE", least_tokens(torch.device("cuda")) / 600)
    of_four_rows = most_held(nano, Route.padded, questions()[:4])
    monkeypatch.setattr("oraclecoder.model.shared_attention.attend_jointly", attend_plainly)
    kept_before = most_held(nano, Route.prefix, questions())
    monkeypatch.setattr("oraclecoder.model.shared_attention.attend_jointly", attend_again)
    assert most_held(nano, Route.prefix, questions()) < 0.75 * of_four_rows < kept_before


def test_every_branch_has_its_turn_in_order_with_its_own_labels():
    made = collate(group_by_prefix([*questions(40), *questions(90)], group_size=16), pad_id=0)
    del made["labels"]
    count = int((made["shift_labels"] != IGNORED).sum())
    batch = Batch(**made, soft_tokens=torch.arange(count)[:, None], soft_log_probs=torch.zeros(count, 1))
    turns = split(batch)
    assert len(turns) > 3
    assert torch.equal(torch.cat([turn.group_index for turn in turns]), batch.group_index)
    assert torch.equal(torch.cat([turn.soft_tokens for turn in turns]), batch.soft_tokens)
    first_rows = torch.cat([turn.branch_ids[:, :20] for turn in turns])
    assert torch.equal(first_rows, batch.branch_ids[:, :20])
    for turn in turns:
        assert len(turn.soft_tokens) == int((turn.shift_labels != IGNORED).sum())
        assert len(turn.branch_ids) == 1 or turn.branch_ids.numel() <= SHARE * batch.prefix_ids.numel()
        assert bool(turn.branch_mask[:, -1].any())
