"""Whether a command answers without loading what takes seconds."""

import os
import subprocess
import sys
from pathlib import Path

HEAVY = {"torch", "transformers", "peft", "datasets", "pandas", "scipy"}


def processor_seconds(words: list[str], **where) -> float:
    """Of a command, which counts only its own work, though a busy neighbour slows that, too."""
    before = os.times()
    subprocess.run(words, capture_output=True, check=True, **where)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def least_seconds(*commands: list[str], **where) -> list[float]:
    """The least of three measurements of each, in turn, as load comes to all; the first fills the bytecode cache."""
    rounds = [[processor_seconds(words, **where) for words in commands] for _ in range(3)]
    return [min(seconds) for seconds in zip(*rounds, strict=True)]


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
    help_seconds, torch_seconds = least_seconds(command, [sys.executable, "-c", "import torch"], cwd=cwd, env=env)
    assert 0 < help_seconds < 0.9 * torch_seconds  # 0.55 of it
