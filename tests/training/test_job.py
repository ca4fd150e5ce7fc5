"""A whole run, from questions to a sealed adapter, with a random model and a small data set."""

import gc
import json
import shutil
import weakref
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from oraclecoder.config import TrainConfig
from oraclecoder.errors import DataError, ModelError, RunError
from oraclecoder.model.adapter_files import check_adapter
from oraclecoder.runs import Run, State, read_run
from oraclecoder.tracking.metrics import MetricsFile, read_metrics
from oraclecoder.training import job as module
from oraclecoder.training.job import train_adapter


class Killed(BaseException):
    """Stands for a process that is gone."""


def train(config: TrainConfig, heard: list[Path] | None = None) -> Run:
    """Train without answering validation, which has its own tests."""
    return train_adapter(
        config,
        score=lambda answerer, examples, dataset: (0.25, {"tables_exact": 0.25, "num": float(len(examples))}),
        sweep="sweep-1",
        announce=(heard if heard is not None else []).append,
    )


def weights(run: Run) -> dict[str, torch.Tensor]:
    return load_file(run.adapter / "adapter_model.safetensors")


@pytest.fixture
def kill(monkeypatch: pytest.MonkeyPatch):
    """Makes the process die when a line of metrics is written."""

    def at(step: int, *, word: str = "loss") -> None:
        record = MetricsFile.record

        def dying(self: MetricsFile, values: dict) -> None:
            record(self, values)
            if values["step"] == step and word in values:
                monkeypatch.setattr(MetricsFile, "record", record)
                raise Killed

        monkeypatch.setattr(MetricsFile, "record", dying)

    return at


def test_a_run_leaves_everything_that_it_promises(train_config):
    run = train(train_config())
    assert run.status.state is State.done
    assert (run.status.score, run.status.steps, run.status.attempts) == (0.25, 4, 1)
    assert run.status.metrics["tables_exact"] == 0.25
    assert sorted(path.name for path in run.folder.iterdir()) == [
        "adapter", "config.yaml", "curve.png", "environment.json", "lineage.json", "metrics.jsonl", "status.json",
    ]  # fmt: skip
    assert check_adapter(run.adapter).task == "sql_generation"
    facts = json.loads((run.folder / "environment.json").read_text())
    assert facts["seed"] == 315
    assert facts["steps"] == 4
    assert facts["resumed_at_step"] == 0
    assert facts["tokens_per_second"] > facts["computed_tokens_per_second"] > 0
    assert facts["token_ratio"] > 1
    lines = read_metrics(run.folder / "metrics.jsonl")
    assert [line["step"] for line in lines if "eval_loss" in line] == [2, 4]
    assert all(line["lr_B"] == pytest.approx(16 * line["lr_A"]) for line in lines if "lr_A" in line)


def test_a_copy_of_model_and_data_elsewhere_is_the_same_run(train_config, tiny_model, small_spider, tmp_path):
    first, heard = train(train_config()), []
    model = shutil.copytree(tiny_model, tmp_path / "moved-model")
    data = shutil.copytree(small_spider, tmp_path / "moved-data")
    again = train(train_config(f"model.name={model}", f"dataset.root={data}", "training.num_threads=1"), heard)
    assert again == first
    assert heard == [first.folder]


@pytest.mark.parametrize("change", [["lora.lr_ratio=8"], ["seed=7"]])
def test_another_ratio_or_seed_is_another_run_with_other_weights(train_config, change):
    first, other = weights(train(train_config())), weights(train(train_config(*change)))
    assert not all(torch.equal(first[name], other[name]) for name in first)


def test_changed_data_is_another_run(train_config, small_spider, tmp_path):
    first = train(train_config())
    data = shutil.copytree(small_spider, tmp_path / "changed")
    rows = json.loads((data / "train_spider.json").read_text())
    for row in rows:
        row["question"] = row["question"].replace("sold", "bought")
    (data / "train_spider.json").write_text(json.dumps(rows))
    assert train(train_config(f"dataset.root={data}")).folder != first.folder


@pytest.mark.parametrize(("step", "word"), [(1, "loss"), (3, "loss"), (4, "eval_loss"), (4, "train_runtime")])
def test_a_run_that_was_killed_goes_on_and_ends_with_the_same_weights(train_config, tmp_path, kill, step, word):
    whole = train(train_config(f"output_dir={tmp_path / 'whole'}"))
    kill(step, word=word)
    with pytest.raises(Killed):
        train(train_config())
    run = train(train_config())
    assert run.folder.name == whole.folder.name
    assert run.status.attempts == 2
    assert run.status.steps == 4
    expected = weights(whole)
    for name, weight in weights(run).items():
        assert torch.equal(weight, expected[name]), name
    for kind in ("loss", "eval_loss"):
        steps = [line["step"] for line in read_metrics(run.folder / "metrics.jsonl") if kind in line]
        assert steps == [line["step"] for line in read_metrics(whole.folder / "metrics.jsonl") if kind in line]


def test_the_members_of_a_sweep_branch_from_one_trunk(train_config):
    runs = [train(train_config("lora.trunk.fraction=0.5", f"lora.lr_ratio={ratio}")) for ratio in (8, 32)]
    assert {(run.status.steps, run.status.trunk_steps) for run in runs} == {(2, 2)}
    (name,) = {run.status.trunk for run in runs}
    trunk = read_run(runs[0].folder.parent / name)
    assert (trunk.status.state, trunk.status.attempts, trunk.status.score) == (State.done, 1, None)
    for run in runs:
        lineage = json.loads((run.folder / "lineage.json").read_text())
        assert lineage["inputs"] == [f"adapter-sql_generation:{name}"]


@pytest.mark.parametrize(
    ("schedule", "shares"),
    [("constant", [1, 1, 1, 1]), ("linear", [0.75, 0.5, 0.25, 0]), ("null", [0.854, 0.5, 0.146, 0])],
)
def test_a_trunk_has_a_schedule_of_its_own_and_the_branches_go_all_the_way_down(train_config, schedule, shares):
    run = train(
        train_config(
            "lora.trunk.fraction=0.5", f"lora.trunk.schedule={schedule}", "training.max_steps=8",
            "training.warmup_fraction=0", "training.schedule=cosine",
        )
    )  # fmt: skip

    def rates(folder: Path) -> list[float]:  # after each step
        lines = read_metrics(folder / "metrics.jsonl")
        return [line["lr_A"] / 2e-4 for line in lines if "lr_A" in line]

    assert rates(run.folder.parent / run.status.trunk) == pytest.approx(shares, abs=1e-3)
    assert rates(run.folder) == pytest.approx([0.854, 0.5, 0.146, 0], abs=1e-3)


def test_memory_of_a_model_is_given_back_before_the_next_is_loaded(train_config, monkeypatch):
    load, alive, references = module.load_base, [], []

    def watched(config):
        alive.append(sum(reference() is not None for reference in references))
        base = load(config)
        references.append(weakref.ref(base.model))
        return base

    monkeypatch.setattr(module, "load_base", watched)
    train(train_config("lora.trunk.fraction=0.5", "lora.lr_ratio=8"))
    train(train_config("lora.trunk.fraction=0.5", "lora.lr_ratio=32"))
    train(train_config("lora.trunk.fraction=0.5", "task=schema_linking"))
    assert alive == [0, 0, 0, 0, 0]
    gc.collect()
    assert sum(reference() is not None for reference in references) == 0


def test_a_lost_trunk_is_told_from_its_members_with_its_own_remedy(train_config):
    heard: list[Path] = []
    with pytest.raises(
        RunError, match=r"^the trunk: \w+ became (nan|inf) at step \d+; lower lora.lr or lora.trunk.lr_r"
    ):
        train(train_config(f"lora.alpha={10**38}", "lora.trunk.fraction=0.5"), heard)
    assert read_run(heard[0]).status.error.startswith("RunError: the trunk: ")
    with pytest.raises(RunError, match=r"^the trunk: "):  # told at once, not tried again
        train(train_config(f"lora.alpha={10**38}", "lora.trunk.fraction=0.5", "lora.lr_ratio=3"), heard)
    assert len(set(heard)) == 2
    (trunk,) = heard[0].parent.glob("trunk-*")
    assert read_run(trunk).status.attempts == 1


def test_a_lost_run_is_failed_with_the_reason(train_config):
    heard: list[Path] = []
    with pytest.raises(RunError, match=r"became (nan|inf) at step"):
        train(train_config(f"lora.alpha={10**38}"), heard)
    failed = read_run(heard[0])
    assert failed.status.state is State.failed
    assert "lower lora.lr or lora.lr_ratio" in failed.status.error
    assert not failed.adapter.exists()
    assert (failed.folder / "error.txt").is_file()


def test_a_window_in_which_nothing_fits_is_one_sentence(train_config):
    with pytest.raises(DataError, match="none of the 20 train examples can be used"):
        train(train_config("model.max_length=64", "dataset.choose_fraction=0.2", "dataset.accept_fraction=0.3"))


def test_a_missing_model_or_folder_starts_no_run(train_config, tmp_path):
    heard: list[Path] = []
    with pytest.raises(ModelError, match="neither a folder nor a model"):
        train(train_config("model.name=nobody/nothing"), heard)
    with pytest.raises(DataError, match="is not a folder"):
        train(train_config(f"dataset.root={tmp_path / 'nowhere'}"), heard)
    assert heard == []
