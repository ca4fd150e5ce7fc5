"""Progress bars for everything that takes more than a few seconds; plain lines where there is no terminal."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import parent_process

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

console = Console()
SECONDS_A_LINE = 15


@contextmanager
def progress(label: str, total: int) -> Iterator[Callable[[int], None]]:
    """A bar over `total` pieces of work; call what it yields with the number of pieces that were done.

    Without a terminal, and in a process beside others (whose bars would be drawn over each other), lines in its place.
    """
    if not console.is_terminal or parent_process() is not None:
        with _lines(label, total) as advance:
            yield advance
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, TimeRemainingColumn(), console=console) as bar:
        task = bar.add_task(label, total=total)
        yield lambda done: bar.advance(task, done)


@contextmanager
def _lines(label: str, total: int) -> Iterator[Callable[[int], None]]:
    """A line at most every SECONDS_A_LINE, and one at the end."""
    done, told = 0, time.monotonic()

    def advance(number: int) -> None:
        nonlocal done, told
        done += number
        if done < total and time.monotonic() - told >= SECONDS_A_LINE:
            told = time.monotonic()
            console.print(f"{label}: {done} of {total}")

    yield advance
    console.print(f"{label}: {total} done")


def quiet_libraries() -> None:
    """Silence the libraries' own bars and notices; ours say what a user needs."""
    import logging
    import warnings

    import datasets
    import transformers

    datasets.disable_progress_bars()
    transformers.utils.logging.disable_progress_bar()
    transformers.utils.logging.set_verbosity_error()
    for name in ("bitsandbytes", "matplotlib", "wandb"):
        logging.getLogger(name).setLevel(logging.ERROR)
    warnings.filterwarnings("ignore", category=FutureWarning, module="transformers|peft|torch")
    warnings.filterwarnings("ignore", category=DeprecationWarning, module="torch|bitsandbytes")
