"""Sweeps as a user types them: finished, found again, killed and taken up, partly failed, and merged."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hydra import compose, initialize_config_dir
from hydra.errors import HydraException

from oraclecoder.config import TrainConfig
from oraclecoder.runs import Run, State, read_run, read_sweep
from oraclecoder.settings import CONF, register_schemas, to_config

ROOT = Path(__file__).parents[1]
SWEEP = ["oraclecoder.train", "-m", "lora.lr_ratio=8,16,32"]
QUICK = ["dataset.train_limit=12", "dataset.validation_limit=3", "training.max_steps=2", "task.max_new_tokens=2"]
ABSURD = 10**38
TWO_AT_A_TIME = ["hydra/launcher=joblib", "hydra.launcher.n_jobs=2"]


class Place:
    """A folder for outputs, and the commands that write into it."""

    def __init__(self, output_dir: Path, model: Path, cache: Path) -> None:
        self.output_dir = output_dir
        self.common = ["experiment=smoke", f"model.name={model}", f"output_dir={output_dir}"]
        self.environment = os.environ | {"ORACLECODER_CACHE": str(cache)}

    def start(self, *words: str, train: bool = True) -> subprocess.Popen:
        """Start a command and do not wait."""
        common = self.common if train else self.common[-1:]
        return subprocess.Popen(
            [sys.executable, "-m", *words, *common], cwd=ROOT, env=self.environment, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    def run(self, *words: str, train: bool = True) -> subprocess.CompletedProcess:
        """Run a command to its end."""
        process = self.start(*words, train=train)
        out, errors = process.communicate(timeout=540)
        return subprocess.CompletedProcess(words, process.returncode, out, errors)

    def merge(self) -> subprocess.CompletedProcess:
        """`python -m oraclecoder.merge`."""
        return self.run("oraclecoder.merge", "tracking=none", train=False)

    @property
    def sweeps(self) -> list[Path]:
        """The sweeps, oldest first."""
        return sorted(path.parent for path in (self.output_dir / "sweeps").glob("*/sweep.json"))

    @property
    def runs(self) -> list[Run]:
        """The runs, without trunks."""
        return [read_run(p.parent) for p in sorted((self.output_dir / "runs").glob("sql_generation-*/status.json"))]


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def place(tmp_path: Path, tiny_model: Path, cache: Path) -> Place:
    return Place(tmp_path / "outputs", tiny_model, cache)


def wait_for(holds: Callable[[], bool], process: subprocess.Popen) -> None:
    """Wait until something holds while the process still runs."""
    while not holds():
        assert process.poll() is None, process.communicate()
        time.sleep(0.02)


@pytest.mark.slow
def test_a_sweep_ends_is_merged_and_is_found_again(place):
    done = place.run(*SWEEP)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    (folder,) = place.sweeps
    sweep = read_sweep(folder)
    assert (sweep.state, sweep.num_jobs, sweep.failures) == (State.done, 3, {})
    assert [run.status.lr_ratio for run in sweep.runs] == [8, 16, 32]
    assert all(run.usable and run.status.attempts == 1 for run in sweep.runs)
    assert len({run.status.trunk for run in sweep.runs}) == 1

    merged = place.merge()
    assert merged.returncode == 0, merged.stderr
    (recipe,) = (place.output_dir / "ensembles").glob("*/sql_generation/recipe.json")
    assert sorted(member["lr_ratio"] for member in json.loads(recipe.read_text())["members"]) == [8, 16, 32]

    start = time.monotonic()
    again = place.run(*SWEEP)
    assert time.monotonic() - start < 60
    assert again.returncode == 0, again.stderr
    assert again.stdout.count("is finished already and is used again (rerun=true repeats it)") == 3
    assert place.runs == sorted(sweep.runs, key=lambda run: run.folder)
    assert read_sweep(place.sweeps[1]).runs == sweep.runs


@pytest.mark.slow
def test_a_sweep_that_is_killed_twice_goes_on_without_redoing_what_was_finished(place):
    runs = place.output_dir / "runs"
    trunks = [place.start(*SWEEP, *QUICK)]
    wait_for(lambda: any(runs.glob("trunk-*/metrics.jsonl")), trunks[0])
    trunks[0].send_signal(signal.SIGKILL)
    trunks[0].communicate()
    assert [run.usable for run in place.runs] == [False]

    second = place.start(*SWEEP, *QUICK)
    wait_for(lambda: len(place.runs) == 2 and sum(run.usable for run in place.runs) == 1, second)
    second.send_signal(signal.SIGKILL)
    second.communicate()
    (finished,) = [run for run in place.runs if run.usable]
    assert read_sweep(place.sweeps[-1]).state is State.running
    assert place.merge().returncode == 1  # no sweep has ended

    done = place.run(*SWEEP, *QUICK)
    assert done.returncode == 0, done.stderr
    assert read_run(finished.folder) == finished
    sweep = read_sweep(place.sweeps[-1])
    assert sweep.state is State.done
    assert [run.usable for run in sweep.runs] == [True] * 3
    assert sorted(run.status.attempts for run in sweep.runs) == [1, 2, 2]
    left = {path.name for run in sweep.runs for path in run.folder.iterdir()}
    assert not any(name.startswith(("checkpoint-", ".adapter", "error")) for name in left)


@pytest.mark.slow
def test_one_lost_job_fails_the_sweep_but_not_the_others_and_is_left_out_of_the_ensemble(place):
    jobs = ["lora.trunk.fraction=0", f"lora.alpha=16,{ABSURD},32", *QUICK]
    done = place.run("oraclecoder.train", "-m", *jobs)
    assert done.returncode == 1
    assert "1 of 3 jobs failed; the others are finished:" in done.stderr
    assert f"lora.alpha={ABSURD}" in done.stderr
    assert "lower lora.lr or lora.lr_ratio" in done.stderr
    assert "Traceback" not in done.stderr
    sweep = read_sweep(place.sweeps[0])
    assert sweep.state is State.done
    assert [run.status.state.value for run in sweep.runs] == ["done", "failed", "done"]
    assert len(sweep.failures) == 1
    lost = sweep.runs[1]
    merged = place.merge()
    assert merged.returncode == 0, merged.stderr
    said = " ".join(merged.stdout.split())
    assert f"left out: {lost.folder.name}, failed: DivergedError:" in said
    (recipe,) = (place.output_dir / "ensembles").glob("*/sql_generation/recipe.json")
    found = json.loads(recipe.read_text())
    assert len(found["members"]) == 2
    assert list(found["refused"]) == [lost.folder.name]


@pytest.mark.slow
def test_two_jobs_at_a_time_train_the_same_adapters_from_one_trunk_and_survive_a_lost_one(
    place, tmp_path, tiny_model, cache
):
    jobs = ["oraclecoder.train", "-m", "lora.lr_ratio=8,16", "training.num_threads=1", *QUICK]
    other = Place(tmp_path / "others", tiny_model, cache)
    for done in (place.run(*jobs), other.run(*jobs, *TWO_AT_A_TIME)):
        assert done.returncode == 0, done.stderr
    assert [run.folder.name for run in place.runs] == [run.folder.name for run in other.runs]
    for one, two in zip(place.runs, other.runs, strict=True):
        weights = [(run.adapter / "adapter_model.safetensors").read_bytes() for run in (one, two)]
        assert weights[0] == weights[1]
        assert (one.status.score, one.status.metrics) == (two.status.score, two.status.metrics)
    assert {run.status.trunk for run in other.runs} == {run.status.trunk for run in place.runs}
    (trunk,) = (other.output_dir / "runs").glob("trunk-*")
    assert read_run(trunk).status.attempts == 1

    lost = other.run(
        "oraclecoder.train", "-m", "lora.trunk.fraction=0", f"lora.alpha=16,{ABSURD}", *QUICK, *TWO_AT_A_TIME
    )
    assert lost.returncode == 1
    assert "1 of 2 jobs failed; the others are finished:" in lost.stderr
    assert "lower lora.lr or lora.lr_ratio" in lost.stderr
    assert "Traceback" not in lost.stderr
    sweep = read_sweep(other.sweeps[-1])
    assert [run.status.state.value for run in sweep.runs] == ["done", "failed"]


@pytest.mark.slow
def test_when_nothing_is_usable_the_reasons_are_one_sentence(place):
    nothing = place.merge()
    assert nothing.returncode == 1
    assert f"there is no finished run in {place.output_dir}/sweeps; train first" in nothing.stderr
    failed = place.run("oraclecoder.train", "lora.trunk.fraction=0", f"lora.alpha={ABSURD}", *QUICK)
    assert failed.returncode == 1
    assert failed.stderr.count("\n") == 1
    assert "lower lora.lr or lora.lr_ratio" in failed.stderr
    merged = place.merge()
    assert merged.returncode == 1
    assert merged.stderr.count("\n") == 1
    assert f"there is no finished run in {place.output_dir}/sweeps (" in merged.stderr
    assert "lower lora.lr or lora.lr_ratio" in merged.stderr


def test_a_sweep_over_a_rate_that_nothing_learns_at_starts_nothing(place):
    done = place.run("oraclecoder.train", "-m", "lora.embedding_lr=1e-5,1e-4")
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "lora.embedding_lr is swept, but lora.target_modules=['all-linear'] adapt no embedding" in done.stderr
    assert "add one of ['embed_tokens']" in done.stderr
    assert not (place.output_dir / "runs").exists()


def test_a_sweep_over_the_rate_of_adapted_embeddings_is_let_through(tiny_model):
    from hydra_plugins.oraclecoder_sweeper import _refuse_rates_of_nothing

    def config(*overrides: str) -> TrainConfig:
        register_schemas()
        with initialize_config_dir(str(CONF), version_base="1.3"):
            return to_config(compose("train", overrides=[f"model.name={tiny_model}", *overrides]), TrainConfig)

    adapted = "lora.target_modules=[q_proj,embed_tokens]"
    _refuse_rates_of_nothing([config(adapted, f"lora.embedding_lr={rate}") for rate in (1e-5, 1e-4)])
    _refuse_rates_of_nothing([config("lora.lr=1e-5"), config("lora.lr=1e-4")])
    with pytest.raises(HydraException, match="nothing was started"):
        _refuse_rates_of_nothing([config(adapted), config("lora.embedding_lr=0.01")])
