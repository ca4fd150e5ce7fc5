"""The configuration: every file under conf/ composes, and every mistake is one sentence before anything starts."""

import os
import subprocess
import sys
import weakref
from pathlib import Path

import pytest
from hydra import compose, initialize_config_dir
from omegaconf import OmegaConf

from oraclecoder.config import AskConfig, EvaluateConfig, MergeConfig, PretrainConfig, TrainConfig
from oraclecoder.errors import ConfigError, RunError
from oraclecoder.settings import CONF, clear_frames, command, register_schemas, to_config
from tests.at_once import check_help

ROOT = Path(__file__).parents[1]
SCHEMAS = {
    "train": TrainConfig,
    "merge": MergeConfig,
    "evaluate": EvaluateConfig,
    "ask": AskConfig,
    "pretrain": PretrainConfig,
}
GROUPS = {
    "train": ("model", "task", "lora", "dataset", "training", "answer", "tracking", "limits", "experiment"),
    "merge": ("ensemble",),
    "evaluate": ("metrics",),
    "pretrain": ("stage",),
}
FILES = [
    (command, path.parent.name, path.stem)
    for command, groups in GROUPS.items()
    for group in groups
    for path in sorted((CONF / group).glob("*.yaml"))
]


def composed(command: str, *overrides: str):
    register_schemas()
    with initialize_config_dir(str(CONF), version_base="1.3"):
        return to_config(compose(command, overrides=list(overrides)), SCHEMAS[command])


def run(*words: str) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, "-m", *words], cwd=ROOT, capture_output=True, text=True)


def test_no_file_of_conf_is_forgotten():
    known = {CONF / group / f"{name}.yaml" for _, group, name in FILES} | {CONF / f"{name}.yaml" for name in SCHEMAS}
    assert set(CONF.rglob("*.yaml")) <= known
    assert len(FILES) >= 20


@pytest.mark.parametrize(("command", "group", "name"), FILES)
def test_every_file_of_conf_composes_into_checked_classes(command: str, group: str, name: str):
    extra = ["dataset.root=somewhere"] if group in ("dataset", "experiment") else []
    config = composed(command, f"{group}={name}", *extra)
    assert isinstance(config, SCHEMAS[command])


def test_the_stages_of_the_shipped_nano_go_on_from_each_other():
    config = composed("pretrain", "stage=first").pretrain
    assert (config.num_tokens, config.lr, config.lessons_per_step) == (300_300_000, 4e-3, 48)
    later = [composed("pretrain", f"stage={stage}").pretrain for stage in ("second", "third", "fourth", "fifth")]
    assert [stage.start for stage in later] == [config.folder, *(stage.folder for stage in later[:-1])]
    assert len({config.seed, *(stage.seed for stage in later)}) == 5
    assert composed("pretrain").pretrain.num_tokens == 1_000_000
    assert composed("pretrain", "stage=first", "pretrain.num_tokens=5000").pretrain.num_tokens == 5000


def test_an_error_that_is_kept_holds_nothing_of_what_the_calls_behind_it_had():
    class Model:
        pass

    gone: list[weakref.ref] = []

    def learn() -> None:
        model = Model()
        gone.append(weakref.ref(model))
        raise RuntimeError("out of memory")

    def train() -> None:
        model = Model()
        gone.append(weakref.ref(model))
        try:
            learn()
        except RuntimeError as error:
            raise RunError("lost") from error

    with pytest.raises(RunError, match="lost") as kept:
        train()
    assert [reference() is None for reference in gone] == [False, False]
    clear_frames(kept.value)
    assert [reference() is None for reference in gone] == [True, True]


@pytest.mark.parametrize(
    ("name", "said"), [("train", "interrupted; the same command goes on"), ("merge", "interrupted$")]
)
def test_an_interrupted_command_promises_what_it_holds(monkeypatch, tmp_path, name: str, said: str):
    def interrupted(_) -> None:
        raise KeyboardInterrupt

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", [name, f"output_dir={tmp_path}"])
    with pytest.raises(SystemExit, match=f"^{said}"):
        command(name)(interrupted)()


def test_the_length_of_the_pretraining_is_set_by_name():
    assert composed("pretrain", "pretrain.num_tokens=5000").pretrain.num_tokens == 5000
    with pytest.raises(ConfigError, match=r"pretrain\.num_tokens must be at least 1000, got 5"):
        composed("pretrain", "pretrain.num_tokens=5")


def test_an_experiment_may_set_whatever_train_yaml_sets(tmp_path: Path):
    (tmp_path / "experiment").mkdir()
    (tmp_path / "experiment" / "mine.yaml").write_text("# @package _global_\nseed: 7\noutput_dir: elsewhere\n")
    found = run("oraclecoder.train", "--config-dir", str(tmp_path), "experiment=mine", "--cfg", "job")
    assert "seed: 7\n" in found.stdout
    assert "output_dir: elsewhere\n" in found.stdout


def test_a_large_base_is_trained_with_rates_of_its_own_unless_others_are_named():
    large = composed("train", "model=qwen_coder_7b")
    assert (large.lora.lr, large.training.groups_per_step, large.training.bf16) == (5e-5, 4, True)
    assert composed("train", "model=qwen_coder_7b", "lora=nano").lora.lr == 8e-4
    assert composed("train", "experiment=dts_sql_7b", "model=qwen_coder_7b", "dataset.root=x").lora.r == 64
    assert composed("train").lora.lr == 8e-4


@pytest.mark.parametrize(
    ("override", "words"),
    [
        ("ensemble.rank=8", "rank=8 does nothing with ensemble.gate=true; set ensemble.gate=false or leave it out"),
        ("ensemble.method=ties", "ensemble.method=ties does nothing with ensemble.gate=true"),
        ("ensemble.gate=false ensemble.search=true", "ensemble.search=True does nothing with ensemble.gate=false"),
        ("lora.lr_ratio=0.5", "lora.lr_ratio must be 1 to 1000, got 0.5"),
        ("lora.r=0", "lora.r must be at least 1, got 0"),
        ("lora.variant=pissa", "lora.variant=pissa starts from floating-point weights and cannot start on a nf4 base"),
        ("lora.variant=orthogonal lora.r=7 model.quantization=none", "takes an even lora.r, got 7"),
        ("training.num_threads=0", "training.num_threads must be at least 1 or null, got 0"),
        ("training.warmup_fraction=1", "training.warmup_fraction must be at least 0 and below 1, got 1"),
        ("dataset=spider", "dataset=spider needs its folder; set dataset.root=DIR"),
        ("training.groups_per_batch=3", "training.groups_per_step=1 must be a multiple of training.groups_per_batch=3"),
        ("+lora.lr_ration=3", "there is no setting lora.lr_ration; did you mean lora.lr_ratio?"),
        ("+nonsense=3", "there is no setting nonsense; known are model, task"),
        ("dataset.choose_fraction=0.9", "dataset.choose_fraction must lie between 0 and 0.5, got 0.9"),
    ],
)
def test_a_bad_value_is_refused_where_it_is_born(override: str, words: str):
    with pytest.raises(ConfigError) as caught:
        composed("merge" if override.startswith("ensemble.") else "train", *override.split())
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["lora.lr_ration=3"], "there is no setting lora.lr_ration; did you mean lora.lr_ratio?"),
        (["-m", "lora.lr_ratio=8,0.5,32"], "lora.lr_ratio must be 1 to 1000, got 0.5"),
        (["-m", "lora.lr_ratio=8,16", "+lora.lr_ration=1,2"], "did you mean lora.lr_ratio?"),
        (["-m", "model.quantization=nf4,none", "lora.variant=pissa,plain"], "cannot start on a nf4 base"),
        (["lora.r=abc"], "Value 'abc' of type 'str' could not be converted to Integer"),
        (["model.quantization=nf3"], "expected one of [none, int8, nf4]"),
        (["model.attention=flash_attention_2", "training.route=packed"], "training.route=packed needs a 4-D mask"),
        (["model=nothing"], "Could not find 'model/nothing'"),
    ],
)
def test_a_mistake_on_the_command_line_starts_nothing(arguments: list[str], words: str, tmp_path: Path):
    found = run("oraclecoder.train", *arguments, f"output_dir={tmp_path}")
    assert found.returncode == 1
    assert words in found.stderr
    assert "Traceback" not in found.stderr
    assert not (tmp_path / "runs").exists()


@pytest.mark.parametrize("command", ["train", "merge", "evaluate"])
def test_help_comes_at_once(command: str):
    check_help(["-m", f"oraclecoder.{command}"], cwd=ROOT)


def test_overrides_of_enums_and_numbers_arrive_with_their_types():
    config = composed("train", "lora.lr_ratio=4", "model.quantization=int8", "dataset.train_limit=10")
    assert config.lora.lr_ratio == 4.0
    assert config.model.quantization.value == "int8"
    assert config.dataset.train_limit == 10
    assert OmegaConf.structured(TrainConfig) is not None


def test_torchrun_is_refused_in_one_sentence_before_anything_starts():
    done = subprocess.run(
        [sys.executable, "-m", "oraclecoder.train"], cwd=ROOT, capture_output=True, text=True,
        env=os.environ | {"WORLD_SIZE": "2", "RANK": "1", "LOCAL_RANK": "1"}, timeout=60,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stdout == ""
    (line,) = done.stderr.strip().splitlines()
    assert "WORLD_SIZE=2" in line
    assert "without torchrun" in line
