"""metrics.jsonl: one line per record, on disk as soon as it is written; and its picture."""

import json
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from oraclecoder.errors import DataError
from oraclecoder.records import write_json_lines


class MetricsFile:
    """Appends records to a file, each flushed; a resumed run first drops what was written after its checkpoint."""

    def __init__(self, path: Path, *, resumed_step: int = 0) -> None:
        write_json_lines(path, [line for line in read_metrics(path) if line["step"] <= resumed_step])
        self._file = path.open("a", encoding="utf-8")

    def record(self, values: dict[str, Any]) -> None:
        """Write one line now, with the time."""
        self._file.write(json.dumps(values | {"time": round(time.time(), 3)}) + "\n")
        self._file.flush()

    def __enter__(self) -> "MetricsFile":
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._file.close()


def read_metrics(path: Path) -> list[dict[str, Any]]:
    """The records of a run, also while it runs: a last line that is not complete is left out.

    Raises:
        DataError: if another line is not a JSON object.
    """
    if not path.is_file():
        return []
    lines = path.read_text(encoding="utf-8", errors="replace").split("\n")[:-1]
    try:
        return [json.loads(line) for line in lines]
    except json.JSONDecodeError as error:
        raise DataError(f"{path} holds a line that is not JSON ({error}); remove it") from None


def draw_curve(records: Sequence[dict[str, Any]], path: Path, *, title: str) -> None:
    """Training and validation loss, and both learning rates, against the optimizer step."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, (above, below) = pyplot.subplots(2, 1, figsize=(7, 6), sharex=True, height_ratios=(2, 1))
    for axis, name, label, style in (
        (above, "loss", "training", "-"),
        (above, "eval_loss", "validation", "o-"),
        (below, "lr_A", "A", "-"),
        (below, "lr_B", "B", "-"),
    ):
        points = [(record["step"], record[name]) for record in records if name in record]
        if points:
            axis.plot(*zip(*points, strict=True), style, label=label, markersize=4)
    above.set(ylabel="loss per answer token [nat]", yscale="log", title=title)
    below.set(ylabel="learning rate", xlabel="optimizer step", yscale="log")
    for axis in (above, below):
        axis.grid(alpha=0.3)
        if axis.lines:
            axis.legend()
    figure.tight_layout()
    figure.savefig(path, dpi=110)
    pyplot.close(figure)
