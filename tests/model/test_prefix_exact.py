"""Loss and every LoRA gradient of a ragged group are those of separate padded rows, in every precision we train in."""

import logging
from collections.abc import Callable

import pytest
import torch
from transformers import LlamaConfig, LlamaForCausalLM, MistralConfig, MistralForCausalLM, Qwen2Config, Qwen2ForCausalLM

from oraclecoder.config import Attention, DType, LoraConfig, LoraVariant, Quantization, Route, Schedule, TrunkConfig
from oraclecoder.model import prefix_choice
from oraclecoder.model.adapter import add_adapter
from oraclecoder.model.base import Base, load_base
from oraclecoder.model.batches import IGNORED, collate, group_by_prefix
from oraclecoder.model.prefix import PrefixModel
from oraclecoder.model.prefix_choice import choose_route
from oraclecoder.model.tokens import Tokens

SHAPE = {
    "vocab_size": 1000,
    "hidden_size": 64,
    "intermediate_size": 96,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "max_position_embeddings": 512,
    "pad_token_id": 0,
}
ARCHITECTURES = {
    "llama": (LlamaForCausalLM, LlamaConfig),
    "qwen2": (Qwen2ForCausalLM, Qwen2Config),
    "mistral": (MistralForCausalLM, MistralConfig),
}
LORA = LoraConfig(
    4, 8, 0.0, ["all-linear"], 1e-3, 4.0, 1e-5, 0.0, LoraVariant.plain, TrunkConfig(0.0, 16.0, Schedule.constant)
)


@pytest.fixture
def adapted(model_config) -> Callable[..., torch.nn.Module]:
    """Makes nano as it is shipped, or a random tiny model, with an adapter whose B is random too."""

    def make(name: str, dtype: torch.dtype = torch.float32, **changes) -> torch.nn.Module:
        torch.manual_seed(1)
        # eager attention takes its softmax in fp32, where the mask of an fp64 model overflows
        usual = {"attention": Attention.sdpa if dtype is torch.float64 else Attention.eager}
        config = model_config("nano" if name == "nano" else "random", **usual | changes)
        if name == "nano":
            base = load_base(config)
        else:
            build, shape = ARCHITECTURES[name]
            base = Base(build(shape(**SHAPE)), None, "", config)
        model = add_adapter(base, LORA, seed=1)
        for key, parameter in model.named_parameters():
            if "lora_B" in key:
                torch.nn.init.normal_(parameter, std=0.1)
        return model.to(dtype).train() if dtype is torch.float64 else model.train()

    return make


def examples() -> list[Tokens]:
    """Thirteen over three prefixes of 31 to 97 tokens; questions of 3 to 11 and answers of 1 to 17 tokens."""
    chance = torch.Generator().manual_seed(5)

    def draw(length: int) -> tuple[int, ...]:
        return tuple(torch.randint(3, 1000, (length,), generator=chance).tolist())

    prefixes = [draw(31), draw(97), draw(58)]
    return [Tokens(str(n), prefixes[n % 3], draw(3 + n % 9), draw(1 + (5 * n) % 17)) for n in range(13)]


def learnt(model: torch.nn.Module, route: Route, group_size: int) -> tuple[float, dict[str, torch.Tensor]]:
    """Loss and gradients of all examples as one step; at a group size of 1 each is a batch of its own."""
    groups = group_by_prefix(examples(), group_size=group_size)
    batches = [collate([group], pad_id=0) for group in groups] if group_size == 1 else [collate(groups, pad_id=0)]
    count = sum(int((batch["shift_labels"] != IGNORED).sum()) for batch in batches)
    engine, total = PrefixModel(model, route=route), 0.0
    engine.zero_grad()
    for batch in batches:
        loss = engine(**batch, num_items_in_batch=count)["loss"]
        loss.backward()
        total += loss.item()
    found = {name: p.grad.double().clone() for name, p in model.named_parameters() if p.requires_grad}
    assert len(found) >= 28
    assert all(float(gradient.norm()) > 0 for gradient in found.values())  # of A too, as B is not zero
    return total, found


def differences(model: torch.nn.Module, route: Route, expected: tuple) -> tuple[float, float]:
    """Of the loss, and the worst of all gradients by norm, relative to separate rows."""
    loss, gradients = learnt(model, route, 16)
    worst = max(float((gradients[n] - g).norm() / g.norm()) for n, g in expected[1].items())
    return abs(loss - expected[0]) / expected[0], worst


@pytest.mark.parametrize("name", ["nano", *ARCHITECTURES])
@pytest.mark.parametrize(("dtype", "tolerance"), [(torch.float32, 1e-5), (torch.float64, 1e-6)])
def test_a_ragged_group_teaches_what_separate_rows_teach(adapted, name, dtype, tolerance):
    model = adapted(name, dtype)
    expected = learnt(model, Route.padded, 1)
    for route in (Route.prefix, Route.packed):
        assert max(differences(model, route, expected)) < tolerance, route


@pytest.mark.parametrize("name", ["nano", *ARCHITECTURES])
@pytest.mark.parametrize(("dtype", "tolerance"), [(torch.float32, 1e-5), (torch.float64, 1e-6)])
def test_it_does_so_under_gradient_checkpointing(adapted, name, dtype, tolerance, caplog, monkeypatch):
    model = adapted(name, dtype)
    expected = learnt(model, Route.padded, 1)
    model.enable_input_require_grads()
    model.gradient_checkpointing_enable(gradient_checkpointing_kwargs={"use_reentrant": False})
    monkeypatch.setattr(prefix_choice, "_SAID", set())
    with caplog.at_level(logging.INFO):
        route = choose_route(model, Route.auto, gradient_checkpointing=True)
    assert route is Route.packed
    assert "training.route=auto chose packed (gradient checkpointing keeps no cache)" in caplog.messages
    assert max(differences(model, route, expected)) < tolerance


@pytest.mark.parametrize("route", [Route.prefix, Route.packed])
@pytest.mark.parametrize("attention", [Attention.eager, Attention.sdpa])
def test_it_does_so_on_a_4_bit_base(adapted, route, attention):
    model = adapted("nano", quantization=Quantization.nf4, attention=attention)
    assert max(differences(model, route, learnt(model, Route.padded, 1))) < 1e-3


@pytest.mark.parametrize("changes", [{}, {"quantization": Quantization.nf4, "compute_dtype": DType.bfloat16}])
def test_under_bf16_autocast_it_is_so_within_three_quarters_of_a_per_cent_a_layer(adapted, changes):
    """Eight bits of mantissa, rounded in every layer; the loss differs by less than one number of bf16 is rounded."""
    model = adapted("nano", **changes)
    with torch.autocast("cpu", torch.bfloat16):
        loss, gradient = differences(model, Route.prefix, learnt(model, Route.padded, 1))
    assert loss < 2**-9
    assert gradient < 0.0075 * model.config.num_hidden_layers
