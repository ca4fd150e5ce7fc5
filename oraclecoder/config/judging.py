"""Limits of queries, flags of metrics, and how a model is asked."""

from dataclasses import dataclass

from oraclecoder.config.checks import require


@dataclass
class LimitsConfig:
    """What one query may use; steps are SQLite virtual-machine instructions."""

    max_steps: int
    max_seconds: float
    max_rows: int
    max_bytes: int
    max_memory: int
    workers: int

    def __post_init__(self) -> None:
        for name in ("max_steps", "max_seconds", "max_rows", "max_bytes", "max_memory", "workers"):
            value = getattr(self, name)
            require(value > 0, f"limits.{name} must be above 0, got {value}")


@dataclass
class MetricsConfig:
    """The official flags, the bootstrap, and how often R-VES is repeated (0: not measured)."""

    plug_value: bool
    keep_distinct: bool
    confidence: float
    num_resamples: int
    ves_repeats: int
    seed: int

    def __post_init__(self) -> None:
        require(0.5 <= self.confidence < 1, f"metrics.confidence must be >= 0.5 and < 1, got {self.confidence}")
        require(self.num_resamples >= 100, f"metrics.num_resamples must be >= 100, got {self.num_resamples}")
        require(self.ves_repeats >= 0, f"metrics.ves_repeats must be at least 0, got {self.ves_repeats}")


@dataclass
class AnswerConfig:
    """How a model is asked: rows decoded and tokens held at once (each prefix once, and every row's own).

    `constrained` keeps answers to names of the schema that is asked over (also to those that a window had no room for),
    and ends a query only where SQLite compiles it.
    A query over predicted links that finds nothing, or whose tokens are on average (their geometric mean) less probable
    than `whole_schema_below`, is written over the whole schema, too, and the one that finds something is taken, of two
    the likelier; 0 never does it.
    `link_values` links the columns of values that a question names and that stand in one table only, too, where the
    linker is told values (`task.max_values`).
    `prefix_cache_bytes` of schemas that were read are kept for the next questions.
    """

    max_rows: int
    max_batch_tokens: int
    constrained: bool
    whole_schema_below: float
    link_values: bool
    prefix_cache_bytes: int

    def __post_init__(self) -> None:
        require(self.max_rows >= 1, f"answer.max_rows must be at least 1, got {self.max_rows}")
        require(self.max_batch_tokens >= 64, f"answer.max_batch_tokens must be >= 64, got {self.max_batch_tokens}")
        require(
            0 <= self.whole_schema_below <= 1,
            f"answer.whole_schema_below must be 0 to 1, got {self.whole_schema_below}",
        )
        require(self.prefix_cache_bytes >= 0, f"answer.prefix_cache_bytes must be >= 0, got {self.prefix_cache_bytes}")
