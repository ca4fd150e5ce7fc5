"""Run SQL that a model wrote: read-only, limited, in processes that are killed at the limit. Failure is a value."""

import marshal
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from oraclecoder.database.pool import Answer, Job, Pool
from oraclecoder.database.settle import Settled


class Reason(Enum):
    """Why a prediction counts or does not; a query that ran has none of the first five until it is compared."""

    correct = "correct"
    wrong_rows = "wrong_rows"
    wrong_order = "wrong_order"
    wrong_columns = "wrong_columns"
    empty_prediction = "empty_prediction"
    syntax_error = "syntax_error"
    no_such_table = "no_such_table"
    no_such_column = "no_such_column"
    no_such_function = "no_such_function"
    ambiguous_column = "ambiguous_column"
    error = "error"
    forbidden = "forbidden"
    timeout = "timeout"
    memory = "memory"
    too_many_rows = "too_many_rows"
    too_many_bytes = "too_many_bytes"
    crashed = "crashed"
    no_database = "no_database"
    database_unreadable = "database_unreadable"
    gold_failed = "gold_failed"


@dataclass(frozen=True)
class Limits:
    """What one query may use: virtual-machine steps, seconds, rows and bytes of its result, bytes of memory.

    Steps do not depend on load, so they ought to be what stops a query; seconds are there for what is no step.
    """

    max_steps: int
    max_seconds: float
    max_rows: int
    max_bytes: int
    max_memory: int


@dataclass(frozen=True)
class Outcome:
    """What became of one query: its rows, or None with the reason and SQLite's words for it.

    `seconds` is the time of the query alone, `first_seconds` that until its first row stood ready (what BIRD's first
    script times), `steps` the virtual-machine steps to the precision of the progress handler.
    """

    rows: list[tuple[Any, ...]] | None
    columns: tuple[str, ...] = ()
    problem: str | None = None
    reason: Reason | None = None
    seconds: float = 0.0
    first_seconds: float = 0.0
    steps: int = 0

    @property
    def finds(self) -> bool:
        """Whether it returned anything but NULL."""
        return any(cell is not None for row in self.rows or () for cell in row)


Query = tuple[Path | str, str]


class Executor:
    """Runs queries in `workers` processes. Use it as a context manager; one thread at a time.

    A statement that fails, writes, hangs or crashes is an Outcome. Only a process that cannot even start raises
    DatabaseError.
    """

    def __init__(self, limits: Limits, *, workers: int = 2) -> None:
        self.limits, self.workers = limits, workers
        self.settled = Settled()
        self.pool: Pool | None = None

    def __enter__(self) -> "Executor":
        self.pool = self.pool or Pool(asdict(self.limits), self.workers)
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        self.settled.close()

    def stop(self) -> None:
        """End the processes; the next query starts new ones."""
        if self.pool is not None:
            self.pool.close()
        self.pool = None

    def run(self, path: Path | str, sql: str) -> Outcome:
        """What becomes of one query on one database file."""
        return self.run_many([(path, sql)])[0]

    def run_many(self, queries: Iterable[Query], *, progress: Callable[[int], None] | None = None) -> list[Outcome]:
        """Outcomes in the order of the queries; equal queries run once and share theirs.

        `progress` is called with the number of queries that have ended.
        """
        wanted = list(queries)
        outcomes: dict[int, Outcome] = {}
        for index, outcome in self.stream(wanted):
            outcomes[index] = outcome
            if progress is not None:
                progress(len(outcomes))
        return [outcomes[index] for index in range(len(wanted))]

    def stream(self, queries: Sequence[Query]) -> Iterator[tuple[int, Outcome]]:
        """(index, outcome) of each query as it ends, so that large results need not be held together."""
        places: dict[tuple[str, str], list[int]] = {}
        for index, (path, sql) in enumerate(queries):
            places.setdefault((str(path), sql), []).append(index)
        distinct = list(places)
        for number, outcome in self.execute(distinct, keep_rows=True):
            for index in places[distinct[number]]:
                yield index, outcome

    def time_many(self, queries: Sequence[Query]) -> list[Outcome]:
        """Every query run anew as often as it is given, its rows fetched but not kept: `rows` is [] on success."""
        outcomes = dict(self.execute([(str(path), sql) for path, sql in queries], keep_rows=False))
        return [outcomes[index] for index in range(len(queries))]

    def execute(self, queries: Sequence[tuple[str, str]], *, keep_rows: bool) -> Iterator[tuple[int, Outcome]]:
        """Hand queries whose database is there to the pool, as (index, outcome) in the order in which they end."""
        files = {path: self.settled.path(path) for path, _ in queries}
        numbers: list[int] = []
        jobs: list[Job] = []
        for number, (path, sql) in enumerate(queries):
            file = files[path]
            if file is None:
                yield number, Outcome(None, problem=f"{path} does not exist", reason=Reason.no_database)
            else:
                numbers.append(number)
                jobs.append(Job(file, sql, keep_rows))
        complete = False
        pool = self.__enter__().pool
        assert pool is not None
        try:
            for number, answer in pool.run(jobs):
                yield numbers[number], outcome_of(answer)
            complete = True
        finally:
            # A caller that breaks off leaves processes at work on queries that nobody waits for.
            if not complete:
                self.stop()


def outcome_of(answer: Answer) -> Outcome:
    """A worker's answer with its rows unpacked."""
    rows = None if answer.reason else [row for chunk in answer.chunks for row in marshal.loads(chunk)]
    return Outcome(
        rows,
        columns=answer.columns,
        problem=answer.problem or None,
        reason=Reason(answer.reason) if answer.reason else None,
        seconds=answer.seconds,
        first_seconds=answer.first_seconds,
        steps=answer.steps,
    )
