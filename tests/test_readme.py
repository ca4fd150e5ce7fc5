"""What README, CONTRIBUTING, Makefile and the lab book name exists."""

import re
from pathlib import Path

import pytest
from hydra import compose, initialize_config_dir

from oraclecoder.settings import CONF, SCHEMAS, register_schemas, to_config

ROOT = Path(__file__).parents[1]
TEXTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "Makefile", ROOT / "experiments" / "README.md"]
CARDS = [ROOT / "oraclecoder" / "model" / "nano" / "README.md", ROOT / "oraclecoder" / "dataset" / "demo" / "README.md"]
PAGES = "\n".join(
    path.read_text(encoding="utf-8")
    for path in (*sorted(ROOT.glob("experiments/*/README.md")), *CARDS, CONF / "pretrain.yaml")
)
"""Whose commands are those of an experiment."""
PLACEHOLDERS = {"=TASK": "=schema_linking", "=N": "=1", "{folder}": "DIR"}
MERGE = (ROOT / "oraclecoder" / "merge.py").read_text(encoding="utf-8")
"""Whose last line is a command, too."""
WORDS = "\n".join(path.read_text(encoding="utf-8") for path in TEXTS)
COMMAND = re.compile(r"python -m oraclecoder\.([a-z]+)((?: +(?:\\\n *)?(?:-m|[a-z_./]+=[^\s`#;\"]+))*)")
"""A command and its arguments, which may go on in the next line."""


def test_every_make_target_that_is_named_exists_and_has_a_help_line():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = dict(re.findall(r"^([a-z-]+):.*?##\s*(.+)$", makefile, flags=re.MULTILINE))
    named = set(re.findall(r"`?make ([a-z-]+)`?", WORDS))
    assert {"demo", "test", "ensemble", "check", "setup", "help"} <= targets.keys()
    assert named - targets.keys() <= set()


def test_every_command_that_is_named_is_a_module():
    named = set(re.findall(r"python -m oraclecoder\.([a-z_.]+)", WORDS))
    assert {"train", "merge", "evaluate"} <= named
    for name in named:
        assert (ROOT / "oraclecoder" / f"{name.replace('.', '/')}.py").is_file(), name


@pytest.mark.parametrize(("command", "arguments"), sorted(set(COMMAND.findall(WORDS + MERGE + PAGES))))
def test_every_command_that_is_named_is_accepted_with_its_arguments(command: str, arguments: str):
    for name, value in PLACEHOLDERS.items():
        arguments = re.sub(rf"{re.escape(name)}(?=\s|$)", value, arguments)
    given = [word for word in arguments.split() if "=" in word]
    first = [re.sub(r"=([^\[{,]+),.*", r"=\1", word) for word in given]  # of a sweep
    register_schemas()
    with initialize_config_dir(str(CONF), version_base="1.3"):
        to_config(compose(command, overrides=first), SCHEMAS[command])


def test_every_console_script_that_is_named_is_declared():
    declared = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    for name in set(re.findall(r"oraclecoder-(?:train|merge|evaluate|ask|pretrain)", WORDS)):
        assert f"{name} = " in declared


@pytest.mark.parametrize(
    ("group", "choice"),
    sorted(set(re.findall(r"\b(model|lora|training|task|dataset|experiment|tracking|ensemble)=([a-z_0-9,]+)", WORDS))),
)
def test_every_choice_that_is_named_is_a_file_of_conf(group: str, choice: str):
    for name in choice.strip(",").split(","):
        assert (CONF / group / f"{name}.yaml").is_file(), f"{group}={name}"


def test_every_file_that_is_linked_exists():
    for path in TEXTS:
        if path.suffix == ".md":
            for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8")):
                assert (path.parent / target).exists(), f"{path.name} links to {target}"


def test_settings_that_are_named_exist():
    from oraclecoder.config import EvaluateConfig, TrainConfig
    from oraclecoder.settings import refuse_unknown_overrides

    named = set(
        re.findall(r"\b(?:lora|dataset|metrics|tracking|training|task|model|answer|limits)\.[a-z_.]+(?==)", WORDS)
    )
    assert len(named) > 5
    for key in named:
        schema = EvaluateConfig if key.startswith("metrics") else TrainConfig
        refuse_unknown_overrides([f"{key}=1"], schema)
    assert SCHEMAS.keys() >= {"train", "merge", "evaluate"}
