"""The configuration as dataclasses that mirror conf/ and check themselves; every value lives in conf/."""

from oraclecoder.config.checks import from_plain, require, to_plain
from oraclecoder.config.commands import (
    AskConfig,
    EvaluateConfig,
    MergeConfig,
    PretrainConfig,
    TrainConfig,
    refuse_impossible,
)
from oraclecoder.config.dataset import DatasetConfig, DatasetName, SplitBy
from oraclecoder.config.ensemble import EnsembleConfig, EnsembleKind, MemberWeights, MergeMethod, System, Vote
from oraclecoder.config.judging import AnswerConfig, LimitsConfig, MetricsConfig
from oraclecoder.config.lora import LoraConfig, LoraVariant, TrunkConfig
from oraclecoder.config.model import Attention, DType, ModelConfig, PromptFormat, Quantization
from oraclecoder.config.pretraining import PretrainingConfig
from oraclecoder.config.task import SchemaStyle, TaskConfig, TaskName
from oraclecoder.config.tracking import Tracker, TrackingConfig, WandbMode
from oraclecoder.config.training import Optimizer, Route, Schedule, TrainingConfig

__all__ = [
    "AnswerConfig",
    "AskConfig",
    "Attention",
    "DType",
    "DatasetConfig",
    "DatasetName",
    "EnsembleConfig",
    "EnsembleKind",
    "EvaluateConfig",
    "LimitsConfig",
    "LoraConfig",
    "LoraVariant",
    "MemberWeights",
    "MergeConfig",
    "MergeMethod",
    "MetricsConfig",
    "ModelConfig",
    "Optimizer",
    "PretrainConfig",
    "PretrainingConfig",
    "PromptFormat",
    "Quantization",
    "Route",
    "Schedule",
    "SchemaStyle",
    "SplitBy",
    "System",
    "TaskConfig",
    "TaskName",
    "Tracker",
    "TrackingConfig",
    "TrainConfig",
    "TrainingConfig",
    "TrunkConfig",
    "Vote",
    "WandbMode",
    "from_plain",
    "refuse_impossible",
    "require",
    "to_plain",
]
