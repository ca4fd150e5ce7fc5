"""What is printed of a gate and of an evaluation: words that are true, and numbers on one line of 80 columns."""

import io
import math
from dataclasses import replace

import pytest
from rich.console import Console

from oraclecoder.config import DatasetName
from oraclecoder.ensemble import show, show_evaluation
from oraclecoder.ensemble.asked import Questions
from oraclecoder.ensemble.recipe import Recipe, Row, Served
from oraclecoder.ensemble.show_evaluation import LINK_COLUMNS, show_linking, show_sql
from oraclecoder.evaluate import show as show_all
from oraclecoder.judge.statistics import Interval

NAME = "first that finds something else"
RATE = Interval(mean=1.0, low=0.998, high=1.0, n=1034, confidence=0.95, clustered=True)


NOT_JUDGED = Interval(mean=math.nan, low=math.nan, high=math.nan, n=0, confidence=0.95, clustered=False)


@pytest.fixture
def lines(monkeypatch):
    """What is printed on 80 columns."""
    written = io.StringIO()
    for module in (show, show_evaluation):
        monkeypatch.setattr(module, "console", Console(file=written, width=80))
    return lambda: written.getvalue().splitlines()


def test_linking_scores_of_a_system_stand_on_one_line(lines):
    report = {"tables_strict_recall": RATE, "all": dict.fromkeys(LINK_COLUMNS.values(), 1.0), "num_unreadable": 432}
    show_linking({NAME: report}, title="schema linking")
    assert sum(" ".join(line.split()).endswith(f"100.0 [99.8, 100.0] {'100.0 ' * 5}432") for line in lines()) == 1


def test_sql_scores_of_a_system_stand_on_one_line(lines):
    levels = dict.fromkeys(("all", "easy", "medium", "hard", "extra"), RATE)
    show_sql({NAME: {"scores": {"ex": levels, "em": levels}}}, setting="two_stage", flags="plug_value=false")
    assert sum(" ".join(line.split()).endswith(f"100.0 [99.8, 100.0] {'100.0 ' * 5}1034") for line in lines()) == 1


def test_an_evaluation_of_which_no_question_can_be_judged_ends_without_a_rate(conf, tmp_path, capsys, lines):
    report = {
        "linking": {"ensemble": {"tables_strict_recall": NOT_JUDGED, "num_unreadable": 0}},
        "sql": {"two_stage": {"ensemble": {"scores": {}}}},
        "served": {"schema_linking": "single", "sql_generation": "single"},
        "differences": {"two_stage": {}},
    }
    show_all(conf.evaluate(tmp_path), Questions([], {}, {}), report, None, tmp_path)
    said = capsys.readouterr().out + " ".join(lines())
    assert f"predictions, verdicts and reports: {tmp_path}" in said
    assert "nan" not in said.replace(str(tmp_path), "")


def test_sql_without_a_linker_is_not_said_to_be_of_an_ensemble_without_one(lines):
    show_sql({NAME: {"scores": {"ex": {"all": RATE}}}}, setting="full_schema", flags="plug_value=false")
    assert lines()[0].rstrip() == "SQL on the full schema (these have no linker)"


@pytest.mark.parametrize(
    ("own", "asked", "given"),
    [
        ("spider", DatasetName.demo, "dataset=spider dataset.root=/data dataset.split=dev"),
        ("demo", DatasetName.spider, "dataset=demo dataset.split=dev"),
    ],
)
def test_an_ensemble_that_is_asked_about_other_data_is_told_how_to_take_its_own(lines, own, asked, given):
    settings = {"name": own, "root": "/data" if own == "spider" else None, "questions": None, "split": "dev"}
    built = replace(recipe("sql_generation", Row(NAME, "vote", [1.0], 1.0, None, 1, 1)), dataset_settings=settings)
    show_evaluation.show_other_dataset({"sql_generation": built}, DatasetName(own))
    assert lines() == []
    show_evaluation.show_other_dataset({"sql_generation": built}, asked)
    (line,) = lines()
    assert line.rstrip() == (
        f"warning: this ensemble was built on {own} and is evaluated on {asked.value}; give {given} for its own "
        "questions"
    )


@pytest.mark.parametrize(("task", "recalled"), [("schema_linking", "100.0 "), ("sql_generation", "")])
def test_what_the_gate_knows_of_a_candidate_stands_on_one_line(lines, tmp_path, task, recalled):
    row = Row(NAME, "vote", [1.0], 12.3456, (1.0, 0.998, 1.0), 5, 12_345, recalled=1.0)
    show.show_recipe(recipe(task, row), tmp_path)
    shown = [" ".join(line.split()) for line in lines()]
    assert sum(line.endswith(f"12.3456 100.0 [99.8, 100.0] {recalled}5 12345") for line in shown) == 1
    assert not any("…" in line for line in shown)


def test_an_error_with_brackets_is_told_as_it_is(lines, tmp_path):
    odd = replace(
        recipe("sql_generation", Row(NAME, "vote", [1.0], 1.0, None, 1, 1)),
        refused={"run1": "failed: no such file [/data/spider], or [all-linear]"},
    )
    show.show_recipe(odd, tmp_path)
    assert any("left out: run1, failed: no such file [/data/spider], or [all-linear]" in line for line in lines())


def recipe(task: str, row: Row) -> Recipe:
    """One of a single candidate, with nothing that is not printed."""
    known = {
        "task": task,
        "served": Served("single", row.name, ["adapter"]),
        "decision": {"accepted_on": None, "why": "it is the only one"},
        "candidates": (row,),
        "refused": {},
        "sanity": [],
    }
    return Recipe(**dict.fromkeys(Recipe.__dataclass_fields__) | known)
