"""Two processes, or accumulation over uneven groups, learn what one big batch teaches."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from oraclecoder.training.trainer import last_sound_checkpoint

SCRIPT = Path(__file__).with_name("one_process.py")
ROOT = Path(__file__).parents[2]


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def gradients(model: Path, folder: Path, *, processes: int, groups_per_batch: int, route: str) -> list[dict]:
    """Of each optimizer step, the same in every process."""
    folder.mkdir()
    usual = os.environ | {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1", "OMP_WAIT_POLICY": "passive"}
    shared = {"WORLD_SIZE": str(processes), "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(free_port())}
    started = []
    for rank in range(processes):
        own = shared | {"RANK": str(rank), "LOCAL_RANK": str(rank)} if processes > 1 else {}
        command = [sys.executable, str(SCRIPT), str(model), str(folder), str(groups_per_batch), route]
        started.append(
            subprocess.Popen(command, env=usual | own, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        )
    try:
        said = [process.communicate(timeout=240)[0] for process in started]
    finally:
        for process in started:
            process.kill()
    assert [process.returncode for process in started] == [0] * processes, "\n".join(said)
    found = [torch.load(folder / f"gradients-{rank}.pt") for rank in range(processes)]
    assert [steps for steps, _ in found] == [2] * processes
    for _, other in found[1:]:
        assert all(torch.equal(a[n], b[n]) for a, b in zip(found[0][1], other, strict=True) for n in a)
    return found[0][1]


@pytest.mark.slow
def test_two_processes_and_accumulation_over_uneven_groups_equal_one_big_batch(tiny_model, tmp_path):
    """Seven groups at four a step: in the last step one of two processes has nothing left to teach."""
    big = gradients(tiny_model, tmp_path / "big", processes=1, groups_per_batch=4, route="padded")
    for name, processes, groups_per_batch in (("accumulated", 1, 1), ("two", 2, 1), ("two wide", 2, 2)):
        found = gradients(
            tiny_model, tmp_path / name, processes=processes, groups_per_batch=groups_per_batch, route="prefix"
        )
        for expected, step in zip(big, found, strict=True):
            assert step.keys() == expected.keys()
            worst = max(float((step[n] - expected[n]).norm() / expected[n].norm()) for n in expected)
            assert worst < 1e-5, (name, worst)
    assert last_sound_checkpoint(tmp_path / "two").name == "checkpoint-2"
