"""Scores of several adapters and of their committee, and learning what a committee says."""

from pathlib import Path

import pytest
import torch

from oraclecoder.model.batches import collate, group_by_prefix
from oraclecoder.model.prefix import PrefixModel
from oraclecoder.model.prefix_scores import collate_taught, mean_loss, score_adapters, teach
from oraclecoder.model.prefix_turns import soft_cross_entropy
from oraclecoder.model.tokens import Tokens
from oraclecoder.training.order import fill
from tests.model.numbers import NAMES, ragged_examples


def alone(model, example: Tokens) -> dict[str, torch.Tensor]:
    """By adapter the log-probabilities [answer, vocabulary] of one row read by the model itself."""
    ids = torch.tensor([example.prefix + example.question + example.answer])
    found = {}
    for name in NAMES:
        model.set_adapter(name)
        with torch.no_grad():
            found[name] = model(ids).logits[0, -len(example.answer) - 1 : -1].log_softmax(-1)
    model.set_adapter(NAMES[0])
    return found


@pytest.mark.parametrize("weights", [None, [0.5, 0.2, 0.3]])
@pytest.mark.parametrize("max_tokens", [10_000, 1])
def test_each_adapter_and_the_committee_score_as_rows_of_their_own(committee, weights, max_tokens):
    groups = group_by_prefix(ragged_examples(), group_size=3)
    scores = score_adapters(
        committee, groups, adapters=NAMES, pad_id=0, weights=weights, max_tokens=max_tokens
    )  # fmt: skip
    assert sorted(scores.example_ids) == sorted(example.example_id for example in ragged_examples())
    shares = torch.tensor(weights or [1 / 3] * 3)
    for example in ragged_examples():
        place = scores.example_ids.index(example.example_id)
        said, answer = alone(committee, example), torch.tensor(example.answer)[:, None]
        assert scores.counts[place] == len(example.answer)
        for name in NAMES:
            expected = -float(said[name].gather(1, answer).sum())
            assert float(scores.losses[name][place]) == pytest.approx(expected, rel=1e-5)
        together = sum(share * said[name] for share, name in zip(shares, NAMES, strict=True)).log_softmax(-1)
        assert float(scores.committee[place]) == pytest.approx(-float(together.gather(1, answer).sum()), rel=1e-5)


def test_the_mean_of_an_adapter_is_the_validation_loss_with_it_active(committee):
    groups = group_by_prefix(ragged_examples(), group_size=16)
    scores = score_adapters(committee, groups, adapters=NAMES, pad_id=0)
    found = scores.mean_losses()
    for name in NAMES:
        committee.set_adapter(name)
        assert found[name] == pytest.approx(mean_loss(PrefixModel(committee), groups, pad_id=0), rel=1e-5)
    committee.set_adapter(NAMES[0])
    assert scores.mean_committee < sum(found.values()) / 3  # a geometric mean made a distribution again only gains


def test_scoring_leaves_the_active_adapter_as_it_was(committee):
    committee.set_adapter("second")
    trained = [name for name, part in committee.named_parameters() if part.requires_grad]
    assert trained
    score_adapters(committee, group_by_prefix(ragged_examples(), group_size=4), adapters=NAMES, pad_id=0)
    assert committee.active_adapter == "second"
    assert [name for name, part in committee.named_parameters() if part.requires_grad] == trained
    committee.set_adapter(NAMES[0])


def test_a_committee_teaches_its_likeliest_tokens_at_each_position_of_the_answer(committee):
    taught = teach(committee, group_by_prefix(ragged_examples(), group_size=4), adapters=NAMES, pad_id=0, top_k=5)
    assert taught.keys() == {example.example_id for example in ragged_examples()}
    for example in ragged_examples():
        said = torch.stack(list(alone(committee, example).values())).mean(0).log_softmax(-1)
        expected, tokens = said.topk(5)
        assert taught[example.example_id].tokens.tolist() == tokens.tolist()
        assert torch.allclose(taught[example.example_id].log_probs, expected, atol=1e-4)


def test_the_whole_distribution_of_a_teacher_is_learnt_where_the_student_is_the_teacher(committee):
    """The gradient of the cross-entropy against one's own distribution is zero; against another's it is not."""
    groups = group_by_prefix(ragged_examples(), group_size=4)
    sizes = {}
    for teacher in ("first", "second"):
        taught = teach(committee, groups, adapters=[teacher], pad_id=0, top_k=64)
        committee.set_adapter("first")
        engine = PrefixModel(committee)
        engine.zero_grad()
        for group in groups:
            engine(**collate_taught([group], pad_id=0, taught=taught))["loss"].backward()
        sizes[teacher] = sum(float(p.grad.norm()) for n, p in engine.named_parameters() if ".first." in n)
    assert sizes["first"] < 1e-4 * sizes["second"]


def test_soft_labels_of_one_token_are_the_gold_labels(committee):
    """A teacher that is sure of the gold answer is the ordinary loss, with the same count of tokens."""
    batch = collate(group_by_prefix(ragged_examples(), group_size=16), pad_id=0)
    gold = batch["shift_labels"][batch["shift_labels"] != -100][:, None]
    engine = PrefixModel(committee)
    hard = engine(**batch)["loss"]
    soft = engine(**batch, soft_tokens=gold, soft_log_probs=torch.zeros(gold.shape))["loss"]
    assert soft.item() == pytest.approx(hard.item(), rel=1e-6)


def test_what_fills_the_batches_of_several_processes_is_taught_nothing(committee):
    groups = group_by_prefix(ragged_examples(), group_size=4)
    taught = teach(committee, groups, adapters=["second"], pad_id=0, top_k=5)
    silent = fill(groups, len(groups) + 1)[-1]
    engine = PrefixModel(committee)
    alone = engine(**collate_taught(groups[:1], pad_id=0, taught=taught))["loss"]
    filled = engine(**collate_taught([groups[0], silent], pad_id=0, taught=taught))["loss"]
    assert filled.item() == pytest.approx(alone.item(), rel=1e-5)
    nothing = engine(**collate_taught([silent], pad_id=0, taught=taught), num_items_in_batch=7)["loss"]
    nothing.backward()
    assert nothing.item() == 0.0


def test_a_cut_teacher_is_a_distribution_again():
    logits = torch.tensor([[2.0, 1.0, 0.0, -1.0]])
    tokens, kept = torch.tensor([[0, 1]]), torch.tensor([[0.5, 0.3]]).log()
    expected = -(0.625 * logits.log_softmax(-1)[0, 0] + 0.375 * logits.log_softmax(-1)[0, 1])
    assert float(soft_cross_entropy(logits, tokens, kept)) == pytest.approx(float(expected), rel=1e-6)


def test_adapters_on_disk_are_scored_over_one_base(tiny_model: Path, tmp_path: Path, model_config):
    """Loaded once by `applied_many`; each scores as the base does with it alone."""
    from oraclecoder.config import LoraConfig, LoraVariant, Schedule, TrunkConfig
    from oraclecoder.model.adapter import add_adapter, applied, applied_many, save_adapter
    from oraclecoder.model.adapter_files import AdapterIdentity
    from oraclecoder.model.base import load_base

    lora = LoraConfig(
        4, 8, 0.0, ["all-linear"], 1e-3, 4.0, 1e-5, 0.0, LoraVariant.plain, TrunkConfig(0.0, 16.0, Schedule.constant)
    )
    folders = {}
    for number, name in enumerate(NAMES[:2]):
        base = load_base(model_config(tiny_model))
        model = add_adapter(base, lora, seed=number)
        for key, parameter in model.named_parameters():
            if "lora_B" in key:
                torch.nn.init.normal_(parameter, std=1.0)
        folders[name] = tmp_path / name
        save_adapter(model, folders[name], AdapterIdentity(str(tiny_model), base.fingerprint, "sql_generation", "1"))
    base = load_base(model_config(tiny_model))
    groups = group_by_prefix(ragged_examples(), group_size=16)
    with applied_many(base, folders) as model:
        found = score_adapters(model, groups, adapters=list(folders), pad_id=0).mean_losses()
    for name, folder in folders.items():
        with applied(base, folder) as model:
            assert found[name] == pytest.approx(mean_loss(PrefixModel(model), groups, pad_id=0), rel=1e-6)
    assert found["first"] != pytest.approx(found["second"], rel=1e-3)
