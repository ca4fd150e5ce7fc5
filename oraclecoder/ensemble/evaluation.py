"""Evaluate an ensemble beside its base and its members: linking, SQL on gold links, and the two stages together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from oraclecoder.answer.panel import Memos, Panel
from oraclecoder.answer.stages import Linked
from oraclecoder.config import (
    AnswerConfig,
    EvaluateConfig,
    LimitsConfig,
    MetricsConfig,
    ModelConfig,
    System,
    TaskConfig,
    from_plain,
)
from oraclecoder.dataset import database_paths
from oraclecoder.ensemble.asked import GENERATION, LINKING, Asked, Bases, Questions
from oraclecoder.ensemble.recipe import Recipe, member_adapter, panel_of
from oraclecoder.ensemble.team import Asking, member_names
from oraclecoder.judge.linking import linking_report
from oraclecoder.judge.statistics import Interval, bootstrap_interval
from oraclecoder.records import Example, Links, Prediction


@dataclass(frozen=True)
class Contestant:
    """One row of the table: who answers each task; a task that is absent is not evaluated."""

    name: str
    panels: Mapping[str, Panel]


@dataclass
class Answers:
    """What one candidate answered: links, SQL on gold links, and SQL on its own links (or on the full schema)."""

    linked: dict[str, Linked] | None = None
    predictions: dict[str, list[Prediction]] = field(default_factory=dict)


def contestants(recipes: Mapping[str, Recipe], folder: Path, systems: Sequence[System]) -> list[Contestant]:
    """The rows of the table, in the order base, members, best member, ensemble."""
    rows = []
    if System.base in systems:
        rows.append(Contestant("base", dict.fromkeys(recipes, Panel((None,)))))
    if System.members in systems:
        rows += _members(recipes, folder)
    if System.best in systems:
        best = {task: Panel((member_adapter(recipe, 0, folder / task),)) for task, recipe in recipes.items()}
        rows.append(Contestant("best member", best))
    if System.ensemble in systems:
        panels = {task: panel_of(recipe, folder / task) for task, recipe in recipes.items()}
        rows.append(Contestant("ensemble", panels))
    return rows


def _members(recipes: Mapping[str, Recipe], folder: Path) -> list[Contestant]:
    """The members of the tasks by their names, which are those of their ratios, in the order of these."""
    panels: dict[tuple[float, str], dict[str, Panel]] = {}
    for task, recipe in recipes.items():
        names = member_names([member.lr_ratio for member in recipe.members])
        for number, (member, name) in enumerate(zip(recipe.members, names, strict=True)):
            panel = Panel((member_adapter(recipe, number, folder / task),))
            panels.setdefault((member.lr_ratio, name), {})[task] = panel
    return [Contestant(name, found) for (_, name), found in sorted(panels.items())]


class Evaluator:
    """Asks one contestant after another; `base` takes the place of the recipes' base if that was moved.

    What `memos` know is not asked again, and what is asked they know then.
    """

    def __init__(
        self,
        recipes: Mapping[str, Recipe],
        questions: Questions,
        memos: Memos,
        answer: AnswerConfig,
        limits: LimitsConfig,
        base: str | None,
    ) -> None:
        asking = {task: asking_of(recipe, answer, limits, base) for task, recipe in recipes.items()}
        self.asked = Asked(asking, questions, Bases(), memos)

    def answers(self, contestant: Contestant) -> Answers:
        """Everything that one contestant answers."""
        found, name, panels = Answers(), contestant.name, contestant.panels
        if LINKING in panels:
            found.linked = self.asked.links(panels[LINKING], name)
        if GENERATION in panels:
            gold = self.asked.questions.gold
            found.predictions["gold_links"] = self.asked.sql(panels[GENERATION], gold, f"{name}: gold links")
            setting = "full_schema" if found.linked is None else "two_stage"
            label = f"{name}: {setting.replace('_', ' ')}"
            found.predictions[setting] = self.asked.sql(panels[GENERATION], found.linked, label)
        return found


def evaluator_of(
    config: EvaluateConfig, recipes: Mapping[str, Recipe], examples: Sequence[Example], memos: Memos
) -> Evaluator:
    """Who asks these questions as the command is told to."""
    questions = Questions.of(examples, database_paths(config.dataset))
    return Evaluator(recipes, questions, memos, config.answer, config.limits, config.base)


def asking_of(recipe: Recipe, answer: AnswerConfig, limits: LimitsConfig, base: str | None) -> Asking:
    """How a recipe's task is asked, over its base or the one that took its place."""
    model = from_plain(ModelConfig, recipe.model_settings)
    if base is not None:
        model = replace(model, name=base)
    return Asking(model, from_plain(TaskConfig, recipe.task_settings), answer, limits)


def linking_scores(questions: Questions, linked: Mapping[str, Linked], metrics: MetricsConfig) -> dict[str, Any]:
    """Table and column scores by number of gold tables, unreadable answers, and an interval on the table scores."""
    pairs: list[tuple[Links | None, Links]] = []
    databases = []
    for example in questions.examples:
        gold = questions.gold[example.id].links
        if gold is not None:
            pairs.append((linked[example.id].links, gold))
            databases.append(example.database)
    report: dict[str, Any] = dict(linking_report(pairs))
    report["num_unreadable"] = sum(found is None for found, _ in pairs)
    report["tables_strict_recall"] = bootstrap_interval(
        [float(found is not None and {t.lower() for t in gold.tables} <= {t.lower() for t in found.tables})
         for found, gold in pairs],
        databases, confidence=metrics.confidence, num_resamples=metrics.num_resamples, seed=metrics.seed,
    )  # fmt: skip
    return report


def of_interval(found: Interval) -> str:
    """A rate in per cent with its interval."""
    return f"{100 * found.mean:.1f} [{100 * found.low:.1f}, {100 * found.high:.1f}]"
