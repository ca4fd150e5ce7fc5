"""The nano: its tokenizer, the weights that it starts from, its training, and the one that is shipped."""

import os
import subprocess
import sys
from contextlib import nullcontext
from dataclasses import replace
from itertools import islice
from pathlib import Path
from random import Random

import pytest
import torch
from torch import Tensor
from transformers import AutoModelForCausalLM, AutoTokenizer, LlamaForCausalLM, PreTrainedTokenizerFast

from oraclecoder.config import PretrainingConfig
from oraclecoder.dataset.invented_corpus import STAGES, lesson
from oraclecoder.errors import ConfigError, ModelError
from oraclecoder.model import nano_flash
from oraclecoder.model.base import NANO
from oraclecoder.model.nano_flash import Spans
from oraclecoder.model.nano_lessons import IGNORED, Batch, encode_lesson, join_lessons, split_lessons, with_gap
from oraclecoder.model.nano_measure import NUM_MEASURED, measure, measured_lessons
from oraclecoder.model.nano_reader import LessonReader, flashed, padded, ragged
from oraclecoder.model.nano_run import DrawnLessons, Steps, build, draw, run
from oraclecoder.model.nano_start import nano_config, start_weights
from oraclecoder.model.nano_training import new_trainee, progress, rate_at, settled, train_step
from oraclecoder.pretrain import pretrain

CONFIG = PretrainingConfig(
    vocabulary_size=512,
    width=64,
    num_layers=3,
    inner=64,
    num_tokens=2500,
    max_minutes=None,
    start=None,
    lessons_per_step=1,
    drills_per_lesson=4,
    max_padded_tokens=4096,
    tokenizer_lessons=60,
    lr=1e-3,
    warmup_steps=5,
    decay_fraction=0.3,
    weight_decay=0.05,
    max_grad_norm=1.0,
    bf16=False,
    measure_every=1000,
    save_every_seconds=1000.0,
    num_threads=1,
    num_workers=None,
    folder="unused",
    seed=1,
)


@pytest.fixture(scope="module")
def tokenizer(tmp_path_factory: pytest.TempPathFactory) -> PreTrainedTokenizerFast:
    return build(replace(CONFIG, folder=str(tmp_path_factory.mktemp("nano"))))


def tokens(tokenizer: PreTrainedTokenizerFast, text: str) -> list[int]:
    return tokenizer(text, add_special_tokens=False).input_ids


@pytest.mark.parametrize(
    "text",
    [
        "SELECT T1.FlightID FROM `order items` AS T1 WHERE name LIKE '%O''Hara%' AND n >= -1.50\n",
        "Which IDs does USA-Today list?  É, ß, 漢字 and \t tabs",
        "CREATE TABLE t (\n  a INTEGER PRIMARY KEY,\n  b VARCHAR(20)\n);\n-- 1, 'x'\n",
    ],
)
def test_any_text_survives_the_tokenizer(tokenizer: PreTrainedTokenizerFast, text: str):
    assert tokenizer.decode(tokens(tokenizer, text)) == text


def test_a_word_has_the_same_tokens_wherever_it_stands(tokenizer: PreTrainedTokenizerFast):
    def follows(whole: list[int], part: list[int]) -> bool:
        return any(whole[i : i + len(part)] == part for i in range(len(whole)))

    word = tokens(tokenizer, "glorbat")
    for text in ("the glorbat is", "glorbat_id", "T1.glorbat", "Glorbats", "bigGlorbatName", "('glorbat')"):
        assert follows(tokens(tokenizer, text), word), text


def awake(tokenizer: PreTrainedTokenizerFast) -> LlamaForCausalLM:
    """A model whose every matrix matters, unlike at the start."""
    model = new_trainee(CONFIG, tokenizer).model
    for layer in model.model.layers:
        torch.nn.init.normal_(layer.mlp.down_proj.weight, std=0.05)
    return model


def test_the_reader_computes_what_the_model_computes(tokenizer: PreTrainedTokenizerFast):
    model, random = awake(tokenizer), Random(3)
    items = [encode_lesson(lesson(random, STAGES[2][-1], num_drills=n), tokenizer) for n in (3, 1, 4)]
    with torch.no_grad():
        together = LessonReader(model).logits(join_lessons(items))
        alone = []
        for item in items:
            schema, drills = item.ids[: item.num_schema], item.ids[item.num_schema :].split(item.lengths.tolist())
            labels = item.labels[item.num_schema :].split(item.lengths.tolist())
            for drill, label in zip(drills, labels, strict=True):
                logits = model(torch.cat([schema, drill])[None]).logits[0, item.num_schema :]
                alone.append(logits[label != IGNORED])
    assert torch.allclose(together, torch.cat(alone), atol=1e-4)


def test_lessons_of_one_batch_are_read_alike_padded_and_one_by_one(tokenizer: PreTrainedTokenizerFast):
    random = Random(4)
    items = [encode_lesson(lesson(random, STAGES[2][-1], num_drills=n), tokenizer) for n in (3, 1, 4)]
    batch = join_lessons(items)
    torch.manual_seed(0)
    qkv = torch.randn(len(batch.ids), 3, 4, 16, requires_grad=True)
    read, gradients = [], []
    for attend in (ragged(batch), padded(batch)):
        read.append(attend(qkv))
        gradients.append(torch.autograd.grad((read[-1] * torch.arange(64)).sum(), qkv)[0])
    assert torch.allclose(*read, atol=1e-5)
    assert torch.allclose(*gradients, atol=1e-4)


def defined(q: Tensor, k: Tensor, v: Tensor, asking: Spans, seen: Spans, *, causal: bool = False):
    """What the flash kernel is documented to give: outputs [N, heads, size] and log-sum-exps [heads, N]."""
    outputs, sums = [], []
    for first, last, start, end in zip(asking.ends, asking.ends[1:], seen.ends, seen.ends[1:], strict=False):
        scores = torch.einsum("qhd,khd->hqk", q[first:last], k[start:end]) * q.shape[-1] ** -0.5
        if causal:
            scores = scores.masked_fill(torch.ones(scores.shape[1:], dtype=torch.bool).triu(1), -torch.inf)
        sums.append(scores.logsumexp(-1))
        outputs.append(torch.einsum("hqk,khd->qhd", scores.softmax(-1), v[start:end]))
    return torch.cat(outputs), torch.cat(sums, dim=1)


def defined_back(given: Tensor, q: Tensor, k: Tensor, v: Tensor, read: Tensor, log_sum: Tensor, asking, seen, **how):
    """Its way back, of shares under the softmax that `log_sum` belongs to."""
    with torch.enable_grad():
        q, k, v = (part.detach().requires_grad_() for part in (q, k, v))
        outputs, sums = defined(q, k, v, asking, seen, **how)
        share = (sums - log_sum).exp().t()[..., None]
        constant = (given * read).sum(-1, keepdim=True).detach()
        loss = (given * outputs * share).sum() - (constant[..., 0] * share[..., 0]).sum()
        return torch.autograd.grad(loss, (q, k, v))


def test_attention_without_padding_is_that_with_padding(tokenizer: PreTrainedTokenizerFast, monkeypatch):
    monkeypatch.setattr(nano_flash, "_forward", defined)
    monkeypatch.setattr(nano_flash, "_backward", defined_back)
    items = [encode_lesson(lesson(Random(4), STAGES[2][-1], num_drills=n), tokenizer) for n in (3, 1, 4)]
    batch = join_lessons(items)
    qkv = torch.randn(len(batch.ids), 3, 4, 16, generator=torch.Generator().manual_seed(0), requires_grad=True)
    read = [attend(batch)(qkv) for attend in (flashed, padded)]
    gradients = [torch.autograd.grad((r * torch.arange(64)).sum(), qkv)[0] for r in read]
    assert torch.allclose(*read, atol=1e-5)
    assert torch.allclose(*gradients, atol=1e-3)


@pytest.mark.skipif(not torch.cuda.is_available(), reason="the flash kernels need a CUDA GPU")
def test_the_kernels_of_a_gpu_read_lessons_as_their_definition_does(tokenizer: PreTrainedTokenizerFast):
    items = [encode_lesson(lesson(Random(4), STAGES[2][-1], num_drills=n), tokenizer) for n in (3, 1, 4)]
    batch = join_lessons(items).to(torch.device("cuda"))
    exact = torch.randn(len(batch.ids), 3, 4, 64, device="cuda", requires_grad=True)
    half = exact.bfloat16()
    read = [flashed(batch)(half), padded(batch)(exact)]
    gradients = [torch.autograd.grad((r.float() * torch.arange(256, device="cuda")).sum(), exact)[0] for r in read]
    for one, other in (read, gradients):
        assert float((one - other).norm() / other.norm()) < 0.01


def test_the_route_of_a_gpu_finds_the_same_loss_in_bf16(tokenizer: PreTrainedTokenizerFast):
    model, random = awake(tokenizer), Random(7)
    items = [encode_lesson(lesson(random, STAGES[2][-1], num_drills=4), tokenizer) for _ in range(3)]
    batch = [join_lessons(items)]
    exact = measure(LessonReader(model), batch, bf16=False)["loss"]
    assert measure(LessonReader(model, padded), batch, bf16=False)["loss"] == pytest.approx(exact, rel=1e-5)
    assert measure(LessonReader(model, padded), batch, bf16=True)["loss"] == pytest.approx(exact, rel=1e-2)


def test_splitting_lessons_into_batches_changes_no_measurement(tokenizer: PreTrainedTokenizerFast):
    reader, random = LessonReader(awake(tokenizer)), Random(5)
    items = [encode_lesson(lesson(random, STAGES[1][-1], num_drills=3), tokenizer) for _ in range(6)]
    batches = split_lessons(items, max_padded_tokens=2 * max(map(len, items)))
    assert len(batches) >= 3
    assert sum(len(batch.ids) for batch in batches) == sum(map(len, items))
    whole, parts = (measure(reader, group, bf16=False) for group in ([join_lessons(items)], batches))
    assert whole == pytest.approx(parts)


def test_a_step_over_several_batches_is_the_step_over_one(tokenizer: PreTrainedTokenizerFast):
    random = Random(6)
    items = [encode_lesson(lesson(random, STAGES[1][-1], num_drills=3), tokenizer) for _ in range(4)]
    trainees, losses = [], []
    for batches in ([join_lessons(items)], split_lessons(items, max_padded_tokens=1)):
        trainee = new_trainee(CONFIG, tokenizer)
        for optimizer in trainee.optimizers:
            optimizer.step = lambda: None  # keep the gradients
            optimizer.zero_grad = lambda: None
        losses.append(train_step(CONFIG, trainee, batches))
        trainees.append(trainee)
    assert losses[0] == pytest.approx(losses[1], abs=1e-5)
    for one, other in zip(*(trainee.model.parameters() for trainee in trainees), strict=True):
        assert torch.allclose(one.grad, other.grad, atol=1e-5)


def test_matrices_move_in_fp32_as_muon_moves_them_in_bf16(tokenizer: PreTrainedTokenizerFast, monkeypatch):
    """Half precision of the iteration is worth a few percent of a step, and on many CPUs most of its time."""
    items = [encode_lesson(lesson(Random(7), STAGES[1][-1], num_drills=3), tokenizer)]
    moved = []
    for half in (False, True):
        trainee = new_trainee(CONFIG, tokenizer)
        before = [p.detach().clone() for p in trainee.model.parameters()]
        with monkeypatch.context() as patch:
            if half:
                patch.setattr("oraclecoder.model.nano_training.InFloat32", nullcontext)
            train_step(CONFIG, trainee, [join_lessons(items)])
        moved.append([p.detach() - old for p, old in zip(trainee.model.parameters(), before, strict=True)])
    whole, half = (torch.cat([part.flatten() for part in parts if part.ndim == 2]) for parts in moved)
    assert 0.001 < float((whole - half).norm() / half.norm()) < 0.05


def test_a_gap_moves_the_drills_only(tokenizer: PreTrainedTokenizerFast):
    item = encode_lesson(lesson(Random(3), STAGES[2][-1], num_drills=2), tokenizer)
    moved = with_gap(item, 100).positions - item.positions
    assert moved[: item.num_schema].unique().tolist() == [0]
    assert moved[item.num_schema :].unique().tolist() == [100]


def test_the_start_weights_copy_what_follows_a_repeated_token():
    torch.manual_seed(0)
    config = nano_config(1000, width=256, num_layers=4, inner=64, eos=2, bos=1, pad=0)
    model = LlamaForCausalLM(config)
    sequence = torch.randperm(900)[:40] + 50
    repeated = torch.cat([sequence, sequence])[None]

    def copied() -> float:
        with torch.no_grad():
            guesses = model(repeated).logits[0, 42:-1].argmax(-1)
        return float((guesses == repeated[0, 43:]).float().mean())

    assert copied() < 0.1
    start_weights(model)
    assert copied() > 0.8


@pytest.mark.slow
def test_a_training_that_was_cut_off_ends_with_the_same_weights(tokenizer: PreTrainedTokenizerFast, tmp_path: Path):
    whole = run(CONFIG, tokenizer, workers=0, checkpoint=tmp_path / "whole.pt", report=lambda _: None)
    cut = replace(CONFIG, decay_fraction=0.3)
    calls = []

    def stop(values: dict[str, float]) -> None:
        calls.append(values)
        raise KeyboardInterrupt

    path = tmp_path / "cut.pt"
    with pytest.raises(KeyboardInterrupt):
        run(replace(cut, measure_every=3, save_every_seconds=0.0), tokenizer, workers=0, checkpoint=path, report=stop)
    resumed = run(cut, tokenizer, workers=0, checkpoint=path, report=lambda _: None)
    assert calls[0]["step"] == 3
    assert resumed.step == whole.step
    for one, other in zip(whole.model.parameters(), resumed.model.parameters(), strict=True):
        assert torch.equal(one, other)


def test_a_lesson_beyond_the_window_is_drawn_anew_and_is_not_measured(
    tokenizer: PreTrainedTokenizerFast, monkeypatch: pytest.MonkeyPatch
):
    config = replace(CONFIG, lessons_per_step=4)

    def drawn() -> list[Batch]:
        return [batch for step in range(8) for batch in DrawnLessons(config, tokenizer)[step, STAGES[-1][-1]]]

    def longest(batches: list[Batch]) -> int:
        return max(int(batch.positions.max()) for batch in batches)

    whole = measured_lessons(1, tokenizer, unseen=False)
    monkeypatch.setattr("oraclecoder.model.nano_run.GAP_SHARE", 0.0)
    assert longest(drawn()) >= 700
    monkeypatch.setattr("oraclecoder.model.nano_lessons.WINDOW", 700)
    assert longest(drawn()) < 700
    assert sum(len(batch.sizes) for batch in drawn()) == 8 * 4
    assert len(whole) == NUM_MEASURED
    fitting = [item for item in whole if int(item.positions.max()) < 700]
    assert 0 < len(fitting) < NUM_MEASURED
    assert len(measured_lessons(1, tokenizer, unseen=False)) == len(fitting)


@pytest.mark.slow
def test_stages_of_the_shipped_nano_are_one_command_each_going_on_from_the_last(tmp_path: Path):
    sizes = {"num_tokens": 2000, "tokenizer_lessons": 60, "lessons_per_step": 1, "drills_per_lesson": 4}
    shape = {"vocabulary_size": 512, "width": 64, "num_layers": 3, "inner": 64, "num_threads": 1}
    settings = [f"pretrain.{name}={value}" for name, value in (sizes | shape).items()]
    subprocess.run(
        [sys.executable, "-m", "oraclecoder.pretrain", "-m", "stage=first,second", *settings],
        cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])}, check=True,
    )  # fmt: skip
    place = tmp_path / "outputs" / "nano-stages"
    first, second = (LlamaForCausalLM.from_pretrained(place / stage) for stage in ("first", "second"))
    assert (place / "first" / "tokenizer.json").read_bytes() == (place / "second" / "tokenizer.json").read_bytes()
    before, after = (model.model.layers[0].mlp.up_proj.weight.detach() for model in (first, second))
    assert 0 < float((after - before).norm() / before.norm()) < 0.5


def test_a_tokenizer_is_made_once_and_found_again_in_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    config = replace(CONFIG, folder=str(tmp_path))
    made = build(config)
    monkeypatch.setattr("oraclecoder.model.nano_run.build_tokenizer", None)
    assert build(config).get_vocab() == made.get_vocab()


def test_a_folder_goes_on_with_its_own_settings_and_refuses_others_by_name(tmp_path: Path):
    record = tmp_path / "pretraining.json"
    first = settled(replace(CONFIG, bf16=None, folder=str(tmp_path)), record)
    assert isinstance(first.bf16, bool)
    again = replace(CONFIG, bf16=None, folder=str(tmp_path), num_threads=2, measure_every=7)
    assert settled(again, record).bf16 == first.bf16
    with pytest.raises(ModelError, match=r"pretrain\.folder=.* seed=1, not 9; give .* another pretrain\.folder"):
        settled(replace(again, seed=9), record)
    with pytest.raises(ModelError, match=r"holds a training with .*width=64, not 80"):
        pretrain(replace(again, width=80))


def test_a_start_that_is_no_nano_is_refused_by_name(tmp_path: Path):
    with pytest.raises(ModelError, match=r"pretrain\.start="):
        pretrain(replace(CONFIG, start=str(tmp_path), folder=str(tmp_path / "new")))
    assert not (tmp_path / "new").exists()


def test_the_rate_falls_by_tokens_or_by_the_clock_whichever_is_ahead(tokenizer: PreTrainedTokenizerFast):
    config = replace(CONFIG, num_tokens=1000, max_minutes=10.0, decay_fraction=0.5, warmup_steps=1)
    trainee = new_trainee(config, tokenizer)
    rates = []
    for trainee.tokens, trainee.seconds in ((0, 0.0), (500, 0.0), (750, 60.0), (100, 450.0), (100, 599.0)):
        rates.append(rate_at(config, trainee) / config.lr)
    assert rates == pytest.approx([1.0, 1.0, 0.5, 0.5, 0.01])
    trainee.tokens, trainee.seconds = 100, 600.0
    assert progress(config, trainee) == 1.0


@pytest.mark.filterwarnings("ignore:This DataLoader will create")
def test_processes_draw_the_lessons_that_one_draws_in_turn(tokenizer: PreTrainedTokenizerFast):
    trainee = new_trainee(CONFIG, tokenizer)
    drawn = [list(islice(draw(CONFIG, tokenizer, trainee, workers=n), 5)) for n in (0, 2)]
    for one, other in zip(*drawn, strict=True):
        assert [batch.ids.tolist() for batch in one] == [batch.ids.tolist() for batch in other]


def test_a_nano_is_taken_up_with_its_tokenizer_and_weights():
    config = replace(CONFIG, start=str(NANO), warmup_steps=10)
    trainee = new_trainee(config, build(config))
    shipped = AutoModelForCausalLM.from_pretrained(NANO, dtype=torch.float32)
    assert torch.equal(trainee.model.lm_head.weight, shipped.lm_head.weight)
    assert {group["factor"] for optimizer in trainee.optimizers for group in optimizer.param_groups} == {1.0}
    assert next(iter(Steps(config, trainee))) == (0, STAGES[-1][-1])


def test_the_command_leaves_a_model_that_transformers_loads(tmp_path: Path):
    values = pretrain(replace(CONFIG, num_tokens=2000, folder=str(tmp_path)))
    model = AutoModelForCausalLM.from_pretrained(tmp_path)
    tokenizer = AutoTokenizer.from_pretrained(tmp_path)
    assert model.dtype is torch.bfloat16
    assert (tokenizer.eos_token, tokenizer.pad_token) == ("</s>", "<pad>")
    assert values["tokens"] >= 2000
    assert (tmp_path / "curve.jsonl").read_text().count("\n") == 1


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("num_layers", 2),
        ("width", 50),
        ("lr", 0.0),
        ("num_tokens", 10),
        ("max_minutes", 0.0),
        ("num_workers", -1),
        ("weight_decay", -3.0),
        ("max_grad_norm", -1.0),
        ("save_every_seconds", -5.0),
        ("max_padded_tokens", 64),
    ],
)
def test_impossible_shapes_are_refused_by_name(key: str, value: float):
    with pytest.raises(ConfigError, match=key):
        replace(CONFIG, **{key: value})


def test_the_shipped_nano_is_small_long_and_talks():
    model = AutoModelForCausalLM.from_pretrained(NANO)
    tokenizer = AutoTokenizer.from_pretrained(NANO)
    assert sum(path.stat().st_size for path in NANO.glob("*.safetensors")) <= 12_000_000
    assert model.config.max_position_embeddings >= 4096
    assert model.config.tie_word_embeddings
    chat = tokenizer.apply_chat_template(
        [{"role": "user", "content": "Hi"}], tokenize=False, add_generation_prompt=True
    )
    assert chat == "<|user|>\nHi</s>\n<|assistant|>\n"
    assert tokenizer.eos_token_id == model.generation_config.eos_token_id


def test_the_shipped_nano_answers_lessons_of_words_that_it_never_saw():
    """Its loss is about 0.1 and half of its answers are right; where nothing is learnt these are 8 and none."""
    model = AutoModelForCausalLM.from_pretrained(NANO, dtype=torch.float32).eval()
    tokenizer, random = AutoTokenizer.from_pretrained(NANO), Random(8)
    items = [encode_lesson(lesson(random, STAGES[-2][-1], num_drills=8, unseen=True), tokenizer) for _ in range(6)]
    found = measure(LessonReader(model), [join_lessons(items)], bf16=False)
    assert found["loss"] < 0.2
    assert found["exact_match"] > 0.35
