"""Lineage told to W&B once a run is online: the real client against a double of the server on this machine.

The double answers six operations of the client's GraphQL (wandb 0.31) and remembers what it was told.
"""

import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from oraclecoder.errors import RunError
from oraclecoder.tracking.replay import replay_all

ROOT = Path(__file__).parents[2]


class Server(ThreadingHTTPServer):
    """Knows some runs and artifacts, and remembers every mutation."""

    def __init__(self, runs: set[str], artifacts: set[str]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.runs, self.artifacts = runs, artifacts
        self.told: list[tuple[str, dict[str, Any]]] = []

    def answer(self, query: str, values: dict[str, Any]) -> dict[str, Any]:
        operation = re.search(r"(?:query|mutation)\s+(\w+)", query)[1]
        match operation:
            case "Viewer" | "GetDefaultEntity":
                return {"viewer": {"id": "1", "entity": "me", "username": "me", "email": "", "flags": "{}",
                                   "teams": {"edges": []}}}  # fmt: skip
            case "ServerFeaturesQuery":
                return {"serverInfo": {"features": []}}
            case "Run":
                return {"project": {"run": run(values["name"]) if values["name"] in self.runs else None}}
            case "ArtifactMembershipByName":
                known = values["name"] in self.artifacts
                return {"project": {"artifactCollectionMembership": membership(values) if known else None}}
            case "UseArtifact":
                self.told.append((operation, values))
                return {"useArtifact": {"artifact": membership({"name": "a:b"} | values)["artifact"]}}
            case "LinkArtifact":
                self.told.append((operation, values["input"]))
                return {"result": {"versionIndex": 0}}
        raise AssertionError(operation)


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        text = json.dumps({"data": self.server.answer(body["query"], body.get("variables") or {})}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_: Any) -> None:
        pass


DATE = "2026-01-01T00:00:00Z"
PROJECT = {"id": "p", "internalId": "1", "name": "oraclecoder", "entity": {"name": "me"}}


def run(name: str) -> dict[str, Any]:
    texts = {"config": "{}", "systemMetrics": "{}", "summaryMetrics": "{}", "createdAt": DATE, "heartbeatAt": DATE}
    nothing = dict.fromkeys(["sweepName", "commit", "description", "notes", "historyKeys"])
    return texts | nothing | {
        "projectId": "1", "id": f"id-{name}", "tags": [], "name": name, "displayName": name, "state": "finished",
        "group": "g", "jobType": "merge", "readOnly": False, "historyLineCount": 0,
        "user": {"name": "me", "username": "me"},
    }  # fmt: skip


def membership(values: dict[str, Any]) -> dict[str, Any]:
    collection, _, alias = values["name"].partition(":")
    sequence = {"__typename": "ArtifactSequence", "name": collection, "project": PROJECT}
    artifact = {
        "__typename": "Artifact", "id": f"id-{values['name']}", "artifactSequence": sequence, "versionIndex": 0,
        "artifactType": {"name": "lora-adapter"}, "description": None, "metadata": "{}", "ttlDurationSeconds": -1,
        "ttlIsInherited": False, "tags": [], "historyStep": None, "state": "COMMITTED", "size": 1, "digest": "d",
        "commitHash": "c", "fileCount": 1, "createdAt": DATE, "updatedAt": None, "aliases": [],
    }  # fmt: skip
    return {
        "__typename": "ArtifactCollectionMembership", "id": "m", "versionIndex": 0, "createdAt": DATE,
        "aliases": [{"__typename": "ArtifactAlias", "id": "1", "alias": alias}], "artifactCollection": sequence,
        "artifact": artifact,
    }  # fmt: skip


@pytest.fixture
def server() -> Iterator[Server]:
    runs = {"merge01", "trunk01"}
    artifacts = {"adapter-sql_generation:a", "adapter-sql_generation:b", "ensemble-sql_generation:today", "best:v0"}
    double = Server(runs, artifacts)
    threading.Thread(target=double.serve_forever, daemon=True).start()
    yield double
    double.shutdown()


def lineage(folder: Path, **changes: Any) -> Path:
    """A folder with this lineage.json."""
    folder.mkdir(parents=True)
    values = {
        "job_type": "merge", "name": "today", "group": "today", "project": "oraclecoder", "entity": None,
        "run": "merge01", "url": None, "inputs": ["adapter-sql_generation:a", "adapter-sql_generation:b"],
        "outputs": [{"artifact": "ensemble-sql_generation:today", "type": "lora-adapter", "folder": "adapter"}],
        "replayed": False,
    }  # fmt: skip
    (folder / "lineage.json").write_text(json.dumps(values | changes))
    return folder


def replay(server: Server, home: Path, *words: str) -> subprocess.CompletedProcess:
    """The command, against the double."""
    home.mkdir(exist_ok=True)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("WANDB_")}
    place = {"WANDB_BASE_URL": f"http://127.0.0.1:{server.server_port}", "WANDB_API_KEY": "k" * 40, "HOME": str(home)}
    return subprocess.run(
        [sys.executable, "-m", "oraclecoder.tracking.replay", *words],
        env=kept | place | {"WANDB_ERROR_REPORTING": "false"}, cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip


def test_a_merged_run_is_told_which_adapters_it_was_made_from_and_only_once(server, tmp_path):
    folder = lineage(tmp_path / "outputs" / "ensembles" / "today")
    lineage(tmp_path / "outputs" / "runs" / "trunk", run="trunk01", inputs=[])
    lineage(tmp_path / "outputs" / "runs" / "local", run=None)
    done = replay(server, tmp_path / "home", str(tmp_path / "outputs"))
    assert (done.returncode, done.stdout) == (0, "2 artifacts told\n"), done.stderr
    assert [(name, values["runName"], values["artifactID"]) for name, values in server.told] == [
        ("UseArtifact", "merge01", "id-adapter-sql_generation:a"),
        ("UseArtifact", "merge01", "id-adapter-sql_generation:b"),
    ]
    assert json.loads((folder / "lineage.json").read_text())["replayed"] is True
    assert replay(server, tmp_path / "home", str(tmp_path / "outputs")).stdout == "0 artifacts told\n"
    assert len(server.told) == 2


def test_what_was_made_is_linked_to_a_collection_on_request(server, tmp_path):
    folder = lineage(tmp_path / "today", replayed=True)
    done = replay(server, tmp_path / "home", str(folder), "--link", "me/models/best")
    assert (done.returncode, done.stdout) == (0, "1 artifacts told\n"), done.stderr
    assert server.told[0][0] == "LinkArtifact"
    assert server.told[0][1]["artifactID"] == "id-ensemble-sql_generation:today"
    assert server.told[0][1]["artifactPortfolioName"] == "best"


@pytest.mark.parametrize(
    ("changes", "words"),
    [({"run": "unknown"}, "Could not find run"), ({"inputs": ["adapter-sql_generation:gone"]}, "not found")],
)
def test_a_run_that_is_not_online_is_told_in_one_sentence_and_the_others_are_done(server, tmp_path, changes, words):
    missing = lineage(tmp_path / "a", **changes)
    lineage(tmp_path / "b")
    done = replay(server, tmp_path / "home", str(tmp_path / "a"), str(tmp_path / "b"))
    assert done.returncode == 1
    assert done.stdout == "2 artifacts told\n"
    assert done.stderr.count("\n") == 1
    assert words in done.stderr
    assert f"with `wandb sync {missing}/wandb/offline-run-*`" in done.stderr
    assert json.loads((missing / "lineage.json").read_text())["replayed"] is False


def test_a_folder_without_runs_is_refused(tmp_path):
    with pytest.raises(RunError, match=r"there is no lineage\.json below"):
        replay_all([tmp_path], None)
