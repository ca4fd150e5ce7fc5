"""What the tests of models share."""

from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from transformers import LlamaConfig, LlamaForCausalLM

from oraclecoder.config import Attention, DType, ModelConfig, PromptFormat, Quantization
from tests.model.numbers import NAMES


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


@pytest.fixture(scope="module")
def committee() -> torch.nn.Module:
    """A random Llama with three random adapters of different rank."""
    from peft import LoraConfig, get_peft_model

    torch.manual_seed(1)
    shape = LlamaConfig(
        vocab_size=64, hidden_size=32, intermediate_size=48, num_hidden_layers=2, num_attention_heads=4,
        num_key_value_heads=2, max_position_embeddings=128, initializer_range=0.2, pad_token_id=0,
    )  # fmt: skip
    settings = [LoraConfig(r=r, lora_alpha=8, target_modules="all-linear", task_type="CAUSAL_LM") for r in (2, 3, 4)]
    model = get_peft_model(LlamaForCausalLM(shape), settings[0], adapter_name=NAMES[0])
    for name, setting in zip(NAMES[1:], settings[1:], strict=True):
        model.add_adapter(name, setting)
    for name, parameter in model.named_parameters():
        if "lora_B" in name:
            torch.nn.init.normal_(parameter, std=0.3)
    return model.eval()
