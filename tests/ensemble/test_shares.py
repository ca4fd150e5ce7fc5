"""Answering by several processes."""

from collections import Counter
from functools import partial

import pytest

from oraclecoder.answer.panel import Memos
from oraclecoder.dataset import load_evaluation
from oraclecoder.ensemble.evaluation import contestants, evaluator_of
from oraclecoder.ensemble.recipe import read_ensemble
from oraclecoder.ensemble.shares import begin_answering, shares_of
from oraclecoder.merge import merge


def test_shares_have_as_many_questions_of_every_database(conf, tmp_path):
    examples = load_evaluation(conf.evaluate(tmp_path).dataset).examples[::60]
    for number in (1, 2, 3, 50):
        shares = shares_of(examples, number)
        assert sorted(e.id for share in shares for e in share) == sorted(e.id for e in examples)
        assert len(shares) == min(number, len(examples))
        assert max(map(len, shares)) - min(map(len, shares)) <= 1
        counts = [Counter(e.database for e in share) for share in shares]
        for database in {e.database for e in examples}:
            assert max(count[database] for count in counts) - min(count[database] for count in counts) <= 1
        assert all(share == sorted(share, key=examples.index) for share in shares)


@pytest.mark.slow
def test_two_processes_answer_as_one_does_and_leave_nothing_to_ask(make_runs, conf, tmp_path):
    for task in ("schema_linking", "sql_generation"):
        make_runs(tmp_path, task, [0.1, 0.3])
    folder = merge(conf.merge(tmp_path, "ensemble=merged", "ensemble.gate=false"))
    config = conf.evaluate(
        tmp_path, "answer.max_rows=8", "dataset.limit=7", "jobs=2", "systems=[base,members,best,ensemble]"
    )
    memos, recipes = Memos(), read_ensemble(folder)
    for share in begin_answering(config, folder):
        assert share.by_panel.keys() == (memos.by_panel or share.by_panel).keys()
        memos.update(share)
    known = {panel: len(memo) for panel, memo in memos.by_panel.items()}
    assert len(known) == 7  # the base, two members and a merge of each task
    evaluator = partial(evaluator_of, config, recipes, load_evaluation(config.dataset).examples)
    assert len(evaluator(memos).asked.questions.examples) == 7
    for row in contestants(recipes, folder, config.systems):
        ahead, alone = evaluator(memos).answers(row), evaluator(Memos()).answers(row)
        assert ahead.linked == alone.linked
        for setting, predictions in alone.predictions.items():
            assert [p.sql for p in ahead.predictions[setting]] == [p.sql for p in predictions]
    assert {panel: len(memo) for panel, memo in memos.by_panel.items()} == known


def test_one_process_begins_nothing(conf, tmp_path):
    assert list(begin_answering(conf.evaluate(tmp_path, "jobs=1"), tmp_path)) == []
