"""What the tests of models share."""

from collections.abc import Callable
from pathlib import Path

import pytest

from oraclecoder.config import Attention, DType, ModelConfig, PromptFormat, Quantization


@pytest.fixture(scope="session")
def model_config() -> Callable[..., ModelConfig]:
    """Makes the configuration of a model in a folder: fp32, plain prompts, unless told otherwise."""

    def make(folder: Path | str, **changes) -> ModelConfig:
        values = {
            "name": str(folder),
            "revision": None,
            "prompt_format": PromptFormat.plain,
            "quantization": Quantization.none,
            "compute_dtype": DType.float32,
            "attention": Attention.sdpa,
            "max_length": 512,
            "trust_remote_code": False,
        }
        return ModelConfig(**values | changes)

    return make
