"""The life of a run: known by what it computes, done once, resumed, repeated on request, truthful when it fails."""

import json
import logging
import shutil
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
import torch
import yaml
from safetensors.torch import save_file

from oraclecoder.errors import RunError
from oraclecoder.model.adapter_files import AdapterIdentity, finish_adapter
from oraclecoder.runs import State, read_run
from oraclecoder.training import run as module
from oraclecoder.training.run import Outcome, identify, locked, run_once


def write_adapter(folder: Path, value: float = 1.0) -> None:
    """A sound adapter of one weight in folder/adapter."""
    temporary = folder / "written"
    temporary.mkdir()
    save_file({"lora_A": torch.full((4, 4), value)}, temporary / "adapter_model.safetensors")
    (temporary / "adapter_config.json").write_text("{}")
    finish_adapter(temporary, folder / "adapter", AdapterIdentity("tiny", "abc", "sql_generation", "1"))


class Work:
    """Stands for training: counts how often it is done, and may fail first."""

    def __init__(self, *errors: BaseException) -> None:
        self.errors, self.count = list(errors), 0

    def __call__(self, folder: Path) -> Outcome:
        self.count += 1
        (folder / "checkpoint-4").mkdir(exist_ok=True)
        (folder / "checkpoint-4" / "trace").write_text(str(self.count))
        if self.errors:
            raise self.errors.pop(0)
        write_adapter(folder)
        return Outcome(0.5 + self.count / 100, {"execution_accuracy": 0.5}, steps=4)


IDENTITY = "0123456789abcdef"


def test_identity_follows_what_is_computed_and_nothing_else(train_config):
    def of(*overrides: str, data: str = "d", base: str = "b", prompt: str = "p") -> str:
        return identify(train_config(*overrides), data=data, base=base, prompt_version=prompt)

    usual = of()
    for same in (
        ["dataset.root=/elsewhere"], ["model.name=other/name"], ["model.revision=main"], ["training.num_threads=3"],
        ["dataset.split=test"], ["dataset.limit=7"], ["dataset.questions=somebody/questions"], ["output_dir=elsewhere"],
        ["tracking=wandb"], ["tracking.project=other"], ["rerun=true"], ["limits.workers=7"], ["answer.max_rows=3"],
        ["lora.trunk.lr_ratio=8"], ["lora.trunk.schedule=linear"],  # of a trunk that there is not
    ):  # fmt: skip
        assert of(*same) == usual, same
    changed = [
        of("lora.lr_ratio=8"), of("lora.lr=1e-4"), of("lora.r=4"), of("lora.trunk.fraction=0.5"), of("seed=1"),
        of("task=schema_linking"), of("task.schema_style=compact"), of("dataset.train_limit=10"), of("dataset.seed=2"),
        of("model.quantization=nf4"), of("model.prompt_format=chat"), of("training.max_steps=5"),
        of("training.route=padded"), of(data="e"), of(base="c"), of(prompt="q"),
    ]  # fmt: skip
    trunk = "lora.trunk.fraction=0.5"
    changed += [of(trunk, "lora.trunk.lr_ratio=8"), of(trunk, "lora.trunk.schedule=linear")]
    assert len({usual, *changed}) == len(changed) + 1


def test_a_run_that_was_rated_otherwise_is_used_again_with_a_warning(train_config, caplog):
    work = Work()
    first = run_once(train_config(), IDENTITY, work)
    run_once(train_config("limits.workers=7", "answer.max_rows=3"), IDENTITY, work)
    run_once(train_config("answer.constrained=false"), IDENTITY, work, kind="trunk-")
    assert not [record for record in caplog.records if "was rated with" in record.message]
    run_once(train_config("answer.constrained=false", "limits.max_rows=9"), IDENTITY, work)
    said = [record.message for record in caplog.records if "was rated with" in record.message]
    assert said == [
        f"{first.folder} was rated with answer.constrained=True, not False, and so it stays without rerun=true",
        f"{first.folder} was rated with limits.max_rows=200000, not 9, and so it stays without rerun=true",
    ]
    assert work.count == 2  # the run and the trunk


def test_a_finished_run_is_used_again(train_config, caplog):
    config, work, heard = train_config(), Work(), []
    with caplog.at_level(logging.INFO):
        first = run_once(config, IDENTITY, work, announce=heard.append)
        again = run_once(config, IDENTITY, work, announce=heard.append)
    assert work.count == 1
    assert again == first
    assert first.status.state is State.done
    assert first.status.score == pytest.approx(0.51)
    assert first.usable
    assert heard == [first.folder, first.folder]
    assert first.folder == Path(config.output_dir) / "runs" / f"sql_generation-{IDENTITY}"
    assert "is finished already and is used again (rerun=true repeats it)" in caplog.text
    assert sorted(path.name for path in first.folder.iterdir()) == ["adapter", "config.yaml", "status.json"]
    assert yaml.safe_load((first.folder / "config.yaml").read_text())["lora"]["r"] == 2


def test_a_run_that_is_used_again_tells_where_data_and_base_are_now(train_config, tmp_path):
    config, work = train_config(), Work()
    first = run_once(config, IDENTITY, work)
    moved = replace(config, model=replace(config.model, name=str(tmp_path / "base")))
    again = run_once(replace(moved, lora=replace(moved.lora, r=3)), IDENTITY, work)
    kept = yaml.safe_load((again.folder / "config.yaml").read_text())
    assert again.folder == first.folder
    assert kept["model"]["name"] == str(tmp_path / "base")
    assert kept["lora"]["r"] == 2  # only places move


def test_rerun_repeats_a_finished_run_from_nothing(train_config):
    work = Work()
    folder = run_once(train_config(), IDENTITY, work).folder
    (folder / "trace").write_text("of the first run")
    again = run_once(train_config("rerun=true"), IDENTITY, work)
    assert work.count == 2
    assert again.status.score == pytest.approx(0.52)
    assert again.status.attempts == 2
    assert not (folder / "trace").exists()
    assert sorted(path.name for path in folder.parent.iterdir()) == [f".{folder.name}.lock", folder.name]


@pytest.mark.parametrize("error", [KeyboardInterrupt(), SystemExit(1)])
def test_an_interrupted_run_is_half_done_and_goes_on_in_its_folder(train_config, error):
    work = Work(error)
    with pytest.raises(type(error)):
        run_once(train_config(), IDENTITY, work)
    (folder,) = (Path(train_config().output_dir) / "runs").glob("sql_generation-*")
    assert read_run(folder).status.state is State.running
    assert not read_run(folder).usable
    assert (folder / "checkpoint-4").is_dir()
    done = run_once(train_config("rerun=true"), IDENTITY, work)  # what was interrupted is not thrown away
    assert done.status.attempts == 2
    assert done.status.state is State.done
    assert not (folder / "checkpoint-4").exists()
    assert not (folder / "error.txt").exists()


def test_a_failure_is_written_down_and_raised_and_the_run_can_be_tried_again(train_config):
    work = Work(RunError("loss became nan at step 3; lower lora.lr"))
    with pytest.raises(RunError, match="became nan"):
        run_once(train_config(), IDENTITY, work)
    (folder,) = (Path(train_config().output_dir) / "runs").glob("sql_generation-*")
    failed = read_run(folder)
    assert failed.status.state is State.failed
    assert failed.status.error == "RunError: loss became nan at step 3; lower lora.lr"
    assert failed.status.score is None
    assert not failed.usable
    text = (folder / "error.txt").read_text()
    assert text.startswith("Traceback")
    assert text.rstrip().endswith("lower lora.lr")
    assert run_once(train_config(), IDENTITY, work).status.state is State.done
    assert not (folder / "error.txt").exists()


def test_reuse_under_another_commit_warns(train_config, monkeypatch, caplog):
    monkeypatch.setattr(module, "git_commit", lambda: "aaaaaaaaaaaa")
    run_once(train_config(), IDENTITY, Work())
    with caplog.at_level(logging.WARNING):
        run_once(train_config(), IDENTITY, Work())
        assert caplog.text == ""
        monkeypatch.setattr(module, "git_commit", lambda: "bbbbbbbbbbbb")
        run_once(train_config(), IDENTITY, Work())
    assert "was made by commit aaaaaaaaaaaa, this is bbbbbbbbbbbb" in caplog.text


def test_a_finished_run_whose_adapter_is_damaged_is_trained_again(train_config, caplog):
    work = Work()
    run = run_once(train_config(), IDENTITY, work)
    weights = run.adapter / "adapter_model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-8])
    with caplog.at_level(logging.WARNING):
        again = run_once(train_config(), IDENTITY, work)
    assert work.count == 2
    assert again.usable
    assert "is trained again: the adapter" in caplog.text
    shutil.rmtree(run.adapter)
    assert run_once(train_config(), IDENTITY, work).usable
    assert work.count == 3


def test_a_run_that_is_deleted_halfway_is_never_taken_for_a_finished_one(train_config, monkeypatch):
    run = run_once(train_config(), IDENTITY, Work())
    whole = shutil.rmtree

    def killed(path, *arguments, **options):
        if Path(path).parent == run.folder.parent:
            raise KeyboardInterrupt
        return whole(path, *arguments, **options)

    monkeypatch.setattr("shutil.rmtree", killed)
    monkeypatch.setattr("tempfile._shutil.rmtree", killed)
    with pytest.raises(KeyboardInterrupt):
        run_once(train_config("rerun=true"), IDENTITY, Work())
    assert not run.folder.exists() or read_run(run.folder).status.state is not State.done


def test_another_thread_waits_for_the_one_that_works(tmp_path, caplog):
    folder, order = tmp_path / "runs" / "x", []

    def second() -> None:
        with locked(folder):
            order.append("second")

    with caplog.at_level(logging.INFO), locked(folder):
        thread = threading.Thread(target=second)
        thread.start()
        time.sleep(0.3)
        order.append("first")
    thread.join(timeout=10)
    assert order == ["first", "second"]
    assert "waiting for another process that works on" in caplog.text


PROCESS = """
import sys, time, json
from pathlib import Path
import logging
from hydra import compose, initialize_config_dir
from oraclecoder.config import TrainConfig
from oraclecoder.settings import CONF, register_schemas, to_config
from oraclecoder.training import run
from oraclecoder.training.run import Outcome, run_once

register_schemas()
with initialize_config_dir(str(CONF), version_base="1.3"):
    config = to_config(compose("train", overrides=[f"output_dir={sys.argv[1]}"]), TrainConfig)
run.check_adapter = lambda folder: None
logging.basicConfig(level=logging.INFO, stream=sys.stdout, format="%(message)s")

def work(folder):
    print("working", flush=True)
    while not Path(sys.argv[2]).exists():
        time.sleep(0.05)
    (folder / "adapter").mkdir()
    return Outcome(0.5, {}, 1)

print(run_once(config, "0123", work).status.attempts)
"""


def test_of_two_processes_on_one_run_one_works_and_the_other_waits_and_uses_it(tmp_path):
    command = [sys.executable, "-c", PROCESS, str(tmp_path), str(tmp_path / "go on")]
    processes = []
    for word in ("working\n", "waiting for another process"):
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2])
        processes.append(process)
        assert process.stdout is not None
        assert process.stdout.readline().startswith(word)
    (tmp_path / "go on").touch()
    first, second = (process.communicate(timeout=60)[0] for process in processes)
    assert first == "1\n"
    assert "is finished already and is used again" in second
    assert "working" not in second
    assert [process.returncode for process in processes] == [0, 0]
    status = json.loads((tmp_path / "runs" / "sql_generation-0123" / "status.json").read_text())
    assert status["attempts"] == 1
