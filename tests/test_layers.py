"""Imports only go down, and the heavy libraries are met in one place each."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "oraclecoder"
LAYERS: list[set[str]] = [
    {"database", "records", "config", "errors", "fingerprint", "cache", "runs", "settings", "loading"},
    {"task", "dataset", "judge"},
    {"model", "answer", "tracking"},
    {"training", "ensemble"},
    {"train", "merge", "evaluate", "ask", "pretrain"},
]
SIDEWAYS = {  # allowed among neighbours of one layer, beside a room's own files
    ("answer", "model"),
    ("answer", "tracking"),
    ("dataset", "task"),  # the invented corpus writes schemas in every style
    ("settings", "config"),
    ("settings", "errors"),
    ("config", "errors"),
    ("records", "errors"),
    ("runs", "records"),
    ("runs", "errors"),
    ("database", "errors"),
    ("database", "config"),
    ("database", "records"),
    ("database", "fingerprint"),
}
HEAVY = {"torch", "transformers", "peft", "bitsandbytes", "wandb", "datasets", "accelerate"}
SOURCES = sorted(PACKAGE.rglob("*.py"))


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def level(name: str) -> int:
    return next((number for number, rooms in enumerate(LAYERS) if name in rooms), 0)


def imports(path: Path, *, top_level: bool = False) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = tree.body if top_level else ast.walk(tree)
    names: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} if node.module != "oraclecoder" else {f"oraclecoder.{a.name}" for a in node.names}
    return names


def test_there_is_something_to_check():
    assert len(SOURCES) > 40


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_only_go_down(path: Path):
    own = room(path)
    if own == "__init__":
        return
    for name in imports(path):
        if not name.startswith("oraclecoder."):
            continue
        other = name.split(".")[1]
        allowed = other == own or level(other) < level(own) or (own, other) in SIDEWAYS
        assert allowed, f"{path} imports {name}, which is not below it"


@pytest.mark.parametrize("library", ["peft", "wandb", "bitsandbytes"])
def test_a_library_with_traps_is_known_to_one_file(library: str):
    users = [path.name for path in SOURCES if any(name.split(".")[0] == library for name in imports(path))]
    assert len(users) == 1


@pytest.mark.parametrize("path", [p for p in SOURCES if level(room(p)) < 2] if SOURCES else [])
def test_the_lower_rooms_need_no_torch(path: Path):
    assert not {name.split(".")[0] for name in imports(path, top_level=True)} & HEAVY


def test_the_judge_and_the_commands_import_without_torch():
    rooms = "oraclecoder.judge.report, oraclecoder.train, oraclecoder.evaluate"
    code = f"import sys, {rooms}; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=PACKAGE.parent).returncode == 0
