"""Training and answering by TRL, Hugging Face and the prefix engine, on a CPU or a GPU, each in its own process.

python -m pip install -c constraints.txt -e ".[benchmark]"
python -m experiments.speed.measure --root SPIDER                        nano on the CPU
python -m experiments.speed.measure --root SPIDER --shape llama_7b       a random 6.7B Llama in NF4 on a GPU

What was measured already is kept in --output and not measured again. Tables and picture: `show.py`, called at the end.
"""

import argparse
import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from experiments.speed.show import show
from experiments.speed.work import Work
from oraclecoder.fingerprint import digest_value

TASKS = ("schema_linking", "sql_generation")
TRAINING = ("trl_padded", "trl_packed", "padded", "prefix")
GENERATION = ("one_by_one", "batched", "prefix")
NUM_GROUPS = {"schema_linking": 4, "sql_generation": 10}  # times --size; about 60 examples, which make a step
# what each route is tried with before it is measured: rows of a batch, attention
TRIED = {
    "trl_padded": [(1, "sdpa"), (2, "sdpa"), (4, "sdpa"), (1, "eager")],
    "trl_packed": [(1, "sdpa"), (1, "eager")],
    "padded": [(1, "sdpa"), (2, "sdpa"), (4, "sdpa"), (1, "eager"), (2, "eager")],
    "prefix": [(16, "sdpa")],  # the default; it holds less than eager and is as fast
}
PARTS = ("tune", "training", "curves", "generation", "grid")


def run(module: str, part: str, work: Work, repeat: int) -> dict[str, Any]:
    """The result of one measurement, made in a process of its own unless it lies there already."""
    asked = digest_value({key: value for key, value in work.settings.items() if key not in ("output", "root")})
    name = "-".join([part, work.task, work.route, str(work.rows), work.attention, str(repeat), asked[:6]])
    path = Path(work.output) / f"{name}.json"
    if not path.is_file():
        own = replace(
            work, output=str(Path(work.output) / (work.task if part in ("curves", "generation") else "scratch"))
        )
        Path(own.output).mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", f"experiments.speed.{module}", json.dumps(own.settings)]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            print(f"{name} failed:\n{done.stderr[-1500:]}", flush=True)
            return work.settings | {"failed": done.stderr[-300:]}
        path.write_text(done.stdout.strip().splitlines()[-1])
        print(name, path.read_text()[-160:], flush=True)
    return json.loads(path.read_text())


def best(usual: Work, route: str) -> Work:
    """The route with whatever of its settings is fastest on a few examples."""
    few = replace(usual, route=route, num_groups=max(1, usual.num_groups // 2))
    tried = [replace(few, rows=rows, attention=attention) for rows, attention in TRIED[route]]
    found = [(run("training", "tune", work, 0), work) for work in tried]
    key = "processor_seconds" if usual.shape == "nano" else "seconds"
    measured = [one for one in found if "failed" not in one[0]]
    if not measured:
        raise SystemExit(f"nothing of {route} could be measured; if TRL is missing, pip install -e '.[benchmark]'")
    _, fastest = min(measured, key=lambda one: one[0][key])
    return replace(fastest, num_groups=usual.num_groups)


def measure(usual: Work, parts: list[str], repeats: int) -> None:
    """All parts of one task, the repeats of different routes in turns."""
    if "training" in parts or "curves" in parts:
        routes = [best(usual, route) for route in TRAINING]
    if "training" in parts:
        for repeat in range(repeats):
            for work in routes:
                run("training", "training", work, repeat)
    if "curves" in parts:
        for work in routes:
            longer = replace(work, num_groups=10 * usual.num_groups, examples_per_step=32, score_every=2)
            run("training", "curves", longer, 0)
    if "generation" in parts:
        for repeat in range(repeats):
            for route in GENERATION:
                for rows in (1,) if route == "one_by_one" else (8, 32) if route == "batched" else (64, 256):
                    run("generation", "generation", replace(usual, route=route, rows=rows, num_groups=4), repeat)
    if "grid" in parts and usual.task == TASKS[0]:
        for repeat in range(repeats):
            run("grid", "grid", replace(usual, route="both", rows=4), repeat)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", required=True, help="Spider's folder")
    parser.add_argument("--output", default="outputs/speed")
    parser.add_argument("--shape", choices=("nano", "llama_7b"), default="nano")
    parser.add_argument("--tasks", nargs="+", choices=TASKS, default=list(TASKS))
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=list(PARTS))
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--size", type=int, default=1, help="times the examples")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--adapter", help="answers are this adapter's, not those of what the curves trained")
    given = parser.parse_args()
    output = Path(given.output).resolve() / given.shape
    output.mkdir(parents=True, exist_ok=True)
    for task in given.tasks:
        usual = Work(
            route="", task=task, shape=given.shape, root=str(Path(given.root).resolve()),
            num_groups=given.size * NUM_GROUPS[task],
            examples_per_step=64, rows=16, attention="sdpa", score_every=0, threads=given.threads, seed=0,
            output=str(output),
        )  # fmt: skip
        if given.adapter is not None:
            shutil.copytree(given.adapter, output / task / "adapter", dirs_exist_ok=True)
        measure(usual, given.parts, given.repeats)
    show(output, Path(__file__).parent if given.shape == "nano" else output)


if __name__ == "__main__":
    main()
