"""metrics.jsonl holds every record that was written, whatever happened to the process; and its picture."""

import math

import pytest

from oraclecoder.errors import DataError
from oraclecoder.tracking.metrics import MetricsFile, draw_curve, read_metrics


def test_every_record_is_on_disk_as_soon_as_it_is_written(tmp_path):
    path = tmp_path / "run" / "metrics.jsonl"
    with MetricsFile(path) as lines:
        for step in (1, 2, 3):
            lines.record({"step": step, "loss": 1 / step})
            assert [record["step"] for record in read_metrics(path)] == list(range(1, step + 1))
    records = read_metrics(path)
    assert records[1]["loss"] == 0.5
    assert records[0]["time"] <= records[2]["time"]


def test_a_last_line_that_was_cut_off_is_left_out_and_the_file_is_not_touched(tmp_path):
    path = tmp_path / "metrics.jsonl"
    path.write_bytes(b'{"step": 1, "loss": 2.0}\n{"step": 2, "lo')
    assert read_metrics(path) == [{"step": 1, "loss": 2.0}]
    assert path.read_bytes().endswith(b'"lo')
    path.write_bytes(b'{"step": 1, "word": "' + "ä".encode()[:1])
    assert read_metrics(path) == []
    assert read_metrics(tmp_path / "none.jsonl") == []


def test_a_resumed_run_drops_what_was_written_after_its_checkpoint(tmp_path):
    path = tmp_path / "metrics.jsonl"
    with MetricsFile(path) as lines:
        for step in range(1, 8):
            lines.record({"step": step})
    path.write_bytes(path.read_bytes() + b'{"step": 8')
    with MetricsFile(path, resumed_step=4) as lines:
        lines.record({"step": 5, "again": True})
    assert [record["step"] for record in read_metrics(path)] == [1, 2, 3, 4, 5]
    assert read_metrics(path)[-1]["again"]
    with MetricsFile(path):
        assert read_metrics(path) == []


def test_resuming_never_leaves_less_than_it_keeps(tmp_path, monkeypatch):
    path = tmp_path / "metrics.jsonl"
    with MetricsFile(path) as lines:
        lines.record({"step": 1})

    def killed(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("oraclecoder.records.os.replace", killed)
    with pytest.raises(KeyboardInterrupt):
        MetricsFile(path, resumed_step=1)
    assert [record["step"] for record in read_metrics(path)] == [1]
    assert [found.name for found in tmp_path.iterdir()] == ["metrics.jsonl"]


def test_a_broken_line_in_the_middle_is_named(tmp_path):
    (tmp_path / "metrics.jsonl").write_text('{"step": 1}\n{"st\n{"step": 3}\n')
    with pytest.raises(DataError, match=r"metrics\.jsonl holds a line that is not JSON") as caught:
        read_metrics(tmp_path / "metrics.jsonl")
    assert "\n" not in str(caught.value)


def records(num_steps: int = 40) -> list[dict]:
    found = []
    for step in range(1, num_steps + 1):
        rate = 2e-4 * math.cos(step / num_steps * 1.5)
        found.append({"step": step, "loss": 3 * math.exp(-step / 12) + 0.2, "lr_A": rate, "lr_B": 16 * rate})
        if step % 10 == 0:
            found.append({"step": step, "eval_loss": 3 * math.exp(-step / 14) + 0.3})
    return found


@pytest.mark.parametrize("kept", [records(), records(1), [], [{"step": 5, "eval_loss": 1.0}]])
def test_a_picture_is_drawn_of_any_run(tmp_path, kept):
    draw_curve(kept, tmp_path / "curve.png", title="sql_generation lr_ratio=16")
    content = (tmp_path / "curve.png").read_bytes()
    assert content.startswith(b"\x89PNG")
    assert len(content) > 5_000
