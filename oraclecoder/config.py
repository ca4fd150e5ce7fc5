"""The configuration as dataclasses that mirror conf/ and check themselves; every value lives in conf/."""

from dataclasses import asdict, dataclass, is_dataclass
from enum import Enum
from typing import Any, TypeVar, get_type_hints

from oraclecoder.errors import ConfigError


def require(condition: bool, message: str) -> None:
    """Raise ConfigError with this sentence unless the condition holds."""
    if not condition:
        raise ConfigError(message)


def to_plain(value: Any) -> Any:
    """Configuration as dictionaries, lists and plain values, for YAML, JSON and hashing."""
    if is_dataclass(value) and not isinstance(value, type):
        return to_plain(asdict(value))
    if isinstance(value, dict):
        return {key: to_plain(child) for key, child in value.items()}
    if isinstance(value, list | tuple):
        return [to_plain(child) for child in value]
    return value.value if isinstance(value, Enum) else value


Section = TypeVar("Section")


def from_plain(schema: type[Section], values: dict[str, Any]) -> Section:
    """A section of the configuration from what `to_plain` made of it.

    Raises:
        ConfigError: if a key is missing or unknown, as when another version wrote it.
    """
    types = get_type_hints(schema)
    if types.keys() != values.keys():
        odd = sorted(types.keys() ^ values.keys())
        raise ConfigError(f"{schema.__name__} was written by another version, {odd[0]} differs; train again")
    chosen = {
        name: types[name](value) if isinstance(types[name], type) and issubclass(types[name], Enum) else value
        for name, value in values.items()
    }
    return schema(**chosen)


class PromptFormat(Enum):
    """plain text, or the chat template of the tokenizer."""

    plain = "plain"
    chat = "chat"


class Quantization(Enum):
    """How the frozen base is stored: as it is, 8-bit, or 4-bit NormalFloat with double quantisation."""

    none = "none"
    int8 = "int8"
    nf4 = "nf4"


class DType(Enum):
    """Number format of computation."""

    float32 = "float32"
    bfloat16 = "bfloat16"
    float16 = "float16"


class Attention(Enum):
    """Attention implementation of transformers."""

    sdpa = "sdpa"
    eager = "eager"
    flash_attention_2 = "flash_attention_2"


@dataclass
class ModelConfig:
    """The base: `name` is "nano" (shipped), a folder, or a hub id. `max_length` is the window in tokens."""

    name: str
    revision: str | None
    prompt_format: PromptFormat
    quantization: Quantization
    compute_dtype: DType
    attention: Attention
    max_length: int
    trust_remote_code: bool

    def __post_init__(self) -> None:
        require(bool(self.name), "model.name is empty; give a folder, a hub id or nano")
        require(self.max_length >= 64, f"model.max_length must be at least 64 tokens, got {self.max_length}")
        require(
            not (self.compute_dtype is DType.float16 and self.quantization is Quantization.none),
            "model.compute_dtype=float16 overflows in training without quantization; take bfloat16 or float32",
        )


class TaskName(Enum):
    """The two stages."""

    schema_linking = "schema_linking"
    sql_generation = "sql_generation"


class SchemaStyle(Enum):
    """How the schema is written: CREATE TABLE with keys and sample rows, M-Schema, or one line per table."""

    ddl = "ddl"
    m_schema = "m_schema"
    compact = "compact"


@dataclass
class TaskConfig:
    """One of the two tasks and how its prompts are written."""

    name: TaskName
    schema_style: SchemaStyle
    num_sample_rows: int
    max_noise_tables: int
    cut_columns: bool
    max_new_tokens: int

    def __post_init__(self) -> None:
        require(0 <= self.num_sample_rows <= 20, f"task.num_sample_rows must be 0 to 20, got {self.num_sample_rows}")
        require(0 <= self.max_noise_tables <= 10, f"task.max_noise_tables must be 0 to 10, got {self.max_noise_tables}")
        require(self.max_new_tokens >= 1, f"task.max_new_tokens must be at least 1, got {self.max_new_tokens}")
        if self.name is TaskName.schema_linking:
            require(
                not self.cut_columns,
                "task.cut_columns goes with sql_generation only, as linking reads the whole schema; set it to false",
            )


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
    """The run that the members of a sweep branch from: `fraction` of all optimizer steps, at its own `lr_ratio`.

    0 gives independent members, which suit a committee; branches of one trunk are what averages well.
    """

    fraction: float
    lr_ratio: float

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
        require(0 < self.lr < 1, f"lora.lr must lie between 0 and 1, got {self.lr}")
        require(1 <= self.lr_ratio <= 1000, f"lora.lr_ratio must be 1 to 1000, got {self.lr_ratio}")
        require(0 < self.embedding_lr < 1, f"lora.embedding_lr must lie between 0 and 1, got {self.embedding_lr}")
        require(0 <= self.weight_decay < 1, f"lora.weight_decay must be 0 to 1, got {self.weight_decay}")


class DatasetName(Enum):
    """Where questions come from."""

    demo = "demo"
    spider = "spider"
    bird = "bird"


class SplitBy(Enum):
    """What validation is carved out by: whole databases, or single questions where there is one database."""

    database = "database"
    question = "question"


@dataclass
class DatasetConfig:
    """Questions and databases.

    `root` is the folder of question files and databases (unused by demo). `questions` is a hub id whose splits take
    the place of the question files. `split` is the evaluation split, `train_splits` are what training and validation
    are carved from. `limit` and `train_limit` keep the first so many evaluation, and a seeded sample of so many
    training questions. `choose_fraction` and `accept_fraction` are the shares of training databases in the two parts
    of validation; `validation_limit` caps the questions of each.
    """

    name: DatasetName
    root: str | None
    questions: str | None
    train_splits: list[str]
    split: str
    split_by: SplitBy
    choose_fraction: float
    accept_fraction: float
    validation_limit: int | None
    limit: int | None
    train_limit: int | None
    seed: int

    def __post_init__(self) -> None:
        for name in ("choose_fraction", "accept_fraction"):
            value = getattr(self, name)
            require(0 < value < 0.5, f"dataset.{name} must lie between 0 and 0.5, got {value}")
        for name in ("validation_limit", "limit", "train_limit"):
            value = getattr(self, name)
            require(value is None or value >= 1, f"dataset.{name} must be at least 1 or null, got {value}")
        require(bool(self.train_splits), "dataset.train_splits is empty; name at least one split")
        require(
            self.split not in self.train_splits or self.name is DatasetName.bird,
            f"dataset.split={self.split} is also a training split; evaluate on a split that is never trained on",
        )
        require(
            self.name is DatasetName.demo or self.root is not None,
            f"dataset={self.name.value} needs its folder; set dataset.root=DIR",
        )


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
    """One run of transformers.Trainer. `group_size` questions of one schema make an item; a step takes
    `groups_per_step` items, `groups_per_batch` of them at a time (the rest by accumulation)."""

    epochs: float
    max_steps: int | None
    group_size: int
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
    patience: int | None
    route: Route
    num_threads: int | None

    def __post_init__(self) -> None:
        require(self.epochs > 0, f"training.epochs must be above 0, got {self.epochs}")
        require(self.max_steps is None or self.max_steps >= 1, f"training.max_steps must be >= 1, got {self.max_steps}")
        require(self.group_size >= 1, f"training.group_size must be at least 1, got {self.group_size}")
        require(self.groups_per_batch >= 1, f"training.groups_per_batch must be >= 1, got {self.groups_per_batch}")
        require(
            self.groups_per_step >= 1 and self.groups_per_step % self.groups_per_batch == 0,
            f"training.groups_per_step={self.groups_per_step} must be a multiple of "
            f"training.groups_per_batch={self.groups_per_batch}",
        )
        require(0 <= self.warmup_fraction < 1, f"training.warmup_fraction must be 0 to 1, got {self.warmup_fraction}")
        require(self.max_grad_norm > 0, f"training.max_grad_norm must be above 0, got {self.max_grad_norm}")
        require(
            self.neftune_alpha is None or self.neftune_alpha > 0,
            f"training.neftune_alpha must be above 0 or null, got {self.neftune_alpha}",
        )
        require(self.evaluations >= 1, f"training.evaluations must be at least 1, got {self.evaluations}")
        require(self.patience is None or self.patience >= 1, f"training.patience must be >= 1, got {self.patience}")
        require(
            not (self.route is Route.prefix and self.gradient_checkpointing),
            "training.route=prefix keeps a cache that gradient checkpointing throws away; set training.route=packed",
        )


class Tracker(Enum):
    """Weights & Biases, or local files only."""

    wandb = "wandb"
    none = "none"


class WandbMode(Enum):
    """offline needs no account."""

    offline = "offline"
    online = "online"


@dataclass
class TrackingConfig:
    """Where a copy of the local files goes."""

    name: Tracker
    mode: WandbMode
    project: str
    entity: str | None


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
        require(0.5 <= self.confidence < 1, f"metrics.confidence must be 0.5 to 1, got {self.confidence}")
        require(self.num_resamples >= 100, f"metrics.num_resamples must be >= 100, got {self.num_resamples}")
        require(self.ves_repeats >= 0, f"metrics.ves_repeats must be at least 0, got {self.ves_repeats}")


class MergeMethod(Enum):
    """How members become one adapter (one row per function in ensemble/methods.py)."""

    average = "average"


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


@dataclass
class AnswerConfig:
    """How a model is asked: rows decoded at once and tokens held at once, both bounding memory."""

    max_rows: int
    max_batch_tokens: int

    def __post_init__(self) -> None:
        require(self.max_rows >= 1, f"answer.max_rows must be at least 1, got {self.max_rows}")
        require(self.max_batch_tokens >= 64, f"answer.max_batch_tokens must be >= 64, got {self.max_batch_tokens}")


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


class System(Enum):
    """What is evaluated side by side: the base alone, every member, the best member, the ensemble."""

    base = "base"
    members = "members"
    best = "best"
    ensemble = "ensemble"


@dataclass
class EvaluateConfig:
    """`python -m oraclecoder.evaluate`: an ensemble, a predictions file, or two verdict files against each other."""

    dataset: DatasetConfig
    metrics: MetricsConfig
    limits: LimitsConfig
    answer: AnswerConfig
    ensemble: str | None
    base: str | None
    systems: list[System]
    show: int
    predictions: str | None
    compare: list[str] | None
    self_check: bool
    results_dir: str
    output_dir: str | None

    def __post_init__(self) -> None:
        asked = [bool(self.ensemble), bool(self.predictions), bool(self.compare), self.self_check]
        require(sum(asked) <= 1, "ensemble=, predictions=, compare= and self_check=true exclude each other; give one")
        require(
            self.compare is None or len(self.compare) == 2,
            f"compare takes two verdict files, compare=[A,B], got {len(self.compare or [])}",
        )
        require(bool(self.systems), "systems is empty; name some of base, members, best, ensemble")
        require(self.show >= 0, f"show must be at least 0, got {self.show}")


def refuse_impossible(config: TrainConfig) -> None:
    """Refuse combinations that fail or silently do nothing (measured with peft 0.21 and bitsandbytes 0.50)."""
    model, lora, training = config.model, config.lora, config.training
    if model.quantization is not Quantization.none and lora.variant in WEIGHT_REWRITING:
        raise ConfigError(
            f"lora.variant={lora.variant.value} rewrites the base weights and cannot start on a "
            f"{model.quantization.value} base; set model.quantization=none or lora.variant=plain"
        )
    if training.gradient_checkpointing and training.route is Route.packed:
        require(
            model.attention is not Attention.flash_attention_2,
            "training.route=packed needs a 4-D mask, which flash_attention_2 cannot take; set model.attention=sdpa",
        )


WEIGHT_REWRITING = (LoraVariant.pissa, LoraVariant.orthogonal)


@dataclass
class PretrainConfig:
    """`python -m oraclecoder.pretrain`: the shape of the nano, its corpus and its training; `folder` gets the model."""

    vocabulary_size: int
    width: int
    num_layers: int
    inner: int
    num_tokens: int
    lessons_per_step: int
    drills_per_lesson: int
    tokenizer_lessons: int
    lr: float
    warmup_steps: int
    decay_fraction: float
    weight_decay: float
    max_grad_norm: float
    measure_every: int
    save_every_seconds: float
    num_threads: int | None
    folder: str
    seed: int

    def __post_init__(self) -> None:
        for name in ("num_layers", "inner", "lessons_per_step", "drills_per_lesson", "warmup_steps", "measure_every"):
            value = getattr(self, name)
            require(value >= 1, f"{name} must be at least 1, got {value}")
        require(self.width % 16 == 0 and self.width >= 32, f"width must be a multiple of 16 from 32, got {self.width}")
        require(self.num_layers >= 3, f"num_layers must be at least 3, which copying takes, got {self.num_layers}")
        require(self.vocabulary_size >= 320, f"vocabulary_size must be at least 320, got {self.vocabulary_size}")
        require(self.num_tokens >= 1000, f"num_tokens must be at least 1000, got {self.num_tokens}")
        require(self.tokenizer_lessons >= 10, f"tokenizer_lessons must be at least 10, got {self.tokenizer_lessons}")
        require(0 < self.lr < 1, f"lr must lie between 0 and 1, got {self.lr}")
        require(
            0 < self.decay_fraction <= 1, f"decay_fraction must be above 0 and at most 1, got {self.decay_fraction}"
        )
