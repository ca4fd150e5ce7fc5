"""What the tests of models share."""

from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from transformers import LlamaConfig, LlamaForCausalLM

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


@pytest.fixture(scope="module")
def model():
    """A random Llama of 24 tokens, sure of its answers."""
    torch.manual_seed(4)
    shape = LlamaConfig(
        vocab_size=24,
        hidden_size=32,
        intermediate_size=48,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        initializer_range=0.3,
        eos_token_id=1,
        pad_token_id=0,
    )
    return LlamaForCausalLM(shape).eval()
