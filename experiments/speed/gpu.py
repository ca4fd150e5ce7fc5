"""The routes on one random 6.7B Llama in NF4 that is loaded once, for a GPU that is lent for minutes.

python -m experiments.speed.gpu SPIDER OUTPUT trl_padded:4 trl_packed:1 prefix:16 padded:4     training, rows of a batch
python -m experiments.speed.gpu SPIDER OUTPUT answer_one_by_one:1 answer_batched:32 answer_prefix:64    greedy answers

What is read of Spider is kept in OUTPUT, from where it is taken where Spider is not. Each route's measurement is a JSON
file; a route named twice is measured twice.
"""

import argparse
import json
import pickle
import traceback
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import torch
from peft import PeftModel
from torch.profiler import profile

from experiments.speed import generation, training
from experiments.speed.work import LLAMA_7B, Work, random_llama
from oraclecoder.model.adapter import add_adapter
from oraclecoder.model.base import Base, load_tokenizer
from oraclecoder.model.tokens import Tokens

SHOWN = ("examples", "steps", "seconds", "peak_mb", "before_mb")
ANSWER = "answer_"


class Loaded(Work):
    """A work whose base was loaded before; `given` is that base with a fresh adapter."""

    given: PeftModel

    def adapted(self) -> PeftModel:
        """The base that was given."""
        return self.given


def asked(work: Work, tokenizer: Any) -> list[Tokens]:
    """The questions to answer, kept beside the output."""
    kept = Path(work.output).parent / f"questions_{work.task}_{work.num_groups}.pickle"
    if not kept.is_file():
        kept.write_bytes(pickle.dumps(generation.questions(work, tokenizer)))
    found: list[Tokens] = pickle.loads(kept.read_bytes())
    return found


def measure(work: Work, model: Any, tokenizer: Any, questions: int) -> tuple[dict[str, Any], Any]:
    """What the route takes, and the base as it was."""
    if torch.cuda.is_available():
        torch.cuda.empty_cache()
        torch.cuda.reset_peak_memory_stats()
    if work.route.startswith(ANSWER):
        return generation.timed(work, model.eval(), tokenizer, asked(work, tokenizer)[:questions]), model
    config = work.config()
    adapted = add_adapter(Base(model, tokenizer, "random", config.model), config.lora, seed=0)
    object.__setattr__(work, "given", adapted.train())  # a Work is frozen
    found = training.measure(work)
    model = adapted.unload()
    model.is_loaded_in_4bit = True
    return found, model


def as_tables(watched: profile) -> str:
    """What took most of the GPU's time and of the processor's."""
    rows = watched.key_averages()
    keys = ("self_device_time_total", "self_cpu_time_total")
    return "\n".join(rows.table(sort_by=key, row_limit=30, max_name_column_width=90) for key in keys)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("root", help="Spider's folder")
    parser.add_argument("output", type=Path)
    parser.add_argument("routes", nargs="+", help="ROUTE:ROWS, measured in this order")
    parser.add_argument("--task", default="schema_linking", choices=("schema_linking", "sql_generation"))
    parser.add_argument("--groups", type=int, default=8)
    parser.add_argument("--questions", type=int, default=64, help="to answer")
    parser.add_argument("--alone", type=int, default=8, help="of these, to answer one by one, which is slow")
    parser.add_argument("--profile", action="store_true", help="where the time of each route goes, as a table")
    parser.add_argument("--layers", type=int, default=LLAMA_7B["num_hidden_layers"], help="fewer for a trial")
    given = parser.parse_args()
    scratch = given.output.resolve() / "scratch"
    scratch.mkdir(parents=True, exist_ok=True)
    model: Any = random_llama("sdpa", **LLAMA_7B | {"num_hidden_layers": given.layers})
    for number, (route, rows) in enumerate(name.split(":") for name in given.routes):
        work = Loaded(
            route=route, task=given.task, shape="llama_7b", root=given.root, num_groups=given.groups,
            examples_per_step=64, rows=int(rows), attention="sdpa", score_every=0, threads=8, seed=0,
            output=str(scratch),
        )  # fmt: skip
        questions = given.alone if route.endswith("one_by_one") else given.questions
        name = f"{number}-{route}-{rows}"
        try:
            with profile() if given.profile else nullcontext() as watched:
                found, model = measure(work, model, load_tokenizer(work.config().model), questions)
        except Exception:  # the routes after it are still measured
            traceback.print_exc()
            continue
        (given.output / f"{name}.json").write_text(json.dumps(found))
        if watched:
            (given.output / f"{name}.txt").write_text(as_tables(watched))
        print(route, rows, {key: found[key] for key in SHOWN if key in found}, flush=True)


if __name__ == "__main__":
    main()
