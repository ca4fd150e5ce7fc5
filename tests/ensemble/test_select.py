"""Which runs become members of an ensemble, what is left out and why, and that an ensemble is there whole or not."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import torch
import yaml
from safetensors.torch import save_file

from oraclecoder.config import (
    MergeConfig,
)
from oraclecoder.dataset import load_dataset
from oraclecoder.ensemble import build
from oraclecoder.ensemble.lowrank import norm
from oraclecoder.ensemble.recipe import member_adapter, panel_of, read_ensemble
from oraclecoder.ensemble.select import candidate_runs, refuse_mismatch, refuse_other_validation, sound
from oraclecoder.ensemble.team import gather
from oraclecoder.errors import ConfigError, RunError
from oraclecoder.merge import by_split, merge
from oraclecoder.model.adapter_files import AdapterIdentity, finish_adapter
from oraclecoder.model.factors import read_factors
from oraclecoder.records import write_json, write_text
from oraclecoder.runs import (
    Run,
    State,
    Status,
    begin_sweep,
    end_sweep,
    newest_ensemble,
    read_run,
    record_job,
    run_folder,
    write_status,
)

LINKING, GENERATION = "schema_linking", "sql_generation"


def write_run(
    output_dir: Path, task: str, name: str, *, score: float = 0.5, state: State = State.done, **identity: str
) -> Run:
    """A run with a small sound adapter."""
    folder = run_folder(output_dir, task, name)
    (folder / "written").mkdir(parents=True)
    chance = torch.Generator().manual_seed(len(name) + int(100 * score))
    module = "base_model.model.layers.0.q_proj"
    tensors = {
        f"{module}.lora_A.weight": torch.randn(2, 6, generator=chance),
        f"{module}.lora_B.weight": torch.randn(4, 2, generator=chance),
    }
    save_file(tensors, folder / "written" / "adapter_model.safetensors")
    settings = {"r": 2, "lora_alpha": 4, "init_lora_weights": True, "peft_type": "LORA"}
    write_json(folder / "written" / "adapter_config.json", settings)
    usual = {"base_name": "tiny", "base_fingerprint": "abc", "task": task, "prompt_version": "1"}
    finish_adapter(folder / "written", folder / "adapter", AdapterIdentity(**usual | identity))
    plain = {"model": {"name": "tiny", "revision": None, "quantization": "nf4"}, "task": {"name": task}, "dataset": {}}
    write_text(folder / "config.yaml", yaml.safe_dump(plain))
    error = "RunError: loss became nan" if state is State.failed else ""
    write_status(folder, Status(state, name, task, 8.0, score=score, error=error))
    return read_run(folder)


def write_sweep(output_dir: Path, name: str, runs: list[Run], *, ended: bool = True) -> None:
    folder = output_dir / "sweeps" / name
    jobs = [[f"job={number}"] for number in range(len(runs))]
    begin_sweep(folder, jobs)
    for number, run in enumerate(runs):
        record_job(folder / str(number), run.folder, number=number)
    failed = {job[0]: run.status.error for job, run in zip(jobs, runs, strict=True) if run.status.error}
    if ended:
        end_sweep(folder, jobs, failures=failed)


def reset(run: Run, group: str, name: str, value: object) -> None:
    """Change one setting that a run says it was made with."""
    settings = yaml.safe_load((run.folder / "config.yaml").read_text())
    settings[group][name] = value
    write_text(run.folder / "config.yaml", yaml.safe_dump(settings))


def names(runs) -> list[str]:
    return [run.folder.name for run in runs]


def test_each_task_takes_the_newest_ended_sweep_that_has_a_usable_run(tmp_path):
    old = [write_run(tmp_path, LINKING, "old"), write_run(tmp_path, GENERATION, "old")]
    new = [write_run(tmp_path, GENERATION, "new"), write_run(tmp_path, GENERATION, "lost", state=State.failed)]
    write_sweep(tmp_path, "1", old)
    write_sweep(tmp_path, "2", new)
    write_sweep(tmp_path, "3", [write_run(tmp_path, LINKING, "failed", state=State.failed)])
    write_sweep(tmp_path, "4", [write_run(tmp_path, GENERATION, "unfinished")], ended=False)
    found = candidate_runs(tmp_path, sweeps=None, runs=None)
    assert names(found[LINKING]) == ["schema_linking-old"]
    assert names(found[GENERATION]) == ["sql_generation-new", "sql_generation-lost"]


def test_sweeps_and_runs_can_be_named(tmp_path):
    runs = [write_run(tmp_path, GENERATION, name) for name in "abc"]
    write_sweep(tmp_path, "1", runs[:2], ended=False)
    found = candidate_runs(tmp_path, sweeps=[str(tmp_path / "sweeps" / "1")], runs=None)
    assert names(found[GENERATION]) == ["sql_generation-a", "sql_generation-b"]
    found = candidate_runs(tmp_path, sweeps=None, runs=[str(run.folder) for run in runs[1:]])
    assert names(found[GENERATION]) == ["sql_generation-b", "sql_generation-c"]


def test_a_run_that_is_named_twice_or_stands_in_two_sweeps_is_one_member(tmp_path, monkeypatch):
    runs = [write_run(tmp_path, GENERATION, name) for name in "ab"]
    for sweep, own in {"1": runs, "2": runs[:1]}.items():
        write_sweep(tmp_path, sweep, own)
    found = candidate_runs(tmp_path, sweeps=[str(tmp_path / "sweeps" / name) for name in "12"], runs=None)
    assert names(found[GENERATION]) == ["sql_generation-a", "sql_generation-b"]
    monkeypatch.chdir(tmp_path)
    twice = [str(runs[0].folder), f"runs/{runs[0].folder.name}", str(runs[1].folder)]
    found = candidate_runs(tmp_path, sweeps=None, runs=twice)
    assert names(found[GENERATION]) == ["sql_generation-a", "sql_generation-b"]


def test_members_that_were_kept_from_other_questions_do_not_merge(tmp_path, conf):
    runs = [write_run(tmp_path, GENERATION, name) for name in "abc"]
    for run, questions in zip(runs, ("some", "some", "others"), strict=True):
        write_status(run.folder, replace(run.status, validation=questions))
    runs = [read_run(run.folder) for run in runs]
    refuse_mismatch(runs[:2])
    with pytest.raises(RunError, match="sql_generation-c and sql_generation-a split their data differently"):
        refuse_mismatch(runs)
    dataset = load_dataset(conf.train("dataset=demo").dataset)
    with pytest.raises(RunError, match="sql_generation-a was kept from other validation questions than the data set"):
        refuse_other_validation(runs, dataset)
    write_status(runs[0].folder, replace(runs[0].status, validation=dataset.validation))
    refuse_other_validation([read_run(runs[0].folder)], dataset)


def test_an_ensemble_whose_member_was_trained_again_is_refused(tmp_path, conf):
    runs = [write_run(tmp_path, GENERATION, name, score=score) for name, score in (("a", 0.5), ("bb", 0.7))]
    write_sweep(tmp_path, "1", runs)
    folder = merge(conf.merge(tmp_path, "ensemble.gate=false"))
    recipe = read_ensemble(folder)[GENERATION]
    place = folder / GENERATION
    assert [member_adapter(recipe, number, place).resolve() for number in (0, 1)] == [
        run.adapter.resolve() for run in (runs[1], runs[0])
    ]
    write_run(tmp_path / "again", GENERATION, "bb", score=0.2)
    shutil.rmtree(runs[1].adapter)
    shutil.copytree(run_folder(tmp_path / "again", GENERATION, "bb") / "adapter", runs[1].adapter)
    assert member_adapter(recipe, 1, place).resolve() == runs[0].adapter.resolve()
    with pytest.raises(RunError, match=r"was trained again since .*recipe.json was written; build the ensemble again"):
        member_adapter(recipe, 0, place)
    together = replace(recipe, served=replace(recipe.served, kind="committee", adapters=[recipe.members[0].adapter]))
    with pytest.raises(RunError, match="was trained again since"):
        panel_of(together, place)


def test_one_run_that_is_scaled_is_served_scaled(tmp_path, conf):
    run = write_run(tmp_path, GENERATION, "a")
    plain, half = (
        merge(conf.merge(tmp_path, "ensemble.gate=false", f"runs=[{run.folder}]", f"ensemble.scale={scale}"))
        for scale in (1, 0.5)
    )
    served = {folder: read_ensemble(folder)[GENERATION].served.kind for folder in (plain, half)}
    assert (served[plain], served[half]) == ("single", "merged")
    whole, scaled = (read_factors(folder / GENERATION / "adapter") for folder in (plain, half))
    assert norm(scaled) == pytest.approx(0.5 * norm(whole), rel=1e-6)


def test_sweeps_and_runs_are_not_named_together(tmp_path, conf):
    with pytest.raises(ConfigError, match="sweeps= and runs= exclude each other; give one"):
        conf.merge(tmp_path, "sweeps=[a]", "runs=[b]")


def test_tasks_are_judged_as_a_pair_unless_their_validation_differs_which_is_said(tmp_path, conf, capsys):
    runs = {task: write_run(tmp_path, task, "a") for task in (LINKING, GENERATION)}

    def judged() -> list[list[str]]:
        return [list(group) for group in by_split({task: gather([run], ensemble) for task, run in runs.items()})]

    ensemble = conf.merge(tmp_path).ensemble
    for name, value in {"root": "/moved", "limit": 5, "split": "dev", "questions": "a/b", "train_limit": 9}.items():
        reset(runs[GENERATION], "dataset", name, value)
    assert judged() == [[LINKING, GENERATION]]
    assert capsys.readouterr().out == ""
    reset(runs[GENERATION], "dataset", "seed", 1)
    assert judged() == [[LINKING], [GENERATION]]
    assert capsys.readouterr().out == (
        "schema_linking and sql_generation are judged apart, as their runs differ in dataset.seed; train them alike\n"
    )


def test_when_nothing_can_be_chosen_the_reasons_are_told(tmp_path):
    def said(**options) -> str:
        with pytest.raises(RunError) as caught:
            candidate_runs(tmp_path, **{"sweeps": None, "runs": None} | options)
        assert "\n" not in str(caught.value)
        return str(caught.value)

    assert said() == (
        f"there is no finished run in {tmp_path}/sweeps; train first, with `python -m oraclecoder.train -m ...`"
    )
    lost = write_run(tmp_path, GENERATION, "lost", state=State.failed)
    write_sweep(tmp_path, "1", [lost])
    assert f"in {tmp_path}/sweeps (job=0: RunError: loss became nan); train first" in said()
    assert f"in {lost.folder} (sql_generation-lost: RunError: loss became nan)" in said(runs=[str(lost.folder)])
    unfinished = write_run(tmp_path, GENERATION, "unfinished", state=State.running)
    assert "(sql_generation-unfinished: running)" in said(runs=[str(unfinished.folder)])


def test_sound_runs_come_best_first_and_the_others_with_their_reason(tmp_path):
    runs = [write_run(tmp_path, GENERATION, name, score=score) for name, score in (("a", 0.2), ("b", 0.9), ("c", 0.5))]
    lost = write_run(tmp_path, GENERATION, "lost", state=State.failed)
    cut = write_run(tmp_path, GENERATION, "cut")
    weights = cut.adapter / "adapter_model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-4])
    usable, refused = sound([*runs, lost, cut])
    assert names(usable) == ["sql_generation-b", "sql_generation-c", "sql_generation-a"]
    assert refused["sql_generation-lost"] == "failed: RunError: loss became nan"
    assert "is truncated or damaged" in refused["sql_generation-cut"]


@pytest.mark.parametrize("name", ["base_fingerprint", "prompt_version"])
def test_members_that_do_not_fit_together_are_refused_by_name(tmp_path, name):
    first, other = write_run(tmp_path, GENERATION, "a"), write_run(tmp_path, GENERATION, "b", **{name: "other"})
    with pytest.raises(RunError, match=rf"sql_generation-b has {name} other, sql_generation-a has .*; merge runs that"):
        refuse_mismatch([first, other])


def test_members_that_split_their_data_otherwise_are_refused_but_another_fold_is_not(tmp_path):
    first, other = write_run(tmp_path, GENERATION, "a"), write_run(tmp_path, GENERATION, "b")
    reset(other, "dataset", "fold", "1/3")
    assert refuse_mismatch([first, other]).task == GENERATION
    reset(other, "dataset", "seed", 1)
    with pytest.raises(RunError, match="split their data differently"):
        refuse_mismatch([first, other])


def test_members_of_other_prompts_are_refused_but_another_place_of_the_base_is_not(tmp_path):
    first, other = write_run(tmp_path, GENERATION, "a"), write_run(tmp_path, GENERATION, "b")
    reset(other, "model", "name", "/moved/elsewhere")
    assert refuse_mismatch([first, other]).task == GENERATION
    reset(other, "model", "quantization", "none")
    with pytest.raises(RunError, match="were trained with different model or task settings"):
        refuse_mismatch([first, other])


@pytest.fixture
def merge_config(tmp_path, conf) -> MergeConfig:
    runs = [
        write_run(tmp_path, task, name, score=0.1 * len(name)) for task in (LINKING, GENERATION) for name in ("a", "bb")
    ]
    write_sweep(tmp_path, "1", runs)
    return conf.merge(tmp_path, "ensemble.gate=false")


def test_an_ensemble_holds_a_recipe_an_adapter_and_its_lineage_per_task(merge_config, tmp_path):
    folder = merge(merge_config)
    assert folder.parent == tmp_path / "ensembles"
    recipes = read_ensemble(folder)
    assert recipes.keys() == {LINKING, GENERATION}
    recipe = recipes[GENERATION]
    assert [member.run for member in recipe.members] == ["sql_generation-bb", "sql_generation-a"]
    assert recipe.delta_error < 1e-5
    assert recipe.rank == 4
    assert sorted(path.name for path in (folder / GENERATION).iterdir()) == ["adapter", "lineage.json", "recipe.json"]
    assert newest_ensemble(tmp_path) == folder
    assert merge(merge_config) != folder  # in the same second


@pytest.mark.parametrize("error", [RunError("the second task cannot be merged"), KeyboardInterrupt()])
def test_an_ensemble_of_half_its_tasks_is_never_seen(merge_config, tmp_path, monkeypatch, error):
    whole = build.build_task

    def fail_at_the_second(team, outcome, folder, **options):
        if folder.name == GENERATION:
            raise error
        return whole(team, outcome, folder, **options)

    monkeypatch.setattr(build, "build_task", fail_at_the_second)
    with pytest.raises(type(error)):
        merge(merge_config)
    assert not list((tmp_path / "ensembles").iterdir())
    with pytest.raises(RunError, match="build one with `make ensemble`"):
        newest_ensemble(tmp_path)
