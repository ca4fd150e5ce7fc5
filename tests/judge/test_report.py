"""What the report says of verdicts made by hand, and how two sets of them compare."""

import io
import json

import pytest
from rich.console import Console

from oraclecoder.config import LimitsConfig, MetricsConfig
from oraclecoder.errors import DataError
from oraclecoder.judge.comparison import compare_verdicts, comparison_table
from oraclecoder.judge.report import Coverage, component_scores, plain, report_table, summarise, write_report
from oraclecoder.judge.verdicts import Verdict

METRICS = MetricsConfig(plug_value=True, keep_distinct=False, confidence=0.9, num_resamples=500, ves_repeats=0, seed=3)
LIMITS = LimitsConfig(max_steps=10, max_seconds=1, max_rows=1, max_bytes=1, max_memory=1, workers=1)


def verdict(index: int, ex: int | None, *, level: str = "easy", database: str | None = None, **given) -> Verdict:
    name = database or f"database {index % 4}"
    reason = {1: "correct", 0: "wrong_rows", None: "no_database"}[ex]
    return Verdict(index, f"dev-{index}", name, hardness=level, em=ex or 0, ex=ex, reason=reason, **given)


def summary(verdicts: list[Verdict]) -> dict:
    return summarise(verdicts, Coverage(50, len(verdicts)), metrics=METRICS, limits=LIMITS)


def test_rates_are_by_level_with_clustered_intervals():
    verdicts = [verdict(i, i % 2, level="easy" if i < 20 else "extra") for i in range(40)]
    rates = summary(verdicts)["scores"]["ex"]
    assert list(rates) == ["all", "easy", "extra"]
    assert rates["all"].mean == 0.5
    assert (rates["easy"].n, rates["extra"].n) == (20, 20)
    assert rates["all"].clustered
    assert rates["all"].confidence == 0.9
    assert rates["all"].low < 0.5 < rates["all"].high


def test_items_without_a_verdict_are_counted_and_left_out():
    report = summary([verdict(0, 1), verdict(1, None, database="gone"), verdict(2, 0)])
    assert report["num_judged"] == {"em": 3, "ex": 2, "soft_f1": 0}
    assert report["num_left_out_of_execution"] == {"no_database": 1}
    assert report["missing_databases"] == {"gone": 1}
    assert (report["num_predictions"], report["num_questions"]) == (3, 50)
    assert "soft_f1" not in report["scores"]
    assert report["flags"] == {"plug_value": True, "keep_distinct": False}
    assert report["limits"]["max_steps"] == 10


def test_partial_scores_count_as_the_official_script_does():
    assert component_scores([(1, 1, 1), (2, 1, 1), (0, 1, 0), (1, 0, 0)]) == {
        "accuracy": pytest.approx(1 / 3),
        "recall": pytest.approx(1 / 3),
        "f1": pytest.approx(1 / 3),
        "num_predicted": 3,
        "num_gold": 3,
    }
    assert component_scores([(0, 0, 0)])["f1"] == 1.0


def test_a_report_is_valid_json(tmp_path):
    write_report(tmp_path / "report.json", summary([verdict(0, 1, partial={"select": (1, 1, 1)})]))
    read = json.loads((tmp_path / "report.json").read_text())
    assert read["scores"]["ex"]["all"]["mean"] == 1
    assert read["partial"]["select"]["all"]["recall"] == 1
    assert plain({"a": float("nan")}) == {"a": None}


def test_the_table_shows_flags_levels_and_what_was_left_out():
    report = {"dataset": "spider", **summary([verdict(0, 1), verdict(1, None), verdict(2, 0, level="hard")])}
    console = Console(file=io.StringIO(), width=140)
    console.print(report_table(report))
    text = console.file.getvalue()
    for part in ("plug_value=true", "execution accuracy", "50.0", "hard", "3 of 50", "no_database 1", "wrong_rows 1"):
        assert part in text


def test_a_comparison_gives_the_difference_the_tests_and_the_items():
    first = [verdict(i, int(i < 40)) for i in range(100)]
    second = [verdict(i, int(i < 60 and i != 3)) for i in range(100)]
    found = compare_verdicts(first, second, metrics=METRICS)["ex"]
    assert (found.n, found.first, found.second) == (100, 0.4, 0.59)
    assert found.difference.mean == pytest.approx(0.19)
    assert (found.mcnemar.only_first, found.mcnemar.only_second) == (1, 20)
    assert found.mcnemar.p_value == pytest.approx(2 * 22 / 2**21)
    assert found.p_value_holm == pytest.approx(2 * found.mcnemar.p_value)
    assert found.detectable.alpha == 0.1
    assert 0 < found.detectable.difference < 0.19
    assert [item["index"] for item in found.differ] == [3, *range(40, 60)]
    assert found.differ[0]["first_reason"] == "correct"


def test_only_items_that_both_could_judge_are_compared():
    found = compare_verdicts([verdict(0, 1), verdict(1, None)], [verdict(0, 0), verdict(1, 1)], metrics=METRICS)
    assert found["ex"].n == 1
    assert found["em"].n == 2
    assert "soft_f1" not in found


def test_verdicts_on_other_questions_are_refused():
    with pytest.raises(DataError, match="no question in common"):
        compare_verdicts([verdict(0, 1)], [verdict(1, 1)], metrics=METRICS)
    with pytest.raises(DataError, match="question 0 is dev-0 on database 0 in the first file"):
        compare_verdicts([verdict(0, 1)], [verdict(0, 1, database="other")], metrics=METRICS)


def test_the_comparison_is_shown_as_a_table():
    found = compare_verdicts(
        [verdict(i, i % 2) for i in range(30)], [verdict(i, 1) for i in range(30)], metrics=METRICS
    )
    console = Console(file=io.StringIO(), width=160)
    console.print(comparison_table(found, ("base", "tuned")))
    text = console.file.getvalue()
    for part in ("A = base", "B = tuned", "+50.0", "0 / 15", "power"):
        assert part in text
