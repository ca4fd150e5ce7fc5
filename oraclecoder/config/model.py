"""The base model."""

from dataclasses import dataclass
from enum import Enum

from oraclecoder.config.checks import require


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
