"""What every route of the benchmark is given: the same base, adapter, questions and settings."""

import os
import pickle
import resource
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from hydra import compose, initialize_config_dir
from torch import nn
from transformers import LlamaConfig, LlamaForCausalLM, TrainerCallback

from oraclecoder.config import TrainConfig
from oraclecoder.dataset import load_dataset
from oraclecoder.model.adapter import add_adapter
from oraclecoder.model.base import Base, fingerprint_model, load_base, load_tokenizer
from oraclecoder.model.batches import Group
from oraclecoder.settings import CONF, register_schemas, to_config
from oraclecoder.training.groups import read_groups

LLAMA_7B = {
    "vocab_size": 32_000, "hidden_size": 4096, "intermediate_size": 11_008, "num_hidden_layers": 32,
    "num_attention_heads": 32, "max_position_embeddings": 4096,
}  # fmt: skip


@dataclass(frozen=True)
class Work:
    """One measurement of one route; `rows` are those of a batch of the routes that pad, None: its best."""

    route: str
    task: str
    shape: str
    root: str
    num_groups: int
    examples_per_step: int
    rows: int
    attention: str
    score_every: int
    threads: int
    seed: int
    output: str

    @property
    def settings(self) -> dict[str, Any]:
        """As it travels to a process of its own."""
        return asdict(self)

    def config(self) -> TrainConfig:
        """The project's own configuration of this work: plain LoRA at one rate, so that all routes learn alike."""
        register_schemas()
        on_gpu = self.shape == "llama_7b"
        with initialize_config_dir(str(CONF), version_base="1.3"):
            return to_config(
                compose("train", overrides=[
                    f"task={self.task}", "dataset=spider", f"dataset.root={self.root}", f"seed={self.seed}",
                    "model.quantization=none", f"model.compute_dtype={'bfloat16' if on_gpu else 'float32'}",
                    f"model.attention={self.attention}", "lora.lr=1e-3", "lora.lr_ratio=1", "lora.weight_decay=0",
                    "training.schedule=constant", "training.warmup_fraction=0", "training.evaluations=1",
                    f"training.bf16={str(on_gpu).lower()}", "training.group_size=16", "task.max_new_tokens=64",
                ]),
                TrainConfig,
            )  # fmt: skip

    def material(self) -> tuple[list[Group], list[Group]]:
        """Groups to learn and groups to score, made and shuffled as the project does; kept beside the output."""
        kept = Path(self.output).parent / f"groups_{self.task}_{self.num_groups}_{self.seed}.pickle"
        if not kept.is_file():
            kept.write_bytes(pickle.dumps(self._read()))
        return pickle.loads(kept.read_bytes())

    def _read(self) -> tuple[list[Group], list[Group]]:
        config = self.config()
        dataset = load_dataset(config.dataset)
        tokenizer = load_tokenizer(config.model)
        learnt = read_groups(config, tokenizer, dataset, dataset.train)[: self.num_groups]
        return learnt, read_groups(config, tokenizer, dataset, dataset.choose)[::2]

    @property
    def fingerprint(self) -> str:
        """Of the base."""
        return fingerprint_model(self.config().model) if self.shape == "nano" else "random"

    def base(self) -> Base:
        """nano in fp32, or a random 6.7B Llama in NF4 on a GPU: speed and memory need no weights."""
        config = self.config()
        if self.shape == "nano":
            return load_base(config.model)
        tokenizer = load_tokenizer(config.model)
        return Base(random_llama(config.model.attention.value, **LLAMA_7B), tokenizer, "random", config.model)

    def adapted(self) -> Any:
        """The base with a fresh adapter of the project's targets and rank."""
        config = self.config()
        return add_adapter(self.base(), config.lora, seed=config.seed).train()


def random_llama(attention: str, **shape: Any) -> LlamaForCausalLM:
    """A random Llama whose linear layers are NF4 with double quantisation, on the GPU if there is one."""
    import bitsandbytes as bnb

    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    given: dict[str, Any] = {**shape, "pad_token_id": 0, "attn_implementation": attention}
    settings = LlamaConfig(**given)
    before = torch.get_default_dtype()
    torch.set_default_dtype(torch.bfloat16)
    try:
        with torch.device(device):
            model = LlamaForCausalLM(settings)
    finally:
        torch.set_default_dtype(before)
    for layer in model.model.layers:
        for parent in (layer.self_attn, layer.mlp):
            for name, linear in list(parent.named_children()):
                if isinstance(linear, nn.Linear):
                    small = bnb.nn.Linear4bit(
                        linear.in_features, linear.out_features, bias=False, compute_dtype=torch.bfloat16,
                        compress_statistics=True, quant_type="nf4", device="meta",
                    )  # fmt: skip
                    small.weight = bnb.nn.Params4bit(
                        linear.weight.data.cpu(), requires_grad=False, quant_type="nf4", compress_statistics=True
                    )
                    small.support_avx512bf16_for_cpu = False
                    setattr(parent, name, small.to(device))
    model.requires_grad_(False)
    model.is_loaded_in_4bit = True  # type: ignore[assignment]  # a plain attribute, as transformers sets it
    return model


class Clock(TrainerCallback):
    """Seconds and processor seconds of each optimizer step, and the loss every so many steps, which takes none."""

    def __init__(self, score: Callable[[], float], every: int) -> None:
        self.score, self.every = score, every
        self.seconds: list[float] = []
        self.processor_seconds: list[float] = []
        self.losses: list[tuple[int, float]] = []
        self.start = (0.0, 0.0)

    def on_train_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        self._score(0)
        self.start = (time.perf_counter(), time.process_time())

    def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        if torch.cuda.is_available():
            torch.cuda.synchronize()
        self.seconds.append(time.perf_counter() - self.start[0])
        self.processor_seconds.append(time.process_time() - self.start[1])
        self._score(state.global_step)
        self.start = (time.perf_counter(), time.process_time())

    def _score(self, step: int) -> None:
        if self.every and step % self.every == 0:
            self.losses.append((step, self.score()))


def peak_megabytes() -> float:
    """Most memory that this process has held: of the GPU if there is one, else resident."""
    if torch.cuda.is_available():
        return torch.cuda.max_memory_allocated() / 2**20
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10


def resident_megabytes() -> float:
    """Memory that this process holds now."""
    if torch.cuda.is_available():
        return torch.cuda.memory_allocated() / 2**20
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20
