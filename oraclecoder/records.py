"""The nouns of the route, and JSON lines in and out.

questions + databases -> Example -> Prompt -> Prediction -> Verdict
"""

import json
import os
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, is_dataclass
from pathlib import Path
from typing import Any, TypeVar

from oraclecoder.errors import DataError


@dataclass(frozen=True)
class Links:
    """The tables that a question needs, and the columns as (table, column); names as the schema spells them."""

    tables: tuple[str, ...] = ()
    columns: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Example:
    """One question with its gold query. `index` is its row in the question file of its split."""

    id: str
    index: int
    question: str
    database: str
    gold_sql: str
    evidence: str = ""
    difficulty: str = ""


@dataclass(frozen=True)
class Prompt:
    """What the model reads and learns: prefix + question is read, answer is learnt.

    `prefix` (instruction + schema) ends in a newline and is byte-identical for all questions of one schema text.
    """

    example_id: str
    prefix: str
    question: str
    answer: str
    num_dropped: int = 0


@dataclass(frozen=True)
class Prediction:
    """What was answered to one example: links of stage one, SQL of stage two, time in seconds.

    `whole_schema` is a query for which the whole schema was shown, whatever was linked.
    """

    id: str
    index: int
    database: str
    question: str
    sql: str
    gold_sql: str
    links: Links | None = None
    gold_links: Links | None = None
    links_text: str = ""
    whole_schema: bool = False
    candidates: tuple[str, ...] = ()
    seconds: float = 0.0


Record = TypeVar("Record")


UMASK = os.umask(0o022)
os.umask(UMASK)


def give_usual_mode(path: Path) -> None:
    """Let a temporary file or folder be read by whom new ones may be: it was made for its owner alone."""
    path.chmod((0o777 if path.is_dir() else 0o666) & ~UMASK)


def write_text(path: Path, text: str) -> None:
    """Write a file so that a reader sees either the old text or the whole new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        give_usual_mode(Path(temporary))
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _as_dictionary(value: Any) -> Any:
    """A dataclass as a dictionary, anything else as it is."""
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else value


def write_json(path: Path, value: Any) -> None:
    """Write one JSON document atomically."""
    write_text(path, json.dumps(_as_dictionary(value), indent=2, ensure_ascii=False, default=str) + "\n")


def write_json_lines(path: Path, records: Iterable[Any]) -> None:
    """Write one JSON object per line, atomically."""
    write_text(path, "".join(json.dumps(_as_dictionary(r), ensure_ascii=False) + "\n" for r in records))


def read_json(path: Path) -> Any:
    """Read one JSON document.

    Raises:
        DataError: if the file is missing or is not JSON.
    """
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise DataError(f"{path} does not exist; check the folder that was given") from None
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise DataError(f"{path} is not valid JSON ({error}); fetch it again") from None


def read_json_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Read one JSON object per line.

    Raises:
        DataError: names the line that is not a JSON object.
    """
    with path.open(encoding="utf-8", errors="replace") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                value = json.loads(line)
            except json.JSONDecodeError as error:
                raise DataError(f"{path} line {number} is not valid JSON ({error}); mend or remove it") from None
            if not isinstance(value, dict):
                raise DataError(f"{path} line {number} is a {type(value).__name__}, not a JSON object; mend it")
            yield value
