"""How a command loads the heavy libraries."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def loading() -> Iterator[None]:
    """Import in here without collecting garbage, and what is there then never counts as garbage; once in a process.

    Modules stay until the process ends: looking through the million objects that torch and its like make takes a
    second or two while they are made, half a second each time that memory is freed, and two seconds at the end.
    """
    if gc.get_freeze_count():  # by a job before, whose model may be garbage by now
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.freeze()
