"""Train oraclecoder-nano from scratch: its tokenizer and its weights, from a seed, on schemas that are invented.

python -m oraclecoder.pretrain
python -m oraclecoder.pretrain num_tokens=18000000 folder=outputs/nano-long
"""

import os
from pathlib import Path
from typing import Any

from oraclecoder.config import PretrainConfig
from oraclecoder.records import write_json, write_text
from oraclecoder.settings import command


def pretrain(config: PretrainConfig) -> dict[str, Any]:
    """Train to `num_tokens` and write model, tokenizer and `curve.jsonl`; returns the last measurement.

    A run that was cut off goes on from its last checkpoint. A folder that is finished is only measured again.
    """
    import torch

    from oraclecoder.model.nano_training import build, run, save_model

    threads = config.num_threads or os.cpu_count() or 1
    torch.set_num_threads(threads)
    folder = Path(config.folder)
    tokenizer = build(config)
    curve = folder / "curve.jsonl"
    lines = curve.read_text(encoding="utf-8").splitlines() if curve.is_file() else []
    measured: list[dict[str, float]] = []

    def report(values: dict[str, float]) -> None:
        measured.append(values)
        lines.append(as_line(values))
        write_text(curve, "\n".join(lines) + "\n")
        print(describe(values, config.num_tokens), flush=True)

    print(f"oraclecoder-nano: {config.num_tokens:,} tokens of invented lessons on {threads} threads, into {folder}")
    trainee = run(config, tokenizer, checkpoint=folder / "checkpoint.pt", report=report)
    save_model(folder, trainee.model, tokenizer)
    write_json(folder / "pretraining.json", config)
    return dict(measured[-1]) if measured else {"tokens": trainee.tokens}


def as_line(values: dict[str, float]) -> str:
    """One measurement as a line of JSON."""
    import json

    return json.dumps({name: round(value, 5) for name, value in values.items()})


def describe(values: dict[str, float], num_tokens: int) -> str:
    """One measurement as a line to read."""
    left = (num_tokens - values["tokens"]) / values["tokens_per_second"]
    return (
        f"{values['tokens'] / num_tokens:6.1%}  loss {values['loss']:.3f}  whole answers right: "
        f"{values['seen_exact_match']:.1%} with known words, {values['unseen_exact_match']:.1%} with unseen words  "
        f"{values['tokens_per_second']:,.0f} tokens/s, {max(0, left) / 60:.0f} min left"
    )


@command("pretrain")
def main(config: PretrainConfig) -> None:
    """Train and say where the model is."""
    pretrain(config)
    print(f"\nmodel: {config.folder}\nnext: python -m oraclecoder.train model.name={config.folder}")


if __name__ == "__main__":
    main()
