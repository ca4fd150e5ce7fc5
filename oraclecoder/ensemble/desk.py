"""An ensemble asked about one database: questions that have no gold query, answered and run."""

from collections.abc import Sequence
from pathlib import Path

from oraclecoder.answer.panel import Memos
from oraclecoder.config import AnswerConfig, LimitsConfig, System
from oraclecoder.database.execute import Executor, Outcome
from oraclecoder.database.schema import read_schema
from oraclecoder.ensemble.asked import GENERATION, LINKING, Asked, Bases, Questions
from oraclecoder.ensemble.evaluation import asking_of, contestants
from oraclecoder.ensemble.recipe import read_ensemble
from oraclecoder.errors import RunError
from oraclecoder.judge.judge import bounds
from oraclecoder.model.prefix_cache import PrefixCache
from oraclecoder.records import Example, Prediction


class Desk:
    """What is served in an ensemble's folder, at one database; the base, or what took its place, is loaded once.

    Raises:
        RunError: if the folder holds no ensemble, or one that writes no SQL.
        DatabaseError: if the file is no SQLite database, or has no table.
    """

    def __init__(
        self, folder: Path, database: Path, answer: AnswerConfig, limits: LimitsConfig, base: str | None
    ) -> None:
        recipes = read_ensemble(folder)
        if GENERATION not in recipes:
            raise RunError(
                f"{folder} holds {', '.join(recipes)} and writes no SQL; train task={GENERATION}, merge again"
            )
        self.database, self.limits = database, limits
        self.tables = tuple(table.name for table in read_schema(database).tables)
        (served,) = contestants(recipes, folder, [System.ensemble])
        self.panels = served.panels
        self.asking = {task: asking_of(recipe, answer, limits, base) for task, recipe in recipes.items()}
        self.bases, self.memos, self.kept = Bases(), Memos(), PrefixCache(answer.prefix_cache_bytes)
        for asking in self.asking.values():
            self.bases.of(asking.model)

    def answer(self, questions: Sequence[str]) -> list[tuple[Prediction, Outcome]]:
        """The answers in the order of the questions, and what SQLite made of them."""
        name = self.database.stem
        examples = [Example(str(number), number, question, name, "") for number, question in enumerate(questions)]
        given = Questions.of(examples, {name: self.database})
        asked = Asked(self.asking, given, self.bases, self.memos, self.kept)
        linked = asked.links(self.panels[LINKING], "ask") if LINKING in self.panels else None
        predictions = asked.sql(self.panels[GENERATION], linked, "ask: SQL")
        with Executor(bounds(self.limits), workers=1) as executor:
            outcomes = executor.run_many([(self.database, prediction.sql) for prediction in predictions])
        return list(zip(predictions, outcomes, strict=True))
