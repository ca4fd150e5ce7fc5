"""The embedded demo: databases and questions as readable .sql files, built into SQLite on first use."""

import os
import sqlite3
import tempfile
from pathlib import Path

from oraclecoder.cache import cache_folder
from oraclecoder.errors import DataError
from oraclecoder.fingerprint import digest_file
from oraclecoder.records import Example

FOLDER = Path(__file__).parent / "demo"
TEST_DATABASES = ("airline", "clinic", "film_festival", "football_league", "hotel")
SPLITS = ("train", "test")
EVIDENCE = "-- evidence:"


def read_questions(split: str, folder: Path = FOLDER) -> tuple[Example, ...]:
    """The examples of one split, database by database.

    Raises:
        DataError: if there is no such split, or a file is not as `parse_questions` wants it.
    """
    if split not in SPLITS:
        raise DataError(f"dataset=demo has no split {split!r}; choose one of {', '.join(SPLITS)}")
    examples: list[Example] = []
    for name in database_names(folder):
        if (name in TEST_DATABASES) == (split == "test"):
            path = folder / f"{name}.questions.sql"
            for question, evidence, query in parse_questions(path):
                index = len(examples)
                examples.append(Example(f"demo-{split}-{index}", index, question, name, query, evidence))
    return tuple(examples)


def database_names(folder: Path = FOLDER) -> tuple[str, ...]:
    """The names of the databases that have a file of questions."""
    return tuple(sorted(path.name.removesuffix(".questions.sql") for path in folder.glob("*.questions.sql")))


def parse_questions(path: Path) -> list[tuple[str, str, str]]:
    """(question, evidence, query) of each entry of a file.

    An entry is comment lines with the question, perhaps `-- evidence: ...`, then one query that ends in a semicolon.
    Entries are apart by an empty line; comments that no query follows are skipped.

    Raises:
        DataError: names the file and the entry that has no question or no semicolon.
    """
    entries = []
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        lines = [line.strip() for line in block.splitlines() if line.strip()]
        query = "\n".join(line for line in lines if not line.startswith("--"))
        if not query:
            continue
        evidence = " ".join(line.removeprefix(EVIDENCE).strip() for line in lines if line.startswith(EVIDENCE))
        asked = [line for line in lines if line.startswith("--") and not line.startswith(EVIDENCE)]
        question = " ".join(line.removeprefix("--").strip() for line in asked)
        if not question or not query.endswith(";"):
            raise DataError(f"{path.name}: {query!r} needs a question in a comment above and a semicolon at its end")
        entries.append((question, evidence, query.rstrip(";").rstrip()))
    return entries


def digest_database(name: str, folder: Path = FOLDER) -> str:
    """Hash of the database's source, as the bytes that SQLite builds from it differ between versions."""
    return digest_file(folder / f"{name}.sql")


def build_databases(folder: Path = FOLDER) -> dict[str, Path]:
    """The SQLite file of every database; built in the cache unless one of the same source is there.

    Raises:
        DataError: names the file whose statements SQLite refuses.
    """
    return {name: _build(name, folder) for name in database_names(folder)}


def _build(name: str, folder: Path) -> Path:
    target = cache_folder() / "demo" / digest_database(name, folder)[:16] / name / f"{name}.sqlite"
    if target.exists():
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=target.parent, suffix=".part")
    os.close(handle)
    connection = sqlite3.connect(temporary)
    try:
        connection.executescript((folder / f"{name}.sql").read_text(encoding="utf-8"))
        connection.commit()
        connection.close()
        os.replace(temporary, target)
    except sqlite3.Error as error:
        raise DataError(f"{name}.sql of the demo does not build ({error}); mend its statements") from None
    finally:
        connection.close()
        Path(temporary).unlink(missing_ok=True)
    return target
