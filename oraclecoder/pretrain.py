"""Train oraclecoder-nano from scratch: its tokenizer and its weights, from a seed, on schemas that are invented.

python -m oraclecoder.pretrain
python -m oraclecoder.pretrain pretrain.num_tokens=18000000 pretrain.folder=outputs/nano-long
"""

import json
import os
from pathlib import Path
from typing import Any

from oraclecoder.config import PretrainConfig, PretrainingConfig
from oraclecoder.records import write_text
from oraclecoder.settings import command


def pretrain(config: PretrainingConfig) -> dict[str, Any]:
    """Train to the end and write model, tokenizer and `curve.jsonl`; returns the last measurement.

    A run that was cut off goes on from its last checkpoint. A folder that is finished is only written again.

    Raises:
        ModelError: if the folder holds a training of other settings, or `start` no nano.
    """
    import torch

    from oraclecoder.model.nano_run import build, run, save_model
    from oraclecoder.model.nano_training import settled

    threads, on_gpu = config.num_threads or os.cpu_count() or 1, torch.cuda.is_available()
    workers = (threads - 1 if on_gpu else 0) if config.num_workers is None else config.num_workers
    torch.set_num_threads(1 if workers else threads)  # more would wait for the cores that draw lessons
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")  # lessons are drawn by processes, one text at a time
    folder = Path(config.folder)
    config = settled(config, folder / "pretraining.json")
    tokenizer = build(config)
    curve = folder / "curve.jsonl"
    lines = curve.read_text(encoding="utf-8").splitlines() if curve.is_file() else []
    measured: list[dict[str, float]] = []

    def report(values: dict[str, float]) -> None:
        measured.append(values)
        lines.append(as_line(values))
        write_text(curve, "\n".join(lines) + "\n")
        print(describe(values), flush=True)

    print(announce(config, "a GPU" if on_gpu else f"{threads} threads"), flush=True)
    trainee = run(config, tokenizer, workers=workers, checkpoint=folder / "checkpoint.pt", report=report)
    save_model(folder, trainee.model, tokenizer)
    return dict(measured[-1]) if measured else {"tokens": trainee.tokens}


def announce(config: PretrainingConfig, machine: str) -> str:
    """What is about to be done, as a line to read."""
    end = f"{config.num_tokens:,} tokens" + (f" or {config.max_minutes:g} minutes" if config.max_minutes else "")
    begin = f", going on from {config.start}" if config.start else ""
    return f"oraclecoder-nano: {end} of invented lessons on {machine}{begin}, into {config.folder}"


def as_line(values: dict[str, float]) -> str:
    """One measurement as a line of JSON."""
    return json.dumps({name: round(value, 5) for name, value in values.items()})


def describe(values: dict[str, float]) -> str:
    """One measurement as a line to read."""
    left = values["seconds"] * (1 - values["progress"]) / values["progress"]
    return (
        f"{values['progress']:6.1%}  loss {values['loss']:.3f}  whole answers right: "
        f"{values['seen_exact_match']:.1%} with known words, {values['unseen_exact_match']:.1%} with unseen words  "
        f"{values['tokens_per_second']:,.0f} tokens/s, {max(0, left) / 60:.0f} min left"
    )


@command("pretrain")
def main(config: PretrainConfig) -> None:
    """Train and say where the model is."""
    pretrain(config.pretrain)
    folder = config.pretrain.folder
    print(f"\nmodel: {folder}\nnext: python -m oraclecoder.train model.name={folder}")


if __name__ == "__main__":
    main()
