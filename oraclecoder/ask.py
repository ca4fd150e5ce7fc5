"""Ask an ensemble questions of your own about a database of your own, one a line.

python -m oraclecoder.ask database=shop.sqlite
python -m oraclecoder.ask database=hotel < questions.txt
"""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from oraclecoder.config import AskConfig
from oraclecoder.errors import DatabaseError, RunError
from oraclecoder.settings import command

if TYPE_CHECKING:
    from oraclecoder.database.execute import Outcome
    from oraclecoder.ensemble.recipe import Recipe
    from oraclecoder.records import Prediction


def find_database(given: str) -> Path:
    """The SQLite file of this path, or of the demo's database of this name.

    Raises:
        DatabaseError: if there is neither.
    """
    from oraclecoder.dataset.demo import build_databases, database_names

    if Path(given).is_file():
        return Path(given)
    if given not in database_names():
        raise DatabaseError(
            f"database={given} is neither a file nor a database of the demo; give a SQLite file, or one of "
            f"{', '.join(database_names())}"
        )
    return build_databases()[given]


class Desk:
    """An ensemble that is asked about one database; its base is loaded once.

    Raises:
        RunError: if the ensemble writes no SQL.
        DatabaseError: if the file is no SQLite database, or has no table.
    """

    def __init__(self, recipes: "dict[str, Recipe]", folder: Path, database: Path, config: AskConfig) -> None:
        from oraclecoder.answer.panel import Memos
        from oraclecoder.database.schema import read_schema
        from oraclecoder.ensemble.asked import GENERATION, Bases
        from oraclecoder.ensemble.evaluation import asking_of
        from oraclecoder.ensemble.recipe import panel_of

        if GENERATION not in recipes:
            raise RunError(
                f"{folder} holds {', '.join(recipes)} and writes no SQL; train task={GENERATION}, merge again"
            )
        self.schema, self.database, self.limits = read_schema(database), database, config.limits
        self.asking = {task: asking_of(one, config.answer, config.limits, config.base) for task, one in recipes.items()}
        self.panels = {task: panel_of(one, folder / task) for task, one in recipes.items()}
        self.bases, self.memos = Bases(), Memos()
        for asking in self.asking.values():
            self.bases.of(asking.model)

    def answer(self, questions: Sequence[str]) -> "list[tuple[Prediction, Outcome]]":
        """The answers in the order of the questions, and what SQLite made of them."""
        from oraclecoder.answer.stages import Linked
        from oraclecoder.database.execute import Executor
        from oraclecoder.ensemble.asked import GENERATION, LINKING, Asked, Questions
        from oraclecoder.judge.judge import bounds
        from oraclecoder.records import Example

        name = self.database.stem
        examples = [Example(str(number), number, asked, name, "") for number, asked in enumerate(questions)]
        gold = {example.id: Linked(None, "") for example in examples}
        asked = Asked(self.asking, Questions(examples, {name: self.database}, gold), self.bases, self.memos)
        linked = asked.links(self.panels[LINKING], "ask") if LINKING in self.panels else None
        predictions = asked.sql(self.panels[GENERATION], linked, "ask: SQL")
        with Executor(bounds(self.limits), workers=1) as executor:
            outcomes = executor.run_many([(self.database, prediction.sql) for prediction in predictions])
        return list(zip(predictions, outcomes, strict=True))


def read_questions() -> Iterator[list[str]]:
    """Questions as they are typed, or all lines of a file at once, which are answered together."""
    if not sys.stdin.isatty():
        yield [line.strip() for line in sys.stdin if line.strip()]
        return
    while True:
        try:
            line = input("\nquestion> ").strip()
        except EOFError:
            print()
            return
        if line:
            yield [line]


def ask(config: AskConfig) -> None:
    """Answer until there are no more questions."""
    from oraclecoder.ensemble.recipe import newest_ensemble, read_ensemble
    from oraclecoder.ensemble.show_evaluation import show_answer
    from oraclecoder.tracking.progress import quiet_libraries

    quiet_libraries()
    folder = Path(config.ensemble_dir) if config.ensemble_dir else newest_ensemble(Path(config.results_dir))
    desk = Desk(read_ensemble(folder), folder, find_database(config.database), config)
    tables = ", ".join(table.name for table in desk.schema.tables)
    print(f"ensemble: {folder}\ndatabase: {desk.database}\ntables: {tables}", flush=True)
    for questions in read_questions():
        for prediction, outcome in desk.answer(questions):
            show_answer(prediction, outcome)


@command("ask")
def main(config: AskConfig) -> None:
    """Ask from the command line."""
    ask(config)


if __name__ == "__main__":
    main()
