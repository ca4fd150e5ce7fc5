"""Tables on a terminal of 80 columns keep the numbers of a row whole and on one line; a long name is broken."""

import io

import pytest
from rich.console import Console

from oraclecoder.ensemble import show, show_evaluation
from oraclecoder.ensemble.recipe import Recipe, Row, Served
from oraclecoder.ensemble.show_evaluation import LINK_COLUMNS, show_linking, show_sql
from oraclecoder.judge.statistics import Interval

NAME = "first that finds something else"
RATE = Interval(mean=1.0, low=0.998, high=1.0, n=1034, confidence=0.95, clustered=True)


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


@pytest.mark.parametrize(("task", "recalled"), [("schema_linking", "100.0 "), ("sql_generation", "")])
def test_what_the_gate_knows_of_a_candidate_stands_on_one_line(lines, tmp_path, task, recalled):
    row = Row(NAME, "vote", [1.0], 12.3456, (1.0, 0.998, 1.0), 5, 12_345, recalled=1.0)
    show.show_recipe(recipe(task, row), tmp_path)
    shown = [" ".join(line.split()) for line in lines()]
    assert sum(line.endswith(f"12.3456 100.0 [99.8, 100.0] {recalled}5 12345") for line in shown) == 1
    assert not any("…" in line for line in shown)


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
