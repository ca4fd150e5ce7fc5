"""One training run."""

from dataclasses import dataclass
from enum import Enum

from oraclecoder.config.checks import require


class Optimizer(Enum):
    """AdamW of torch, or of bitsandbytes in 8 bits or paged."""

    adamw = "adamw"
    adamw_8bit = "adamw_8bit"
    paged_adamw = "paged_adamw"
    paged_adamw_8bit = "paged_adamw_8bit"


class Schedule(Enum):
    """Learning-rate schedule after warm-up."""

    cosine = "cosine"
    linear = "linear"
    constant = "constant_with_warmup"


class Route(Enum):
    """How a group of questions over one schema is computed; auto picks the fastest that is exact."""

    auto = "auto"
    prefix = "prefix"
    packed = "packed"
    padded = "padded"


@dataclass
class TrainingConfig:
    """One run of transformers.Trainer. `group_size` questions of one schema make an item, fewer where they
    would take more than `max_group_tokens`, the schema counted once, or for each by the padded route; a step takes
    `groups_per_step` items over all processes, `groups_per_batch` of them at a time (the rest by accumulation).
    `keep_adapters` leaves the adapter of every evaluation in kept/STEP, for averages over one run."""

    epochs: float
    max_steps: int | None
    group_size: int
    max_group_tokens: int | None
    groups_per_batch: int
    groups_per_step: int
    warmup_fraction: float
    schedule: Schedule
    max_grad_norm: float
    neftune_alpha: float | None
    gradient_checkpointing: bool
    optimizer: Optimizer
    bf16: bool
    evaluations: int
    keep_adapters: bool
    patience: int | None
    route: Route
    num_threads: int | None

    def __post_init__(self) -> None:
        require(self.epochs > 0, f"training.epochs must be above 0, got {self.epochs}")
        require(self.max_steps is None or self.max_steps >= 1, f"training.max_steps must be >= 1, got {self.max_steps}")
        require(self.group_size >= 1, f"training.group_size must be at least 1, got {self.group_size}")
        require(
            self.max_group_tokens is None or self.max_group_tokens >= 64,
            f"training.max_group_tokens must be at least 64 or null, got {self.max_group_tokens}",
        )
        require(self.groups_per_batch >= 1, f"training.groups_per_batch must be >= 1, got {self.groups_per_batch}")
        require(
            self.groups_per_step >= 1 and self.groups_per_step % self.groups_per_batch == 0,
            f"training.groups_per_step={self.groups_per_step} must be a multiple of "
            f"training.groups_per_batch={self.groups_per_batch}",
        )
        share = self.warmup_fraction
        require(0 <= share < 1, f"training.warmup_fraction must be at least 0 and below 1, got {share}")
        require(self.max_grad_norm > 0, f"training.max_grad_norm must be above 0, got {self.max_grad_norm}")
        require(
            self.neftune_alpha is None or self.neftune_alpha > 0,
            f"training.neftune_alpha must be above 0 or null, got {self.neftune_alpha}",
        )
        require(self.evaluations >= 1, f"training.evaluations must be at least 1, got {self.evaluations}")
        for name in ("patience", "num_threads"):
            given = getattr(self, name)
            require(given is None or given >= 1, f"training.{name} must be at least 1 or null, got {given}")
        require(
            not (self.route is Route.prefix and self.gradient_checkpointing),
            "training.route=prefix keeps a cache that gradient checkpointing throws away; set training.route=packed",
        )
