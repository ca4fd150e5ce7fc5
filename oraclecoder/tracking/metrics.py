"""metrics.jsonl: one line per record, on disk as soon as it is written; and its picture."""

import json
import math
import time
from collections.abc import Mapping, Sequence
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
    """Training and validation loss, and the learning rate of each group, against the optimizer step."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, (above, below) = pyplot.subplots(2, 1, figsize=(7, 5.5), sharex=True, height_ratios=(2, 1))
    above.set_title(title, loc="left")
    above.set_ylabel("loss per answer token [nat]")
    below.set(ylabel="learning rate", xlabel="optimizer step")
    _draw(above, records, {"loss": "training", "eval_loss": "validation"})
    rates = sorted({name for record in records for name in record if name.startswith("lr_")})
    _draw(below, records, {name: name.removeprefix("lr_") for name in rates})
    figure.tight_layout()
    figure.savefig(path, dpi=110)
    pyplot.close(figure)


def _draw(axis: Any, records: Sequence[dict[str, Any]], names: Mapping[str, str]) -> None:
    """The named values on a logarithmic axis that is labelled with plain numbers."""
    from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, NullLocator

    drawn: list[float] = []
    for name, label in names.items():
        points = [(record["step"], record[name]) for record in records if record.get(name, 0) > 0]
        if points:
            axis.plot(*zip(*points, strict=True), "-o" if len(points) < 20 else "-", label=label, markersize=4)
            drawn += [value for _, value in points if math.isfinite(value)]
    axis.grid(alpha=0.3)
    axis.spines[["top", "right"]].set_visible(False)
    if not drawn:
        return
    low, high = max(min(drawn), max(drawn) / 3000), max(drawn)
    axis.set(yscale="log", ylim=(low / 1.2, high * 1.2))
    axis.yaxis.set_major_locator(
        LogLocator(subs=(1, 2, 5) if high < 200 * low else (1,)) if high > 5 * low else MaxNLocator(4)
    )
    axis.yaxis.set_minor_locator(NullLocator())
    axis.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    axis.legend(frameon=False)
