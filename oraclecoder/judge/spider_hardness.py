"""How hard a gold query is, in the four grades of Spider (Yu et al. 2018)."""

from oraclecoder.judge.spider_sql import NONE, Condition, SpiderQuery

HARDNESS = ("easy", "medium", "hard", "extra")


def hardness(query: SpiderQuery) -> str:
    """One of HARDNESS; the query is the gold as it was parsed, nothing dropped."""
    clauses, nested, others = count_clauses(query), len(nested_queries(query)), count_others(query)
    if nested == 0:
        if clauses <= 1 and others == 0:
            return "easy"
        if (clauses <= 1 and others <= 2) or (clauses <= 2 and others < 2):
            return "medium"
        if (clauses <= 2 and others > 2) or (clauses == 3 and others <= 2):
            return "hard"
    elif nested == 1 and clauses <= 1 and others == 0:
        return "hard"
    return "extra"


def all_conditions(query: SpiderQuery) -> list[Condition]:
    """The conditions of ON, WHERE and HAVING; what stands in the place of a connector is not among them."""
    parts = (query.join_conditions, query.where, query.having)
    return [condition for part in parts for condition in part[::2] if isinstance(condition, Condition)]


def says_or(query: SpiderQuery) -> int:
    """How many times OR connects conditions of ON, WHERE and HAVING."""
    parts = (query.join_conditions, query.where, query.having)
    return sum(connector == "or" for part in parts for connector in part[1::2])


def nested_queries(query: SpiderQuery) -> list[SpiderQuery]:
    """Queries in conditions and behind set operations; those in FROM do not count."""
    values = [value for found in all_conditions(query) for value in (found.value, found.second_value)]
    return [part for part in (*values, *(query.combined or ())) if isinstance(part, SpiderQuery)]


def count_clauses(query: SpiderQuery) -> int:
    """Clauses, joins, ORs and LIKEs."""
    clauses = bool(query.where) + bool(query.group_by) + (query.order_by is not None) + query.limited
    joins = max(0, len(query.tables) - 1)
    likes = sum(condition.operator == "like" for condition in all_conditions(query))
    return clauses + joins + says_or(query) + likes


def count_others(query: SpiderQuery) -> int:
    """How many of these there are: several aggregates, selected columns, conditions, grouping columns."""
    several = (count_aggregates(query), len(query.select), len(query.where), len(query.group_by))
    return sum(number > 1 for number in several)


def count_aggregates(query: SpiderQuery) -> int:
    """Aggregates as the official script counts them: NOT in WHERE and HAVING is one, and so is AND or OR in HAVING."""
    units = [unit for value in query.order_by[1] for unit in (value.first, value.second)] if query.order_by else []
    columns = [*query.group_by, *(unit for unit in units if unit)]
    negations = sum(isinstance(found, Condition) and found.negated for found in (*query.where[::2], *query.having))
    connectors = sum(isinstance(found, str) for found in query.having)
    selected = sum(aggregate != NONE for aggregate, _ in query.select)
    return selected + sum(unit.aggregate != NONE for unit in columns) + negations + connectors
