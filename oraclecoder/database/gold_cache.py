"""Results of gold queries, which run again and again: kept by the contents of the database, in memory and on disk."""

import logging
import marshal
import os
import re
import sqlite3
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import astuple
from pathlib import Path
from typing import Any

from oraclecoder.database.execute import Executor, Outcome, Query
from oraclecoder.fingerprint import digest_file, digest_value

LARGEST_ENTRY = 1 << 20
UNSTEADY = re.compile(
    r"random|now|current_|unixepoch|julianday|changes|rowid\s*\("
    r"|time\s*\(\s*\)|date\s*\(\s*\)|strftime\s*\(\s*('[^']*'|\"[^\"]*\")\s*\)",  # without a time they take the present
    re.IGNORECASE,
)

logger = logging.getLogger(__name__)

Entry = tuple[list[tuple[Any, ...]], tuple[str, ...], float, float, int]


class GoldCache:
    """Runs gold queries through an executor unless their results are known.

    A result is known by the bytes of the database, the query, the limits and the versions of SQLite and Python. Only
    queries that succeeded are kept, and none that depends on time or chance. With a `folder` they outlive the process.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder
        self.known: dict[str, dict[str, Entry]] = {}

    def run_many(self, executor: Executor, queries: Sequence[Query]) -> list[Outcome]:
        """Outcomes in the order of the queries."""
        names = {path: self.name(executor, Path(path)) for path in {path for path, _ in queries}}
        found: dict[int, Outcome] = {}
        for index, (path, sql) in enumerate(queries):
            entry = self.entries(names[path]).get(sql)
            if entry is not None:
                rows, columns, seconds, first_seconds, steps = entry
                found[index] = Outcome(rows, columns, None, None, seconds, first_seconds, steps)
        unknown = [index for index in range(len(queries)) if index not in found]
        outcomes = executor.run_many([queries[index] for index in unknown])
        found.update(zip(unknown, outcomes, strict=True))
        self.keep([(names[queries[index][0]], queries[index][1], found[index]) for index in unknown])
        return [found[index] for index in range(len(queries))]

    def name(self, executor: Executor, path: Path) -> str:
        """What identifies the results of one database; empty where there is none to read."""
        settled = executor.settled.path(path)
        if settled is None:
            return ""
        versions = [sqlite3.sqlite_version, sys.version_info[:2], astuple(executor.limits)]
        try:
            return digest_value([digest_file(Path(settled)), *versions])
        except OSError:
            return ""

    def entries(self, name: str) -> dict[str, Entry]:
        """What is known of one database; a file that cannot be read is as good as none."""
        if name not in self.known:
            self.known[name] = {}
            if self.folder is not None and name:
                try:
                    self.known[name] = marshal.loads((self.folder / name).read_bytes())
                except (OSError, ValueError, EOFError, TypeError):
                    self.known[name] = {}
        return self.known[name]

    def keep(self, fresh: Sequence[tuple[str, str, Outcome]]) -> None:
        """Remember new results, and write those of each database that has any."""
        changed: set[str] = set()
        for name, sql, outcome in fresh:
            if name and outcome.rows is not None and not UNSTEADY.search(sql):
                entry = (outcome.rows, outcome.columns, outcome.seconds, outcome.first_seconds, outcome.steps)
                if len(marshal.dumps(entry)) <= LARGEST_ENTRY:
                    self.known[name][sql] = entry
                    changed.add(name)
        if self.folder is not None:
            self.write(self.folder, changed)

    def write(self, folder: Path, names: Iterable[str]) -> None:
        """Write what is known of these databases; where that cannot be, say so once and go on without."""
        try:
            for name in names:
                write_bytes(folder / name, marshal.dumps(self.known[name]))
        except OSError as error:
            logger.warning(
                "results of gold queries are not kept, as %s cannot be written (%s); set ORACLECODER_CACHE to a folder "
                "that can", folder, error.strerror,
            )  # fmt: skip
            self.folder = None


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file so that a reader sees either the old bytes or all of the new ones."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
