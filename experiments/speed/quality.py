"""Does grouping by schema cost quality? Prefix-grouped training against padded, shuffled rows, three seeds.

python -m experiments.speed.quality OUTPUT                                trains what is missing, then prints the table
python -m experiments.speed.quality OUTPUT --tasks sql_generation --groups 4    four schemas a step, not one
python -m experiments.speed.quality OUTPUT --epochs 2                     two epochs of ours against one of the padded
python -m experiments.speed.quality OUTPUT --groups 4 --padded 1 --change training.group_size=4    ours otherwise set
"""

import argparse
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from hydra import compose, initialize_config_dir

from oraclecoder.answer.answerer import Answerer
from oraclecoder.answer.scoring import DEFAULT_FLAGS
from oraclecoder.answer.stages import gold_linked, link, write_sql
from oraclecoder.config import TaskName, TrainConfig
from oraclecoder.dataset import Dataset, load_dataset
from oraclecoder.judge.judge import judge
from oraclecoder.judge.statistics import Interval, paired_interval
from oraclecoder.model.adapter import applied
from oraclecoder.model.base import load_base
from oraclecoder.model.prefix import PrefixModel
from oraclecoder.model.prefix_scores import mean_loss
from oraclecoder.records import Example
from oraclecoder.settings import CONF, register_schemas, to_config
from oraclecoder.task import linking
from oraclecoder.training.groups import read_groups
from oraclecoder.training.job import train_adapter

SEEDS = (315, 316, 317)
MEAN_GROUP = {"sql_generation": 4, "schema_linking": 15}
"""Questions of a group in the demo: so many rows has a step of the padded route for each group of ours."""
ROUTES = ("prefix", "padded")


@dataclass(frozen=True)
class Ours:
    """How the prefix route learns: schemas a step, epochs, and what else is changed. The padded route learns for one
    epoch, with as many rows a step as `padded` schemas have questions."""

    groups: int
    epochs: int
    padded: int
    changes: tuple[str, ...]

    def settings(self, task: str, route: str) -> list[str]:
        """Of one route, as overrides."""
        if route == "prefix":
            how: dict[str, object] = {"groups_per_step": self.groups, "epochs": self.epochs}
        else:
            how = {"groups_per_step": self.padded * MEAN_GROUP[task], "epochs": 1, "group_size": 1}
        own = self.changes if route == "prefix" else ()
        return [f"training.route={route}", *(f"training.{key}={value}" for key, value in how.items()), *own]

    def label(self, route: str) -> str:
        """In names of files."""
        if route == "padded":
            return f"{route}-{self.padded}"
        often = f"{self.groups}x{self.epochs}" if self.epochs > 1 else str(self.groups)
        changes = [
            f"{key.rpartition('.')[2]}={value}" for key, _, value in (one.partition("=") for one in self.changes)
        ]
        return "-".join([route, often, *changes])


def configuration(task: str, route: str, ours: Ours, seed: int, output: Path) -> TrainConfig:
    """The demo's settings but for the route: one run without a trunk, answers not kept to the grammar."""
    overrides = [f"task={task}", f"seed={seed}", "lora.trunk.fraction=0",
                "task.num_sample_rows=1", "task.max_new_tokens=64", "tracking=none", "answer.constrained=false",
                f"output_dir={output}", "model.compute_dtype=float32", "training.bf16=false",
                *ours.settings(task, route)]  # fmt: skip
    with initialize_config_dir(str(CONF), version_base="1.3"):
        return to_config(compose("train", overrides=overrides), TrainConfig)


@torch.no_grad()
def measure(answerer: Answerer, dataset: Dataset, config: TrainConfig) -> dict[str, Any]:
    """Validation loss per answer token, and by question whether it was answered rightly; both parts of validation."""
    examples = dataset.choose + dataset.accept
    groups = read_groups(config, answerer.tokenizer, dataset, examples)
    loss = mean_loss(PrefixModel(answerer.model), groups, pad_id=int(answerer.tokenizer.pad_token_id or 0))
    right = linked_rightly if config.task.name is TaskName.schema_linking else executes_rightly
    return {"loss": loss, "right": right(answerer, examples, dataset, config)}


def linked_rightly(
    answerer: Answerer, examples: tuple[Example, ...], dataset: Dataset, _: TrainConfig
) -> dict[str, float]:
    """Exactly the gold tables."""
    found, gold = link(answerer, examples, dataset.databases), gold_linked(examples, dataset.databases)
    pairs = {name: (found[name].links, gold[name].links) for name in found}
    return {name: linking.score(a, b)["tables_exact"] for name, (a, b) in pairs.items() if b is not None}


def executes_rightly(
    answerer: Answerer, examples: tuple[Example, ...], dataset: Dataset, config: TrainConfig
) -> dict[str, float]:
    """Execution accuracy on gold links."""
    gold = gold_linked(examples, dataset.databases)
    said = write_sql(answerer, examples, dataset.databases, gold, limits=config.limits)
    items = list(zip(examples, [prediction.sql for prediction in said], strict=True))
    verdicts = judge(items, dataset.databases, kind="demo", limits=config.limits, metrics=DEFAULT_FLAGS)
    return {v.id: float(v.ex) for v in verdicts if v.ex is not None}


def result(task: str, route: str, ours: Ours, seed: int, output: Path) -> Path:
    """Where the measurement of one training lies."""
    return output / f"{task}-{ours.label(route)}-{seed}.json"


def train(task: str, route: str, ours: Ours, seed: int, output: Path) -> None:
    """Train and measure, unless that is done."""
    path = result(task, route, ours, seed, output)
    if path.is_file():
        return
    config = configuration(task, route, ours, seed, output)
    run = train_adapter(config, score=lambda *_: (0.0, {}), sweep="quality", announce=lambda _: None)
    dataset, base = load_dataset(config.dataset), load_base(config.model)
    with applied(base, run.adapter) as model:
        found = measure(Answerer(model, base.tokenizer, config.model, config.task, config.answer), dataset, config)
    found["databases"] = {e.id: e.database for e in dataset.choose + dataset.accept}
    facts = json.loads((run.folder / "environment.json").read_text())
    path.write_text(json.dumps(found | {"steps": run.status.steps, "train_seconds": facts["train_seconds"]}))


def difference(task: str, ours: Ours, output: Path) -> tuple[list[str], Interval | None]:
    """A line per seed, and prefix minus padded per question over the seeds, clustered by database."""
    lines: list[str] = []
    first: dict[str, list[float]] = {}
    second: dict[str, list[float]] = {}
    databases: dict[str, str] = {}
    for seed in SEEDS:
        paths = {route: result(task, route, ours, seed, output) for route in ROUTES}
        if not all(path.is_file() for path in paths.values()):
            continue
        found = {route: json.loads(path.read_text()) for route, path in paths.items()}
        cells = [task, str(seed)]
        for route, one in found.items():
            right = one["right"]
            cells += [str(one["steps"]), f"{one['loss']:.4f}", f"{100 * sum(right.values()) / len(right):.1f}"]
            for name, value in right.items():
                (first if route == "padded" else second).setdefault(name, []).append(value)
        databases |= found["prefix"]["databases"]
        lines.append("| " + " | ".join(cells) + " |")
    names = [name for name in first if name in second]
    if not names:
        return lines, None
    means = [[sum(part[name]) / len(part[name]) for name in names] for part in (first, second)]
    return lines, paired_interval(means[0], means[1], [databases[name] for name in names])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("output", type=Path)
    parser.add_argument("--tasks", nargs="+", choices=MEAN_GROUP, default=list(MEAN_GROUP))
    parser.add_argument("--groups", type=int, default=1, help="schemas a step")
    parser.add_argument("--epochs", type=int, default=1, help="of the prefix route; the padded one has one")
    parser.add_argument("--padded", type=int, help="schemas whose questions are a step of the padded route (as many)")
    parser.add_argument("--change", nargs="+", default=[], help="settings of the prefix route, as key=value")
    given = parser.parse_args()
    ours = Ours(given.groups, given.epochs, given.padded or given.groups, tuple(given.change))
    register_schemas()
    output = given.output.resolve()
    for task in given.tasks:
        for seed in SEEDS:
            for route in ROUTES:
                train(task, route, ours, seed, output)
    print("| task | seed | prefix: steps | loss | right % | padded: steps | loss | right % |\n|" + "---|" * 8)
    for task in given.tasks:
        lines, found = difference(task, ours, output)
        print("\n".join(lines))
        if found is not None:
            print(
                f"\n{task}: prefix - padded {100 * found.mean:+.1f} points "
                f"[{100 * found.low:+.1f}, {100 * found.high:+.1f}], {found.n} questions\n"
            )


if __name__ == "__main__":
    main()
