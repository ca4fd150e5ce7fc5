"""How the nano is pretrained."""

from dataclasses import dataclass

from oraclecoder.config.checks import require


@dataclass
class PretrainingConfig:
    """The shape of the nano, its corpus and its training; `folder` gets the model.

    The training ends after `num_tokens`, or after `max_minutes` if that is sooner; the rate falls towards either end.
    With `start`, a folder of a nano, its weights and tokenizer are taken up in place of laid ones, the lessons are of
    the last stage at once, and `vocabulary_size`, `width`, `num_layers`, `inner` and `tokenizer_lessons` say nothing.
    """

    vocabulary_size: int
    width: int
    num_layers: int
    inner: int
    num_tokens: int
    max_minutes: float | None
    start: str | None
    lessons_per_step: int
    drills_per_lesson: int
    max_padded_tokens: int
    tokenizer_lessons: int
    lr: float
    warmup_steps: int
    decay_fraction: float
    weight_decay: float
    max_grad_norm: float
    bf16: bool | None
    measure_every: int
    save_every_seconds: float
    num_threads: int | None
    num_workers: int | None
    folder: str
    seed: int

    def __post_init__(self) -> None:
        least = {
            **dict.fromkeys(("inner", "lessons_per_step", "drills_per_lesson", "warmup_steps", "measure_every"), 1),
            "num_layers": 3,  # which copying takes
            "width": 32,
            "vocabulary_size": 320,
            "num_tokens": 1000,
            "tokenizer_lessons": 10,
            "max_padded_tokens": 4096,
        }
        for name, value in least.items():
            given = getattr(self, name)
            require(given >= value, f"pretrain.{name} must be at least {value}, got {given}")
        require(self.width % 16 == 0, f"pretrain.width must be a multiple of 16, got {self.width}")
        for name in ("num_threads", "max_minutes"):
            given = getattr(self, name)
            require(given is None or given > 0, f"pretrain.{name} must be above 0 or null, got {given}")
        workers = self.num_workers
        require(workers is None or workers >= 0, f"pretrain.num_workers must be at least 0 or null, got {workers}")
        require(self.weight_decay >= 0, f"pretrain.weight_decay must be at least 0, got {self.weight_decay}")
        for name in ("max_grad_norm", "save_every_seconds"):
            given = getattr(self, name)
            require(given >= 0, f"pretrain.{name} must be at least 0, got {given}")
        require(0 < self.lr < 1, f"pretrain.lr must lie between 0 and 1, got {self.lr}")
        share = self.decay_fraction
        require(0 < share <= 1, f"pretrain.decay_fraction must be above 0 and at most 1, got {share}")
