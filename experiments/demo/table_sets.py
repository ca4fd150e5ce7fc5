"""What the second stage makes of a linker's table sets: exact, larger, with one missing, unreadable.

python experiments/demo/table_sets.py ENSEMBLE    both parts of the demo's validation, each linker, the best generator
"""

import sys
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

from hydra import compose, initialize_config_dir

from oraclecoder.answer.panel import Memos, Panel
from oraclecoder.answer.scoring import sql_right
from oraclecoder.answer.stages import Linked
from oraclecoder.config import EvaluateConfig
from oraclecoder.dataset import load_dataset
from oraclecoder.ensemble.asked import GENERATION, LINKING, Questions
from oraclecoder.ensemble.evaluation import Evaluator
from oraclecoder.ensemble.recipe import member_adapter, read_ensemble
from oraclecoder.records import Links
from oraclecoder.settings import CONF, register_schemas, to_config


def kind_of(found: Links | None, gold: Links | None) -> str:
    """How a predicted table set stands to the gold one."""
    if found is None or gold is None:
        return "unreadable"
    own, wanted = set(found.tables), set(gold.tables)
    return "exact" if own == wanted else "larger" if own > wanted else "one missing"


def main(folder: Path) -> None:
    """Print per linker and kind of table set: questions, and SQL right over these links and over the gold ones."""
    register_schemas()
    with initialize_config_dir(str(CONF), version_base="1.3"):
        config = to_config(compose("evaluate"), EvaluateConfig)
    recipes, dataset = read_ensemble(folder), load_dataset(config.dataset)
    questions = Questions.of([*dataset.choose, *dataset.accept], dataset.databases)
    answer = replace(config.answer, whole_schema_below=0)  # or the whole schema would make up for tables that miss
    asked = Evaluator(recipes, questions, Memos(), answer, config.limits, None).asked
    generator = Panel((member_adapter(recipes[GENERATION], 0, folder / GENERATION),))

    def right(links: dict[str, Linked], label: str) -> dict[str, float]:
        written = asked.sql(generator, links, label)
        return sql_right(questions.examples, written, questions.databases, kind=dataset.name, limits=config.limits)

    over_gold = right(dict(questions.gold), "gold links")
    for number, member in enumerate(recipes[LINKING].members):
        linked = asked.links(Panel((member_adapter(recipes[LINKING], number, folder / LINKING),)), "linking")
        over_own, kinds = right(linked, "predicted links"), defaultdict(list)
        for name, gold in questions.gold.items():
            kinds[kind_of(linked[name].links, gold.links)].append(name)
        for kind, names in sorted(kinds.items()):
            own, gold_links = (100 * sum(hits[name] for name in names) / len(names) for hits in (over_own, over_gold))
            print(
                f"lr_ratio={member.lr_ratio:g}, {kind}, {len(names)}: {own:.1f} % right, {gold_links:.1f} on gold links"
            )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
