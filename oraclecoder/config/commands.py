"""The configuration of each command."""

from dataclasses import dataclass

from oraclecoder.config.checks import require
from oraclecoder.config.dataset import DatasetConfig
from oraclecoder.config.ensemble import EnsembleConfig, System
from oraclecoder.config.judging import AnswerConfig, LimitsConfig, MetricsConfig
from oraclecoder.config.lora import LoraConfig, LoraVariant
from oraclecoder.config.model import Attention, ModelConfig, Quantization
from oraclecoder.config.pretraining import PretrainingConfig
from oraclecoder.config.task import TaskConfig
from oraclecoder.config.tracking import TrackingConfig
from oraclecoder.config.training import Route, TrainingConfig
from oraclecoder.errors import ConfigError


@dataclass
class TrainConfig:
    """`python -m oraclecoder.train`: one adapter, or with -m a sweep of them."""

    model: ModelConfig
    task: TaskConfig
    lora: LoraConfig
    dataset: DatasetConfig
    training: TrainingConfig
    answer: AnswerConfig
    tracking: TrackingConfig
    limits: LimitsConfig
    output_dir: str
    seed: int
    rerun: bool

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass
class MergeConfig:
    """`python -m oraclecoder.merge`: the newest ended sweep per task, or the `sweeps` and `runs` that are named."""

    ensemble: EnsembleConfig
    tracking: TrackingConfig
    sweeps: list[str] | None
    runs: list[str] | None
    output_dir: str

    def __post_init__(self) -> None:
        require(not (self.sweeps and self.runs), "sweeps= and runs= exclude each other; give one")


@dataclass
class EvaluateConfig:
    """`python -m oraclecoder.evaluate`: an ensemble, a predictions file, or two verdict files against each other."""

    dataset: DatasetConfig
    metrics: MetricsConfig
    limits: LimitsConfig
    answer: AnswerConfig
    ensemble_dir: str | None
    base: str | None
    systems: list[System]
    show: int
    jobs: int
    predictions: str | None
    compare: list[str] | None
    self_check: bool
    results_dir: str
    output_dir: str | None

    def __post_init__(self) -> None:
        asked = [bool(self.ensemble_dir), bool(self.predictions), bool(self.compare), self.self_check]
        require(
            sum(asked) <= 1, "ensemble_dir=, predictions=, compare= and self_check=true exclude each other; give one"
        )
        require(
            self.compare is None or len(self.compare) == 2,
            f"compare takes two verdict files, compare=[A,B], got {len(self.compare or [])}",
        )
        require(bool(self.systems), "systems is empty; name some of base, members, best, ensemble")
        require(self.show >= 0, f"show must be at least 0, got {self.show}")
        require(self.jobs >= 1, f"jobs must be at least 1, got {self.jobs}")


@dataclass
class AskConfig:
    """`python -m oraclecoder.ask`: questions of one's own about the SQLite file `database`."""

    limits: LimitsConfig
    answer: AnswerConfig
    database: str
    ensemble_dir: str | None
    base: str | None
    results_dir: str

    def __post_init__(self) -> None:
        require(bool(self.database), "there is no database to ask about; set database=FILE, a SQLite file")


FLOATS_NEEDED = (LoraVariant.pissa, LoraVariant.orthogonal)
"""Starts for which PEFT computes with the base's weights, or takes their data type."""


def refuse_impossible(config: TrainConfig) -> None:
    """Refuse combinations that fail or silently do nothing (measured with peft 0.21 and bitsandbytes 0.50)."""
    model, lora, training = config.model, config.lora, config.training
    if model.quantization is not Quantization.none and lora.variant in FLOATS_NEEDED:
        raise ConfigError(
            f"lora.variant={lora.variant.value} starts from floating-point weights and cannot start on a "
            f"{model.quantization.value} base; set model.quantization=none or lora.variant=plain"
        )
    if training.route is Route.packed:
        require(
            model.attention is not Attention.flash_attention_2,
            "training.route=packed needs a 4-D mask, which flash_attention_2 cannot take; set model.attention=sdpa",
        )


@dataclass
class PretrainConfig:
    """`python -m oraclecoder.pretrain`: everything is in the section `pretrain`."""

    pretrain: PretrainingConfig
