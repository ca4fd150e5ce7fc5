"""Verdicts: what was found out about each prediction, and reading them back."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, NamedTuple

from oraclecoder.database.execute import Reason
from oraclecoder.errors import DataError
from oraclecoder.records import Example, read_json_lines, write_json_lines


class Item(NamedTuple):
    """What is judged: a question with its gold, and the SQL that was given for it (empty: none)."""

    example: Example
    sql: str


@dataclass(frozen=True)
class Verdict:
    """The verdict on one prediction.

    `em`, `ex` are 1, 0 or None where it cannot be judged (no database, gold that fails, no exact match in BIRD).
    `hardness` is Spider's, from the gold query, `difficulty` BIRD's. `reason` is one of `execute.Reason`, `problem`
    SQLite's words for it.
    `seconds` is the time that the prediction ran. `plugged`: right only with values of the gold in its slots.
    `partial` has (gold, predicted, shared) counts by Spider's component. `database` is the file of a test suite on
    which it failed.
    """

    index: int
    id: str
    db_id: str
    hardness: str | None = None
    difficulty: str | None = None
    em: int | None = None
    ex: int | None = None
    soft_f1: float | None = None
    seconds: float | None = None
    reason: str = Reason.error.value
    problem: str | None = None
    plugged: bool = False
    sql: str = ""
    gold_sql: str = ""
    partial: dict[str, tuple[int, int, int]] | None = None
    database: str | None = None

    @property
    def level(self) -> str:
        """Hardness or difficulty, "unknown" where there is neither."""
        return self.hardness or self.difficulty or "unknown"


def as_flag(value: bool | None) -> int | None:
    """1, 0 or None."""
    return None if value is None else int(value)


def write_verdicts(path: Path, verdicts: Iterable[Verdict]) -> None:
    """One object per line, in the order of the question file."""
    write_json_lines(path, sorted(verdicts, key=lambda verdict: verdict.index))


def read_verdicts(path: Path) -> list[Verdict]:
    """Verdicts of a file.

    Raises:
        DataError: if the file is missing or a line is no verdict.
    """
    if not path.is_file():
        raise DataError(f"{path} does not exist; give a verdicts.jsonl that evaluate has written")
    return [read_verdict(row, f"{path} verdict {number}") for number, row in enumerate(read_json_lines(path), 1)]


def read_verdict(row: dict[str, Any], place: str) -> Verdict:
    """One verdict; fields that are not known are left out."""
    lacking = [name for name in ("index", "db_id", "reason") if name not in row]
    if lacking:
        raise DataError(f"{place} lacks {', '.join(lacking)}; give a verdicts.jsonl that evaluate has written")
    known = {field.name for field in fields(Verdict)}
    return Verdict(**{"id": str(row["index"]), **{name: value for name, value in row.items() if name in known}})
