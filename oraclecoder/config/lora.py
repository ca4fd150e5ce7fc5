"""LoRA+ and the trunk."""

from dataclasses import dataclass
from enum import Enum

from oraclecoder.config.checks import require
from oraclecoder.config.training import Schedule


class LoraVariant(Enum):
    """Plain LoRA, rank-stabilised scaling, weight-decomposed (DoRA), or other starts of A and B."""

    plain = "plain"
    rslora = "rslora"
    dora = "dora"
    olora = "olora"
    pissa = "pissa"
    orthogonal = "orthogonal"


@dataclass
class TrunkConfig:
    """The run that the members of a sweep branch from: `fraction` of all optimizer steps, at its own `lr_ratio`
    and, if one is given, `schedule`.

    0 gives independent members. A trunk of
    `constant` schedule leaves the way down to its branches (warm-up, stable, decay: arXiv 2404.06395).
    """

    fraction: float
    lr_ratio: float
    schedule: Schedule | None

    def __post_init__(self) -> None:
        require(0 <= self.fraction < 1, f"lora.trunk.fraction must be at least 0 and below 1, got {self.fraction}")
        require(1 <= self.lr_ratio <= 1000, f"lora.trunk.lr_ratio must be 1 to 1000, got {self.lr_ratio}")


@dataclass
class LoraConfig:
    """LoRA+ (arXiv 2402.12354): A learns at `lr`, B at `lr * lr_ratio`, adapted embeddings at `embedding_lr`."""

    r: int
    alpha: int
    dropout: float
    target_modules: list[str]
    lr: float
    lr_ratio: float
    embedding_lr: float
    weight_decay: float
    variant: LoraVariant
    trunk: TrunkConfig

    def __post_init__(self) -> None:
        require(self.r >= 1, f"lora.r must be at least 1, got {self.r}")
        require(self.alpha >= 1, f"lora.alpha must be at least 1, got {self.alpha}")
        require(0 <= self.dropout < 1, f"lora.dropout must be at least 0 and below 1, got {self.dropout}")
        require(bool(self.target_modules), "lora.target_modules is empty; name modules, or [all-linear]")
        require(
            self.target_modules == ["all-linear"] or "all-linear" not in self.target_modules,
            f"lora.target_modules={self.target_modules} names all-linear beside others; give it alone, or name modules",
        )
        require(0 < self.lr < 1, f"lora.lr must lie between 0 and 1, got {self.lr}")
        require(1 <= self.lr_ratio <= 1000, f"lora.lr_ratio must be 1 to 1000, got {self.lr_ratio}")
        require(0 < self.embedding_lr < 1, f"lora.embedding_lr must lie between 0 and 1, got {self.embedding_lr}")
        require(0 <= self.weight_decay < 1, f"lora.weight_decay must be >= 0 and < 1, got {self.weight_decay}")
        require(
            self.variant is not LoraVariant.orthogonal or self.r % 2 == 0,
            f"lora.variant=orthogonal takes an even lora.r, got {self.r}",
        )
