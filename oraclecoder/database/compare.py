"""Whether two query results agree by the rule of Spider's test suites (Zhong, Yu and Klein 2020)."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, Literal

Row = tuple[Any, ...]
Rows = Sequence[Row]
Disagreement = Literal["wrong_rows", "wrong_order", "wrong_columns"]

MAX_WORK = 20_000_000
"""Cells looked at before the search for a permutation of columns is given up as a disagreement.

Real results need one pass. Only results made of many look-alike columns get here, on which the official script would
not end either.
"""


def spider_agree(gold_rows: Rows, rows: Rows, ordered: bool) -> bool:
    """Whether some permutation of columns makes the results equal: as bags of rows, or row by row if `ordered`.

    Two empty results agree. Values are compared as Python does (1 equals 1.0, never '1'), but a row is first looked
    at with its values sorted by how they are written, so that (1, 10) and (1.0, 10) disagree while 1 and 1.0 agree.
    """
    if not gold_rows and not rows:
        return True
    if len(gold_rows) != len(rows) or len(gold_rows[0]) != len(rows[0]):
        return False
    if len(gold_rows[0]) == 1:
        return list(gold_rows) == list(rows) if ordered else Counter(gold_rows) == Counter(rows)
    if gold_rows == rows and repr(gold_rows) == repr(rows):
        return True
    if not look_alike(gold_rows, rows, ordered):
        return False
    if ordered:
        return Counter(zip(*gold_rows, strict=True)) == Counter(zip(*rows, strict=True))
    return ColumnSearch(gold_rows, rows).find()


def explain_disagreement(gold_rows: Rows, rows: Rows, ordered: bool) -> Disagreement:
    """What is wrong with a result that does not agree: the number of columns, only the order of rows, or its rows."""
    if gold_rows and rows and len(gold_rows[0]) != len(rows[0]):
        return "wrong_columns"
    if ordered and spider_agree(gold_rows, rows, ordered=False):
        return "wrong_order"
    return "wrong_rows"


def look_alike(gold_rows: Rows, rows: Rows, ordered: bool) -> bool:
    """Whether the rows are the same when each is sorted by the text and the type of its values."""
    gold, other = [sort_row(row) for row in gold_rows], [sort_row(row) for row in rows]
    return gold == other if ordered else set(gold) == set(other)


def sort_row(row: Row) -> Row:
    """The values of a row sorted by how they and their types are written."""
    return tuple(sorted(row, key=lambda value: f"{value}{type(value)}"))


class ColumnSearch:
    """Looks for a permutation of columns that makes two bags of rows equal.

    Gold columns are taken in turn. Each may stand for a column with the same bag of values; a choice is followed only
    while the rows cut down to the columns chosen so far are equal as bags.
    """

    def __init__(self, gold_rows: Rows, rows: Rows) -> None:
        self.gold_columns = list(zip(*gold_rows, strict=True))
        self.columns = list(zip(*rows, strict=True))
        self.work = 0

    def find(self) -> bool:
        """Whether there is such a permutation."""
        gold_bags, bags = ([bag(column) for column in columns] for columns in (self.gold_columns, self.columns))
        if Counter(gold_bags) != Counter(bags):
            return False
        candidates = [[j for j, other in enumerate(bags) if other == gold_bag] for gold_bag in gold_bags]
        order = sorted(range(len(candidates)), key=lambda i: len(candidates[i]))
        start = [0] * len(self.gold_columns[0])
        return self.extend(start, start, [(i, candidates[i]) for i in order], frozenset())

    def extend(
        self, gold_labels: list[int], labels: list[int], left: list[tuple[int, list[int]]], used: frozenset[int]
    ) -> bool:
        """Whether the gold columns `left` can be matched, given one label per row for what is matched already."""
        if not left:
            return True
        (gold_index, candidates), *rest = left
        tried: set[Row] = set()
        for index in candidates:
            if index in used or self.columns[index] in tried:
                continue
            tried.add(self.columns[index])
            self.work += len(labels)
            if self.work > MAX_WORK:
                return False
            numbers: dict[tuple[int, Any], int] = {}
            new_gold = relabel(gold_labels, self.gold_columns[gold_index], numbers)
            new = relabel(labels, self.columns[index], numbers)
            if Counter(new_gold) == Counter(new) and self.extend(new_gold, new, rest, used | {index}):
                return True
        return False


def bag(column: Row) -> frozenset[tuple[Any, int]]:
    """The values of a column with how often each occurs."""
    return frozenset(Counter(column).items())


def relabel(labels: list[int], column: Row, numbers: dict[tuple[int, Any], int]) -> list[int]:
    """One number per row for its label and its value in this column; `numbers` is filled on the way."""
    return [numbers.setdefault(pair, len(numbers)) for pair in zip(labels, column, strict=True)]
