"""Where no bar can be drawn, lines tell how far the work is."""

from oraclecoder.tracking import progress as bars


def test_lines_come_in_time_and_one_at_the_end(monkeypatch, capsys):
    monkeypatch.setattr(bars, "SECONDS_A_LINE", 0)
    monkeypatch.setattr(bars.console, "file", None)
    with bars.progress("train", 5) as advance:
        for _ in range(2):
            advance(2)
        advance(1)
    assert capsys.readouterr().out.splitlines() == ["train: 2 of 5", "train: 4 of 5", "train: 5 done"]


def test_short_work_tells_its_end_only(monkeypatch, capsys):
    monkeypatch.setattr(bars.console, "file", None)
    with bars.progress("train", 5) as advance:
        advance(3)
    assert capsys.readouterr().out.splitlines() == ["train: 5 done"]
