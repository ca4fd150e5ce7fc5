"""Spider's exact set match without values (Yu et al. 2018): each component of two queries compared as a bag.

The flags are the official ones: values and DISTINCT are dropped, JOIN ON conditions are not compared, the number of
LIMIT is ignored, columns that a foreign key makes equal are one column.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from oraclecoder.judge.spider_canonical import canonical
from oraclecoder.judge.spider_hardness import all_conditions, hardness, says_or
from oraclecoder.judge.spider_parse import parse_query
from oraclecoder.judge.spider_sql import Condition, SpiderQuery, SpiderSchema
from oraclecoder.judge.spider_tokens import NotSpiderSqlError


class Counts(NamedTuple):
    """How many parts of one component the gold and the prediction have, and how many they share."""

    num_gold: int
    num_predicted: int
    num_shared: int

    @property
    def matches(self) -> bool:
        """Whether the component counts as right: all or nothing."""
        return self.num_gold == self.num_predicted == self.num_shared


@dataclass(frozen=True)
class ExactMatch:
    """The verdict on one prediction.

    `exact` and `hardness` are None if the gold itself cannot be parsed. `partial` has the official names of the
    components as keys. A prediction that cannot be parsed (`parsed` is false) is compared as an empty query.
    """

    exact: bool | None
    hardness: str | None
    partial: dict[str, Counts]
    parsed: bool


@dataclass(frozen=True)
class Gold:
    """A gold query as it is compared, and its hardness."""

    query: SpiderQuery
    hardness: str


def exact_match(gold_sql: str, predicted_sql: str, schema: SpiderSchema) -> ExactMatch:
    """Whether the prediction has the same components as the gold; never raises for either query."""
    gold = read_gold(gold_sql, schema)
    predicted = read_canonical(read_prediction(predicted_sql), schema)
    if gold is None:
        return ExactMatch(None, None, {}, predicted is not None)
    try:
        compared = predicted or SpiderQuery()
        partial = compare_components(gold.query, compared)
        exact = all(counts.matches for counts in partial.values()) and same_tables(gold.query, compared)
    except RecursionError:
        return ExactMatch(False, gold.hardness, {}, parsed=False)
    return ExactMatch(exact, gold.hardness, partial, predicted is not None)


def read_prediction(text: str) -> str:
    """The prediction as the official script reads a line: up to the first tab, each `value` in it replaced by `1`."""
    return text.strip().split("\t")[0].replace("value", "1")


@lru_cache(maxsize=20_000)
def read_gold(sql: str, schema: SpiderSchema) -> Gold | None:
    """The gold ready to be compared, or None if it cannot be parsed. Golds recur, so this is remembered."""
    try:
        query = parse_query(sql.strip(), schema)
        return Gold(canonical(query, schema), hardness(query))
    except (NotSpiderSqlError, RecursionError):
        return None


def read_canonical(sql: str, schema: SpiderSchema) -> SpiderQuery | None:
    """The query ready to be compared, or None if it cannot be parsed."""
    try:
        return canonical(parse_query(sql, schema), schema)
    except (NotSpiderSqlError, RecursionError):
        return None


def same_queries(gold: SpiderQuery, predicted: SpiderQuery) -> bool:
    """Whether every component and the tables are the same."""
    components = compare_components(gold, predicted)
    return all(counts.matches for counts in components.values()) and same_tables(gold, predicted)


def same_tables(gold: SpiderQuery, predicted: SpiderQuery) -> bool:
    """Whether FROM names the same tables and queries, in any order; a gold without tables accepts any."""
    return not gold.tables or Counter(gold.tables) == Counter(predicted.tables)


def compare_components(gold: SpiderQuery, predicted: SpiderQuery) -> dict[str, Counts]:
    """The counts of every component, under its official name."""
    return {name: compare(gold, predicted) for name, compare in COMPONENTS.items()}


def compare_bags(gold: Iterable[Any], predicted: Iterable[Any]) -> Counts:
    """Sizes of two bags and of what they share."""
    remaining, others = list(gold), list(predicted)
    num_gold = len(remaining)
    num_shared = 0
    for part in others:
        if part in remaining:
            remaining.remove(part)
            num_shared += 1
    return Counts(num_gold, len(others), num_shared)


def compare_select(gold: SpiderQuery, predicted: SpiderQuery) -> Counts:
    """Selected units with their aggregates."""
    return compare_bags(gold.select, predicted.select)


def compare_select_without_aggregates(gold: SpiderQuery, predicted: SpiderQuery) -> Counts:
    """Selected units; only the outer aggregate is left out."""
    return compare_bags((unit for _, unit in gold.select), (unit for _, unit in predicted.select))


def where_conditions(query: SpiderQuery) -> list[Condition]:
    """The conditions of WHERE without what connects them."""
    return [condition for condition in query.where[::2] if isinstance(condition, Condition)]


def compare_where(gold: SpiderQuery, predicted: SpiderQuery) -> Counts:
    """Conditions of WHERE."""
    return compare_bags(where_conditions(gold), where_conditions(predicted))


def compare_where_columns(gold: SpiderQuery, predicted: SpiderQuery) -> Counts:
    """What the conditions of WHERE are about, whatever the comparison."""
    units = [[condition.unit for condition in where_conditions(query)] for query in (gold, predicted)]
    return compare_bags(*units)


def compare_group(gold: SpiderQuery, predicted: SpiderQuery) -> Counts:
    """Names of the grouping columns, whatever their table."""
    names = [[unit.column.split(".", 2)[1:2] for unit in query.group_by] for query in (gold, predicted)]
    return compare_bags(*names)


def compare_having(gold: SpiderQuery, predicted: SpiderQuery) -> Counts:
    """Grouping columns in order together with HAVING; one part if there is a GROUP BY."""
    columns = [[unit.column for unit in query.group_by] for query in (gold, predicted)]
    same = bool(gold.group_by) and columns[0] == columns[1] and gold.having == predicted.having
    return Counts(int(bool(gold.group_by)), int(bool(predicted.group_by)), int(same))


def compare_order(gold: SpiderQuery, predicted: SpiderQuery) -> Counts:
    """ORDER BY together with whether there is a LIMIT; one part if there is an ORDER BY."""
    num_gold, num_predicted = (int(query.order_by is not None) for query in (gold, predicted))
    same = gold.order_by == predicted.order_by and gold.limited == predicted.limited
    return Counts(num_gold, num_predicted, int(same) * num_gold)


def compare_connectors(gold: SpiderQuery, predicted: SpiderQuery) -> Counts:
    """Which connectors WHERE has, not how many; the totals are swapped in the official script."""
    connectors, others = set(gold.where[1::2]), set(predicted.where[1::2])
    return Counts(1, 1, 1) if connectors == others else Counts(len(others), len(connectors), 0)


def compare_set_operations(gold: SpiderQuery, predicted: SpiderQuery) -> Counts:
    """Queries behind INTERSECT, EXCEPT and UNION, each compared exactly in turn."""
    num_gold, num_predicted = (int(query.combined is not None) for query in (gold, predicted))
    if gold.combined is None or predicted.combined is None or gold.combined[0] != predicted.combined[0]:
        return Counts(num_gold, num_predicted, 0)
    return Counts(1, 1, int(same_queries(gold.combined[1], predicted.combined[1])))


def keywords(query: SpiderQuery) -> set[str]:
    """The keywords that count: clauses, set operations, the direction of ORDER BY, OR, NOT, IN and LIKE."""
    conditions = all_conditions(query)
    operators = {condition.operator for condition in conditions}
    present = {
        "where": query.where,
        "group": query.group_by,
        "having": query.having,
        "order": query.order_by is not None,
        "limit": query.limited,
        "or": says_or(query),
        "not": any(condition.negated for condition in conditions),
        "in": "in" in operators,
        "like": "like" in operators,
    }
    found = {keyword for keyword, there in present.items() if there}
    named = [part[0] for part in (query.order_by, query.combined) if part is not None]
    return found.union(named)


def compare_keywords(gold: SpiderQuery, predicted: SpiderQuery) -> Counts:
    """Keywords."""
    first, second = keywords(gold), keywords(predicted)
    return Counts(len(first), len(second), len(first & second))


COMPONENTS: dict[str, Callable[[SpiderQuery, SpiderQuery], Counts]] = {
    "select": compare_select,
    "select(no AGG)": compare_select_without_aggregates,
    "where": compare_where,
    "where(no OP)": compare_where_columns,
    "group(no Having)": compare_group,
    "group": compare_having,
    "order": compare_order,
    "and/or": compare_connectors,
    "IUEN": compare_set_operations,
    "keywords": compare_keywords,
}
