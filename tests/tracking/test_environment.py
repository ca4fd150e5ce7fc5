"""environment.json: enough to make a run again."""

import json
import subprocess
from pathlib import Path

import pytest

from oraclecoder.tracking import environment
from oraclecoder.tracking.environment import describe_environment, git_commit, package_versions, peak_memory_bytes


def test_versions_commit_device_memory_and_the_facts_of_a_run_are_there():
    found = describe_environment(seed=7, tokens_per_second=123)
    assert found["seed"] == 7
    assert found["tokens_per_second"] == 123
    assert found["packages"]["torch"].startswith("2.")
    assert found["packages"]["oraclecoder"]
    assert found["device"]
    assert found["num_threads"] >= 1
    assert found["peak_memory_bytes"]["process"] > 50_000_000
    assert found["commit"] == git_commit()
    json.dumps(found)


def test_a_package_that_is_not_there_is_said_to_be_missing(monkeypatch):
    monkeypatch.setattr(environment, "PACKAGES", ("torch", "no-such-package"))
    assert package_versions()["no-such-package"] == "not installed"


def test_peak_memory_only_grows():
    before = peak_memory_bytes()["process"]
    block = bytearray(before + 30_000_000)
    assert peak_memory_bytes()["process"] > before
    del block


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with one commit, from which the code seems to run."""
    package = tmp_path / "oraclecoder" / "tracking"
    package.mkdir(parents=True)
    (package / "environment.py").write_text("# one\n")
    identity = ["-c", "user.name=Test", "-c", "user.email=test@example.org"]
    for words in (["init", "-q"], ["add", "."], [*identity, "commit", "-qm", "one"]):
        subprocess.run(["git", *words], cwd=tmp_path, check=True)
    monkeypatch.setattr(environment, "__file__", str(package / "environment.py"))
    return tmp_path


def test_the_commit_says_whether_there_are_changes(checkout):
    clean = git_commit()
    assert len(clean) == 12
    (checkout / "new.txt").write_text("not part of the code\n")
    assert git_commit() == clean
    (checkout / "oraclecoder" / "tracking" / "environment.py").write_text("# two\n")
    assert git_commit() == f"{clean}+"


def test_outside_a_checkout_there_is_no_commit(tmp_path, monkeypatch):
    monkeypatch.setattr(environment, "__file__", str(tmp_path / "a" / "b" / "environment.py"))
    assert git_commit() == ""
