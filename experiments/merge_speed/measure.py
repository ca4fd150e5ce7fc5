"""Time the merge of three rank-8 adapters over a 7B Llama shape, and set one module beside PEFT's own svd.

OMP_NUM_THREADS=1 python -m experiments.merge_speed.measure
"""

import resource
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import torch
from peft import LoraConfig, get_peft_model
from torch import nn

from oraclecoder.config import MergeMethod
from oraclecoder.ensemble.lowrank import norm, relative_error
from oraclecoder.ensemble.methods import merge
from oraclecoder.model.factors import Adapter, Factors

HIDDEN, INNER, LAYERS, RANK = 4096, 11008, 32, 8
SHAPES = {name: (HIDDEN, HIDDEN) for name in ("q_proj", "k_proj", "v_proj", "o_proj")}
SHAPES |= {"gate_proj": (INNER, HIDDEN), "up_proj": (INNER, HIDDEN), "down_proj": (HIDDEN, INNER)}
REPEATS = 3
WEIGHTS = [0.5, 0.3, 0.2]


def draw(seed: int) -> Adapter:
    """An adapter of 224 modules with random factors in fp64."""
    chance = torch.Generator().manual_seed(seed)
    names = [(f"layers.{layer}.{name}", shape) for layer in range(LAYERS) for name, shape in SHAPES.items()]
    return {name: factors(rows, columns, chance) for name, (rows, columns) in names}


def factors(rows: int, columns: int, chance: torch.Generator) -> Factors:
    """A delta as training makes it: A of size 1 / sqrt(columns), B of a hundredth."""
    a = torch.randn(RANK, columns, generator=chance) / columns**0.5
    return Factors(a.double(), (0.01 * torch.randn(rows, RANK, generator=chance)).double())


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    """What it gives, and its seconds."""
    start = time.perf_counter()
    return work(), time.perf_counter() - start


def peft_beside_ours(rank: int) -> str:
    """The same three deltas on one attention module of the shape, merged to a rank by PEFT and by us."""
    chance = torch.Generator().manual_seed(0)
    members = [{"layer": factors(HIDDEN, HIDDEN, chance)} for _ in WEIGHTS]
    model = nn.Sequential()
    model.add_module("layer", nn.Linear(HIDDEN, HIDDEN, bias=False))
    settings = LoraConfig(r=RANK, lora_alpha=RANK, target_modules=["layer"])
    peft: Any = get_peft_model(model, settings, adapter_name="0")
    for number in (1, 2):
        peft.add_adapter(str(number), settings)
    module = peft.base_model.model.layer
    for number, member in enumerate(members):
        module.lora_A[str(number)].weight.data = member["layer"].a.float()
        module.lora_B[str(number)].weight.data = member["layer"].b.float()

    def by_peft() -> None:
        names = [str(number) for number in range(len(members))]
        peft.add_weighted_adapter(names, WEIGHTS, "svd", combination_type="svd", svd_rank=rank, svd_full_matrices=False)

    _, seconds = timed(by_peft)
    merged, ours = timed(lambda: merge(members, WEIGHTS, rank=rank).adapter)
    theirs = {"layer": Factors(module.lora_A["svd"].weight.data.double(), module.lora_B["svd"].weight.data.double())}
    return (
        f"one module {HIDDEN} x {HIDDEN}, rank {rank}: PEFT svd {seconds:.2f} s, ours {1000 * ours:.2f} ms, "
        f"relative difference {relative_error(theirs, [merged], [1.0]):.1e}"
    )


def main() -> None:
    """Print the table's rows."""
    print(f"{torch.get_num_threads()} threads")
    members = [draw(seed) for seed in range(len(WEIGHTS))]
    for method in MergeMethod:
        for rank in (None, RANK) if method is MergeMethod.average else (RANK,):
            seconds: list[float] = []
            merged: Any = None
            for _ in range(REPEATS):
                merged = None  # given back before the next is made
                merged, took = timed(partial(merge, members, WEIGHTS, method=method, rank=rank, density=0.5))
                seconds.append(took)
            kept = f"energy kept {merged.energy_kept:.3f}, norm {norm(merged.adapter):.3f}"
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
            span = f"{min(seconds):.2f} to {max(seconds):.2f} s"
            print(f"{method.value}, rank {rank or 'summed'}: {span}, {kept}, peak {peak:.2f} GiB", flush=True)
    for rank in (RANK * len(WEIGHTS), RANK):
        print(peft_beside_ours(rank), flush=True)


if __name__ == "__main__":
    main()
