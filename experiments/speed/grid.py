"""How the gain grows with the schema's length and the questions per schema: one step by either route, random tokens.

A process of its own; its last line is what was measured, as JSON.
"""

import json
import sys
import time
import warnings
from typing import Any

import torch

from experiments.speed.work import Work
from oraclecoder.config import Route
from oraclecoder.model.batches import Group, collate
from oraclecoder.model.prefix import PrefixModel
from oraclecoder.model.tokens import Tokens

PREFIXES, QUESTIONS, QUESTION, ANSWER = (256, 512, 1024, 2048), (1, 4, 16), 25, 25


def group(length: int, count: int) -> Group:
    """`count` questions of 25 tokens with answers of 25 over a schema of `length` tokens."""
    chance = torch.Generator().manual_seed(length)
    draw = lambda n: tuple(torch.randint(10, 1500, (n,), generator=chance).tolist())  # noqa: E731
    prefix = draw(length)
    return Group(prefix, tuple(Tokens(str(n), prefix, draw(QUESTION), draw(ANSWER)) for n in range(count)))


def step(engine: PrefixModel, groups: list[Group]) -> tuple[float, float]:
    """Seconds and processor seconds of forward and backward, a batch per group, on the device of the model."""
    device = engine.model.device
    start, processor = time.perf_counter(), time.process_time()
    for one in groups:
        batch = {name: tensor.to(device) for name, tensor in collate([one], pad_id=0).items()}
        engine(**batch)["loss"].backward()
    engine.zero_grad()
    if torch.cuda.is_available():
        torch.cuda.synchronize()
    return time.perf_counter() - start, time.process_time() - processor


def measure(work: Work) -> dict[str, Any]:
    torch.set_num_threads(work.threads)
    model, cells = work.adapted(), []
    engines = {route: PrefixModel(model, route=route) for route in (Route.padded, Route.prefix)}
    for length in PREFIXES:
        for count in QUESTIONS:
            whole = group(length, count)
            rows = [
                Group(whole.prefix, whole.members[start : start + work.rows]) for start in range(0, count, work.rows)
            ]
            for route, engine in engines.items():
                seconds, processor = step(engine, rows if route is Route.padded else [whole])
                cells.append({"prefix": length, "questions": count, "route": route.value, "seconds": seconds,
                              "processor_seconds": processor,
                              "token_ratio": count * (length + QUESTION + ANSWER) / whole.num_tokens})  # fmt: skip
    return work.settings | {"cells": cells}


if __name__ == "__main__":
    warnings.filterwarnings("ignore")
    print(json.dumps(measure(Work(**json.loads(sys.argv[1])))))
