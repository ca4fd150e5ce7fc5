"""The process that runs hostile SQL. Started by path as `python -I -S worker.py FD`; imports the standard library only.

What holds here: databases are opened read-only and immutable, one statement a time, an authorizer that lets reading
through and nothing else, limits on steps, seconds, rows, bytes and memory, no byte may be written to a file.
What does not: it is no sandbox against a fault in SQLite itself beyond those limits, and the network is not closed.
"""

import contextlib
import marshal
import mmap
import os
import resource
import signal
import sqlite3
import struct
import sys
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, BinaryIO

MAX_CONNECTIONS = 16
MAX_SQL_BYTES = 1_000_000
FRAME_BYTES = 1 << 18
BATCH_SECONDS = 0.05
KILL_GRACE_SECONDS = 0.05
NO_MEMORY_STATUS = 3
READ_ACTIONS = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE}
FORBIDDEN_FUNCTIONS = {"load_extension", "fts3_tokenizer"}
READ_PRAGMAS = {"data_version", "foreign_key_list", "index_info", "index_list", "table_info", "table_xinfo"}
PROBLEMS = (
    ("no such table", "no_such_table"),
    ("no such column", "no_such_column"),
    ("ambiguous column", "ambiguous_column"),
    ("no such function", "no_such_function"),
    ("syntax error", "syntax_error"),
    ("incomplete input", "syntax_error"),
    ("unrecognized token", "syntax_error"),
    ("may not be modified", "forbidden"),
)
CODES = {
    **dict.fromkeys((sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_TOOBIG), "memory"),
    **dict.fromkeys((sqlite3.SQLITE_AUTH, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM), "forbidden"),
    **dict.fromkeys((sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB), "database_unreadable"),
    **dict.fromkeys((sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR), "database_unreadable"),
}


class Refused(Exception):
    """This statement gets no rows: (reason, problem)."""


class Meter:
    """Counts virtual-machine steps of the statement at hand and remembers what stopped it."""

    def __init__(self, max_steps: int, max_seconds: float) -> None:
        self.max_steps, self.max_seconds = max_steps, max_seconds
        self.interval = max(1, min(1000, max_steps // 10))
        self.start()

    def start(self) -> None:
        """Begin a new statement."""
        self.steps, self.stopped, self.denied = 0, "", ""
        self.deadline = time.monotonic() + self.max_seconds

    def tick(self) -> int:
        """Progress handler: 1 interrupts."""
        self.steps += self.interval
        if self.steps > self.max_steps:
            self.stopped = f"stopped after {self.max_steps} steps"
        elif time.monotonic() > self.deadline:
            self.stopped = f"stopped after {self.max_seconds} seconds"
        return 1 if self.stopped else 0

    def authorize(self, action: int, first: str | None, second: str | None, *_: str | None) -> int:
        """Authorizer: reading is allowed, everything else is denied and remembered."""
        allowed = action in READ_ACTIONS
        if action == sqlite3.SQLITE_FUNCTION:
            allowed = (second or "").lower() not in FORBIDDEN_FUNCTIONS
        elif action == sqlite3.SQLITE_PRAGMA:
            allowed = (first or "").lower() in READ_PRAGMAS
        elif action == sqlite3.SQLITE_UPDATE:
            # Table functions such as json_each declare themselves so; a statement cannot write there.
            allowed = first == "sqlite_master"
        if not allowed:
            self.denied = self.denied or " ".join(filter(None, ("not allowed:", first, second)))
        return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY


def decode(text: bytes) -> str:
    """Text as the official scripts read it."""
    return text.decode(errors="ignore")


class Session:
    """Open databases and the limits that hold for each statement."""

    def __init__(self, limits: dict[str, Any]) -> None:
        self.limits = limits
        self.meter = Meter(limits["max_steps"], limits["max_seconds"])
        self.connections: OrderedDict[tuple[str, int, int, int], sqlite3.Connection] = OrderedDict()

    def connection(self, path: str) -> sqlite3.Connection:
        """The open database, opened anew if its file has changed."""
        try:
            status = os.stat(path)
        except OSError as error:
            raise Refused("no_database", f"{path}: {error.strerror}") from None
        key = (path, status.st_ino, status.st_mtime_ns, status.st_size)
        if key not in self.connections:
            while len(self.connections) >= MAX_CONNECTIONS:
                self.connections.popitem(last=False)[1].close()
            self.connections[key] = self.open(path)
        self.connections.move_to_end(key)
        return self.connections[key]

    def open(self, path: str) -> sqlite3.Connection:
        """Open read-only; immutable keeps SQLite from locks and side files, which settle.py has made sound."""
        quoted = os.path.abspath(path).replace("%", "%25").replace("?", "%3f").replace("#", "%23")
        uri = f"file:{quoted}?mode=ro&immutable=1"
        try:
            connection = sqlite3.connect(uri, uri=True, isolation_level=None, cached_statements=0)
            connection.text_factory = decode
            # Not trusted_schema=0, to which a JSON function in an index makes the whole database malformed.
            for setting in ("query_only=1", "temp_store=2"):
                connection.execute(f"PRAGMA {setting}")
            connection.execute(f"PRAGMA hard_heap_limit={self.limits['max_memory'] * 3 // 4}")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchall()
        except sqlite3.Error as error:
            raise Refused("database_unreadable", f"{path}: {error}") from None
        connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, self.limits["max_bytes"])
        connection.setlimit(sqlite3.SQLITE_LIMIT_SQL_LENGTH, MAX_SQL_BYTES)
        connection.set_authorizer(self.meter.authorize)
        connection.set_progress_handler(self.meter.tick, self.meter.interval)
        return connection

    def answer(self, path: str, sql: str, keep_rows: bool) -> tuple[Any, ...]:
        """(reason, problem, columns, chunks of marshalled rows, seconds, seconds to the first row, steps)."""
        columns: tuple[str, ...] = ()
        chunks: list[bytes] = []
        reason = problem = ""
        started = first = time.perf_counter()
        self.meter.start()
        signal.setitimer(signal.ITIMER_REAL, self.meter.max_seconds + KILL_GRACE_SECONDS)
        try:
            connection = self.connection(path)
            started = first = time.perf_counter()
            cursor = connection.execute(sql)
            first = time.perf_counter()
            columns = tuple(column[0] for column in cursor.description or ())
            chunks = self.fetch(cursor, keep_rows)
        except (Refused, sqlite3.Error, sqlite3.Warning, MemoryError, ValueError) as error:
            reason, problem = error.args if isinstance(error, Refused) else self.explain(error)
        seconds = time.perf_counter() - started
        return reason, problem[:500], columns, chunks, seconds, first - started, self.meter.steps

    def fetch(self, cursor: sqlite3.Cursor, keep_rows: bool) -> list[bytes]:
        """All rows in marshalled chunks; refuses more rows or bytes than allowed."""
        chunks: list[bytes] = []
        num_rows = num_bytes = 0
        size = 16
        while rows := cursor.fetchmany(size):
            num_rows += len(rows)
            if num_rows > self.limits["max_rows"]:
                raise Refused("too_many_rows", f"more than {self.limits['max_rows']} rows")
            chunk = marshal.dumps(rows)
            num_bytes += len(chunk)
            if num_bytes > self.limits["max_bytes"]:
                raise Refused("too_many_bytes", f"a result of more than {self.limits['max_bytes']} bytes")
            if keep_rows:
                chunks.append(chunk)
            # Small first, then as many rows as make a quarter megabyte, so that wide rows never pile up.
            size = max(1, min(4096, FRAME_BYTES * num_rows // num_bytes))
        return chunks

    def explain(self, error: Exception) -> tuple[str, str]:
        """Reason and problem of a statement that failed."""
        message = str(error)
        if self.meter.stopped:
            return "timeout", self.meter.stopped
        if self.meter.denied:
            return "forbidden", self.meter.denied
        if isinstance(error, MemoryError):
            return "memory", message or "out of memory"
        if "one statement at a time" in message:
            return "forbidden", message
        code = getattr(error, "sqlite_errorcode", None)
        if code is not None and code & 0xFF in CODES:
            return CODES[code & 0xFF], message
        if isinstance(error, UnicodeError) or "null character" in message:
            return "syntax_error", message
        return next((reason for part, reason in PROBLEMS if part in message), "error"), message


def confine(max_memory: int) -> None:
    """Take from this process what a query never needs: memory without end, files to write, core dumps."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    nothing = dict.fromkeys((resource.RLIMIT_FSIZE, resource.RLIMIT_CORE), 0)
    for kind, most in {**nothing, resource.RLIMIT_NOFILE: 64, resource.RLIMIT_AS: max_memory}.items():
        hard = resource.getrlimit(kind)[1]
        value = most if hard == resource.RLIM_INFINITY else min(most, hard)
        # macOS refuses any limit on address space; there SQLite's own heap limit has to do.
        with contextlib.suppress(ValueError):
            resource.setrlimit(kind, (value, value))


def receive(stream: BinaryIO) -> Any:
    """The next message of the parent; None when it has gone."""
    header = stream.read(8)
    return marshal.loads(stream.read(struct.unpack("<Q", header)[0])) if len(header) == 8 else None


def send(stream: BinaryIO, message: Any) -> None:
    """One message to the parent."""
    body = marshal.dumps(message)
    stream.write(struct.pack("<Q", len(body)))
    stream.write(body)
    stream.flush()


def serve(batch: list[tuple[int, str, str, bool]], answer: Callable[..., Any], mark: mmap.mmap, out: BinaryIO) -> bool:
    """Answer jobs in order until the batch or its time is over; the rest goes back. False: start me anew."""
    answers, size, fit, begun = [], 0, True, time.perf_counter()
    for number, path, sql, keep_rows in batch:
        mark[:8] = struct.pack("<Q", number)
        reply = answer(path, sql, keep_rows)
        signal.setitimer(signal.ITIMER_REAL, 0)
        answers.append((number, reply))
        size += sum(map(len, reply[3]))
        # Memory is given back only by leaving, and a fragmented heap would make verdicts depend on history.
        fit = reply[0] != "memory"
        if not fit or time.perf_counter() - begun > BATCH_SECONDS:
            break
        if size > FRAME_BYTES:
            send(out, (answers, False))
            answers, size = [], 0
    send(out, (answers, True))
    return fit


def main() -> None:
    """Read limits, then batches, until the parent closes the pipe."""
    mark = mmap.mmap(int(sys.argv[1]), 8)
    limits = receive(sys.stdin.buffer)
    confine(limits["max_memory"])
    session = Session(limits)
    fit = True
    try:
        while fit and (batch := receive(sys.stdin.buffer)) is not None:
            fit = serve(batch, session.answer, mark, sys.stdout.buffer)
    except MemoryError:
        os._exit(NO_MEMORY_STATUS)
    except BrokenPipeError:
        pass
    os._exit(0)


if __name__ == "__main__":
    main()
