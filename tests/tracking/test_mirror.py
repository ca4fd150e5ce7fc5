"""W&B offline, as the real client writes it: without a key, without a network, without a trace outside the run."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from oraclecoder.config import Tracker, TrackingConfig, WandbMode
from oraclecoder.tracking.mirror import mirror

ROOT = Path(__file__).parents[2]
JOBS = """
import sys
from pathlib import Path
from oraclecoder.config import Tracker, TrackingConfig, WandbMode
from oraclecoder.tracking.mirror import mirror

config = TrackingConfig(Tracker.wandb, WandbMode.offline, "oraclecoder", None)
for name in ("one", "two", "lost"):
    folder = Path(sys.argv[1]) / name
    (folder / "adapter").mkdir(parents=True)
    (folder / "adapter" / "weights").write_bytes(bytes(1_000_000))
    settings = {"lora": {"lr_ratio": 8.0}, "name": name}
    inputs = ["adapter-sql_generation:trunk"] if name == "two" else []
    try:
        with mirror(
            config, folder, job_type="train", name=name, group="sweep-1", settings=settings, inputs=inputs
        ) as copy:
            for step in (1, 2, 3):
                copy.log({"step": step, "loss": 3.0 / step, "time": 12.5})
            if name == "lost":
                raise RuntimeError("the loss is lost")
            copy.summarize({"score": 0.75})
            copy.log_folder(
                folder / "adapter", name="adapter-sql_generation", alias=name, kind="lora-adapter",
                metadata={"score": 0.75, "base": "abc"},
            )
    except RuntimeError as error:
        print(error)
"""


def environment(home: Path, **changes: str) -> dict[str, str]:
    """No key, no network, and a home that nobody has used."""
    home.mkdir(exist_ok=True)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("WANDB_", "XDG_"))}
    nowhere = "http://127.0.0.1:9"
    return kept | {"HOME": str(home), "HTTPS_PROXY": nowhere, "HTTP_PROXY": nowhere, "PYTHONPATH": str(ROOT)} | changes


@pytest.fixture(scope="module")
def jobs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three jobs of one process, the last of which crashes; the process has WANDB_RUN_ID and WANDB_NAME set."""
    folder = tmp_path_factory.mktemp("jobs")
    traps = {"WANDB_RUN_ID": "same-for-all", "WANDB_NAME": "same", "WANDB_DATA_DIR": str(folder / "elsewhere")}
    done = subprocess.run(
        [sys.executable, "-c", JOBS, str(folder / "runs")],
        env=environment(folder / "home", **traps),
        cwd=folder,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == "the loss is lost\n"
    assert "Traceback" not in done.stderr
    return folder


def inspect(run: Path, *options: str) -> str:
    """What W&B itself reads from an offline run."""
    command = [str(Path(sys.executable).with_name("wandb")), "leet", "inspect", "--json", *options]
    (folder,) = (run / "wandb").glob("offline-run-*")
    done = subprocess.run(
        [*command, str(folder)], capture_output=True, text=True, env=environment(run.parents[1] / "home")
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def records(run: Path, kind: str) -> list[dict]:
    lines = [json.loads(line) for line in inspect(run).splitlines()]
    return [line[kind] for line in lines if line["type"] == kind]


def test_two_jobs_of_one_process_are_two_runs_of_one_group(jobs):
    found = [records(jobs / "runs" / name, "run")[0] for name in ("one", "two")]
    assert [run["display_name"] for run in found] == ["one", "two"]
    assert found[0]["run_id"] != found[1]["run_id"]
    assert {run["run_group"] for run in found} == {"sweep-1"}
    assert {run["job_type"] for run in found} == {"train"}


def test_a_run_holds_configuration_metrics_and_final_numbers(jobs):
    summary = json.loads(inspect(jobs / "runs" / "one", "--summary"))
    assert summary["config"] == {"lora": {"lr_ratio": 8}, "name": "one"}
    assert summary["summary"]["score"] == 0.75
    assert summary["summary"]["loss"] == 1.0
    assert summary["state"] == "finished"
    assert summary["exit_code"] == 0
    history = records(jobs / "runs" / "one", "history")
    assert [line["step"]["num"] for line in history] == [1, 2, 3]
    assert [line["item"]["loss"] for line in history] == [3.0, 1.5, 1.0]
    assert "time" not in history[0]["item"]


def test_a_crash_marks_the_run_as_failed_and_keeps_its_metrics(jobs):
    summary = json.loads(inspect(jobs / "runs" / "lost", "--summary"))
    assert summary["exit_code"] == 1
    assert summary["state"] in ("failed", "crashed")
    assert len(records(jobs / "runs" / "lost", "history")) == 3


def test_the_adapter_is_an_artifact_with_metadata_and_the_name_of_its_run(jobs):
    (artifact,) = records(jobs / "runs" / "two", "artifact")
    assert artifact["name"] == "adapter-sql_generation"
    assert artifact["type"] == "lora-adapter"
    assert sorted(artifact["aliases"]) == ["latest", "two"]
    metadata = artifact["metadata"]
    assert (json.loads(metadata) if isinstance(metadata, str) else metadata) == {"score": 0.75, "base": "abc"}
    assert records(jobs / "runs" / "lost", "artifact") == []


def test_nothing_is_written_outside_the_folders_of_the_runs(jobs):
    assert [path for path in (jobs / "home").rglob("*") if path.is_file()] == []
    assert sorted(path.name for path in jobs.iterdir()) == ["home", "runs"]
    copies = [path for path in (jobs / "runs").rglob("*") if path.is_file() and path.stat().st_size >= 1_000_000]
    assert sorted(path.parent.name for path in copies) == ["adapter"] * 3  # not copied, but read where they lie


def test_lineage_holds_what_offline_runs_cannot(jobs):
    lineage = json.loads((jobs / "runs" / "two" / "lineage.json").read_text())
    assert lineage["run"] == records(jobs / "runs" / "two", "run")[0]["run_id"]
    assert lineage["inputs"] == ["adapter-sql_generation:trunk"]
    folder = str((jobs / "runs" / "two" / "adapter").resolve())
    assert lineage["outputs"] == [{"artifact": "adapter-sql_generation:two", "type": "lora-adapter", "folder": folder}]
    assert lineage["project"] == "oraclecoder"
    assert lineage["replayed"] is False
    assert json.loads((jobs / "runs" / "lost" / "lineage.json").read_text())["outputs"] == []


def test_without_tracking_the_same_file_is_written_and_wandb_is_not_even_imported(tmp_path):
    config = TrackingConfig(Tracker.none, WandbMode.offline, "oraclecoder", None)
    (tmp_path / "adapter").mkdir()
    before = dict(os.environ)
    with mirror(config, tmp_path, job_type="train", name="x", group="g", settings={}, inputs=["a:b"]) as copy:
        copy.log({"step": 1, "loss": 2.0})
        copy.summarize({"score": 1.0})
        copy.log_folder(tmp_path / "adapter", name="adapter-x", alias="x", kind="lora-adapter", metadata={})
    assert dict(os.environ) == before
    lineage = json.loads((tmp_path / "lineage.json").read_text())
    assert lineage["run"] is None
    assert lineage["inputs"] == ["a:b"]
    assert lineage["outputs"][0]["artifact"] == "adapter-x:x"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["adapter", "lineage.json"]


def test_online_without_an_account_is_one_sentence(tmp_path):
    code = JOBS.replace("WandbMode.offline", "WandbMode.online").replace("except RuntimeError", "except Exception")
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "runs")],
        env=environment(tmp_path / "home"),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    first = done.stdout.splitlines()[0]
    assert first.startswith("tracking.mode=online does not work (")
    assert first.endswith("run `wandb login`, or set tracking.mode=offline or tracking=none")
