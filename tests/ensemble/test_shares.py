"""Answering by several processes."""

from collections import Counter
from functools import partial

import pytest

from oraclecoder.answer.panel import Memos
from oraclecoder.config import System
from oraclecoder.dataset import database_paths, load_evaluation
from oraclecoder.ensemble.asked import Questions
from oraclecoder.ensemble.evaluation import Evaluator, contestants
from oraclecoder.ensemble.recipe import read_ensemble
from oraclecoder.ensemble.shares import answered_ahead, shares_of
from oraclecoder.merge import merge


@pytest.fixture
def questions(conf, tmp_path) -> Questions:
    dataset = conf.evaluate(tmp_path).dataset
    return Questions.of(load_evaluation(dataset).examples[::60], database_paths(dataset))


def test_shares_have_as_many_questions_of_every_database(questions):
    for number in (1, 2, 3, 50):
        shares = [share.examples for share in shares_of(questions, number)]
        assert sorted(e.id for share in shares for e in share) == sorted(e.id for e in questions.examples)
        assert len(shares) == min(number, len(questions.examples))
        assert max(map(len, shares)) - min(map(len, shares)) <= 1
        counts = [Counter(e.database for e in share) for share in shares]
        for database in {e.database for e in questions.examples}:
            assert max(count[database] for count in counts) - min(count[database] for count in counts) <= 1
        assert all(share == sorted(share, key=questions.examples.index) for share in shares)


@pytest.mark.slow
def test_two_processes_answer_as_one_does_and_leave_nothing_to_ask(make_runs, conf, questions, tmp_path):
    for task in ("schema_linking", "sql_generation"):
        make_runs(tmp_path, task, [0.1, 0.3])
    folder = merge(conf.merge(tmp_path, "ensemble=merged", "ensemble.gate=false"))
    recipes, config = read_ensemble(folder), conf.evaluate(tmp_path, "answer.max_rows=8")
    rows = contestants(recipes, folder, list(System))
    asking = partial(Evaluator, recipes, answer=config.answer, limits=config.limits, base=None)
    memos = answered_ahead(rows, questions, asking, jobs=2)
    known = {panel: len(memo) for panel, memo in memos.by_panel.items()}
    assert len(known) == 7  # the base, two members and a merge of each task
    for row in rows:
        ahead, alone = asking(questions, memos).answers(row), asking(questions, Memos()).answers(row)
        assert ahead.linked == alone.linked
        for setting, predictions in alone.predictions.items():
            assert [p.sql for p in ahead.predictions[setting]] == [p.sql for p in predictions]
    assert {panel: len(memo) for panel, memo in memos.by_panel.items()} == known
