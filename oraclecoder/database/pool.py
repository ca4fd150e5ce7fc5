"""Worker processes: hand out jobs in batches, take answers as they come, replace a process that dies or hangs."""

import marshal
import mmap
import os
import selectors
import signal
import struct
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from oraclecoder.errors import DatabaseError

SCRIPT = Path(__file__).with_name("worker.py")
MAX_BATCH = 64
BATCHES_PER_WORKER = 8
POLL_SECONDS = 0.2
MAX_FAILED_STARTS = 3
NO_MEMORY_STATUS = 3
NOWHERE = b"\xff" * 8
# A process ends itself at the limit, by a timer that interrupts even a single endless function; if that fails, it is
# killed from outside so much later.
KILL_AFTER_SECONDS = 2.0


class Job(NamedTuple):
    """One query on one database file."""

    path: str
    sql: str
    keep_rows: bool


class Answer(NamedTuple):
    """What a worker sends for one job; `chunks` are marshalled lists of rows."""

    reason: str
    problem: str
    columns: tuple[str, ...]
    chunks: list[bytes]
    seconds: float
    first_seconds: float
    steps: int


class Process:
    """One worker process, the jobs it owes, and the mark that says which one it is at."""

    def __init__(self, limits: dict[str, Any]) -> None:
        with tempfile.TemporaryFile() as file:
            file.write(NOWHERE)
            file.flush()
            shared = file.fileno()
            self.mark = mmap.mmap(shared, 8)
            command = [sys.executable, "-I", "-S", str(SCRIPT), str(shared)]
            pipe = subprocess.PIPE
            self.popen = subprocess.Popen(command, stdin=pipe, stdout=pipe, pass_fds=(shared,), bufsize=0)
        assert self.popen.stdin is not None
        assert self.popen.stdout is not None
        self.input, self.output = self.popen.stdin, self.popen.stdout
        self.owed: set[int] = set()
        self.fresh, self.busy, self.leaving, self.hung = True, False, False, False
        self.buffer = bytearray()
        self.watched, self.since = -1, 0.0
        self.send(limits)

    def send(self, message: Any) -> None:
        """Hand over one message; a process that has just died is found out when its answers end."""
        body = marshal.dumps(message)
        view = memoryview(struct.pack("<Q", len(body)) + body)
        try:
            while view:
                view = view[self.input.write(view) or 0 :]
        except BrokenPipeError:
            return

    def start(self, batch: Sequence[tuple[int, Job]]) -> None:
        """Give this process a batch of numbered jobs."""
        self.owed = {number for number, _ in batch}
        self.fresh, self.busy, self.watched = False, True, -1
        self.mark[:8] = NOWHERE
        self.since = time.monotonic()
        self.send([(number, *job) for number, job in batch])

    def messages(self) -> list[tuple[list[tuple[int, tuple[Any, ...]]], bool]] | None:
        """Whole messages that have arrived; None when the process has ended."""
        data = os.read(self.output.fileno(), 1 << 20)
        if not data:
            return None
        self.buffer += data
        found = []
        while len(self.buffer) >= 8 and len(self.buffer) >= 8 + (size := struct.unpack_from("<Q", self.buffer)[0]):
            found.append(marshal.loads(memoryview(self.buffer)[8 : 8 + size]))
            del self.buffer[: 8 + size]
        return found

    def check(self, max_wall: float) -> None:
        """Kill the process if it has been at one job for too long."""
        current, now = self.current(), time.monotonic()
        if current != self.watched:
            self.watched, self.since = current, now
        elif now - self.since > max_wall:
            self.hung = True
            self.popen.kill()

    def current(self) -> int:
        """Number of the job that it is at or was at last."""
        number: int = struct.unpack("<Q", self.mark[:8])[0]
        return number

    def end(self) -> int:
        """Make sure that the process is gone; its exit status."""
        self.popen.kill()
        self.input.close()
        self.output.close()
        return self.popen.wait()


def death(process: Process, status: int, max_seconds: float) -> Answer:
    """The answer for the job at which a process died."""
    seconds = 0.0
    if process.hung or status == -signal.SIGALRM:
        reason, problem, seconds = "timeout", f"stopped after {max_seconds} seconds", max_seconds
    elif status in (-signal.SIGKILL, NO_MEMORY_STATUS):
        reason, problem = "memory", "the process ran out of memory"
    else:
        reason, problem = "crashed", f"the process ended with status {status}"
    return Answer(reason, problem, (), [], seconds, 0.0, 0)


class Pool:
    """A fixed number of worker processes; not for use from two threads at a time."""

    def __init__(self, limits: dict[str, Any], num_workers: int) -> None:
        self.limits = limits
        self.max_wall = limits["max_seconds"] + KILL_AFTER_SECONDS
        self.failed_starts = 0
        self.selector = selectors.DefaultSelector()
        self.processes: list[Process] = []
        for _ in range(num_workers):
            self.add()

    def add(self) -> None:
        """Start one more process."""
        process = Process(self.limits)
        self.processes.append(process)
        self.selector.register(process.output, selectors.EVENT_READ, process)

    def close(self) -> None:
        """End all processes."""
        for process in self.processes:
            process.end()
        self.processes.clear()
        self.selector.close()

    def run(self, jobs: Sequence[Job]) -> Iterator[tuple[int, Answer]]:
        """Run all jobs; gives (number, answer) once for each, in the order in which they end."""
        waiting = deque(range(len(jobs)))
        alone: deque[int] = deque()
        retried: set[int] = set()
        size = max(1, min(MAX_BATCH, len(jobs) // (BATCHES_PER_WORKER * len(self.processes))))
        while waiting or alone or any(process.busy for process in self.processes):
            for process in self.processes:
                if not process.busy and (batch := take(process, waiting, alone, size)):
                    process.start([(number, jobs[number]) for number in batch])
            away = 0.0
            for key, _ in self.selector.select(POLL_SECONDS):
                answers, unfinished = self.hear(key.data)
                waiting.extendleft(sorted(unfinished, reverse=True))
                for number, answer in answers:
                    # Memory may have been short because of earlier queries: only a fresh process says for certain.
                    if answer.reason == "memory" and number not in retried:
                        retried.add(number)
                        alone.append(number)
                    else:
                        left = time.monotonic()
                        yield number, answer
                        away += time.monotonic() - left
            for process in self.processes:
                # A process may have waited for us to read while the caller was busy with an answer.
                process.since += away
                if process.busy:
                    process.check(self.max_wall)

    def hear(self, process: Process) -> tuple[list[tuple[int, Answer]], set[int]]:
        """What one process has answered, and the jobs that it gives back unfinished."""
        messages = process.messages()
        if messages is None:
            return self.replace(process), process.owed
        answers = [(number, Answer(*answer)) for part, _ in messages for number, answer in part]
        process.owed.difference_update(number for number, _ in answers)
        process.leaving = process.leaving or any(answer.reason == "memory" for _, answer in answers)
        self.failed_starts = 0
        unfinished: set[int] = set()
        if any(finished for _, finished in messages):
            unfinished, process.owed, process.busy = process.owed, set(), False
        return answers, unfinished

    def replace(self, process: Process) -> list[tuple[int, Answer]]:
        """Start another process in the place of one that has ended, and blame the job that it was at."""
        self.selector.unregister(process.output)
        self.processes.remove(process)
        status, current = process.end(), process.current()
        blamed = [(current, death(process, status, self.limits["max_seconds"]))] if current in process.owed else []
        if process.owed and not blamed:
            self.failed_starts += 1
            if self.failed_starts > MAX_FAILED_STARTS:
                raise DatabaseError(
                    f"the process that runs SQL does not start (status {status}); raise limits.max_memory above "
                    f"{self.limits['max_memory']} or look at what it wrote to the terminal"
                )
        process.owed.discard(current)
        self.add()
        return blamed


def take(process: Process, waiting: deque[int], alone: deque[int], size: int) -> list[int]:
    """The next batch for an idle process: a job that wants a fresh one, or the next few."""
    if process.leaving:
        return []
    if alone and process.fresh:
        return [alone.popleft()]
    return [waiting.popleft() for _ in range(min(size, len(waiting)))]
