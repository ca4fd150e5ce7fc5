"""Training steps of the routes on one random 6.7B Llama in NF4 that is loaded once, for a GPU that is lent for minutes.

python -m experiments.speed.gpu SPIDER OUTPUT prefix:16 padded:4 trl_padded:4    each route with the rows of its batch
"""

import argparse
import json
from pathlib import Path

import torch
from peft import PeftModel

from experiments.speed.training import measure
from experiments.speed.work import LLAMA_7B, Work, random_llama
from oraclecoder.model.adapter import add_adapter
from oraclecoder.model.base import Base, load_tokenizer


class Loaded(Work):
    """A work whose base was loaded before; `given` is that base with a fresh adapter."""

    given: PeftModel

    def adapted(self) -> PeftModel:
        """The base that was given."""
        return self.given


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("root", help="Spider's folder")
    parser.add_argument("output", type=Path)
    parser.add_argument("routes", nargs="+", help="ROUTE:ROWS, measured in this order")
    parser.add_argument("--groups", type=int, default=8)
    given = parser.parse_args()
    scratch = given.output.resolve() / "scratch"
    scratch.mkdir(parents=True, exist_ok=True)
    model = random_llama("sdpa", **LLAMA_7B)
    for number, (route, rows) in enumerate(name.split(":") for name in given.routes):
        work = Loaded(
            route=route, task="schema_linking", shape="llama_7b", root=given.root, num_groups=given.groups,
            examples_per_step=64, rows=int(rows), attention="sdpa", score_every=0, threads=8, seed=0,
            output=str(scratch),
        )  # fmt: skip
        config = work.config()
        adapted = add_adapter(Base(model, load_tokenizer(config.model), "random", config.model), config.lora, seed=0)
        object.__setattr__(work, "given", adapted.train())  # a Work is frozen
        if torch.cuda.is_available():
            torch.cuda.reset_peak_memory_stats()
        found = measure(work)
        (given.output / f"{number}-{route}-{rows}.json").write_text(json.dumps(found))
        print(route, rows, {key: found[key] for key in ("examples", "steps", "seconds", "peak_mb", "before_mb")})
        model = adapted.unload()
        model.is_loaded_in_4bit = True


if __name__ == "__main__":
    main()
