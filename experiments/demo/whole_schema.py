"""What it brings to write a query over the linked tables and over the whole schema, and to take the likelier one.

python experiments/demo/whole_schema.py ENSEMBLE    both parts of the demo's validation, each generator and linker
"""

import sys
from dataclasses import replace
from itertools import product
from pathlib import Path

from hydra import compose, initialize_config_dir

from oraclecoder.answer.panel import Memos, Panel
from oraclecoder.answer.scoring import sql_right
from oraclecoder.answer.stages import Linked
from oraclecoder.config import EvaluateConfig
from oraclecoder.dataset import load_dataset
from oraclecoder.ensemble.asked import GENERATION, LINKING, Questions
from oraclecoder.ensemble.evaluation import Evaluator
from oraclecoder.ensemble.recipe import Recipe, member_adapter, read_ensemble
from oraclecoder.judge.statistics import paired_interval
from oraclecoder.settings import CONF, register_schemas, to_config


def main(folder: Path) -> None:
    """Print per generator and linker the percentage right over links, over the whole schema, and by the likelier."""
    register_schemas()
    with initialize_config_dir(str(CONF), version_base="1.3"):
        config = to_config(compose("evaluate"), EvaluateConfig)
    recipes, dataset, memos = read_ensemble(folder), load_dataset(config.dataset), Memos()
    questions = Questions.of([*dataset.choose, *dataset.accept], dataset.databases)
    part, doubted, both = (
        Evaluator(
            recipes, questions, memos, replace(config.answer, whole_schema_below=below), config.limits, None
        ).asked
        for below in (0, 0.9, 1)
    )

    def right(asked, generator: Panel, links: dict[str, Linked] | None) -> list[float]:
        written = asked.sql(generator, links, "SQL")
        hits = sql_right(questions.examples, written, questions.databases, kind=dataset.name, limits=config.limits)
        return [hits[example.id] for example in questions.examples]

    for (ratio, generator), (linker_ratio, linker) in product(
        _members(recipes[GENERATION], folder), _members(recipes[LINKING], folder)
    ):
        linked = part.links(linker, "linking")
        over_links, over_all = right(part, generator, linked), right(part, generator, None)
        likelier, cascade = right(both, generator, linked), right(doubted, generator, linked)
        gain = paired_interval(over_links, cascade, [example.database for example in questions.examples])
        rates = ", ".join(f"{100 * sum(hits) / len(hits):.1f}" for hits in (over_links, over_all, likelier, cascade))
        print(
            f"SQL lr_ratio={ratio:g}, linker lr_ratio={linker_ratio:g}: "
            f"linked, whole, likelier, likelier where in doubt {rates} %; "
            f"the last - linked {100 * gain.mean:+.1f} [{100 * gain.low:+.1f}, {100 * gain.high:+.1f}]"
        )


def _members(recipe: Recipe, folder: Path) -> list[tuple[float, Panel]]:
    return [
        (member.lr_ratio, Panel((member_adapter(recipe, number, folder / recipe.task),)))
        for number, member in enumerate(recipe.members)
    ]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
