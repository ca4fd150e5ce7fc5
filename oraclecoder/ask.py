"""Ask an ensemble questions of your own about a database of your own, one a line.

python -m oraclecoder.ask database=shop.sqlite
python -m oraclecoder.ask database=hotel < questions.txt
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from oraclecoder.config import AskConfig
from oraclecoder.errors import DatabaseError, DataError
from oraclecoder.loading import loading
from oraclecoder.runs import newest_ensemble
from oraclecoder.settings import command


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


def read_questions() -> Iterator[list[str]]:
    """Questions as they are typed, or all lines of a file at once, which are answered together.

    Raises:
        DataError: if the file is not UTF-8.
    """
    if not sys.stdin.isatty():
        try:
            text = sys.stdin.buffer.read().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise DataError(f"the questions are not UTF-8 ({error}); convert them with iconv -t UTF-8") from None
        yield [line.strip() for line in text.splitlines() if line.strip()]
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
    with loading():
        from oraclecoder.ensemble.desk import Desk
        from oraclecoder.ensemble.show_evaluation import show_answer
        from oraclecoder.tracking.progress import quiet_libraries

    quiet_libraries()
    folder = Path(config.ensemble_dir) if config.ensemble_dir else newest_ensemble(Path(config.results_dir))
    desk = Desk(folder, find_database(config.database), config.answer, config.limits, config.base)
    print(f"ensemble: {folder}\ndatabase: {desk.database}\ntables: {', '.join(desk.tables)}", flush=True)
    for questions in read_questions():
        for prediction, outcome in desk.answer(questions):
            show_answer(prediction, outcome)


@command("ask")
def main(config: AskConfig) -> None:
    """Ask from the command line."""
    ask(config)


if __name__ == "__main__":
    main()
