"""Members, weights and method of an ensemble, and what is evaluated beside it."""

from dataclasses import dataclass
from enum import Enum

from oraclecoder.config.checks import require


class MergeMethod(Enum):
    """How members become one adapter (one row per function in ensemble/methods.py)."""

    average = "average"
    ties = "ties"
    dare = "dare"


class MemberWeights(Enum):
    """How members are weighted."""

    uniform = "uniform"
    softmax = "softmax"


@dataclass
class EnsembleConfig:
    """Which members, which weights, which method; `rank` null keeps the summed rank, which is exact."""

    method: MergeMethod
    weights: MemberWeights
    temperature: float
    top_k: int
    rank: int | None
    scale: float

    def __post_init__(self) -> None:
        require(self.top_k >= 1, f"ensemble.top_k must be at least 1, got {self.top_k}")
        require(self.rank is None or self.rank >= 1, f"ensemble.rank must be at least 1 or null, got {self.rank}")
        require(self.temperature > 0, f"ensemble.temperature must be above 0, got {self.temperature}")
        require(self.scale > 0, f"ensemble.scale must be above 0, got {self.scale}")


class System(Enum):
    """What is evaluated side by side: the base alone, every member, the best member, the ensemble."""

    base = "base"
    members = "members"
    best = "best"
    ensemble = "ensemble"
