"""What lies in outputs/: runs and sweeps, read back as they were written, wherever they are moved."""

from pathlib import Path

import pytest

from oraclecoder.errors import RunError
from oraclecoder.records import read_json, write_json
from oraclecoder.runs import (
    State,
    Status,
    begin_sweep,
    end_sweep,
    ended_sweeps,
    read_run,
    read_sweep,
    record_job,
    run_folder,
    with_error,
    write_status,
)

JOBS = [["lora.lr_ratio=8"], ["lora.lr_ratio=16"], ["lora.lr_ratio=32"]]


def write_run(output_dir: Path, identity: str, state: State = State.done, **changes) -> Path:
    folder = run_folder(output_dir, "sql_generation", identity)
    (folder / "adapter").mkdir(parents=True)
    write_status(folder, Status(state, identity, "sql_generation", 8.0, **changes))
    return folder


def write_sweep(output_dir: Path, name: str, runs: list[Path], *, ended: bool = True) -> Path:
    folder = output_dir / "sweeps" / name
    begin_sweep(folder, JOBS)
    for number, run in enumerate(runs):
        record_job(folder / str(number), run, number=number)
    if ended:
        end_sweep(folder, JOBS, failures={"lora.lr_ratio=32": "the loss became nan"})
    return folder


def test_a_run_comes_back_as_it_was_written(tmp_path):
    folder = write_run(tmp_path, "a", score=0.5, metrics={"execution_accuracy": 0.5}, steps=4, commit="abc")
    run = read_run(folder)
    assert run.status == Status(
        State.done, "a", "sql_generation", 8.0, score=0.5, metrics={"execution_accuracy": 0.5}, steps=4, commit="abc"
    )
    assert run.usable
    failed = with_error(run.status, ValueError("no"), 1.5)
    assert (failed.state, failed.error, failed.seconds) == (State.failed, "ValueError: no", 1.5)


@pytest.mark.parametrize("state", [State.running, State.failed])
def test_only_a_run_that_is_done_and_has_an_adapter_is_usable(tmp_path, state):
    assert not read_run(write_run(tmp_path, "a", state)).usable
    done = write_run(tmp_path, "b")
    (done / "adapter").rmdir()
    assert not read_run(done).usable


def test_a_sweep_tells_its_runs_in_the_order_of_its_jobs_and_what_failed(tmp_path):
    runs = [write_run(tmp_path, name) for name in ("z", "a", "m")]
    (runs[2] / "status.json").unlink()  # a job that was killed before its run began
    sweep = read_sweep(write_sweep(tmp_path, "2026", runs))
    assert [run.folder.name for run in sweep.runs] == ["sql_generation-z", "sql_generation-a"]
    assert (sweep.state, sweep.num_jobs) == (State.done, 3)
    assert sweep.failures == {"lora.lr_ratio=32": "the loss became nan"}


@pytest.mark.parametrize(
    ("odd", "said"),
    [
        ({"of_the_future": 1}, "unexpected keyword argument 'of_the_future'"),
        ({"state": "paused"}, "'paused' is not a valid State"),
        ({"task": None}, "missing 1 required positional argument: 'task'"),
        ({"state": None}, "'state'"),
    ],
)
def test_a_run_of_another_version_is_refused_and_costs_its_sweep_only_itself(tmp_path, caplog, odd, said):
    runs = [write_run(tmp_path, name) for name in "ab"]
    path = runs[0] / "status.json"
    values = {name: value for name, value in (read_json(path) | odd).items() if value is not None}
    write_json(path, values)
    with pytest.raises(RunError, match="was written by another version") as caught:
        read_run(runs[0])
    assert str(caught.value).startswith(f"{path} was written by another version (")
    assert said in str(caught.value)
    assert str(caught.value).endswith(f"; remove {runs[0]} and train again")
    assert [run.folder for run in read_sweep(write_sweep(tmp_path, "2026", runs)).runs] == runs[1:]
    assert caplog.messages == [f"a run is left out: {caught.value}"]


def test_a_run_whose_status_is_cut_off_costs_its_sweep_only_itself(tmp_path, caplog):
    runs = [write_run(tmp_path, name) for name in "ab"]
    (runs[0] / "status.json").write_text('{"state": ')
    write_sweep(tmp_path, "2026", runs)
    (sweep,) = ended_sweeps(tmp_path)
    assert [run.folder for run in sweep.runs] == runs[1:]
    assert str(runs[0] / "status.json") in caplog.messages[0]


def test_outputs_can_be_moved_as_a_whole(tmp_path):
    write_sweep(tmp_path / "here", "2026", [write_run(tmp_path / "here", "a")])
    (tmp_path / "here").rename(tmp_path / "there")
    (run,) = read_sweep(tmp_path / "there" / "sweeps" / "2026").runs
    assert run.folder == tmp_path / "there" / "runs" / "sql_generation-a"


def test_sweeps_that_have_ended_come_newest_first(tmp_path):
    run = write_run(tmp_path, "a")
    for name, ended in (("2026-01", True), ("2026-03", True), ("2026-02", True), ("2026-04", False)):
        write_sweep(tmp_path, name, [run], ended=ended)
    assert [sweep.folder.name for sweep in ended_sweeps(tmp_path)] == ["2026-03", "2026-02", "2026-01"]
    assert ended_sweeps(tmp_path / "nothing") == []


def test_the_sweep_that_ended_last_comes_first_whatever_it_is_called(tmp_path):
    run = write_run(tmp_path, "a")
    for name, time in (("first_try", "2026-01-01T00:00:00+0000"), ("2027-01-01", "2027-01-01T00:00:00+0000")):
        path = write_sweep(tmp_path, name, [run]) / "sweep.json"
        write_json(path, read_json(path) | {"time": time})
    assert [sweep.folder.name for sweep in ended_sweeps(tmp_path)] == ["2027-01-01", "first_try"]


def test_jobs_may_lie_in_folders_of_any_name(tmp_path):
    folder = write_sweep(tmp_path, "named", [])
    runs = [write_run(tmp_path, name) for name in "ab"]
    record_job(folder / "lora.lr_ratio=8" / "task=b", runs[1], number=1)
    record_job(folder / "z", runs[0], number=0)
    assert [run.folder for run in read_sweep(folder).runs] == runs


def test_what_is_written_may_be_read_by_whom_new_files_may_be(tmp_path):
    (tmp_path / "usual").touch()
    folder = write_run(tmp_path, "a")
    assert (folder / "status.json").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_a_sweep_with_more_than_ten_jobs_keeps_their_order(tmp_path):
    runs = [write_run(tmp_path, f"{number:02}") for number in range(12)]
    found = read_sweep(write_sweep(tmp_path, "2026", runs)).runs
    assert [run.folder for run in found] == runs


def test_folders_that_are_neither_run_nor_sweep_are_refused(tmp_path):
    with pytest.raises(RunError, match=r"is not a run \(no status\.json\); name a folder below outputs/runs"):
        read_run(tmp_path)
    with pytest.raises(RunError, match=r"is not a sweep \(no sweep\.json\); name a folder below outputs/sweeps"):
        read_sweep(tmp_path)
