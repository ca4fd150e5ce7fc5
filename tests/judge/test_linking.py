"""Link scores on cases that can be checked by hand."""

import pytest

from oraclecoder.judge.linking import linking_report, score_links
from oraclecoder.records import Links

GOLD = Links(tables=("singer", "concert"), columns=(("singer", "name"), ("singer", "age"), ("concert", "year")))


def test_the_same_links_score_one_whatever_order_and_case():
    score = score_links(Links(("CONCERT", "Singer"), tuple(reversed(GOLD.columns))), GOLD)
    assert (score.tables.exact, score.columns.exact, score.columns.f1) == (1, 1, 1)


def test_too_many_links_keep_strict_recall_and_lose_precision():
    predicted = Links((*GOLD.tables, "stadium"), (*GOLD.columns, ("stadium", "name")))
    score = score_links(predicted, GOLD)
    assert (score.tables.exact, score.tables.strict_recall) == (0, 1)
    assert score.tables.precision == pytest.approx(2 / 3)
    assert score.columns.precision == pytest.approx(3 / 4)
    assert score.columns.f1 == pytest.approx(6 / 7)


def test_a_column_belongs_to_its_table():
    score = score_links(Links(("singer",), (("concert", "name"),)), Links(("singer",), (("singer", "name"),)))
    assert (score.tables.exact, score.columns.recall, score.columns.f1) == (1, 0, 0)


def test_nothing_predicted_scores_nothing_unless_nothing_was_wanted():
    assert score_links(Links(), GOLD).tables.precision == 0
    counted = score_links(Links(("singer",)), Links(("singer",)))
    assert (counted.columns.exact, counted.columns.precision, counted.columns.recall) == (1, 1, 1)


def test_the_report_is_broken_down_by_number_of_gold_tables():
    one = Links(("singer",), (("singer", "name"),))
    report = linking_report([(one, one), (None, one), (one, GOLD)])
    assert list(report) == ["all", "1", "2"]
    assert report["all"]["n"] == 3
    assert report["1"]["tables_exact"] == 0.5
    assert report["2"]["columns_recall"] == pytest.approx(1 / 3)
    assert report["all"]["tables_precision"] == pytest.approx(2 / 3)
