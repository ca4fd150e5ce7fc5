"""Agreement of results by the rule of Spider's test suites."""

import time
from collections import Counter
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oraclecoder.database.compare import explain_disagreement, look_alike, spider_agree

AGREEING = {
    "two empty results": ([], [], True),
    "rows in another order": ([(1,), (2,)], [(2,), (1,)], False),
    "columns in another order": ([(1, "a"), (2, "b")], [("a", 1), ("b", 2)], True),
    "both": ([(1, "a"), (2, "b")], [("b", 2), ("a", 1)], False),
    "one and one point nought": ([(1,)], [(1.0,)], True),
    "repeats as often": ([(1,), (1,), (2,)], [(2,), (1,), (1,)], False),
    "NULL": ([(None, 1)], [(1, None)], True),
    "bytes": ([(b"x",)], [(b"x",)], True),
    "a whole number as text of the same length": ([(5, "a")], [(5.0, "a")], True),
    "equal columns": ([(1, 1, 2)], [(2, 1, 1)], True),
}

DISAGREEING = {
    "empty against some": ([], [(1,)], False),
    "repeats less often": ([(1,), (1,), (2,)], [(1,), (2,), (2,)], False),
    "a surplus row": ([(1,)], [(1,), (1,)], False),
    "a surplus column": ([(1,)], [(1, 1)], False),
    "another order of rows": ([(1,), (2,)], [(2,), (1,)], True),
    "text of a number": ([(1,)], [("1",)], True),
    "1, 10 and 1.0, 10, which are sorted as text": ([(1, 10)], [(1.0, 10)], True),
    "the same in any order": ([(1, 10)], [(1.0, 10)], False),
    "columns permuted row by row": ([(1, 2), (3, 4)], [(2, 1), (3, 4)], False),
}


@pytest.mark.parametrize("case", AGREEING)
def test_results_agree(case):
    gold, rows, ordered = AGREEING[case]
    assert spider_agree(gold, rows, ordered)


@pytest.mark.parametrize("case", DISAGREEING)
def test_results_disagree(case):
    gold, rows, ordered = DISAGREEING[case]
    assert not spider_agree(gold, rows, ordered)


def naive(gold, rows, ordered):
    """Every permutation of columns tried in turn."""
    if not gold and not rows:
        return True
    if len(gold) != len(rows) or len(gold[0]) != len(rows[0]) or not look_alike(gold, rows, ordered):
        return False
    found = ([tuple(row[i] for i in order) for row in rows] for order in permutations(range(len(gold[0]))))
    return any(gold == candidate if ordered else Counter(gold) == Counter(candidate) for candidate in found)


VALUES = st.sampled_from([1, 1.0, 2, 10, 10.0, None, "1", "a", b"a"])


@st.composite
def two_results(draw):
    """A result and the same with its columns and perhaps its rows permuted, one value perhaps changed."""
    width = draw(st.integers(1, 4))
    gold = draw(st.lists(st.tuples(*[VALUES] * width), max_size=5))
    order = draw(st.permutations(range(width)))
    rows = [tuple(row[i] for i in order) for row in gold]
    rows = draw(st.permutations(rows)) if draw(st.booleans()) else rows
    if rows and draw(st.booleans()):
        place = draw(st.integers(0, len(rows) - 1))
        rows = [*rows[:place], (draw(VALUES), *rows[place][1:]), *rows[place + 1 :]]
    return gold, list(rows)


@settings(max_examples=400, deadline=None)
@given(two_results(), st.booleans())
def test_the_search_finds_what_trying_every_permutation_finds(results, ordered):
    assert spider_agree(*results, ordered) == naive(*results, ordered)


def test_a_wide_result_of_equal_columns_is_compared_at_once():
    gold = [tuple([i % 2] * 15 + [i]) for i in range(200)]
    rows = [(row[15], *row[:15]) for row in reversed(gold)]
    start = time.perf_counter()
    assert spider_agree(gold, rows, ordered=False)
    assert not spider_agree(gold, [*rows[:-1], (7, *rows[-1][1:])], ordered=False)
    assert time.perf_counter() - start < 2


def test_look_alike_columns_that_do_not_fit_end_too():
    width = 24
    gold = [tuple(int(i == j) for j in range(width)) for i in range(width)] * 2
    rows = [row[i:] + row[:i] for i, row in enumerate(gold)]
    start = time.perf_counter()
    spider_agree(gold, rows, ordered=False)
    assert time.perf_counter() - start < 30


@pytest.mark.parametrize(
    ("gold", "rows", "ordered", "what"),
    [
        ([(1,)], [(1, 2)], False, "wrong_columns"),
        ([(1,), (2,)], [(2,), (1,)], True, "wrong_order"),
        ([(1,), (2,)], [(2,), (3,)], True, "wrong_rows"),
        ([(1,)], [], False, "wrong_rows"),
        ([(1,)], [(1, 2)], True, "wrong_columns"),
    ],
)
def test_a_disagreement_is_explained(gold, rows, ordered, what):
    assert explain_disagreement(gold, rows, ordered) == what
