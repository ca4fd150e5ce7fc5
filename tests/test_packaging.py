"""The wheel, installed and used from another folder: configuration, plugin, data and console scripts are all in it."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from oraclecoder.settings import CONF
from tests.at_once import check_help

ROOT = Path(__file__).parents[1]
COMMANDS = ["train", "merge", "evaluate", "ask", "pretrain"]
COMPOSE = """
import sys
from pathlib import Path
import oraclecoder
from hydra import compose, initialize_config_dir
from hydra.core.plugins import Plugins
from hydra.plugins.sweeper import Sweeper
from oraclecoder.config import TrainConfig
from oraclecoder.dataset.demo import read_questions
from oraclecoder.settings import CONF, register_schemas, to_config

place = Path(sys.argv[1]).resolve()
assert place in Path(oraclecoder.__file__).resolve().parents, oraclecoder.__file__
assert place in CONF.resolve().parents, CONF
register_schemas()
with initialize_config_dir(str(CONF), version_base="1.3"):
    config = to_config(compose("train", overrides=["experiment=smoke"]), TrainConfig)
assert config.training.max_steps == 4
assert "OracleCoderSweeper" in {plugin.__name__ for plugin in Plugins.instance().discover(Sweeper)}
assert place in Path(sys.modules["hydra_plugins.oraclecoder_sweeper"].__file__).resolve().parents
assert len(read_questions("test")) > 50
print("composed")
"""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = folder.glob("oraclecoder-*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the wheel alone is installed."""
    folder = tmp_path_factory.mktemp("installed")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(folder)]
    done = subprocess.run([*command, str(wheel)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return folder


def run(installed: Path, folder: Path, *words: str) -> subprocess.CompletedProcess:
    """A command with the installed wheel before everything else, from another folder."""
    environment = os.environ | {"PYTHONPATH": str(installed)}
    return subprocess.run([*words], cwd=folder, env=environment, capture_output=True, text=True)


def test_everything_that_is_needed_is_in_the_wheel(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    for path in CONF.rglob("*.yaml"):
        assert f"oraclecoder/conf/{path.relative_to(CONF)}" in names
    for path in (ROOT / "oraclecoder").rglob("*"):
        if path.is_file() and path.suffix in (".py", ".sql", ".txt", ".safetensors", ".json", ".jinja", ".bin", ".md"):
            assert str(path.relative_to(ROOT)) in names
    read = {"dataset/elsewhere.bin", "dataset/elsewhere_schemas.bin", "dataset/demo/README.md", "model/nano/README.md"}
    assert {f"oraclecoder/{name}" for name in read} <= names
    assert "hydra_plugins/oraclecoder_sweeper.py" in names
    assert "hydra_plugins/__init__.py" not in names  # a namespace that other plugins share
    assert sum(name.startswith("oraclecoder/dataset/demo/") and name.endswith(".sql") for name in names) > 30
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not any(name.startswith(("tests/", "outputs/", "experiments/", "conf/")) for name in names)


def test_configuration_plugin_and_data_are_found_inside_the_package(installed, tmp_path):
    done = run(installed, tmp_path, sys.executable, "-c", COMPOSE, str(installed))
    assert done.stdout == "composed\n", done.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_console_scripts_answer_help_at_once(installed, tmp_path, command):
    script = str(installed / "bin" / f"oraclecoder-{command}")
    check_help([script], cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(installed)})


@pytest.mark.parametrize("command", COMMANDS)
def test_console_scripts_complete_with_tab(installed, tmp_path, command):
    script = str(installed / "bin" / f"oraclecoder-{command}")
    done = run(installed, tmp_path, sys.executable, script, "-sc", "install=bash")
    assert done.returncode == 0, done.stderr
    assert "hydra_bash_completion" in done.stdout


def test_tab_offers_groups_and_their_choices(installed, tmp_path):
    environment = os.environ | {
        "PYTHONPATH": str(installed),
        "COMP_LINE": "oraclecoder-train task=",
        "COMP_POINT": "23",
    }
    script = str(installed / "bin" / "oraclecoder-train")
    done = subprocess.run(
        [sys.executable, script, "-sc", "query=bash"], cwd=tmp_path, env=environment, capture_output=True, text=True
    )
    assert done.stdout.split() == ["task=schema_linking", "task=sql_generation"]


def test_a_mistake_is_one_sentence_from_the_installed_script_too(installed, tmp_path):
    script = str(installed / "bin" / "oraclecoder-train")
    done = run(installed, tmp_path, sys.executable, script, "-m", "lora.lr_ratio=8,0.5")
    assert done.returncode == 1
    assert "lora.lr_ratio must be 1 to 1000, got 0.5" in done.stderr
    assert not (tmp_path / "outputs" / "runs").exists()
