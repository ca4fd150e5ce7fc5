"""environment.json: on what a run was made, so that it can be made again."""

import os
import platform
import resource
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import torch

PACKAGES = (
    "oraclecoder", "torch", "transformers", "peft", "bitsandbytes", "datasets", "hydra-core", "wandb", "sqlglot",
)  # fmt: skip


def package_versions() -> dict[str, str]:
    """The versions of the packages that a number depends on."""
    return {name: _version(name) for name in PACKAGES}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def git_commit() -> str:
    """The commit of the checkout that the code runs from, "+" behind it if there are changes; "" outside git."""
    folder = Path(__file__).parents[2]
    if not (folder / ".git").exists():
        return ""
    try:
        commit = _git(folder, "rev-parse", "--short=12", "HEAD")
        return commit + ("+" if _git(folder, "status", "--porcelain", "--untracked-files=no") else "")
    except (OSError, subprocess.CalledProcessError):
        return ""


def _git(folder: Path, *words: str) -> str:
    return subprocess.run(["git", *words], cwd=folder, capture_output=True, text=True, check=True).stdout.strip()


def peak_memory_bytes() -> dict[str, int]:
    """The most memory that this process has held, and on CUDA the most that was allocated there."""
    scale = 1 if sys.platform == "darwin" else 1024
    peak = {"process": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * scale}
    if torch.cuda.is_available():
        peak["cuda"] = torch.cuda.max_memory_allocated()
    return peak


def describe_environment(**facts: Any) -> dict[str, Any]:
    """Versions, commit, command, device and peak memory, with the run's own facts (seed, tokens per second)."""
    cuda = torch.cuda.get_device_name() if torch.cuda.is_available() else None
    return {
        "command": " ".join([Path(sys.argv[0]).name, *sys.argv[1:]]),
        "commit": git_commit(),
        "packages": package_versions(),
        "python": platform.python_version(),
        "platform": platform.platform(),
        "device": cuda or platform.processor() or platform.machine(),
        "num_cores": os.cpu_count(),
        "num_threads": torch.get_num_threads(),
        "peak_memory_bytes": peak_memory_bytes(),
    } | facts
