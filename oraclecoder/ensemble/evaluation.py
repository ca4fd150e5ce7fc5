"""Evaluate an ensemble beside its base and its members: linking, SQL on gold links, and the two stages together."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from oraclecoder.answer.stages import Answerer, Linked, gold_linked, link, write_sql
from oraclecoder.config import AnswerConfig, ModelConfig, System, TaskConfig, from_plain
from oraclecoder.ensemble.build import Recipe
from oraclecoder.judge.linking import linking_report
from oraclecoder.judge.statistics import Interval, bootstrap_interval
from oraclecoder.model.adapter import applied
from oraclecoder.model.base import Base, load_base
from oraclecoder.records import Example, Links, Prediction
from oraclecoder.tracking.progress import progress

LINKING, GENERATION = "schema_linking", "sql_generation"


@dataclass(frozen=True)
class Candidate:
    """One row of the table: adapters by task; a task that is absent is not evaluated, None is the base alone."""

    name: str
    adapters: Mapping[str, Path | None]


@dataclass
class Answers:
    """What one candidate answered: links, SQL on gold links, and SQL on its own links (or on the full schema)."""

    linked: dict[str, Linked] | None = None
    predictions: dict[str, list[Prediction]] = field(default_factory=dict)


@dataclass(frozen=True)
class Questions:
    """What is asked, with the gold links that only scores may see."""

    examples: Sequence[Example]
    databases: Mapping[str, Path]
    gold: Mapping[str, Linked]

    @classmethod
    def of(cls, examples: Sequence[Example], databases: Mapping[str, Path]) -> "Questions":
        """The questions with the links of their gold queries."""
        return cls(examples, databases, gold_linked(examples, databases))


def candidates(recipes: Mapping[str, Recipe], folder: Path, systems: Sequence[System]) -> list[Candidate]:
    """The rows of the table, in the order base, members, best member, ensemble."""
    rows = []
    if System.base in systems:
        rows.append(Candidate("base", dict.fromkeys(recipes)))
    if System.members in systems:
        ratios = sorted({member.lr_ratio for recipe in recipes.values() for member in recipe.members})
        rows += [_at_ratio(recipes, ratio) for ratio in ratios]
    if System.best in systems:
        rows.append(Candidate("best member", {task: Path(r.members[0].adapter) for task, r in recipes.items()}))
    if System.ensemble in systems:
        rows.append(Candidate("ensemble", {task: folder / task / "adapter" for task in recipes}))
    return rows


def _at_ratio(recipes: Mapping[str, Recipe], ratio: float) -> Candidate:
    found = {
        task: Path(member.adapter) for task, recipe in recipes.items() for member in recipe.members
        if member.lr_ratio == ratio
    }  # fmt: skip
    return Candidate(f"member lr_ratio={ratio:g}", found)


class Evaluator:
    """Holds one base in memory and answers with one adapter after another; equal adapters answer once."""

    def __init__(self, recipes: Mapping[str, Recipe], questions: Questions, answer: AnswerConfig, base: str | None):
        self.recipes, self.questions, self.answer, self.base_name = recipes, questions, answer, base
        self._bases: dict[str, Base] = {}
        self._links: dict[Path | None, dict[str, Linked]] = {}
        self._gold_linked: dict[Path | None, list[Prediction]] = {}

    def answers(self, candidate: Candidate) -> Answers:
        """Everything that one candidate answers."""
        found = Answers()
        if LINKING in candidate.adapters:
            found.linked = self._link(candidate)
        if GENERATION in candidate.adapters:
            folder = candidate.adapters[GENERATION]
            if folder not in self._gold_linked:
                self._gold_linked[folder] = self._generate(candidate, "gold links", self.questions.gold)
            found.predictions["gold_links"] = self._gold_linked[folder]
            setting = "full_schema" if found.linked is None else "two_stage"
            found.predictions[setting] = self._generate(candidate, setting.replace("_", " "), found.linked)
        return found

    def _link(self, candidate: Candidate) -> dict[str, Linked]:
        folder = candidate.adapters[LINKING]
        if folder not in self._links:
            with self._answerer(LINKING, folder) as linker, self._bar(candidate, "linking") as advance:
                q = self.questions
                self._links[folder] = link(linker, q.examples, q.databases, advance=advance)
        return self._links[folder]

    def _generate(self, candidate: Candidate, label: str, linked: Mapping[str, Linked] | None) -> list[Prediction]:
        with (
            self._answerer(GENERATION, candidate.adapters[GENERATION]) as generator,
            self._bar(candidate, label) as bar,
        ):
            q = self.questions
            predictions = write_sql(generator, q.examples, q.databases, linked, advance=bar)
        return [replace(p, gold_links=self.questions.gold[p.id].links) for p in predictions]

    def _bar(self, candidate: Candidate, label: str) -> Any:
        return progress(f"{candidate.name}: {label}", len(self.questions.examples))

    @contextmanager
    def _answerer(self, task: str, adapter: Path | None) -> Iterator[Answerer]:
        recipe = self.recipes[task]
        config = from_plain(ModelConfig, recipe.model_settings)
        if self.base_name is not None:
            config = replace(config, name=self.base_name)
        key = repr(config)
        if key not in self._bases:
            self._bases[key] = load_base(config)
        base = self._bases[key]
        with applied(base, adapter) as model:
            yield Answerer(model, base.tokenizer, config, from_plain(TaskConfig, recipe.task_settings), self.answer)


def linking_scores(questions: Questions, linked: Mapping[str, Linked]) -> dict[str, Any]:
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
    report["tables_strict_recall"] = interval(
        [float(found is not None and {t.lower() for t in gold.tables} <= {t.lower() for t in found.tables})
         for found, gold in pairs], databases
    )  # fmt: skip
    return report


interval = partial(bootstrap_interval, confidence=0.95, num_resamples=2000, seed=0)


def of_interval(found: Interval) -> str:
    """A rate in per cent with its interval."""
    return f"{100 * found.mean:.1f} [{100 * found.low:.1f}, {100 * found.high:.1f}]"
