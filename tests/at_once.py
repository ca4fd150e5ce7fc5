"""Whether a command answers without loading what takes seconds."""

import os
import subprocess
import sys
from functools import cache
from pathlib import Path

HEAVY = {"torch", "transformers", "peft", "datasets", "pandas", "scipy"}


def processor_seconds(words: list[str], **where) -> float:
    """Of a command, however busy the processor is; the less of two, as the first fills the bytecode cache."""
    seconds = []
    for _ in range(2):
        before = os.times()
        subprocess.run(words, capture_output=True, check=True, **where)
        after = os.times()
        seconds.append(after.children_user + after.children_system - before.children_user - before.children_system)
    return min(seconds)


@cache
def torch_seconds() -> float:
    """What importing torch alone takes on this machine."""
    return processor_seconds([sys.executable, "-c", "import torch"])


def check_help(words: list[str], *, cwd: Path, env: dict[str, str] | None = None) -> None:
    """Help is Hydra's, nothing heavy is loaded for it, and it takes less than torch alone would."""
    command = [sys.executable, *words, "--help"]
    found = subprocess.run(
        [sys.executable, "-X", "importtime", *command[1:]], cwd=cwd, env=env, capture_output=True, text=True
    )
    assert found.returncode == 0, found.stderr
    assert "Powered by Hydra" in found.stdout
    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in found.stderr.splitlines()}
    assert "hydra" in loaded
    assert not loaded & HEAVY
    assert 0 < processor_seconds(command, cwd=cwd, env=env) < 0.9 * torch_seconds()  # 0.55 of it
