"""Generation reads each prefix once and gives the tokens of decoding one by one."""

from dataclasses import replace

import pytest
import torch
from transformers import (
    BloomConfig,
    BloomForCausalLM,
    GenerationConfig,
    MistralConfig,
    MistralForCausalLM,
    Starcoder2Config,
    Starcoder2ForCausalLM,
)

from oraclecoder.model import generate as module
from oraclecoder.model.decode import Decoding
from oraclecoder.model.generate import generate, generate_committee
from oraclecoder.model.tokens import Tokens
from tests.model.numbers import NAMES, Letters, questions


def one_by_one(model, question: Tokens, length: int) -> str:
    ids = torch.tensor([question.prefix + question.question])
    settings = GenerationConfig(max_new_tokens=length, do_sample=False, eos_token_id=1, pad_token_id=0)
    out = model.generate(ids, attention_mask=torch.ones_like(ids), generation_config=settings)[0, ids.shape[1] :]
    return ".".join(str(token) for token in out.tolist() if token != 1)


def test_greedy_answers_are_those_of_hugging_face_one_by_one(model):
    asked = questions()
    found = generate(model, Letters(), asked, Decoding(max_new_tokens=24))
    expected = [one_by_one(model, question, 24) for question in asked]
    assert [answers[0].text for answers in found] == expected
    assert len({answers[0].num_tokens for answers in found}) > 1  # rows end at different steps


@pytest.mark.parametrize("weights", [None, [0.6, 0.1, 0.3]])
def test_a_committee_tells_each_token_from_the_average_of_its_members(committee, weights):
    asked = questions()
    found = generate_committee(committee, Letters(), asked, Decoding(max_new_tokens=8), adapters=NAMES, weights=weights)
    shares, ends = torch.tensor(weights or [1 / 3] * 3), (Letters.eos_token_id, committee.config.eos_token_id)
    for question, (answer,) in zip(asked, found, strict=True):
        ids = [*question.prefix, *question.question]
        said: list[int] = []
        while len(said) < 8 and (not said or said[-1] not in ends):
            likelihoods = []
            for name in NAMES:
                committee.set_adapter(name)
                with torch.no_grad():
                    likelihoods.append(committee(torch.tensor([ids + said])).logits[0, -1].log_softmax(-1))
            said.append(int((shares[:, None] * torch.stack(likelihoods)).sum(0).argmax()))
        assert answer.text == ".".join(str(token) for token in said if token not in ends)
    committee.set_adapter(NAMES[0])


def test_a_model_that_cannot_share_a_prefix_answers_as_one_by_one():
    torch.manual_seed(0)
    shape = BloomConfig(vocab_size=24, hidden_size=32, n_layer=2, n_head=4, initializer_range=0.3, eos_token_id=1)
    odd = BloomForCausalLM(shape).eval()
    found = generate(odd, Letters(), questions(), Decoding(max_new_tokens=8))
    assert [answers[0].text for answers in found] == [one_by_one(odd, question, 8) for question in questions()]


SHAPE = {"vocab_size": 24, "hidden_size": 32, "intermediate_size": 48, "num_hidden_layers": 2, "num_attention_heads": 4,
         "num_key_value_heads": 2, "initializer_range": 0.3, "eos_token_id": 1, "pad_token_id": 0}  # fmt: skip


def test_a_model_that_only_cannot_be_trained_on_a_shared_prefix_answers_from_its_cache(monkeypatch):
    monkeypatch.setattr(module, "PlainRows", None)  # reading whole rows again would fail
    torch.manual_seed(0)
    odd = Starcoder2ForCausalLM(Starcoder2Config(**SHAPE, attention_dropout=0.1)).eval()
    found = generate(odd, Letters(), questions(), Decoding(max_new_tokens=8))
    assert [answers[0].text for answers in found] == [one_by_one(odd, question, 8) for question in questions()]


@pytest.mark.parametrize("window", [8, 64])
def test_a_model_that_looks_back_a_little_way_answers_as_one_by_one(window):
    torch.manual_seed(0)
    near = MistralForCausalLM(MistralConfig(**SHAPE, sliding_window=window)).eval()
    found = generate(near, Letters(), questions(), Decoding(max_new_tokens=12))
    assert [answers[0].text for answers in found] == [one_by_one(near, question, 12) for question in questions()]


@pytest.mark.parametrize("shared", [True, False])
def test_no_batch_holds_more_than_its_tokens(model, monkeypatch, shared):
    held = []

    class Watched(module.CachedRows):
        def __init__(self, reader, batch, num_samples):
            longest = max(len(member.question) for group in batch for member in group.members)
            rows = num_samples * sum(len(group.members) for group in batch)
            held.append((len(batch) * max(len(group.prefix) for group in batch) + rows * (longest + 4), rows))
            super().__init__(reader, batch, num_samples)

    asked = questions() if shared else [*questions(), Tokens("bare", (), questions()[0].question, ())]
    whole = generate(model, Letters(), asked, Decoding(max_new_tokens=4, max_rows=256))
    monkeypatch.setattr(module, "CachedRows", Watched)
    small = generate(model, Letters(), asked, Decoding(max_new_tokens=4, max_rows=256, max_batch_tokens=60))
    assert [a[0].text for a in small] == [a[0].text for a in whole]
    assert max(tokens for tokens, _ in held) <= 60
    assert max(rows for _, rows in held) > 1
    assert sum(rows for _, rows in held) == len(asked)


def test_questions_are_read_with_little_padding_beside_much_longer_ones(model):
    short, long = questions()[0], questions()[4]
    asked = [replace(short, question=short.question * count) for count in (2, 40, 3, 30, 1)]
    asked += [replace(long, question=long.question * count) for count in (1, 20)]
    read = []
    hook = model.register_forward_pre_hook(
        lambda _, given, named: read.append(named["input_ids"].numel()), with_kwargs=True
    )
    found = generate(model, Letters(), asked, Decoding(max_new_tokens=12))
    hook.remove()
    tokens = sum(len(question.question) for question in asked) + len(short.prefix) + len(long.prefix)
    assert tokens < sum(read) - sum(answers[0].num_tokens for answers in found) < 1.3 * tokens
    assert [answers[0].text for answers in found] == [one_by_one(model, question, 12) for question in asked]


def test_a_question_without_a_prefix_changes_no_other_answer(model):
    asked = [*questions()[:3], Tokens("bare", (), questions()[3].question, ())]
    found = generate(model, Letters(), asked, Decoding(max_new_tokens=12))
    assert [answers[0].text for answers in found] == [one_by_one(model, question, 12) for question in asked]


def test_small_batches_change_nothing(model):
    asked = questions()
    whole = generate(model, Letters(), asked, Decoding(max_new_tokens=12))
    small = generate(model, Letters(), asked, Decoding(max_new_tokens=12, max_rows=2, max_batch_tokens=40))
    assert [a[0].text for a in whole] == [a[0].text for a in small]
    assert [a[0].log_likelihood for a in whole] == pytest.approx([a[0].log_likelihood for a in small], abs=1e-3)


def test_the_log_likelihood_is_that_of_the_whole_row(model):
    asked = questions()[:1]
    answer = generate(model, Letters(), asked, Decoding(max_new_tokens=6))[0][0]
    ids = [int(i) for i in answer.text.split(".")] + ([1] if answer.ended else [])
    start = asked[0].prefix + asked[0].question
    scores = model(torch.tensor([[*start, *ids]])).logits[0].log_softmax(-1)
    expected = sum(float(scores[len(start) + n - 1, token]) for n, token in enumerate(ids))
    assert answer.log_likelihood == pytest.approx(expected, abs=1e-3)


def test_samples_follow_the_seed_and_differ_from_each_other(model):
    asked = questions()[:3]
    decoding = Decoding(max_new_tokens=8, temperature=1.0, num_samples=4, seed=7)
    first, second = (generate(model, Letters(), asked, decoding) for _ in range(2))
    assert first == second
    assert all(len(answers) == 4 for answers in first)
    assert len({answer.text for answer in first[0]}) > 1


def test_samples_are_those_of_asking_one_by_one(model):
    asked = questions()
    decoding = Decoding(max_new_tokens=8, temperature=1.0, num_samples=3)
    together = generate(model, Letters(), asked, decoding)
    alone = [generate(model, Letters(), [one], decoding)[0] for one in asked]
    assert [[a.text for a in answers] for answers in together] == [[a.text for a in answers] for answers in alone]
