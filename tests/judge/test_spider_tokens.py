"""Words as the official Spider evaluator cuts them."""

import pytest

from oraclecoder.judge.spider_tokens import LONGEST_QUERY, NotSpiderSqlError, cut_words

CASES = {
    "SELECT Name FROM t": ["select", "name", "from", "t"],
    "a = 'It is' AND b = \"X\"": ["a", "=", '"It is"', "and", "b", "=", '"X"'],
    "a='x'": ["a=__val_2_4__"],
    "a != 1 and b>=2": ["a", "!=", "1", "and", "b", ">", "=2"],
    "a ! = 1 and b > = 2": ["a", "!=", "1", "and", "b", ">=", "2"],
    "a <> 1": ["a", "<", ">", "1"],
    "count(*)": ["count", "(", "*", ")"],
    "a,b": ["a", ",", "b"],
    "(1,2, 3)": ["(", "1,2", ",", "3", ")"],
    "t1.name, t2.*": ["t1.name", ",", "t2", ".", "*"],
    "LIMIT 1;": ["limit", "1", ";"],
    "x > 3.5.": ["x", ">", "3.5", "."],
    "x > 3. and y": ["x", ">", "3.", "and", "y"],
    "x > 3. AND y": ["x", ">", "3", ".", "and", "y"],
    "order by age. This": ["order", "by", "age", ".", "this"],
    "x..y": ["x", "..", "y"],
    "`name`": ["`", "name", "`"],
    "cannot gimme": ["can", "not", "gim", "me"],
    "a--b": ["a", "--", "b"],
    "a-b": ["a-b"],
    "a,, b": ["a", ",", ",", "b"],
    "": [],
    "\x00 a": ["\x00", "a"],
}


@pytest.mark.parametrize("sql", CASES)
def test_words(sql):
    assert cut_words(sql) == CASES[sql]


def test_a_single_quote_pairs_with_a_double_one():
    assert cut_words("a = 'it\" s") == ["a", "=", '"it"', "s"]


def test_an_unclosed_quote_is_refused():
    with pytest.raises(NotSpiderSqlError):
        cut_words("a = 'it's'")


def test_a_megabyte_is_refused_at_once():
    with pytest.raises(NotSpiderSqlError):
        cut_words("(" * (LONGEST_QUERY + 1))
